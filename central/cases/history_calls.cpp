#include "central/cases/history_calls.h"

#include "central/auth/accounts.h"
#include "central/cases/case_member.h"
#include "central/cases/case_notes.h"
#include "central/cases/case_of_call.h"
#include "central/operations/ledger.h"
#include "central/plan/plan_data.h"
#include "central/services.h"
#include "shared/base/rfc3339.h"

#include <algorithm>
#include <map>

namespace portico::central {

namespace {

CaseNotes notes_of(Call const& call) {
    return {call.services.vault, call.services.clock};
}

/// Who wrote what, by the names that colleagues know.
class StaffNames {
public:
    StaffNames(Call const& call, storage::Database& database)
        : accounts_(call.services.vault, call.services.clock), database_(database) {}

    Result<std::string> of(StaffId const& staff) {
        auto known = names_.find(staff.text());
        if (known == names_.end()) {
            auto const account = TRY(accounts_.of_staff(database_, staff));
            known = names_.emplace(staff.text(), account ? account->name : std::string()).first;
        }
        return known->second;
    }
    Result<std::vector<api::CaseNote>> told(std::vector<CaseNoteRow> rows) {
        std::vector<api::CaseNote> notes;
        for (auto& row : rows) {
            auto name = TRY(of(row.staff));
            notes.push_back(
                {row.id, to_rfc3339(from_micros(row.at_us)), std::move(name), std::move(row.text)});
        }
        return notes;
    }

private:
    Accounts accounts_;
    storage::Database& database_;
    std::map<std::string, std::string> names_;
};

/// Requests that name a claim of which this caller is not told.
Result<void> leave_out_untold(PlanData& plan, PatientId const& patient, api::Requests& requests) {
    auto const told = TRY(plan.overview(patient, Telling::WithoutSensitive));
    auto const is_told = [&](std::string const& claim_number) {
        return std::any_of(told->claims.begin(), told->claims.end(), [&](OverviewClaim const& claim) {
            return !claim_number.empty() && claim.summary.claim_number == claim_number;
        });
    };
    auto& all = requests.requests;
    all.erase(std::remove_if(all.begin(), all.end(),
                             [&](api::RequestEntry const& each) {
                                 bool const of_claim = each.kind == OperationKind::DisputeFinding ||
                                                       each.kind == OperationKind::RequestMailedEob;
                                 return of_claim && !is_told(each.summary);
                             }),
              all.end());
    return ok();
}

/// A note of a case that is about somebody is as much about them as their record.
Result<void> check_readable(Call& call, storage::Database& database, std::string const& id) {
    auto const file = case_book(call).own(database, case_worker(call), id);
    if (file.has_error())
        return file.error().kind == ErrorKind::Conflict ? case_unknown() : file.error();
    if (!file.value().patient.empty())
        TRY(opened_member_of_case(call, database, id));
    return ok();
}

} // namespace

Result<api::Empty> add_case_note(Call& call, api::AddNote const& request) {
    audit_case(call, request.case_id);
    TRY(CaseNotes::check(request.note, request.text));
    auto const& staff = call.caller.session->staff;
    CaseNoteRow const note{request.note, staff, 0, request.text};
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        // One whose answer was lost, also when the case has ended since.
        if (TRY(notes_of(call).is_added(database, staff, request.case_id, note)))
            return ok();
        auto const file = TRY(case_book(call).own(database, case_worker(call), request.case_id));
        audit_case(call, file);
        return notes_of(call).add(database, file.id, note);
    }));
    return api::Empty{};
}

Result<api::CaseNotes> case_notes(Call& call, api::CaseNotesQuery const& query) {
    call.audit_fields = {"notes"};
    audit_case(call, query.case_id);
    return call.services.store.read<api::CaseNotes>(
        [&](storage::Database& database) -> Result<api::CaseNotes> {
            TRY(check_readable(call, database, query.case_id));
            auto rows = TRY(notes_of(call).of_case(database, query.case_id));
            auto notes = TRY(StaffNames(call, database).told(std::move(rows)));
            return api::CaseNotes{query.case_id, std::move(notes)};
        });
}

Result<api::EarlierCases> earlier_cases(Call& call, api::EarlierCasesQuery const& query) {
    call.audit_fields = {"earlier_cases"};
    audit_case(call, query.case_id);
    return call.services.store.read<api::EarlierCases>(
        [&](storage::Database& database) -> Result<api::EarlierCases> {
            auto const about = TRY(
                verified_member_of_case(call, database, query.case_id, AuthorityScope::DisputesAndMessages));
            // What staff wrote may be about anything.
            if (!about.may_hear_sensitive())
                return error(ErrorKind::Refused, "authority_scope",
                             "notes may be about sensitive services: this authority does not cover those");
            StaffNames names(call, database);
            api::EarlierCases earlier{query.case_id, {}};
            for (auto& past : TRY(notes_of(call).past_of(database, about.file.patient))) {
                auto notes = TRY(names.told(std::move(past.notes)));
                earlier.cases.push_back({past.reason, past.channel, to_rfc3339(from_micros(past.opened_us)),
                                         past.outcome, std::move(notes)});
            }
            return earlier;
        });
}

Result<api::Requests> case_requests(Call& call, api::CaseRequestsQuery const& query) {
    call.audit_fields = {"requests"};
    audit_case(call, query.case_id);
    PatientId patient;
    auto telling = Telling::WithoutSensitive;
    TRY(call.services.store.read<bool>([&](storage::Database& database) -> Result<bool> {
        auto const about =
            TRY(verified_member_of_case(call, database, query.case_id, AuthorityScope::DisputesAndMessages));
        patient = about.file.patient;
        telling = telling_of(about);
        return true;
    }));
    auto requests = TRY(call.services.operations->requests_of(patient));
    if (telling != Telling::All)
        TRY(leave_out_untold(*call.services.plan, patient, requests));
    return requests;
}

} // namespace portico::central
