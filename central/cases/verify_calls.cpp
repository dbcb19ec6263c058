#include "central/cases/verify_calls.h"

#include "central/auth/account_unlock.h"
#include "central/cases/account_state.h"
#include "central/cases/call_checks.h"
#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/kept_refusal.h"
#include "central/cases/verify_ways.h"
#include "central/changes/change_feed.h"
#include "shared/base/clock.h"

namespace portico::central {

namespace {

int seconds_left(Call const& call, CallCheckRow const& check) {
    auto const left_us = check.expires_us - to_micros(call.services.clock.now());
    return static_cast<int>((left_us + second_us - 1) / second_us);
}

/// Whose session could answer. Errors: Refused "account_missing", "account_disabled".
Result<Account> account_to_ask(Call const& call, storage::Database& database, PatientId const& patient) {
    auto found = TRY(account_state(database, call.services.vault, call.services.clock, patient));
    if (found.state == "disabled")
        return error(ErrorKind::Refused, "account_disabled", "this account is closed: nobody signs in to it");
    if (!found.account || found.state == "not_opened")
        return error(ErrorKind::Refused, "account_missing",
                     "this member has no way to sign in yet: a service center opens one, with staff beside");
    return std::move(*found.account);
}

/// Kiosks where the member is signed in ask them at once; where they sign in later, the sign-in says so.
Result<void> tell_kiosks(Call const& call, storage::Database& database, Account const& account) {
    for (auto const& terminal : TRY(terminals_in_use(database, account.id, call.services.clock.now())))
        TRY(call.services.changes->tell(database, terminal, {"call_check", ""}));
    return ok();
}

/// What an answer brings about, in the transaction of the answer.
Result<void> take_answer(Call& call, storage::Database& database, CallCheckRow const& check,
                         PatientId const& patient) {
    call.audit_fields = {"case:" + check.case_id, "answer:" + check.state};
    if (check.again)
        return ok();
    TRY(call.services.changes->tell(database, check.desk, {"case_changed", ""}));
    if (check.state != "confirmed") {
        TRY(freeze_if_due(call, database, check.case_id, patient));
        return ok();
    }
    auto const file = TRY(case_book(call).open_case(database, check.case_id));
    return take_proof(call, database, file, way_own_session);
}

} // namespace

Result<api::CallCheckAsked> verify_caller(Call& call, api::VerifyCaller const& request) {
    audit_case(call, request.case_id);
    if (request.way != way_own_session)
        return error(ErrorKind::InvalidInput, "verify_way_unknown",
                     "a way to verify a caller is own_session");
    call.audit_fields.push_back("way:" + request.way);
    api::CallCheckAsked asked;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const about = TRY(opened_member_of_case(call, database, request.case_id));
        TRY(check_speaker(call, about));
        TRY(check_proof_adds(about.file, request.way));
        auto const account = TRY(account_to_ask(call, database, about.file.prover));
        auto const check = TRY(checks_of(call).ask(database, about.file, call.caller.terminal));
        TRY(tell_kiosks(call, database, account));
        asked = {request.case_id, check.number, seconds_left(call, check)};
        return ok();
    }));
    call.services.changes->hint();
    return asked;
}

Result<api::CallCheck> get_call_check(Call& call, api::Empty const&) {
    call.audit_fields = {"call_check"};
    return call.services.store.read<api::CallCheck>(
        [&](storage::Database& database) -> Result<api::CallCheck> {
            auto const check = TRY(checks_of(call).waiting_for(database, call.caller.session->patient));
            return check ? api::CallCheck{check->id, check->numbers, seconds_left(call, *check)}
                         : api::CallCheck{};
        });
}

Result<api::Empty> answer_call_check(Call& call, api::AnswerCallCheck const& request) {
    auto const& patient = call.caller.session->patient;
    auto answered =
        write_and_keep_refusal<api::Empty>(call, [&](storage::Database& database) -> Result<api::Empty> {
            auto const check = TRY(checks_of(call).answer(database, patient, request.check, request.number));
            TRY(take_answer(call, database, check, patient));
            if (check.state == "wrong")
                return error(ErrorKind::Refused, "check_wrong",
                             "this is not the number that was read out: the question has ended");
            return api::Empty{};
        });
    call.services.changes->hint();
    return answered;
}

} // namespace portico::central
