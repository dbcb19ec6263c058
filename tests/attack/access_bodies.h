#pragma once

#include "shared/api/call_check.h"
#include "shared/api/caller_code.h"
#include "shared/api/case_history.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/diagnostics.h"
#include "shared/api/dial.h"
#include "shared/api/held_calls.h"
#include "shared/api/recovery.h"
#include "shared/api/release.h"
#include "shared/api/ringing.h"
#include "shared/api/speakers.h"
#include "shared/api/unlock.h"
#include "shared/api/waiting_line.h"
#include "shared/api/work.h"
#include "shared/api/work_case.h"
#include "tests/attack/access_bench.h"

namespace portico::test {

/// What is asked, made for the one who asks; whoever has the right to it gets it.
using Body = std::string (*)(AccessBench& bench, TerminalId const& terminal, std::string const& token);

template <class Request>
inline std::string json(Request const& request) {
    return api::to_json(request);
}
inline std::string none(AccessBench&, TerminalId const&, std::string const&) {
    return "";
}
inline std::string empty(AccessBench&, TerminalId const&, std::string const&) {
    return "{}";
}
inline std::string enrolment(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::EnrollRequest{
        "AAAA-AAAA", crypto::make_certificate_request(crypto::PrivateKey::generate(), "x"), "kiosk"});
}
inline std::string no_request(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::RenewRequest{"no request"});
}
inline std::string a_version(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::ReportVersion{"0.1.0", {}});
}
inline std::string challenge(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::ChallengeRequest{"security_key"});
}
inline std::string key_answer(AccessBench& bench, TerminalId const& terminal, std::string const& token) {
    return json(bench.assertion(bench.me.account.key, "security_key", terminal, token));
}
inline std::string chip_card(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::ChipCardSignIn{"none", "AAAA", "AAAA", "ecdsa_sha256"});
}
inline std::string card_and_pin(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::PrintedCardSignIn{bench.me.account.card_number, Secret(test_pin)});
}
inline std::string name_and_password(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::PasswordSignIn{bench.me.account.username, Secret(test_password)});
}
inline std::string one_time_code(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::TotpSignIn{Secret("000000")});
}
inline std::string letter_code(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::RegisterWithCode{Secret("AAAA-AAAA-AAAA"), "1980-02-03"});
}
inline std::string staff_beside(AccessBench& bench, TerminalId const& terminal, std::string const& token) {
    auto const answer = bench.assertion(bench.staff_key, "staff_key", terminal, token);
    return json(api::RegisterInPerson{bench.me.account.card_number, answer.challenge_id, answer.credential_id,
                                      answer.authenticator_data, answer.client_data_json, answer.signature,
                                      answer.user_handle});
}
inline std::string new_password(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::SetPassword{bench.me.account.username, Secret(test_password)});
}
inline std::string new_pin(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::SetPin{Secret(test_pin)});
}
inline std::string new_key(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::AddSecurityKey{"none", "AAAA", "AAAA", "AAAA", "mine"});
}
inline std::string new_chip_card(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::AddChipCard{"none", "AAAA", "AAAA", "ecdsa_sha256"});
}
inline std::string a_credential(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::RemoveCredential{"none"});
}
inline std::string card_issue(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::BeginCardIssue{make_uuid_v7(bench.api.bench.clock)});
}
inline std::string an_entry(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::TakeWork{"none"});
}
inline std::string an_entry_on(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::HandWorkOver{"none", "nobody"});
}
inline std::string a_decision(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::DecideWork{"none", "applied", {}});
}
inline std::string new_case(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::OpenCase{"unlock", "phone"});
}
inline std::string a_case(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::TakeCase{"none"});
}
inline std::string the_end_of_a_case(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::CloseCase{"none", "resolved", ""});
}
inline std::string a_caller(AccessBench&, TerminalId const&, std::string const&) {
    api::IdentifyCaller said;
    said.birth_date = "1980-02-03";
    said.zip = "02101";
    return json(said);
}
inline std::string a_value(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::RevealField{"none", "phone", "call_back"});
}
inline std::string a_glass(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::BreakGlass{"none", "because I must see it"});
}
inline std::string a_speaker(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::ChooseSpeaker{"none", "member"});
}
inline std::string a_way(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::VerifyCaller{"none", "own_session"});
}
inline std::string a_code(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::SendCode{"none", "text_code", "call-1"});
}
inline std::string work_taken(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::OpenWorkCase{"none"});
}
inline std::string a_call_back(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::CallNumberOnFile{"none"});
}
inline std::string a_ticket(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::NumberOfTicket{"none"});
}
inline std::string how_it_went(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::Dialled{"none", "call-1", "confirmed"});
}
inline std::string what_is_keyed(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::KeyedDigits{make_uuid_v7(bench.api.bench.clock), "call-1", "123456"});
}
inline std::string an_unlock(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::UnlockAccount{"none", "mistyped"});
}
inline std::string a_recovery(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::StartRecovery{"none", "password", "forgotten"});
}
inline std::string a_withdrawal(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::WithdrawRecovery{"none"});
}
inline std::string who_returns(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::BeginRecovery{bench.me.account.username, "1980-02-03"});
}
inline std::string a_return(AccessBench& bench, TerminalId const&, std::string const&) {
    api::ProveRecovery shown;
    shown.who = bench.me.account.username;
    shown.birth_date = "1980-02-03";
    shown.code = Secret("123456");
    shown.second = "code";
    shown.second_code = Secret("654321");
    return json(shown);
}
inline std::string an_answer(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::AnswerCallCheck{"none", "47"});
}
inline std::string a_colleague(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::AllowMore{"nobody"});
}
inline std::string a_reason(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::ChangeCaseReason{"none", "card"});
}
inline std::string a_number(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::CallerNumber{"+16175550100"});
}
inline std::string a_note(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::AddNote{"none", make_uuid_v7(bench.api.bench.clock), "The caller asks about a letter"});
}
inline std::string a_message(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::ReadMessage{"none"});
}
inline std::string an_asked_call(AccessBench& bench, TerminalId const&, std::string const&) {
    static int asked = 0;
    auto const number = std::to_string(6175550100 + asked++);
    return json(api::AskCallBack{make_uuid_v7(bench.api.bench.clock), number, "en", "other"});
}
inline std::string the_end_of_a_call_back(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::CancelCallBack{"none"});
}
inline std::string held_calls(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(
        api::HeldCalls{1, {{"call-1", to_rfc3339(bench.api.bench.clock.now()), "+16175550177", "es"}}});
}
inline std::string an_outcome(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::CallBackOutcome{"none", "reached"});
}
inline std::string a_well_kiosk(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::KioskDiagnostics{.at = to_rfc3339(bench.api.bench.clock.now())});
}
inline std::string operation(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::PushOperations{{{make_uuid_v7(bench.api.bench.clock), "AAAA"}}});
}

} // namespace portico::test
