#include "central/auth/accounts.h"
#include "central/http/typed.h"
#include "central/operations/work_calls.h"
#include "central/operations/work_deadlines.h"
#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"
#include "tests/support/must.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

using namespace portico;
using namespace portico::central;
using test::must;
using test::OperationsBench;

namespace {

/// A staff member at a desk of their own.
class Desk {
public:
    Desk(OperationsBench& bench, std::string const& name, std::vector<StaffRole> const& roles,
         PatientId const& own_patient = {})
        : bench_(bench) {
        account_ = must(bench.store->write_value<Account>([&](storage::Database& database) {
            return Accounts(*bench.vault, bench.clock).create_staff(database, name, roles, own_patient);
        }));
        caller_.terminal = TerminalId("desk-" + account_.staff.text());
        caller_.program = "agent";
        caller_.session = Session{SessionId("session-" + account_.staff.text()),
                                  account_.id,
                                  PatientId(),
                                  account_.staff,
                                  Assurance::TwoFactors,
                                  {"security_key"},
                                  false,
                                  roles};
    }
    StaffId const& staff() const { return account_.staff; }
    AccountId const& account() const { return account_.id; }

    /// "" or the reason why not.
    std::string take(std::string const& entry) { return step<&take_work>("work_taken", {entry}); }
    std::string give_back(std::string const& entry) {
        return step<&give_work_back>("work_given_back", {entry});
    }
    std::string hand_over(std::string const& entry, StaffId const& to) {
        return step<&hand_work_over>("work_handed_over", {entry, to.text()});
    }
    std::string decide(std::string const& entry, std::string const& decision,
                       std::optional<std::string> reason = {}) {
        return step<&decide_work>("work_decided", {entry, decision, std::move(reason)});
    }
    api::WorkList list(api::WorkQuery const& query = {}) {
        auto with = call("work_read");
        return must(list_work(with, query));
    }

private:
    Call call(std::string const& action) {
        return Call{*bench_.services, caller_, "", "", {}, "", action, false, 0};
    }
    template <auto function>
    std::string step(std::string const& action,
                     typename HandlerTypes<decltype(function)>::Request const& request) {
        auto with = call(action);
        auto const done = function(with, request);
        return done.has_error() ? done.error().reason : "";
    }

    OperationsBench& bench_;
    Account account_;
    Caller caller_;
};

std::string dispute(OperationsBench& bench, std::string const& patient) {
    auto made = bench.operation(bench.sign_in(patient));
    made.dispute_finding = api::DisputeFinding{patient + "-eob", FindingKind::DuplicateLine, "check_it"};
    return bench.push(made) == "applied" ? made.id : "";
}

/// The one change on hold.
std::string held(Desk& desk) {
    auto const items = desk.list({.kind = "contact_change_held", .whose = {}}).items;
    return items.size() == 1 ? items[0].entry : "";
}

/// What members have asked for; a change is told by letter too, and that is work as well.
std::vector<api::WorkItem> requests(Desk& desk) {
    auto items = desk.list().items;
    std::erase_if(items, [](api::WorkItem const& item) { return item.kind == "send_letter"; });
    return items;
}

} // namespace

TEST_CASE("work: what is due first comes first, with who has it and without anybody's data") {
    OperationsBench bench;
    Desk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    Desk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    REQUIRE_FALSE(dispute(bench, "sam").empty());
    bench.clock.advance(std::chrono::minutes(1));
    REQUIRE_FALSE(bench.hold_a_change(bench.sign_in("alex")).empty());
    auto const all = rep.list();
    // A change is told to every address on file: by letter where there is no other.
    std::vector<std::string> kinds;
    for (auto const& item : all.items)
        kinds.push_back(item.kind);
    CHECK(kinds.front() == "contact_change_held");
    CHECK(kinds.back() == "finding_disputed");
    CHECK(std::count(kinds.begin(), kinds.end(), "send_letter") + 2 == all.open);
    CHECK(all.items[0].due == to_rfc3339(bench.clock.now() + std::chrono::hours(24)));
    for (auto const* personal : {"alex", "sam", "Sample"})
        CHECK(api::to_json(all).find(personal) == std::string::npos);

    REQUIRE(other.take(all.items[0].entry).empty());
    auto const taken = rep.list().items[0];
    CHECK(taken.taken_by == other.staff().text());
    CHECK(taken.taken_by_name == "Casey Rep");
    CHECK_FALSE(taken.mine);
    CHECK(other.list({.kind = {}, .whose = "mine"}).items.size() == 1);
    CHECK(rep.list({.kind = {}, .whose = "mine"}).items.empty());
    CHECK(rep.list({.kind = {}, .whose = "nobody"}).open == all.open - 1);
    CHECK(rep.list({.kind = "finding_disputed", .whose = {}}).open == 1);
    CHECK(rep.list({.kind = "nonsense", .whose = {}}).open == 0);
}

TEST_CASE("work: an entry is one's own until it is given back or on, or a supervisor takes it") {
    OperationsBench bench;
    Desk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    Desk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    Desk supervisor(bench, "Kim Lead", {StaffRole::Supervisor});
    Desk officer(bench, "Jo Privacy", {StaffRole::PrivacyOfficer});
    bench.hold_a_change(bench.sign_in("alex"));
    auto const entry = held(rep);

    CHECK(rep.give_back(entry) == "work_not_yours");
    CHECK(rep.decide(entry, "applied") == "work_not_yours");
    CHECK(rep.take(entry).empty());
    CHECK(rep.take(entry).empty()); // asked again because the answer was lost
    CHECK(other.take(entry) == "work_taken");
    CHECK(other.give_back(entry) == "work_not_yours");
    CHECK(other.hand_over(entry, other.staff()) == "work_not_yours");
    CHECK(rep.hand_over(entry, StaffId("nobody")) == "colleague_unknown");
    CHECK(rep.hand_over(entry, officer.staff()) == "colleague_unknown"); // may look, not work
    CHECK(rep.hand_over(entry, other.staff()).empty());
    CHECK(rep.decide(entry, "applied") == "work_not_yours");
    CHECK(other.give_back(entry).empty());
    CHECK(rep.take(entry).empty());
    // Nobody is in the way of a supervisor, who decides only what they have taken.
    CHECK(supervisor.decide(entry, "applied") == "work_not_yours");
    CHECK(supervisor.take(entry).empty());
    CHECK(rep.decide(entry, "applied") == "work_not_yours");
    CHECK(supervisor.decide(entry, "applied").empty());
    CHECK(supervisor.decide(entry, "applied") == "queue_entry_done");
    CHECK(rep.take(entry) == "queue_entry_done");
    CHECK(rep.take("no such") == "queue_entry_unknown");
    CHECK(rep.list({.kind = "contact_change_held", .whose = {}}).open == 0);
}

TEST_CASE("work: a decision takes effect for the member, once, with its reason") {
    OperationsBench bench;
    Desk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    auto const change = bench.hold_a_change(bench.sign_in("alex"));
    auto const entry = held(rep);
    REQUIRE(rep.take(entry).empty());
    CHECK(rep.decide(entry, "perhaps") == "decision_unknown");
    CHECK(rep.decide(entry, "refused") == "reason_needed");
    CHECK(rep.decide(entry, "refused", "because I say so") == "reason_unknown");
    CHECK(bench.request_state("alex", change) == "waiting");
    CHECK(rep.decide(entry, "refused", "could_not_confirm").empty());
    CHECK(bench.request_state("alex", change) == "refused: could_not_confirm");
    CHECK(bench.contact("alex").address.lines == std::vector<std::string>{"1 Sample Street"});
    auto const record = bench.audited().back();
    CHECK(record.action == "work_decided");
    CHECK(record.actor == rep.staff().text());
    CHECK(record.role == "phone_rep");
    CHECK(record.subject == entry);
    CHECK(record.operation == change);
    CHECK(record.fields == std::vector<std::string>{"decision:refused"});
}

TEST_CASE("work: staff who are members decide nothing of their own") {
    OperationsBench bench;
    Desk rep(bench, "Alex Sample", {StaffRole::PhoneRep, StaffRole::Supervisor}, PatientId("alex"));
    Desk colleague(bench, "Robin Rep", {StaffRole::PhoneRep});
    bench.hold_a_change(bench.sign_in("alex"));
    REQUIRE_FALSE(dispute(bench, "alex").empty());
    REQUIRE_FALSE(dispute(bench, "sam").empty());
    auto const items = requests(rep);
    REQUIRE(items.size() == 3);
    std::map<std::string, int> answers;
    for (auto const& item : items) {
        REQUIRE(rep.take(item.entry).empty());
        ++answers[rep.decide(item.entry, "applied")];
    }
    CHECK(answers == std::map<std::string, int>{{"own_matter", 2}, {"", 1}});
    for (auto const& item : requests(rep)) {
        REQUIRE(rep.hand_over(item.entry, colleague.staff()).empty());
        CHECK(colleague.decide(item.entry, "applied").empty());
    }
}

TEST_CASE("work: what lies on the desk of somebody whose account is disabled is anybody's") {
    OperationsBench bench;
    Desk rep(bench, "Robin Rep", {StaffRole::PhoneRep});
    Desk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    bench.hold_a_change(bench.sign_in("alex"));
    auto const entry = held(rep);
    REQUIRE(rep.take(entry).empty());
    must(bench.store->write([&](storage::Database& database) {
        return Accounts(*bench.vault, bench.clock).set_disabled(database, rep.account(), true);
    }));
    CHECK(other.list({.kind = "contact_change_held", .whose = "nobody"}).open == 1);
    CHECK(other.take(entry).empty());
    CHECK(other.hand_over(entry, rep.staff()) == "colleague_unknown");
    CHECK(other.decide(entry, "applied").empty());
}

TEST_CASE(
    "work: of all who take and decide the same entries at once, one has each, and each is decided once") {
    constexpr int desks = 6;
    constexpr int entries = 20;
    OperationsBench bench;
    for (int i = 0; i < entries; ++i)
        REQUIRE(bench.push(bench.report(bench.sign_in("alex"))) == "applied");
    std::vector<std::unique_ptr<Desk>> staff;
    for (int i = 0; i < desks; ++i)
        staff.push_back(
            std::make_unique<Desk>(bench, "Rep " + std::to_string(i), std::vector{StaffRole::PhoneRep}));
    auto const items = staff[0]->list().items;
    REQUIRE(items.size() == entries);
    std::atomic<int> taken = 0;
    std::atomic<int> decided = 0;
    std::atomic<int> other_answers = 0;
    std::vector<std::thread> threads;
    for (auto& desk : staff)
        threads.emplace_back([&] {
            for (auto const& item : items) {
                auto const answer = desk->take(item.entry);
                auto const end = desk->decide(item.entry, "applied");
                taken += answer.empty();
                decided += end.empty();
                bool const lost = answer == "work_taken" || answer == "queue_entry_done";
                bool const refused = end == "work_not_yours" || end == "queue_entry_done";
                other_answers += answer.empty() ? !end.empty() : !(lost && refused);
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(taken == entries);
    CHECK(decided == entries);
    CHECK(other_answers == 0);
    CHECK(staff[0]->list().open == 0);
    std::set<std::string> subjects;
    int records = 0;
    for (auto const& record : bench.audited())
        if (record.action == "work_decided" && record.decision == "allowed") {
            ++records;
            subjects.insert(record.subject);
        }
    CHECK(records == entries);
    CHECK(subjects.size() == entries);
}

TEST_CASE("work: deadlines count business days where the law does") {
    auto const at = [](int year, unsigned month, unsigned day) {
        return to_micros(
            UtcTime(std::chrono::sys_days(std::chrono::year_month_day{
                        std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)}) +
                    std::chrono::hours(15)));
    };
    CHECK(work_due_us("directory_error", at(2026, 3, 9)) == at(2026, 3, 11));  // Monday
    CHECK(work_due_us("directory_error", at(2026, 3, 12)) == at(2026, 3, 16)); // Thursday
    CHECK(work_due_us("directory_error", at(2026, 3, 14)) == at(2026, 3, 17)); // Saturday
    CHECK(work_due_us("contact_change_held", at(2026, 3, 14)) == at(2026, 3, 15));
    CHECK(work_due_us("finding_disputed", at(2026, 3, 1)) == at(2026, 3, 31));
    CHECK(work_due_us("what is this", at(2026, 3, 14)) == at(2026, 3, 15));
}
