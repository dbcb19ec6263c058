#include "shared/base/uuid.h"
#include "shared/client/central.h"
#include "shared/client/enrollment.h"
#include "shared/client/sync_steps.h"
#include "tests/support/catch.h"
#include "tests/support/meddling_proxy.h"
#include "tests/support/must.h"
#include "tests/support/rounds.h"
#include "tests/support/webauthn_key.h"
#include "tests/walk/visit_steps.h"

#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

using namespace portico;
using namespace portico::test;

namespace {

/// A person tries again until it works, and so does a terminal by itself.
constexpr int tries_max = 60;
constexpr char const* alex_birth_date = "1984-05-17";

/// The calls whose every fate a long run must have met.
constexpr std::array meddled_calls{"POST /v1/operations",           "GET /v1/changes",
                                   "POST /v1/sign-in/challenge",    "POST /v1/sign-in/security-key",
                                   "POST /v1/sign-in/printed-card", "POST /v1/card-issues"};

bool lost(Error const& failure) {
    return failure.kind == ErrorKind::Unavailable || failure.kind == ErrorKind::TimedOut;
}

/// Rounds put more cards on paper than a member is given in a month.
void lift_card_limit(Bench& bench) {
    auto const file = bench.data() / "central.toml";
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    auto all = text.str();
    std::string const limit = "issues_per_30_days = 5";
    auto const at = all.find(limit);
    REQUIRE(at != std::string::npos);
    bench.stop_central();
    std::ofstream(file) << all.replace(at, limit.size(), "issues_per_30_days = 1000");
    bench.start_central();
}

/// A real central as a process; a terminal's outbox, replica and calls; the meddling proxy between them.
class MeddledDesk {
public:
    MeddledDesk() : kiosk_(bench.add_kiosk()), folder_(kiosk_->folder() / "data") {
        kiosk_->kill(); // its terminal is ours from here on
        lift_card_limit(bench);
        proxy = std::make_unique<MeddlingProxy>(bench.port(), bench.data() / "keys", folder_,
                                                [this](std::string const& call) { return plan(call); });
        auto const enrollment = must(client::load_enrollment(folder_));
        outbox = must(client::Outbox::open(folder_ / "outbox.db", enrollment.sealing_public_key, clock_));
        replica = must(client::Replica::open(folder_ / "replica.db", clock_));
        auto const url = "https://127.0.0.1:" + std::to_string(proxy->port());
        central = std::make_unique<client::Central>(must(client::Https::open(url, enrollment.identity)));
        register_alex();
    }

    /// From now on each message meets its fate, by these dice.
    void meddle(std::optional<std::uint64_t> round) {
        std::lock_guard const lock(guard_);
        dice_.reset();
        if (round)
            dice_.emplace(*round);
    }
    std::map<std::string, std::set<Meddling>> met() {
        std::lock_guard const lock(guard_);
        return met_;
    }

    void work(std::uint64_t round);
    /// All that is under way arrives, and what central has of it is told.
    void settle();
    void check();

    Bench bench;
    std::unique_ptr<MeddlingProxy> proxy;
    std::unique_ptr<client::Outbox> outbox;
    std::unique_ptr<client::Replica> replica;
    std::unique_ptr<client::Central> central;

private:
    Meddling plan(std::string const& call);
    void register_alex();
    Result<api::SessionReply> sign_in_with_key();
    Result<api::SessionReply> sign_in_with_pin();
    std::string sign_in(bool by_key);
    void print_card(Dice& dice, std::string const& token);
    void exchange_with_central();

    std::unique_ptr<Bench::Kiosk> kiosk_;
    std::filesystem::path folder_;
    SystemClock clock_;
    WebauthnKey key_;
    std::string card_number_;
    std::set<std::string> reports_;
    std::map<std::string, std::string> issues_; ///< id -> how it ended, as the terminal knows
    int notices_ = 0;

    std::mutex guard_;
    std::optional<Dice> dice_; ///< empty: nothing is meddled with
    std::map<std::string, std::set<Meddling>> met_;
};

Meddling MeddledDesk::plan(std::string const& call) {
    std::lock_guard const lock(guard_);
    // What comes seldom is not spared: a card's beginning may be held back until after its end was told.
    bool const seldom = call == "POST /v1/card-issues";
    if (!dice_ || (!seldom && !dice_->one_in(2)))
        return Meddling::None;
    if (seldom && dice_->one_in(3)) {
        met_[call].insert(Meddling::HeldBack);
        return Meddling::HeldBack;
    }
    auto const kinds = static_cast<std::uint64_t>(Meddling::count);
    auto const what = static_cast<Meddling>(1 + dice_->below(kinds - 1));
    met_[call].insert(what);
    return what;
}

/// Asks again and again until it is heard; the last answer, whatever it says.
template <class Call>
auto until_heard(Call call) {
    auto answer = call();
    for (int tries = 1; answer.has_error() && lost(answer.error()) && tries < tries_max; ++tries)
        answer = call();
    return answer;
}

void MeddledDesk::register_alex() {
    auto const session = must(central->register_with_code({}, {Secret(bench.invite(alex)), alex_birth_date}));
    client::With const with{session.token};
    must(central->set_password(with, {alex_username, Secret(alex_passphrase)}));
    must(central->set_pin(with, {Secret(alex_pin)}));
    auto const challenge = must(central->challenge(with, {"register_key"}));
    auto const made = key_.make(challenge.rp_id, challenge.origin, must(from_base64url(challenge.challenge)),
                                must(from_base64url(challenge.user_id)));
    must(central->add_security_key(with, {challenge.challenge_id, to_base64url(made.credential_id),
                                          to_base64url(made.attestation_object),
                                          to_base64url(as_bytes(made.client_data_json)), "my key"}));
    must(central->sign_out(with));
    Dice dice(0);
    print_card(dice, sign_in(true));
    exchange_with_central();
}

Result<api::SessionReply> MeddledDesk::sign_in_with_key() {
    auto const challenge = TRY(central->challenge({}, {"security_key"}));
    auto const answer = key_.get(challenge.rp_id, challenge.origin, TRY(from_base64url(challenge.challenge)));
    return central->sign_in(
        {}, api::SecurityKeySignIn{challenge.challenge_id, to_base64url(answer.credential_id),
                                   to_base64url(answer.authenticator_data),
                                   to_base64url(as_bytes(answer.client_data_json)),
                                   to_base64url(answer.signature), to_base64url(answer.user_handle)});
}

Result<api::SessionReply> MeddledDesk::sign_in_with_pin() {
    return central->sign_in({}, api::PrintedCardSignIn{card_number_, Secret(alex_pin)});
}

/// A person to whom it did not work tries again; a challenge that was used up by a double gives a new one.
std::string MeddledDesk::sign_in(bool by_key) {
    for (int tries = 0; tries < tries_max; ++tries) {
        auto const session = by_key ? sign_in_with_key() : sign_in_with_pin();
        if (session.has_value())
            return session.value().token;
        INFO(session.error().reason);
        REQUIRE((lost(session.error()) || (by_key && session.error().reason == "sign_in_refused")));
    }
    FAIL("nobody can sign in");
    return {};
}

/// As kiosk/app/effects_print.cpp: an issue whose beginning was not heard is given up, and that is reported.
void MeddledDesk::print_card(Dice& dice, std::string const& token) {
    auto const id = make_uuid_v7(clock_);
    auto const begun = central->begin_card_issue({token}, {id});
    std::string outcome = "failed";
    if (begun.has_value()) {
        auto const again = until_heard([&] { return central->begin_card_issue({token}, {id}); });
        REQUIRE(again.has_value());
        CHECK(again.value().card.card_number == begun.value().card.card_number);
        outcome = dice.one_in(8) || card_number_.empty() ? "completed" : "failed";
        if (outcome == "completed")
            card_number_ = begun.value().card.card_number;
    } else {
        INFO(begun.error().reason);
        REQUIRE(lost(begun.error()));
    }
    api::Operation operation;
    operation.id = id;
    operation.session_token = token;
    operation.card_issued = api::CardIssued{id, outcome, outcome == "failed" ? "central_unreachable" : ""};
    must(outbox->add(std::move(operation)));
    issues_[id] = outcome;
}

/// The terminal's own calls, as its sync makes them, until nothing waits.
void MeddledDesk::exchange_with_central() {
    for (int tries = 0; tries < tries_max * 10; ++tries) {
        std::ignore = client::pull_changes(*central, *replica, 0, {}).has_error();
        std::ignore = client::push_operations(*central, *outbox, {}).has_error();
        if (outbox->counts().value().waiting == 0)
            return;
    }
}

void MeddledDesk::work(std::uint64_t round) {
    Dice dice(round);
    meddle(dice.any());
    for (auto count = 1 + dice.below(3); count > 0; --count) {
        api::Operation operation;
        operation.report_directory_error =
            api::ReportDirectoryError{"no-such-listing", "phone", "It rings a bakery."};
        reports_.insert(must(outbox->add(std::move(operation))));
    }
    if (dice.one_in(10)) {
        bench.central({"notice", "add", "--function", "directory", "--severity", "notice", "--en",
                       "Notice " + std::to_string(++notices_), "--es", "Aviso"});
    }
    {
        std::jthread const terminal([this] { exchange_with_central(); });
        auto const token = sign_in(dice.one_in(2));
        auto const home = until_heard([&] { return central->home({token}); });
        CHECK(home.has_value());
        if (dice.one_in(2)) {
            auto const strong = sign_in(true);
            print_card(dice, strong);
        }
        auto const signed_out = until_heard([&] { return central->sign_out({token}); });
        CHECK((signed_out.has_value() || signed_out.error().reason == "session_ended"));
    }
    exchange_with_central();
    CHECK(outbox->counts().value().waiting == 0);
}

void MeddledDesk::settle() {
    meddle({});
    // One that fails on a line which was cut before is made again.
    must(until_heard([&] { return client::pull_changes(*central, *replica, 0, {}); }));
    exchange_with_central();
    proxy->deliver_held_back();
}

void MeddledDesk::check() {
    CHECK(outbox->counts().value().waiting == 0);
    // Each report has one effect: no listing of that name, so staff have it, once.
    std::multiset<std::string> arrived;
    std::istringstream lines(bench.central({"queue", "list"}));
    for (std::string line; std::getline(lines, line);) {
        auto const entry = boost::json::parse(line).as_object();
        if (entry.at("kind") == "send_letter")
            continue; // what registration and card are told by
        INFO(entry);
        CHECK(entry.at("kind") == "operation_refused");
        CHECK(entry.at("reason") == "listing_unknown");
        arrived.emplace(entry.at("operation").as_string());
    }
    CHECK(arrived.size() == reports_.size());
    for (auto const& id : reports_)
        CHECK(arrived.count(id) == 1);
    CHECK(outbox->counts().value().refused == static_cast<std::int64_t>(reports_.size()));
    // Each card issue stands as its terminal knows it, and none is open for ever.
    auto database = bench.database();
    auto query = must(database.prepare("SELECT id, state FROM card_issue"));
    while (must(query.step())) {
        INFO(query.text(0));
        REQUIRE(issues_.contains(query.text(0)));
        CHECK(query.text(1) == issues_[query.text(0)]);
    }
    CHECK(replica->notices().value().size() == static_cast<std::size_t>(notices_));
    // What a key signed opens one session at most.
    std::map<std::string, int> opened;
    for (auto const& exchange : proxy->exchanges())
        if (exchange.call == "POST /v1/sign-in/security-key" && exchange.status == 200)
            CHECK(++opened[exchange.body] == 1);
}

} // namespace

TEST_CASE(
    "meddling: requests and replies lost, cut, doubled, delayed and out of order between a terminal and "
    "central: nothing is lost and nothing counts twice",
    "[rounds]") {
    MeddledDesk desk;
    Rounds const rounds(12);
    for (auto const round : rounds) {
        INFO("round " << round);
        desk.work(round);
    }
    desk.settle();
    desk.check();
    constexpr std::uint64_t many = 400;
    if (rounds.count() < many)
        return;
    auto const met = desk.met();
    for (auto const* call : meddled_calls) {
        INFO(call);
        CHECK(met.at(call).size() == static_cast<std::size_t>(Meddling::count) - 1);
    }
}
