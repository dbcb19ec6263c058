#include "tests/contract/desk_walk.h"

#include "central/auth/attempts.h"
#include "shared/api/call_check.h"
#include "shared/api/caller_code.h"
#include "shared/api/case_claims.h"
#include "shared/api/case_history.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/desk_word.h"
#include "shared/api/dial.h"
#include "shared/api/eob_review.h"
#include "shared/api/ringing.h"
#include "shared/api/speakers.h"
#include "shared/api/unlock.h"
#include "shared/api/waiting_line.h"
#include "shared/api/work.h"
#include "shared/api/work_case.h"
#include "tests/contract/held_call_walk.h"
#include "tests/contract/recovery_walk.h"
#include "tests/contract/waiting_code.h"

#include <utility>

namespace portico::test {

using namespace portico::central;

namespace {

/// From the code of a new staff member to their session at this desk.
void sign_in_at_desk(ApiBench& api, std::string const& name, StaffRole role) {
    auto const code = invite_staff(*api.bench.core().services, name, {}, {role});
    WebauthnKey key;
    api.token =
        api.post<api::SessionReply>("/v1/registration/code", api::RegisterWithCode{code.clone(), ""}).token;
    CHECK(api.exchange("GET", "/v1/work", "", "", "").status == 403); // may register and nothing else
    api.post<api::Empty>("/v1/account/security-keys", api.registration(key));
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();
    api.token =
        api.post<api::SessionReply>("/v1/sign-in/security-key", api.assertion(key, "security_key")).token;
}

/// A supervisor and the case of a caller, with a colleague who may open more.
void walk_cases(ApiBench& api, PatientId const& patient, std::string const& colleague) {
    sign_in_at_desk(api, "Kim Lead", StaffRole::Supervisor);
    auto const member = must(api.bench.core().plan.facts->member(patient)).value();
    auto const id =
        api.post<api::CaseOpened>("/v1/cases/open", api::OpenCase{"eob_question", "phone"}).case_id;
    CHECK(api.get<api::CaseList>("/v1/cases").items.size() == 1);
    CHECK(api.get<api::CaseList>("/v1/cases", "", "?staff=" + colleague).items.empty());
    CHECK(api.post<api::CaseItem>("/v1/cases/take", api::TakeCase{id}).level.empty());
    api.post<api::Candidates>("/v1/calls/candidates", api::CallerNumber{member.phone});
    api.post<api::Empty>("/v1/cases/reason", api::ChangeCaseReason{id, "unlock"});
    api::IdentifyCaller said;
    said.case_id = id;
    said.member_id = member.member_id;
    said.birth_date = member.birth_date.text();
    CHECK(api.post<api::CaseLevel>("/v1/cases/identify", said).level == "identified");
    api.post<api::Empty>("/v1/cases/allow-more", api::AllowMore{colleague});
    auto const masked = api.get<api::CaseMember>("/v1/cases/member", "", "?case_id=" + id);
    CHECK(masked.given_name == member.name.given);
    CHECK(api::to_json(masked).find(member.name.family) == std::string::npos);
    api::RevealField const asked{id, "birth_date", "caller_corrects"};
    CHECK(api.post<api::RevealedField>("/v1/cases/reveal", asked).value == member.birth_date.text());
    // Of a colleague, from now on.
    invite_staff(*api.bench.core().services, "Casey Staff", patient, {StaffRole::Approver});
    CHECK(api.status_of("/v1/cases/reveal", asked) == 422);
    api.post<api::Empty>("/v1/cases/break-glass", api::BreakGlass{id, "The caller asks about a letter"});
    CHECK(api.status_of("/v1/cases/reveal", asked) == 200);
    // What is far too long is refused as such, whole, and not cut off.
    CHECK(api.status_of("/v1/cases/close", api::CloseCase{id, "resolved", std::string(100'000, 'x')}) == 400);
    api.post<api::Empty>("/v1/cases/close", api::CloseCase{id, "resolved", "Explained the letter."});
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();
}

void lock_account(ApiBench& api, PatientId const& patient) {
    auto& services = *api.bench.core().services;
    must(services.store.write([&](storage::Database& database) -> Result<void> {
        auto const account = TRY(Accounts(services.vault, services.clock).of_patient(database, patient));
        for (int i = 0; i < LockoutPolicy{}.lock_failures; ++i)
            TRY(reserve_guess(database, account->id.text(), Guess::Pin, api.terminal.id,
                              services.clock.now() - std::chrono::hours(20 - i)));
        return ok();
    }));
}

/// A code that the caller keys wrong at the telephone of this desk.
void walk_code(ApiBench& api, std::string const& case_id) {
    api.bench.core().settings.mail.host = "127.0.0.1"; // nothing sends in this test
    auto const desk = api.terminal;
    auto const telephone = api.bench.enroll("phone", desk.id);
    auto const ways = api.get<api::VerifyWays>("/v1/cases/ways", "", "?case_id=" + case_id).ways;
    CHECK(ways.back().hindrance.empty());
    auto const sent =
        api.post<api::CodeSent>("/v1/cases/code", api::SendCode{case_id, "mail_code", "call-1"});
    CHECK(sent.to == ways.back().to);
    auto const code = waiting_code(api, MessageChannel::Mail);
    auto const session = std::exchange(api.token, "");
    api.terminal = telephone;
    api::KeyedDigits const keyed{make_uuid_v7(api.bench.clock), "call-1",
                                 code == "000000" ? "000001" : "000000"};
    CHECK(api.post<api::KeyedOutcome>("/v1/phone/keyed", keyed).outcome == "wrong");
    api.terminal = desk;
    api.token = session;
    CHECK(api.get<api::CaseList>("/v1/cases").items.at(0).code == "wrong");

    // Nor is anybody there at the number on file.
    auto const called = api.post<api::DialTicket>("/v1/cases/call-back", api::CallNumberOnFile{case_id});
    api.token.clear();
    api.terminal = telephone;
    CHECK_FALSE(
        api.post<api::NumberToDial>("/v1/phone/number", api::NumberOfTicket{called.ticket}).number.empty());
    api.post<api::Empty>("/v1/phone/dialled", api::Dialled{called.ticket, "call-2", "not_answered"});
    api.terminal = desk;
    api.token = session;
    auto const item = api.get<api::CaseList>("/v1/cases").items.at(0);
    CHECK(item.code == "unanswered");
    CHECK(item.words.size() == 2);
}

void ask_copy(ApiBench& api, std::string const& case_id, EobId const& eob) {
    api::Operation operation;
    operation.id = make_uuid_v7(api.bench.clock);
    operation.captured_at = to_rfc3339(api.bench.clock.now());
    operation.sequence = 2;
    operation.session_token = api.token;
    operation.on_behalf_case = case_id;
    operation.request_mailed_eob = api::RequestMailedEob{eob.text()};
    auto const box = crypto::seal_to(api.terminal.sealing_key, as_bytes(api::to_json(operation))).value();
    auto const pushed = api.post<api::PushOutcomes>("/v1/operations",
                                                    api::PushOperations{{{operation.id, to_base64url(box)}}});
    CHECK(pushed.outcomes.at(0).outcome == "applied");
}

/// A paper copy that the member asked for on the phone, as whoever sends it sees it: through its case.
void walk_matter(ApiBench& api, EobId const& eob) {
    auto const entry = api.get<api::WorkList>("/v1/work", "", "?kind=mailed_eob").items.at(0).entry;
    api.post<api::WorkItem>("/v1/work/take", api::TakeWork{entry});
    auto const opened = api.post<api::WorkCaseOpened>("/v1/cases/of-work", api::OpenWorkCase{entry});
    CHECK(opened.reason == "eob_question");
    CHECK(api.get<api::CaseMatter>("/v1/cases/matter", "", "?case_id=" + opened.case_id).eob == eob.text());
    auto const read = api.get<api::EobDetail>("/v1/cases/matter-eob", "", "?case_id=" + opened.case_id);
    CHECK(read.eob.id == eob);
    // That one and no other, and nothing else that a verified caller would open.
    CHECK(api.exchange("GET", "/v1/cases/claims", "", "?case_id=" + opened.case_id, "")
              .body.find("verification_needed") != std::string::npos);
    api.post<api::Empty>("/v1/work/decide", api::DecideWork{entry, "applied", {}});
    api.post<api::Empty>("/v1/cases/close", api::CloseCase{opened.case_id, "resolved", ""});
}

/// What a rep of this desk asks for on the member's behalf, notes and writes; and the member reads it.
void walk_on_behalf(ApiBench& api, std::string const& case_id, BenchTerminal const& kiosk,
                    WebauthnKey& member_key) {
    api::Operation operation;
    operation.id = make_uuid_v7(api.bench.clock);
    operation.captured_at = to_rfc3339(api.bench.clock.now());
    operation.sequence = 1;
    operation.session_token = api.token;
    operation.on_behalf_case = case_id;
    operation.write_to_member = api::WriteToMember{"We look into your claim.\nGoodbye"};
    auto const box = crypto::seal_to(api.terminal.sealing_key, as_bytes(api::to_json(operation))).value();
    auto const outcomes = api.post<api::PushOutcomes>(
        "/v1/operations", api::PushOperations{{{operation.id, to_base64url(box)}}});
    CHECK(outcomes.outcomes.at(0).outcome == "applied");
    api::AddNote const note{case_id, make_uuid_v7(api.bench.clock), "Wrote to the member."};
    api.post<api::Empty>("/v1/cases/note", note);
    api::AddNote const far_too_long{case_id, make_uuid_v7(api.bench.clock), std::string(100'000, 'x')};
    CHECK(api.status_of("/v1/cases/note", far_too_long) == 400);
    CHECK(api.get<api::CaseNotes>("/v1/cases/notes", "", "?case_id=" + case_id).notes.at(0).text ==
          note.text);
    CHECK(api.get<api::EarlierCases>("/v1/cases/earlier", "", "?case_id=" + case_id).cases.empty());
    auto const requests = api.get<api::Requests>("/v1/cases/requests", "", "?case_id=" + case_id).requests;
    CHECK(std::any_of(requests.begin(), requests.end(), [&](auto const& entry) {
        return entry.operation_id == operation.id && entry.on_behalf;
    }));

    auto const desk = std::exchange(api.terminal, kiosk);
    auto const of_rep = std::exchange(api.token, "");
    api.token =
        api.post<api::SessionReply>("/v1/sign-in/security-key", api.assertion(member_key, "security_key"))
            .token;
    CHECK(api.get<api::Home>("/v1/home").unread_message_count == 1);
    auto const messages = api.get<api::Messages>("/v1/messages").messages;
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].text == operation.write_to_member->text);
    api.post<api::Empty>("/v1/messages/read", api::ReadMessage{messages[0].message});
    CHECK(api.get<api::Home>("/v1/home").unread_message_count == 0);
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.terminal = desk;
    api.token = of_rep;
}

/// A rep whose caller is the member at a kiosk; then a colleague who says yes to a second unlock.
void walk_unlock(ApiBench& api, PatientId const& patient, BenchTerminal const& kiosk,
                 WebauthnKey& member_key) {
    auto const desk = std::exchange(api.terminal, kiosk);
    api.token =
        api.post<api::SessionReply>("/v1/sign-in/security-key", api.assertion(member_key, "security_key"))
            .token;
    auto const of_member = std::exchange(api.token, "");
    api.terminal = desk;
    sign_in_at_desk(api, "Robin Caller", StaffRole::PhoneRep);
    auto const member = must(api.bench.core().plan.facts->member(patient)).value();
    auto const id = api.post<api::CaseOpened>("/v1/cases/open", api::OpenCase{"unlock", "phone"}).case_id;
    api::IdentifyCaller said;
    said.case_id = id;
    said.member_id = member.member_id;
    said.birth_date = member.birth_date.text();
    api.post<api::CaseLevel>("/v1/cases/identify", said);
    walk_code(api, id);
    api.get<api::Speakers>("/v1/cases/speakers", "", "?case_id=" + id);
    CHECK(api.status_of("/v1/cases/speaker", api::ChooseSpeaker{id, "a neighbour"}) == 422);
    CHECK(api.post<api::CaseItem>("/v1/cases/speaker", api::ChooseSpeaker{id, "member"}).speaker.empty());
    auto const asked =
        api.post<api::CallCheckAsked>("/v1/cases/verify", api::VerifyCaller{id, "own_session"});
    auto const of_rep = std::exchange(api.token, of_member);
    api.terminal = kiosk;
    auto const check = api.get<api::CallCheck>("/v1/call-check");
    CHECK(check.numbers.size() == 6);
    CHECK(api.get<api::OpenCalls>("/v1/desk-word").calls.at(0).how == "called_us");
    api.post<api::Empty>("/v1/call-check/answer", api::AnswerCallCheck{check.check, asked.number});
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.terminal = desk;
    api.token = of_rep;
    CHECK(api.get<api::CaseList>("/v1/cases").items.at(0).level == "verified");
    auto const claims = api.get<api::ClaimsPage>("/v1/cases/claims", "", "?case_id=" + id + "&limit=5");
    REQUIRE(!claims.claims.empty());
    auto const eob_id = claims.claims.front().id;
    CHECK(api.get<api::EobDetail>("/v1/cases/eob", "", "?case_id=" + id + "&eob=" + eob_id.text()).eob.id ==
          eob_id);
    auto const review =
        api.get<api::EobReview>("/v1/cases/eob-review", "", "?case_id=" + id + "&eob=" + eob_id.text());
    CHECK(review.eob == eob_id);
    CHECK(review.version_count >= 1);
    walk_recovery(api, id, kiosk, member_key, member.birth_date.text());
    walk_on_behalf(api, id, kiosk, member_key);
    ask_copy(api, id, eob_id);
    walk_matter(api, eob_id);
    lock_account(api, patient);
    CHECK(api.get<api::CaseLock>("/v1/cases/lock", "", "?case_id=" + id).wrong_sign_ins.size() == 10);
    api::UnlockAccount const unlock{id, "mistyped"};
    CHECK(api.post<api::UnlockReply>("/v1/cases/unlock", unlock).state == "unlocked");
    lock_account(api, patient);
    CHECK(api.post<api::UnlockReply>("/v1/cases/unlock", unlock).state == "waiting");
    api.token.clear();
    sign_in_at_desk(api, "Ash Approver", StaffRole::Approver);
    auto const entry = api.get<api::WorkList>("/v1/work", "", "?kind=unlock_approval").items.at(0).entry;
    api.post<api::WorkItem>("/v1/work/take", api::TakeWork{entry});
    CHECK(api.get<api::AskedUnlock>("/v1/work/unlock", "", "?entry=" + entry).second_yes ==
          "restored_lately");
    api.post<api::Empty>("/v1/work/decide", api::DecideWork{entry, "applied", {}});
    auto const of_approver = std::exchange(api.token, of_rep);
    CHECK(api.get<api::CaseList>("/v1/cases").items.at(0).unlock == "unlocked");
    walk_lost_card(api, id, kiosk, member_key, member.birth_date.text(), of_approver);
    api.post<api::Empty>("/v1/cases/close", api::CloseCase{id, "resolved", ""});
    api.token.clear();
}

/// A call that is asked for at the kiosk, and made at this desk.
void walk_line(ApiBench& api, BenchTerminal const& kiosk) {
    auto const desk = std::exchange(api.terminal, kiosk);
    auto const ask = [&] {
        return api.post<api::CallBackPlace>(
            "/v1/call-backs",
            api::AskCallBack{make_uuid_v7(api.bench.clock), "617 555 0142", "es", "account_locked"});
    };
    auto const first = ask();
    CHECK(first.to == "(***) ***-**42");
    CHECK(api.get<api::CallBackPlace>("/v1/call-backs/place", "", "?call_back=" + first.call_back).place ==
          1);
    api.post<api::Empty>("/v1/call-backs/cancel", api::CancelCallBack{first.call_back});
    auto const second = ask();
    api.terminal = desk;
    sign_in_at_desk(api, "Lee Line", StaffRole::PhoneRep);
    CHECK(api.get<api::WaitingLine>("/v1/line").waiting == 1);
    auto const taken = api.post<api::CallBackTaken>("/v1/line/next", api::NextCallBack{});
    CHECK(taken.call_back == second.call_back);
    CHECK(taken.language == "es");
    CHECK(taken.kind == "call_back");
    api.post<api::Empty>("/v1/line/outcome", api::CallBackOutcome{taken.call_back, "reached"});
    api.post<api::Empty>("/v1/cases/close", api::CloseCase{taken.case_id, "resolved", ""});
    walk_held_call(api);
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();
}

} // namespace

void walk_desk(ApiBench& api, PatientId const& patient, WebauthnKey& member_key) {
    api::Operation operation;
    operation.id = make_uuid_v7(api.bench.clock);
    operation.captured_at = to_rfc3339(api.bench.clock.now());
    operation.sequence = 2;
    operation.report_directory_error = api::ReportDirectoryError{"no such listing", "phone", "It rings."};
    auto const box = crypto::seal_to(api.terminal.sealing_key, as_bytes(api::to_json(operation))).value();
    api.post<api::PushOutcomes>("/v1/operations", api::PushOperations{{{operation.id, to_base64url(box)}}});

    auto const kiosk = std::exchange(api.terminal, api.bench.enroll("agent"));
    sign_in_at_desk(api, "Robin Rep", StaffRole::PhoneRep);
    auto const me = api.get<api::StaffMe>("/v1/staff/me");
    CHECK(me.name == "Robin Rep");
    CHECK(me.roles == std::vector<std::string>{"phone_rep"});
    CHECK(me.rights ==
          std::vector<std::string>{"see_work", "do_work", "open_case", "decide_requests", "unlock_account"});
    auto const work = api.get<api::WorkList>("/v1/work", "", "?kind=operation_refused&whose=nobody");
    REQUIRE(work.items.size() == 1);
    auto const& entry = work.items[0].entry;
    auto const taken = api.post<api::WorkItem>("/v1/work/take", api::TakeWork{entry});
    CHECK(taken.mine);
    CHECK(taken.taken_by_name == "Robin Rep");
    api.post<api::Empty>("/v1/work/give-back", api::GiveWorkBack{entry});
    api.post<api::WorkItem>("/v1/work/take", api::TakeWork{entry});
    api.post<api::Empty>("/v1/work/hand-over", api::HandWorkOver{entry, me.staff});
    api.post<api::Empty>("/v1/work/decide", api::DecideWork{entry, "applied", {}});
    CHECK(api.get<api::WorkList>("/v1/work", "", "?kind=operation_refused").open == 0);
    api.post<api::Empty>("/v1/sign-out", api::Empty{});
    api.token.clear();
    walk_unlock(api, patient, kiosk, member_key);
    walk_line(api, kiosk);
    walk_cases(api, patient, me.staff);
    api.terminal = kiosk;
}

} // namespace portico::test
