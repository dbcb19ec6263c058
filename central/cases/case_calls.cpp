#include "central/cases/case_calls.h"

#include "central/auth/staff_rights.h"
#include "central/cases/case_limits.h"
#include "central/cases/case_of_call.h"
#include "central/services.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"

namespace portico::central {

CaseBook case_book(Call const& call) {
    return {call.services.vault, call.services.clock};
}

CaseWorker case_worker(Call const& call) {
    auto const& session = *call.caller.session;
    return {session.staff, call.caller.terminal, has_right(session.roles, Right::TakeCase)};
}

void audit_case(Call& call, std::string const& id) {
    if (is_uuid_v7(id))
        call.audit_fields.insert(call.audit_fields.begin(), "case:" + id);
}

void audit_case(Call& call, CaseFile const& file) {
    call.audit_subject = file.patient.text();
}

namespace {

api::CaseItem item_of(CaseFile const& file) {
    return {file.id, file.reason, file.channel, to_rfc3339(from_micros(file.opened_us)), file.level()};
}

} // namespace

Result<api::CaseOpened> open_case(Call& call, api::OpenCase const& request) {
    api::CaseOpened opened;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        opened.case_id =
            TRY(case_book(call).open(database, case_worker(call), request.reason, request.channel));
        call.audit_fields = {"case:" + opened.case_id, "reason:" + request.reason};
        return ok();
    }));
    return opened;
}

Result<api::CaseList> list_cases(Call& call, api::CasesQuery const& query) {
    auto const worker = case_worker(call);
    StaffId const whose = query.staff ? StaffId(*query.staff) : worker.staff;
    if (whose != worker.staff && !worker.takes)
        return error(ErrorKind::Forbidden, "right_missing",
                     std::string("another's cases need the right ") + name(Right::TakeCase));
    call.audit_fields = {"cases"};
    if (is_uuid_v7(whose.text()))
        call.audit_subject = whose.text();
    return call.services.store.read<api::CaseList>([&](storage::Database& database) -> Result<api::CaseList> {
        api::CaseList list;
        for (auto const& file : TRY(case_book(call).open_of(database, whose)))
            list.items.push_back(item_of(file));
        return list;
    });
}

Result<api::CaseItem> take_case(Call& call, api::TakeCase const& request) {
    api::CaseItem item;
    audit_case(call, request.case_id);
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const file = TRY(case_book(call).take(database, case_worker(call), request.case_id));
        audit_case(call, file);
        item = item_of(file);
        return ok();
    }));
    return item;
}

Result<api::Empty> close_case(Call& call, api::CloseCase const& request) {
    audit_case(call, request.case_id);
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const file = TRY(case_book(call).close(database, case_worker(call), request.case_id,
                                                    {request.outcome, request.note}));
        audit_case(call, file);
        call.audit_fields.push_back("outcome:" + request.outcome);
        return ok();
    }));
    return api::Empty{};
}

Result<api::Empty> allow_more(Call& call, api::AllowMore const& request) {
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        TRY(allow_more_records(database, call.services.vault, call.services.clock, call.caller.session->staff,
                               StaffId(request.staff)));
        call.audit_subject = request.staff;
        return ok();
    }));
    return api::Empty{};
}

} // namespace portico::central
