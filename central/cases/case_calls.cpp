#include "central/cases/case_calls.h"

#include "central/auth/sign_in_flow.h"
#include "central/auth/staff_rights.h"
#include "central/cases/call_checks.h"
#include "central/cases/case_limits.h"
#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/desk_words.h"
#include "central/cases/unlock_requests.h"
#include "central/cases/work_cases.h"
#include "central/operations/ledger.h"
#include "central/recovery/recovery_start.h"
#include "central/services.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

PlanMoment plan_now(Call const& call) {
    return plan_moment(call.services.operations->tools().settings.time_zone, call.services.clock.now());
}

CaseBook case_book(Call const& call) {
    return {call.services.vault, call.services.clock};
}

CaseWorker case_worker(Call const& call) {
    auto const& session = *call.caller.session;
    return {session.staff, call.caller.terminal, has_right(session.roles, Right::TakeCase)};
}

CallChecks checks_of(Call const& call) {
    return {call.services.vault, call.services.clock};
}

CallerCodes codes_of(Call const& call) {
    return {call.services.vault, call.services.clock};
}

UnlockRequests unlocks_of(Call const& call) {
    return {call.services.clock, call.services.operations->tools().queue};
}

Result<bool> freeze_if_due(Call& call, storage::Database& database, std::string const& case_id,
                           PatientId const& prover) {
    VerificationGuard const guard(call.services.vault, call.services.clock);
    if (!TRY(guard.is_frozen(database, prover)))
        return false;
    TRY(guard.end_all_of(database, prover));
    auto const& hooks = sign_in_parts(call).hooks;
    if (!hooks.tell)
        return true;
    auto const file = TRY(case_book(call).open_case(database, case_id));
    if (!file.authority.empty())
        TRY(hooks.tell(database, file.patient, "speaker_frozen"));
    // Who is no member has no account that anybody could have tried.
    if (file.authority.empty() || file.prover != not_a_member(file.authority))
        TRY(hooks.tell(database, prover, "verification_frozen"));
    return true;
}

Result<void> check_proof_adds(CaseFile const& file, std::string_view way) {
    if (file.verified_us == 0 || (file.is_verified_weakly() && way != "mail_code"))
        return ok();
    return error(ErrorKind::Conflict, "verified_already", "this caller has shown to be the member");
}

void audit_case(Call& call, std::string const& id) {
    if (is_uuid_v7(id))
        call.audit_fields.insert(call.audit_fields.begin(), "case:" + id);
}

void audit_case(Call& call, CaseFile const& file) {
    call.audit_subject = file.patient.text();
    // By which authority, where it is not the member who asks.
    auto const by = "authority:" + file.authority;
    auto& fields = call.audit_fields;
    if (!file.authority.empty() && std::find(fields.begin(), fields.end(), by) == fields.end())
        fields.push_back(by);
}

Result<void> take_proof(Call& call, storage::Database& database, CaseFile const& file, std::string_view way) {
    TRY(case_book(call).set_verified(database, file, way));
    if (file.authority.empty())
        return ok();
    auto insert = TRY(database.prepare("INSERT INTO authority_used (authority, at_us) VALUES ($1, $2)"
                                       " ON CONFLICT (authority) DO NOTHING"));
    TRY(insert.bind(1, file.authority).bind(2, to_micros(call.services.clock.now())).run());
    auto const& hooks = sign_in_parts(call).hooks;
    return database.changed_rows() != 0 && hooks.tell ? hooks.tell(database, file.patient, "spoken_for")
                                                      : Result<void>(ok());
}

namespace {

/// Who speaks, for the header of a case.
Result<void> add_speaker(Call const& call, storage::Database& database, CaseFile const& file,
                         api::CaseItem& item) {
    if (file.authority.empty())
        return ok();
    auto const speaker = TRY(speaker_of_case(call, database, file));
    auto const allowed = check_in_force(speaker, plan_now(call).day);
    item.speaker = file.authority;
    item.speaker_hindrance = allowed.has_error() ? allowed.error().reason : std::string();
    if (!speaker)
        return ok();
    item.speaker_kind = name(speaker->authority.kind);
    for (auto const scope : speaker->authority.scopes)
        item.speaker_scopes.emplace_back(name(scope));
    return ok();
}

} // namespace

Result<api::CaseItem> case_item(Call const& call, storage::Database& database, CaseFile const& file) {
    api::CaseItem item{file.id, file.reason, file.channel, to_rfc3339(from_micros(file.opened_us)),
                       file.level()};
    item.check = TRY(checks_of(call).state_of(database, file.id));
    auto const code = TRY(codes_of(call).state_of(database, file.id));
    item.code = code.word;
    item.code_way = code.way;
    item.code_tries_left = static_cast<int>(code.tries_left);
    item.verified_way = file.verified_way;
    auto const unlock = TRY(unlocks_of(call).last_of(database, file.id));
    item.unlock = unlock ? unlock->state : std::string();
    item.words = words_of_case(call.services.vault, file);
    item.entry = TRY(WorkCases::entry_of(database, file.id));
    auto const recovery = TRY(recoveries_of(call).last_of_case(database, file.id));
    item.recovery = recovery ? recovery->state : std::string();
    TRY(add_speaker(call, database, file, item));
    return item;
}

Result<void> end_under_way(Call const& call, storage::Database& database, std::string const& id) {
    TRY(checks_of(call).end_of_case(database, id));
    TRY(codes_of(call).end_of_case(database, id));
    TRY(recoveries_of(call).withdraw_waiting_of_case(database, id));
    return unlocks_of(call).withdraw_of_case(database, id);
}

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

Result<api::Empty> change_case_reason(Call& call, api::ChangeCaseReason const& request) {
    audit_case(call, request.case_id);
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const file =
            TRY(case_book(call).set_reason(database, case_worker(call), request.case_id, request.reason));
        audit_case(call, file);
        call.audit_fields.push_back("reason:" + request.reason);
        return ok();
    }));
    return api::Empty{};
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
            list.items.push_back(TRY(case_item(call, database, file)));
        return list;
    });
}

Result<api::CaseItem> take_case(Call& call, api::TakeCase const& request) {
    api::CaseItem item;
    audit_case(call, request.case_id);
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const before = TRY(case_book(call).known(database, case_worker(call), request.case_id)).owner;
        auto const file = TRY(case_book(call).take(database, case_worker(call), request.case_id));
        audit_case(call, file);
        if (before != file.owner)
            TRY(end_under_way(call, database, file.id));
        item = TRY(case_item(call, database, file));
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
        TRY(end_under_way(call, database, file.id));
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
