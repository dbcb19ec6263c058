#include "central/cases/code_calls.h"

#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/verify_ways.h"
#include "central/changes/change_feed.h"
#include "central/notify/notifier.h"
#include "central/operations/ledger.h"
#include "central/plan/plan_data.h"
#include "central/services.h"
#include "central/terminals/terminals.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

namespace {

Error call_invalid() {
    return error(ErrorKind::InvalidInput, "call_invalid",
                 "a call's id has 1 to 64 letters, digits and hyphens");
}

/// Makes the code and, where one is sent, writes the message that carries it.
Result<api::CodeSent> make_code(Call const& call, storage::Database& database, CaseMemberRecord const& about,
                                api::SendCode const& request) {
    auto way = TRY(way_to_ask(call, database, about, request.way));
    auto made =
        TRY(codes_of(call).make(database, about.file, {call.caller.terminal, request.call, request.way}));
    api::CodeSent sent{request.case_id, way.to, static_cast<int>(CallerCodes::code_s),
                       static_cast<int>(made.row.tries_left())};
    if (way.way == way_totp)
        return sent;
    CodeOnItsWay code;
    code.channel = way.channel;
    code.to = std::move(way.address);
    code.language = std::move(way.language);
    code.code = made.code.clone();
    code.minutes = CallerCodes::code_min;
    code.expires_us = made.row.expires_us;
    code.about = made.row.id;
    TRY(call.services.operations->tools().notify.send_code(database, code));
    return sent;
}

/// What an entry brings about, in its transaction.
Result<void> take_outcome(Call& call, storage::Database& database, CallerCodes::Keyed const& keyed,
                          CallerCodes::Tried& tried) {
    auto const& code = tried.code;
    if (tried.again)
        return ok();
    auto const file = TRY(case_book(call).open_case(database, code.case_id));
    audit_case(call, file);
    TRY(call.services.changes->tell(database, code.desk, {"case_changed", ""}));
    if (tried.outcome == "right")
        return take_proof(call, database, file, code.way);
    if (TRY(freeze_if_due(call, database, file.id, file.prover)))
        TRY(codes_of(call).end(database, keyed, tried));
    return ok();
}

} // namespace

Result<WayOfCase> way_to_ask(Call const& call, storage::Database& database, CaseMemberRecord const& about,
                             std::string_view way) {
    VerificationGuard const guard(call.services.vault, call.services.clock);
    TRY(check_speaker(call, about));
    TRY(check_proof_adds(about.file, way));
    TRY(guard.check_not_frozen(database, about.file.prover));
    auto ways = TRY(ways_of_case(call, database, about));
    auto const found =
        std::find_if(ways.begin(), ways.end(), [&](auto const& each) { return each.way == way; });
    if (!found->hindrance.empty())
        return error(ErrorKind::Refused, "code_not_possible",
                     "it cannot be asked this way (" + found->hindrance + "): choose another");
    TRY(guard.check_not_elsewhere(database, about.file));
    return std::move(*found);
}

Result<api::VerifyWays> verify_ways(Call& call, api::VerifyWaysQuery const& query) {
    call.audit_fields = {"masked"};
    audit_case(call, query.case_id);
    return call.services.store.read<api::VerifyWays>(
        [&](storage::Database& database) -> Result<api::VerifyWays> {
            auto const about = TRY(opened_member_of_case(call, database, query.case_id));
            TRY(check_speaker(call, about));
            // Their claims are what most calls are about, and are made while the caller finds a number.
            call.services.plan->prepare(about.file.patient, telling_of(about));
            api::VerifyWays reply;
            reply.case_id = query.case_id;
            for (auto const& each : TRY(ways_of_case(call, database, about)))
                reply.ways.push_back({std::string(each.way), each.to, each.hindrance});
            return reply;
        });
}

Result<api::CodeSent> send_code(Call& call, api::SendCode const& request) {
    audit_case(call, request.case_id);
    if (request.way != way_totp && request.way != way_text_code && request.way != way_mail_code)
        return error(ErrorKind::InvalidInput, "verify_way_unknown",
                     "a code goes by text_code or mail_code, or is that of the code app: totp");
    if (!is_call_id(request.call))
        return call_invalid();
    call.audit_fields.push_back("way:" + request.way);
    api::CodeSent sent;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const about = TRY(opened_member_of_case(call, database, request.case_id));
        sent = TRY(make_code(call, database, about, request));
        return ok();
    }));
    return sent;
}

Result<api::KeyedOutcome> take_keyed(Call& call, api::KeyedDigits const& request) {
    if (!is_uuid_v7(request.keyed))
        return error(ErrorKind::InvalidInput, "keyed_invalid", "an entry's id is a UUIDv7");
    if (!is_call_id(request.call))
        return call_invalid();
    bool const digits = request.digits.size() == CallerCodes::digits &&
                        std::all_of(request.digits.begin(), request.digits.end(),
                                    [](char c) { return c >= '0' && c <= '9'; });
    if (!digits)
        return error(ErrorKind::InvalidInput, "digits_invalid", "a code has six digits");
    api::KeyedOutcome outcome;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const desk = TRY(call.services.terminals->desk_of(database, call.caller.terminal));
        CallerCodes::Keyed const keyed{request.keyed, call.caller.terminal, desk, request.call,
                                       request.digits};
        auto tried = TRY(codes_of(call).take(database, keyed));
        TRY(take_outcome(call, database, keyed, tried));
        // Before the authority of who speaks, where one does.
        call.audit_fields.insert(
            call.audit_fields.begin(),
            {"case:" + tried.code.case_id, "way:" + tried.code.way, "code:" + tried.outcome});
        outcome = {tried.outcome, static_cast<int>(tried.tries_left)};
        return ok();
    }));
    call.services.changes->hint();
    return outcome;
}

} // namespace portico::central
