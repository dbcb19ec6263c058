#include "tests/sim/sim_world.h"

#include "central/audit/audit_log.h"
#include "central/operations/staff_queue.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"

namespace portico::test {

namespace {

constexpr std::uint64_t disk_steps_of_an_action = 40;
constexpr std::chrono::hours year{24 * 365};
/// Longest that a session lives, and some more. Source: central/auth/session_table.h.
constexpr std::chrono::minutes session_over{21};
constexpr int settle_rounds_max = 60;

std::string outcome(Error const& problem) {
    return problem.reason;
}
template <class T>
std::string outcome(Result<T> const& result) {
    return result.has_error() ? outcome(result.error()) : "ok";
}

} // namespace

SimWorld::SimWorld(std::uint64_t seed)
    : dice_(seed), clock_(SimBase::ours().now()), central_(scratch_.path / "central", clock_, disk_),
      network_(central_, disk_, dice_) {
    int number = 0;
    for (auto const& own : SimBase::ours().terminals()) {
        auto const folder = scratch_.path / ("kiosk-" + std::to_string(++number));
        terminals_.push_back(std::make_unique<SimTerminal>(folder, own, network_, central_, disk_));
    }
}

void SimWorld::fault(std::string const& what) {
    faults_.push_back("step " + std::to_string(story_.size()) + ": " + what);
}

std::vector<std::string> const& SimWorld::live(int step_count) {
    if (central_.start().has_error())
        fault("central does not start");
    for (auto& terminal : terminals_)
        if (terminal->start().has_error())
            fault("a terminal does not start");
    for (int count = 0; count < step_count && faults_.empty(); ++count) {
        step();
        if (central_.is_up() && faults_.empty())
            check();
    }
    if (faults_.empty())
        settle();
    if (faults_.empty())
        check_settled();
    return faults_;
}

void SimWorld::step() {
    auto& terminal = *terminals_[dice_.below(terminals_.size())];
    auto const luck = dice_.below(100);
    if (luck < 70)
        act(terminal);
    else if (luck < 84)
        trouble(terminal);
    else if (luck < 92)
        operate();
    else
        pass_time();
    if (!central_.is_up() && dice_.one_in(3)) {
        note("central starts");
        if (auto const started = central_.start(); started.has_error())
            fault("central does not start again: " + started.error().reason);
    }
}

void SimWorld::act(SimTerminal& terminal) {
    bool const power_fails = dice_.one_in(12);
    if (power_fails)
        disk_.cut_after(dice_.below(disk_steps_of_an_action), terminal.folder());
    auto const which = dice_.below(10);
    auto const at = terminal.id().text().substr(0, 4) + " ";
    if (which < 3)
        note(at + "adds: " + outcome(terminal.add(dice_)));
    else if (which < 6)
        note(at + "pushes: " + outcome(terminal.push()));
    else if (which < 8)
        note(at + "pulls: " + outcome(terminal.pull()));
    else if (terminal.token().empty())
        sign_in(terminal, dice_.one_in(4));
    else if (dice_.one_in(2))
        leave(terminal);
    else
        read_home(terminal);
    if (power_fails && disk_.struck(terminal.folder())) {
        note(at + "lost its power");
        terminal.crash(dice_);
        if (terminal.start().has_error())
            fault("a terminal does not start again");
    } else if (power_fails) {
        disk_.never_fail(terminal.folder());
    }
}

void SimWorld::sign_in(SimTerminal& terminal, bool forged) {
    auto const tried = terminal.sign_in(forged);
    note(std::string(forged ? "forged " : "") + "sign-in: " + outcome(tried));
    if (tried.has_value() && forged)
        fault("a forged signature signed somebody in");
    if (tried.has_value() && &terminal == revoked_)
        fault("somebody signed in at a revoked terminal");
    if (tried.has_value())
        opened_[&terminal] = clock_.now();
}

void SimWorld::leave(SimTerminal& terminal) {
    Session const session{terminal.token(), opened_[&terminal]};
    auto const left = terminal.sign_out();
    note("sign-out: " + outcome(left));
    if (left.has_value())
        ended_.emplace_back(&terminal, session);
}

void SimWorld::read_home(SimTerminal& terminal) {
    auto const read = terminal.home();
    note("home: " + outcome(read));
    if (!read.has_value())
        return;
    if (&terminal == revoked_)
        fault("a revoked terminal reads");
    if (clock_.now() - opened_[&terminal] > session_over)
        fault("a session that is over reads");
}

void SimWorld::trouble(SimTerminal& terminal) {
    switch (dice_.below(6)) {
    case 0:
        note("wire cut");
        network_.cut(terminal.id());
        return;
    case 1:
    case 2:
        note("wire mended");
        network_.mend(terminal.id());
        return;
    case 3:
        note("terminal crashes");
        terminal.crash(dice_);
        if (terminal.start().has_error())
            fault("a terminal does not start again");
        return;
    case 4:
        if (central_.is_up()) {
            note("central crashes");
            central_.crash(dice_);
        }
        return;
    default:
        note("late requests arrive");
        network_.deliver_late();
        return;
    }
}

void SimWorld::operate() {
    if (!central_.is_up())
        return;
    if (dice_.one_in(12) && revoked_ == nullptr) {
        revoke(*terminals_[dice_.below(terminals_.size())]);
        return;
    }
    api::Notice notice;
    notice.id = make_uuid_v7(clock_);
    notice.function = "all";
    notice.severity = "notice";
    notice.text_en = notice.text_es = "We close at noon.";
    notice.from = to_rfc3339(clock_.now());
    auto const put = central_.core().operate("notice_add", notice.id, [&](storage::Database& database) {
        return central_.core().changes->put(database, notice);
    });
    note("notice: " + outcome(put));
    if (put.has_value())
        notices_.insert(notice.id);
}

void SimWorld::revoke(SimTerminal& terminal) {
    auto& core = central_.core();
    auto const done = core.operate("terminal_revoke", terminal.id().text(),
                                   [&](storage::Database& database) -> Result<void> {
                                       TRY(core.terminals->revoke(database, terminal.id()));
                                       TRY(core.sessions->end_all_of_terminal(database, terminal.id()));
                                       return ok();
                                   });
    static_cast<void>(core.terminals->refresh()); // `serve` does on the news of it
    note("revoked " + terminal.id().text().substr(0, 4) + ": " + outcome(done));
    if (done.has_error())
        return;
    revoked_ = &terminal;
    auto const now = effects();
    for (auto const& id : terminal.done())
        effects_of_revoked_ += now.count(id);
}

void SimWorld::pass_time() {
    if (dice_.one_in(6)) {
        auto& terminal = *terminals_[dice_.below(terminals_.size())];
        terminal.clock().step_wall(dice_.one_in(2) ? year : -year);
        note("a terminal's clock steps by a year");
        return;
    }
    std::chrono::seconds const by(dice_.below(600));
    clock_.advance(by);
    for (auto& terminal : terminals_)
        terminal->clock().advance(by);
    note("time passes");
}

std::map<std::string, int> SimWorld::effects() {
    std::map<std::string, int> found;
    auto const entries = central_.core().store->read<std::vector<central::QueueEntry>>(
        [&](storage::Database& database) { return central_.core().queue->list(database, false); });
    if (entries.has_error()) {
        fault("the staff queue cannot be read");
        return found;
    }
    for (auto const& entry : entries.value()) {
        if (entry.kind == "sequence_gap")
            fault("an operation is missing between others of its terminal");
        else if (!entry.operation.empty())
            ++found[entry.operation];
    }
    return found;
}

void SimWorld::check() {
    auto const now = effects();
    for (auto const& [operation, count] : now)
        if (count != 1)
            fault("an operation has " + std::to_string(count) + " effects");
    for (auto const& [terminal, session] : ended_)
        if (central_.core().sessions->session_by_token(terminal->id(), Secret(session.token)).has_value())
            fault("a session lives on after its end was answered for");
    if (revoked_ != nullptr) {
        std::size_t of_revoked = 0;
        for (auto const& id : revoked_->done())
            of_revoked += now.count(id);
        if (of_revoked != effects_of_revoked_)
            fault("an operation of a revoked terminal was applied");
    }
    for (auto const& terminal : terminals_) {
        auto const counts = terminal->outbox().counts();
        if (counts.has_error())
            fault("an outbox cannot be counted");
        else if (static_cast<std::size_t>(counts.value().waiting + counts.value().sent +
                                          counts.value().refused) < terminal->done().size())
            fault("something that was done is in no count of its terminal");
    }
}

void SimWorld::settle() {
    network_.heal();
    note("all is mended");
    if (!central_.is_up() && central_.start().has_error())
        return fault("central does not start again");
    network_.deliver_late();
    for (int round = 0; round < settle_rounds_max; ++round) {
        bool moved = false;
        for (auto& terminal : terminals_) {
            clock_.advance(std::chrono::seconds(2));
            if (terminal.get() == revoked_)
                continue;
            auto const pulled = terminal->pull();
            auto const pushed = terminal->push();
            if (pulled.has_error() || pushed.has_error())
                return fault("with everything mended: " + outcome(pulled) + ", " + outcome(pushed));
            moved = moved || pulled.value().moved || pushed.value() != client::Push::NothingWaits;
        }
        if (!moved)
            return;
    }
    fault("it does not come to rest");
}

void SimWorld::check_settled() {
    check();
    auto const now = effects();
    for (auto const& terminal : terminals_) {
        if (terminal.get() == revoked_)
            continue;
        for (auto const& id : terminal->done())
            if (!now.contains(id))
                fault("what a screen called done never came to central");
        auto const notices = terminal->replica().notices();
        if (notices.has_error() || notices.value().size() != notices_.size())
            fault("a terminal does not have the notices that stand");
        auto const providers = terminal->replica().provider_count();
        if (providers.has_error() || providers.value() != SimBase::ours().provider_count())
            fault("a terminal's directory is not central's");
    }
    check_audit();
}

void SimWorld::check_audit() {
    auto const verdict = central_.core().store->read<central::AuditVerdict>([&](storage::Database& database) {
        return central::verify_audit(*central_.core().audit, database, "");
    });
    if (verdict.has_error())
        return fault("the audit cannot be verified");
    for (auto const& what : verdict.value().faults)
        fault("audit: " + what);
}

} // namespace portico::test
