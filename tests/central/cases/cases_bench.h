#pragma once

#include "central/auth/accounts.h"
#include "central/cases/case_book.h"
#include "central/cases/case_calls.h"
#include "central/cases/member_calls.h"
#include "central/http/typed.h"
#include "central/plan/plan_writer.h"
#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"
#include "tests/support/must.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::test {

/// Obviously made up.
inline Member sample_member(std::string const& id, PersonName const& name, std::string const& birth_date,
                            std::string const& zip, std::string const& number) {
    Member member;
    member.id = PatientId(id);
    member.member_id = number;
    member.name = name;
    member.birth_date = Date::parse(birth_date).value();
    member.address = {{"1 Sample Street"}, "Testville", "MA", zip};
    member.phone = "617-555-0112";
    member.email = id + "@example.org";
    member.language = "es";
    return member;
}

/// Central with a few members whose records were imported.
class CasesBench : public OperationsBench {
public:
    CasesBench() {
        add(sample_member("alex", {"Alex", "Sample"}, "1980-02-03", "02101", "PRT 4711 A12"));
        add(sample_member("ana", {"Ana-Mar\u00EDa", "Mu\u00F1oz Sample"}, "1971-05-06", "02102-0001", "M-2"));
        // Two of one birth date in one ZIP.
        add(sample_member("robin", {"Robin", "Sample"}, "1990-01-01", "02103", "M-3"));
        add(sample_member("casey", {"Casey", "Sample"}, "1990-01-01", "02103", "M-4"));
    }
    void add(Member const& member, std::optional<bool> restricted = {}) {
        central::MemberRecord record;
        record.member = member;
        record.member_ids = {member.member_id};
        record.restricted = restricted;
        auto const prepared = central::prepare(record, {1, 1}, *vault);
        must(store->write([&](storage::Database& database) -> Result<void> {
            auto writer = TRY(central::PlanWriter::begin(database));
            TRY(writer.apply(prepared));
            return writer.finish();
        }));
        facts.members[member.id.text()] = member;
    }
    /// Coverage from a day on, for good; with others when it is under a subscriber's number.
    void cover(std::string const& patient, std::string const& from, std::string const& subscriber = "") {
        central::CoverageRecord record;
        record.coverage.id = CoverageId("coverage-" + patient);
        record.coverage.beneficiary = PatientId(patient);
        record.coverage.subscriber_id = subscriber;
        record.coverage.period.start = Date::parse(from).value();
        auto const prepared = central::prepare(record, {1, 1}, *vault);
        must(store->write([&](storage::Database& database) -> Result<void> {
            auto writer = TRY(central::PlanWriter::begin(database));
            TRY(writer.apply(prepared));
            return writer.finish();
        }));
    }
    void run(std::string const& sql) {
        must(store->write([&](storage::Database& database) { return database.execute(sql); }));
    }
    std::int64_t number(std::string const& sql) {
        return must(store->read<std::int64_t>([&](storage::Database& database) -> Result<std::int64_t> {
            auto query = TRY(database.prepare(sql));
            TRY(query.step());
            return query.integer(0);
        }));
    }
};

/// A staff member at a desk of their own.
class CaseDesk {
public:
    CaseDesk(CasesBench& bench, std::string const& name, std::vector<StaffRole> const& roles,
             PatientId const& own_patient = {})
        : services_(&*bench.services) {
        account_ = must(bench.store->write_value<central::Account>([&](storage::Database& database) {
            return central::Accounts(*bench.vault, bench.clock)
                .create_staff(database, name, roles, own_patient);
        }));
        caller_.terminal = TerminalId("desk-" + account_.staff.text());
        caller_.program = "agent";
        caller_.session = central::Session{SessionId("session-" + account_.staff.text()),
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
    central::Caller const& caller() const { return caller_; }
    /// From now on this desk calls another node.
    void call_at(central::Services& services) { services_ = &services; }
    /// The same person at a second desk.
    CaseDesk at_another_desk() const {
        auto copy = *this;
        copy.caller_.terminal = TerminalId(caller_.terminal.text() + "-b");
        return copy;
    }

    /// One call, with the audit record that the dispatcher would add to a refusal left out.
    template <auto function>
    auto ask(std::string const& action,
             typename central::HandlerTypes<decltype(function)>::Request const& request)
        -> Result<typename central::HandlerTypes<decltype(function)>::Reply> {
        central::Call call{*services_, caller_, "", "", {}, "", action, false, 0};
        return function(call, request);
    }
    template <auto function>
    std::string reason_of(std::string const& action,
                          typename central::HandlerTypes<decltype(function)>::Request const& request) {
        auto const outcome = ask<function>(action, request);
        return outcome.has_error() ? outcome.error().reason : "";
    }

    std::string open() { return must(ask<&central::open_case>("case_opened", {"unlock", "phone"})).case_id; }
    /// "" or the reason why not; so are the next.
    std::string take(std::string const& id) { return reason_of<&central::take_case>("case_taken", {id}); }
    std::string close(std::string const& id, std::string const& outcome = "resolved",
                      std::string const& note = "") {
        return reason_of<&central::close_case>("case_closed", {id, outcome, note});
    }
    std::string identify(api::IdentifyCaller const& said) {
        return reason_of<&central::identify_caller>("case_identified", said);
    }
    std::string allow_more(StaffId const& staff) {
        return reason_of<&central::allow_more>("case_more_allowed", {staff.text()});
    }
    std::string read_member(std::string const& id) {
        return reason_of<&central::read_case_member>("case_member_read", {id});
    }
    std::string reveal(std::string const& id, std::string const& field = "phone",
                       std::string const& reason = "call_back") {
        return reason_of<&central::reveal_field>("case_field_revealed", {id, field, reason});
    }
    std::string break_glass(std::string const& id,
                            std::string const& reason = "The member rang about a letter of today") {
        return reason_of<&central::break_glass>("case_glass_broken", {id, reason});
    }
    std::vector<api::CaseItem> list(std::optional<std::string> staff = {}) {
        return must(ask<&central::list_cases>("cases_read", {std::move(staff)})).items;
    }

private:
    central::Services* services_;
    central::Account account_;
    central::Caller caller_;
};

/// What Alex says, by name and birth date.
inline api::IdentifyCaller says_alex(std::string const& case_id) {
    api::IdentifyCaller said;
    said.case_id = case_id;
    said.name = api::CallerName{"Alex", "Sample"};
    said.birth_date = "1980-02-03";
    return said;
}
inline api::IdentifyCaller says_nobody(std::string const& case_id) {
    auto said = says_alex(case_id);
    said.birth_date = "1980-02-04";
    return said;
}

} // namespace portico::test
