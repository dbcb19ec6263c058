#include "shared/base/uuid.h"
#include "tests/fault/histories.h"
#include "tests/fault/node_faults.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/support/rounds.h"
#include "tests/walk/visit_steps.h"

#include <array>
#include <condition_variable>
#include <thread>

using namespace portico;
using namespace portico::test;

namespace {

/// Before the fault, while it begins, and when the node is back.
constexpr int phase_count = 3;
constexpr std::size_t card_terminals = 3;
constexpr std::size_t issues_of_a_terminal = 3;
constexpr std::size_t other_terminals = 4;
constexpr std::size_t pushers = 6;
constexpr int calls_of_a_phase = 3;

/// Clients in threads that go from phase to phase together.
class Clients {
public:
    explicit Clients(std::vector<std::function<void(int phase)>> clients) : clients_(std::move(clients)) {
        for (auto& client : clients_)
            threads_.emplace_back([this, &client] {
                for (int phase = 0; phase < phase_count; ++phase) {
                    std::unique_lock lock(guard_);
                    opened_.wait(lock, [&] { return open_ > phase || ended_; });
                    if (ended_)
                        return;
                    lock.unlock();
                    client(phase);
                    ++done_;
                }
            });
    }
    Clients(Clients const&) = delete;
    Clients& operator=(Clients const&) = delete;
    ~Clients() {
        {
            std::lock_guard const lock(guard_);
            ended_ = true;
        }
        opened_.notify_all();
    }

    void open_next() {
        {
            std::lock_guard const lock(guard_);
            ++open_;
        }
        opened_.notify_all();
    }
    /// Waits until all have done what was opened so far.
    bool all_done() const {
        return eventually([&] { return done_ == clients_.size() * static_cast<std::size_t>(open_); },
                          std::chrono::seconds(120));
    }

private:
    std::vector<std::function<void(int phase)>> clients_;
    mutable std::mutex guard_;
    std::condition_variable opened_;
    int open_ = 0;
    bool ended_ = false;
    std::atomic<std::size_t> done_ = 0;
    std::vector<std::jthread> threads_; ///< goes first
};

// ---- the lockout counter of one account, by card and PIN ----

/// A right PIN is counted as a wrong one first and taken back when it was found right: two steps, between
/// which others may be counted.
struct PinCall {
    enum class Step : std::uint8_t { WrongGuess, RightGuess, TakenBack } step = Step::WrongGuess;
    int guess = 0; ///< of a right one: its number
    bool locked = false;
    int tries_left = -1;
};
struct PinState {
    int failures = 0;
    std::uint64_t counted = 0; ///< right guesses that were counted and not yet taken back, one bit each
    bool operator<(PinState const& other) const {
        return std::pair(failures, counted) < std::pair(other.failures, other.counted);
    }
};
constexpr int looked_at_max = 5;
/// The account has a wrong one-time code already: that keeps the wait from running out in the middle.
constexpr int counted_before = 1;

std::optional<PinState> after_pin_call(PinState const& state, PinCall const& call, bool answered) {
    auto next = state;
    auto const bit = std::uint64_t{1} << call.guess;
    if (call.step == PinCall::Step::TakenBack) {
        if ((state.counted & bit) == 0)
            return std::nullopt;
        next.failures = 0;
        next.counted &= ~bit;
        return next;
    }
    int const before = counted_before + state.failures;
    if (before >= looked_at_max)
        return !answered || call.locked ? std::optional(state) : std::nullopt;
    ++next.failures;
    if (call.step == PinCall::Step::RightGuess) {
        next.counted |= bit;
        bool const let_in = !call.locked && call.tries_left < 0;
        return !answered || let_in ? std::optional(next) : std::nullopt;
    }
    // The last that is looked at says at once that the next has to wait.
    bool const last = before + 1 == looked_at_max;
    bool const as_expected = call.locked == last && (last || call.tries_left == looked_at_max - before - 1);
    return !answered || as_expected ? std::optional(next) : std::nullopt;
}

/// Three nodes behind HAProxy, a member with a card and a PIN, and terminals of three kinds.
class Scene {
public:
    Scene() {
        for (std::size_t each = 0; each < card_terminals + other_terminals; ++each)
            terminals_.push_back(std::make_unique<NodeTerminal>(nodes, "lobby" + std::to_string(each)));
        auto& desk = at(0);
        NodeMember member(nodes.bench(), desk, alex, "1984-05-17", alex_username);
        for (std::size_t each = 0; each < card_terminals; ++each)
            tokens_.push_back(member.sign_in(at(each)));
        must(desk.set_pin({tokens_[0]}, {Secret(alex_pin)}));
        SystemClock const clock;
        auto const issue = make_uuid_v7(clock);
        card_number_ = must(desk.begin_card_issue({tokens_[0]}, {issue})).card.card_number;
        must(desk.push({}, {{terminal(0).card_issued(issue, "completed")}}));
        REQUIRE(guess(0, "000000").has_error()); // now it is counted for this account
    }

    NodeTerminal& terminal(std::size_t number) { return *terminals_.at(number); }
    /// Through HAProxy.
    client::Central& at(std::size_t number) { return terminal(number).at(nodes.port()); }
    std::string const& token(std::size_t number) const { return tokens_.at(number); }
    Result<api::SessionReply> guess(std::size_t number, std::string const& pin) {
        return at(number).sign_in({}, api::PrintedCardSignIn{card_number_, Secret(pin)});
    }

    /// Nothing of the round before is left or still under way.
    void begin_anew(int faulty_node) {
        // What it had not read before it stood still it may read now.
        nodes.kill(faulty_node);
        nodes.start(faulty_node);
        nodes.haproxy().wait_for_up(Nodes::count);
        auto database = nodes.bench().database();
        REQUIRE(eventually([&] {
            auto busy =
                must(database.prepare("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND"
                                      " datname = current_database() AND pid <> pg_backend_pid()"));
            return must(busy.step()) && busy.integer(0) == 0;
        }));
        auto const far_off_us = to_micros(SystemClock().now()) + std::int64_t{86'400} * 1'000'000;
        must(database.execute(
            "DELETE FROM card_issue; DELETE FROM auth_terminal_rate;"
            "UPDATE auth_lockout SET password_failures = 0, pin_failures = 0, totp_failures = " +
            std::to_string(counted_before) + ", last_failure_us = " + std::to_string(far_off_us)));
    }

    Nodes nodes;

private:
    std::vector<std::unique_ptr<NodeTerminal>> terminals_;
    std::vector<std::string> tokens_;
    std::string card_number_;
};

/// One round's clients and what they record.
class Round {
public:
    Round(Scene& scene, std::uint64_t round) : scene_(scene), round_(round) {
        SystemClock const clock;
        for (auto& id : issues_)
            id = make_uuid_v7(clock);
        for (std::size_t each = 0; each < other_terminals; ++each)
            operations_.push_back(scene.terminal(card_terminals + each).report());
    }

    std::vector<std::function<void(int phase)>> clients() {
        std::vector<std::function<void(int phase)>> all;
        auto const add = [&](auto const& calls) {
            all.push_back([this, calls, number = all.size()](int phase) {
                Dice dice((round_ * 64 + number) * phase_count + static_cast<std::uint64_t>(phase));
                for (int call = 0; call < calls_of_a_phase; ++call)
                    calls(dice);
            });
        };
        for (std::size_t terminal = 0; terminal < card_terminals; ++terminal) {
            add([this, terminal](Dice& dice) { begin_card(terminal, dice); });
            add([this, terminal](Dice& dice) { end_card(terminal, dice); });
        }
        for (std::size_t pusher = 0; pusher < pushers; ++pusher)
            add([this](Dice& dice) { push(dice); });
        for (std::size_t each = 0; each < other_terminals; ++each)
            add([this, each](Dice& dice) { guess_pin(card_terminals + each, dice); });
        return all;
    }

    std::size_t calls_made() const { return cards_.size() + pushes_.size() + pins_.size(); }

    void check() const {
        REQUIRE(pins_.size() <= 64); // what the checker takes; the others are as many in each round
        CHECK(linearizable(cards_.calls(), Register{}, after_card_call));
        CHECK(linearizable(pushes_.calls(), std::uint64_t{0}, after_push));
        CHECK(linearizable(pins_.calls(), PinState{}, after_pin_call));
    }

private:
    int some_issue(std::size_t terminal, Dice& dice) const {
        return static_cast<int>(terminal * issues_of_a_terminal + dice.below(issues_of_a_terminal));
    }
    std::string const& id_of(CardCall const& call) const {
        return issues_.at(static_cast<std::size_t>(call.issue));
    }

    void begin_card(std::size_t terminal, Dice& dice) {
        cards_.record({.begins = true, .issue = some_issue(terminal, dice), .good = false, .reason = {}},
                      [&](CardCall& call) {
                          auto const begun =
                              scene_.at(terminal).begin_card_issue({scene_.token(terminal)}, {id_of(call)});
                          call.good = begun.has_value();
                          call.reason = begun.has_error() ? begun.error().reason : "";
                          return begun.has_value() || came(begun.error().kind);
                      });
    }
    void end_card(std::size_t terminal, Dice& dice) {
        cards_.record({.begins = false, .issue = some_issue(terminal, dice), .good = false, .reason = {}},
                      [&](CardCall& call) {
                          auto const outcomes = scene_.at(terminal).push(
                              {}, {{scene_.terminal(terminal).card_issued(id_of(call), "completed")}});
                          if (outcomes.has_error())
                              return false;
                          call.good = outcomes.value().outcomes.at(0).outcome != "refused";
                          return true;
                      });
    }
    void push(Dice& dice) {
        pushes_.record({static_cast<unsigned>(dice.below(operations_.size())), {}}, [&](PushCall& call) {
            auto const outcomes =
                scene_.at(card_terminals + call.operation).push({}, {{operations_[call.operation]}});
            if (outcomes.has_error())
                return false;
            call.outcome = outcomes.value().outcomes.at(0).outcome;
            return true;
        });
    }
    void guess_pin(std::size_t terminal, Dice& dice) {
        if (!dice.one_in(6)) {
            pins_.record({}, [&](PinCall& call) { return answered(scene_.guess(terminal, "000000"), call); });
            return;
        }
        PinCall right{.step = PinCall::Step::RightGuess, .guess = right_guesses_++};
        PinCall taken_back{.step = PinCall::Step::TakenBack, .guess = right.guess};
        pins_.record(right, [&](PinCall& call) {
            bool came_back = false;
            // Both were at some moment of the one call.
            pins_.record(taken_back, [&](PinCall&) {
                auto const reply = scene_.guess(terminal, alex_pin);
                came_back = answered(reply, call);
                return reply.has_value();
            });
            return came_back;
        });
    }
    /// Whether an answer came; what it says of the lockout.
    static bool answered(Result<api::SessionReply> const& reply, PinCall& call) {
        if (reply.has_value())
            return true;
        call.locked = reply.error().kind == ErrorKind::Locked;
        call.tries_left = reply.error().tries_left;
        return came(reply.error().kind);
    }

    Scene& scene_;
    std::uint64_t round_;
    std::array<std::string, card_terminals * issues_of_a_terminal> issues_;
    std::vector<api::SealedOperation> operations_;
    std::atomic<int> right_guesses_ = 0;
    History<CardCall> cards_;
    History<PushCall> pushes_;
    History<PinCall> pins_;
};

} // namespace

TEST_CASE("nodes: what parallel terminals see of lockout, card register and operation ids through HAProxy is "
          "linearizable, whatever befalls one node",
          "[rounds]") {
    if (HaProxy::missing())
        return;
    Scene scene;
    auto const kinds = node_faults();
    int faulty = 0;
    for (auto const number : Rounds(2)) {
        Dice dice(number);
        scene.begin_anew(faulty);
        auto const& fault = kinds[number % kinds.size()];
        faulty = static_cast<int>(dice.below(Nodes::count));
        INFO("round " << number << ": node " << faulty + 1 << " " << fault.what);
        Round round(scene, number);
        Clients clients(round.clients());
        clients.open_next();
        REQUIRE(clients.all_done());
        auto const at = round.calls_made() + dice.below(20);
        clients.open_next();
        REQUIRE(eventually([&] { return round.calls_made() >= at; }));
        fault.begin(scene.nodes, faulty);
        REQUIRE(clients.all_done());
        scene.nodes.haproxy().wait_for_up(Nodes::count - 1);
        fault.end(scene.nodes, faulty);
        clients.open_next();
        REQUIRE(clients.all_done());
        scene.nodes.haproxy().wait_for_up(Nodes::count);
        round.check();
    }
    scene.nodes.verify_audit();
}
