#include "central/cases/work_case_calls.h"

#include "central/auth/sign_in_flow.h"
#include "central/auth/staff_rights.h"
#include "central/cases/case_limits.h"
#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/own_members.h"
#include "central/cases/work_cases.h"
#include "central/operations/ledger.h"
#include "central/operations/work_deadlines.h"
#include "central/operations/work_desk.h"
#include "central/plan/member_calls.h"
#include "central/services.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

/// An open entry that the caller has taken. A supervisor, too, takes it first.
Result<QueueEntry> taken_entry(Call const& call, storage::Database& database, std::string const& entry) {
    WorkDesk const desk(call.services.operations->tools(), *call.services.card_issues);
    auto const& session = *call.caller.session;
    return desk.taken(database, {session.staff, false, session.roles}, entry);
}

/// As the list of entries has it.
std::int64_t due_us(QueueEntry const& entry) {
    return entry.due_us > 0 ? entry.due_us : work_due_us(entry.kind, entry.at_us);
}

Result<std::string> open_about(Call& call, storage::Database& database, QueueEntry const& entry,
                               WorkAbout const& about) {
    auto const& services = call.services;
    auto const book = case_book(call);
    auto const worker = case_worker(call);
    if (TRY(OwnMembers::of(database, services.vault, services.clock, worker.staff)).has(about.patient))
        return own_matter();
    auto id = TRY(book.open(database, worker, about.matter->reason, about.matter->channel));
    auto file = TRY(book.own(database, worker, id));
    TRY(check_may_open_record(database, services.clock, file));
    TRY(book.bind(database, file, about.patient));
    TRY(count_record(database, services.vault, services.clock, file));
    TRY(WorkCases::add(database, id, entry.id));
    return id;
}

/// What the case is for, while the entry is open and the caller's. Errors: as shared/api/work_case.h.
struct Matter {
    QueueEntry entry;
    WorkAbout about;
};
Result<Matter> matter_of(Call& call, storage::Database& database, std::string const& case_id) {
    auto const record = TRY(opened_member_of_case(call, database, case_id));
    // What the member asked for is not for who speaks in their place.
    if (!record.is_member_speaking())
        return error(ErrorKind::Refused, "authority_scope", "this case is the member's own request");
    auto const id = TRY(WorkCases::entry_of(database, case_id));
    if (id.empty())
        return error(ErrorKind::NotFound, "matter_unknown", "this case was opened for a caller");
    auto entry = TRY(taken_entry(call, database, id));
    auto about = about_of(entry);
    if (!about || about->patient != record.file.patient)
        return error(ErrorKind::NotFound, "matter_unknown", "this case is about another member");
    return Matter{std::move(entry), std::move(*about)};
}

std::string summary_of(api::Requests const& requests, std::string const& operation) {
    for (auto const& each : requests.requests)
        if (each.operation_id == operation)
            return each.summary;
    return {};
}

} // namespace

Result<std::optional<PatientId>> patient_of_matter(Call& call, storage::Database& database,
                                                   api::CaseEobReviewQuery const& query) {
    if (!is_uuid_v7(query.case_id) || TRY(WorkCases::entry_of(database, query.case_id)).empty())
        return std::optional<PatientId>();
    auto const matter = matter_of(call, database, query.case_id);
    if (matter.has_error() && is_store_fault(matter.error()))
        return matter.error();
    if (matter.has_error() || matter.value().about.eob != query.eob)
        return std::optional<PatientId>();
    return std::optional(matter.value().about.patient);
}

Result<api::WorkCaseOpened> open_work_case(Call& call, api::OpenWorkCase const& request) {
    api::WorkCaseOpened opened;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const entry = TRY(taken_entry(call, database, request.entry));
        call.audit_operation = entry.operation;
        auto const about = about_of(entry);
        if (!about)
            return error(ErrorKind::Refused, "work_without_member", "this entry is about no member");
        call.audit_subject = about->patient.text();
        opened = {TRY(WorkCases::open_of(database, call.caller.session->staff, entry.id)),
                  std::string(about->matter->reason), std::string(about->matter->channel)};
        if (opened.case_id.empty())
            opened.case_id = TRY(open_about(call, database, entry, *about));
        call.audit_fields = {"case:" + opened.case_id, "entry:" + entry.id};
        return ok();
    }));
    return opened;
}

Result<api::CaseMatter> case_matter(Call& call, api::CaseMatterQuery const& query) {
    call.audit_fields = {"matter"};
    audit_case(call, query.case_id);
    auto const matter = TRY(call.services.store.read<Matter>(
        [&](storage::Database& database) { return matter_of(call, database, query.case_id); }));
    auto const& entry = matter.entry;
    call.audit_operation = entry.operation;
    auto const requests = TRY(call.services.operations->requests_of(matter.about.patient));
    api::CaseMatter reply;
    reply.case_id = query.case_id;
    reply.entry = entry.id;
    reply.kind = entry.kind;
    reply.reason = entry.reason;
    reply.at = to_rfc3339(from_micros(entry.at_us));
    reply.due = to_rfc3339(from_micros(due_us(entry)));
    reply.summary = summary_of(requests, entry.operation);
    reply.about = matter.about.words;
    reply.eob = matter.about.eob;
    return reply;
}

Result<Rendered<api::EobDetail>> matter_eob(Call& call, api::MatterEobQuery const& query) {
    call.audit_fields = {"eob"};
    audit_case(call, query.case_id);
    auto const matter = TRY(call.services.store.read<Matter>(
        [&](storage::Database& database) { return matter_of(call, database, query.case_id); }));
    call.audit_operation = matter.entry.operation;
    if (matter.about.eob.empty())
        return error(ErrorKind::NotFound, "eob_not_found", "this entry is about no EOB");
    return eob_of(call, matter.about.patient, EobId(matter.about.eob), Telling::All);
}

} // namespace portico::central
