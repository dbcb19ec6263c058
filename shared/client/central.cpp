#include "shared/client/central.h"

#include "shared/api/failure.h"
#include "shared/api/json.h"
#include "shared/client/https.h"

namespace portico::client {

namespace {

constexpr std::chrono::seconds call_timeout_s{15};
/// Past the wait of a pull, for the answer to arrive.
constexpr std::chrono::seconds pull_grace_s{8};
/// Of a release, on a slow line: longer than central takes to give up on writing it.
constexpr std::chrono::seconds piece_timeout_s{25};

ErrorKind kind_from_name(std::string_view text) {
    for (int i = 0; i <= static_cast<int>(ErrorKind::Internal); ++i)
        if (auto const kind = static_cast<ErrorKind>(i); text == name(kind))
            return kind;
    return ErrorKind::Internal;
}

Error failure_of(HttpReply const& reply) {
    auto failure = api::from_json<api::Failure>(reply.body, api::UnknownFields::Ignore);
    if (failure.has_error())
        return error(ErrorKind::Unavailable, "central_unreachable",
                     "status " + std::to_string(reply.status) + " without an explanation");
    auto const& told = failure.value();
    return Error{kind_from_name(told.kind), told.reason,     told.message,
                 told.retry_after_s,        told.tries_left, told.ticket};
}

bool is_good(int status) {
    return status >= 200 && status < 300;
}

template <class Reply>
Result<Reply> read(HttpReply const& reply) {
    if (!is_good(reply.status))
        return failure_of(reply);
    auto value = api::from_json<Reply>(reply.body, api::UnknownFields::Ignore);
    if (value.has_error())
        return error(ErrorKind::Corrupt, "reply_unreadable", value.error().message);
    return std::move(value).value();
}

Result<void> read_nothing(HttpReply const& reply) {
    if (!is_good(reply.status))
        return failure_of(reply);
    return ok();
}

HttpRequest get(std::string path, std::string token) {
    return {.post = false,
            .path = std::move(path),
            .body = {},
            .token = std::move(token),
            .timeout = call_timeout_s};
}
template <class Body>
HttpRequest post(std::string path, std::string token, Body const& body) {
    return {.post = true,
            .path = std::move(path),
            .body = api::to_json(body),
            .token = std::move(token),
            .timeout = call_timeout_s};
}

/// A described struct as a query: empty and absent fields are left out.
template <class Query>
std::string query_text(Query const& query) {
    std::string out;
    auto add = [&](char const* key, std::string const& value) {
        if (value.empty())
            return;
        out += out.empty() ? '?' : '&';
        out += key;
        out += '=';
        out += url_escape(value);
    };
    auto const values = api::to_value(query);
    for (auto const& [key, value] : values.as_object()) {
        if (value.is_string())
            add(std::string(key).c_str(), std::string(value.get_string()));
        else if (value.is_int64())
            add(std::string(key).c_str(), std::to_string(value.get_int64()));
    }
    return out;
}

} // namespace

#define PORTICO_GET(Reply, path)                                                                             \
    read<Reply>(TRY(transport_->call(get(path, std::move(with.token)), with.cancel)))
#define PORTICO_POST(Reply, path, body)                                                                      \
    read<Reply>(TRY(transport_->call(post(path, std::move(with.token), body), with.cancel)))
#define PORTICO_DO(path, body)                                                                               \
    read_nothing(TRY(transport_->call(post(path, std::move(with.token), body), with.cancel)))

Result<api::ChallengeReply> Central::challenge(With with, api::ChallengeRequest const& request) {
    return PORTICO_POST(api::ChallengeReply, "/v1/sign-in/challenge", request);
}
Result<api::SessionReply> Central::sign_in(With with, api::SecurityKeySignIn const& request) {
    return PORTICO_POST(api::SessionReply, "/v1/sign-in/security-key", request);
}
Result<api::SessionReply> Central::sign_in(With with, api::ChipCardSignIn const& request) {
    return PORTICO_POST(api::SessionReply, "/v1/sign-in/chip-card", request);
}
Result<api::SessionReply> Central::sign_in(With with, api::PrintedCardSignIn const& request) {
    return PORTICO_POST(api::SessionReply, "/v1/sign-in/printed-card", request);
}
Result<api::SessionReply> Central::sign_in(With with, api::PasswordSignIn const& request) {
    return PORTICO_POST(api::SessionReply, "/v1/sign-in/password", request);
}
Result<api::SessionReply> Central::sign_in(With with, api::TotpSignIn const& request) {
    return PORTICO_POST(api::SessionReply, "/v1/sign-in/totp", request);
}
Result<void> Central::sign_out(With with) {
    return PORTICO_DO("/v1/sign-out", api::Empty{});
}

Result<api::SessionReply> Central::register_with_code(With with, api::RegisterWithCode const& request) {
    return PORTICO_POST(api::SessionReply, "/v1/registration/code", request);
}
Result<api::SessionReply> Central::register_in_person(With with, api::RegisterInPerson const& request) {
    return PORTICO_POST(api::SessionReply, "/v1/registration/in-person", request);
}
Result<void> Central::begin_recovery(With with, api::BeginRecovery const& request) {
    return PORTICO_DO("/v1/recovery/begin", request);
}
Result<api::SessionReply> Central::prove_recovery(With with, api::ProveRecovery const& request) {
    return PORTICO_POST(api::SessionReply, "/v1/recovery/prove", request);
}
Result<void> Central::finish_recovery(With with) {
    return PORTICO_DO("/v1/recovery/finish", api::Empty{});
}
Result<api::OwnRecovery> Central::own_recovery(With with) {
    return PORTICO_GET(api::OwnRecovery, "/v1/recovery");
}
Result<void> Central::stop_recovery(With with) {
    return PORTICO_DO("/v1/recovery/stop", api::Empty{});
}
Result<void> Central::set_password(With with, api::SetPassword const& request) {
    return PORTICO_DO("/v1/account/password", request);
}
Result<void> Central::set_pin(With with, api::SetPin const& request) {
    return PORTICO_DO("/v1/account/pin", request);
}
Result<api::TotpBegun> Central::begin_totp(With with) {
    return PORTICO_POST(api::TotpBegun, "/v1/account/totp", api::Empty{});
}
Result<void> Central::confirm_totp(With with, api::TotpSignIn const& request) {
    return PORTICO_DO("/v1/account/totp/confirm", request);
}
Result<void> Central::add_security_key(With with, api::AddSecurityKey const& request) {
    return PORTICO_DO("/v1/account/security-keys", request);
}
Result<void> Central::add_chip_card(With with, api::AddChipCard const& request) {
    return PORTICO_DO("/v1/account/chip-cards", request);
}
Result<void> Central::remove_credential(With with, api::RemoveCredential const& request) {
    return PORTICO_DO("/v1/account/credentials/remove", request);
}
Result<api::Credentials> Central::credentials(With with) {
    return PORTICO_GET(api::Credentials, "/v1/account/credentials");
}

Result<api::Home> Central::home(With with) {
    return PORTICO_GET(api::Home, "/v1/home");
}
Result<api::ClaimsPage> Central::claims(With with, api::ClaimsQuery const& query) {
    return PORTICO_GET(api::ClaimsPage, "/v1/claims" + query_text(query));
}
Result<api::EobDetail> Central::eob(With with, EobId const& id) {
    return PORTICO_GET(api::EobDetail, "/v1/eobs/" + url_escape(id.text()));
}
Result<api::ContactDetails> Central::contact_details(With with) {
    return PORTICO_GET(api::ContactDetails, "/v1/contact-details");
}
Result<api::Requests> Central::requests(With with) {
    return PORTICO_GET(api::Requests, "/v1/requests");
}
Result<api::Messages> Central::messages(With with) {
    return PORTICO_GET(api::Messages, "/v1/messages");
}
Result<void> Central::read_message(With with, api::ReadMessage const& request) {
    return PORTICO_DO("/v1/messages/read", request);
}
Result<api::IdCardReply> Central::id_card(With with) {
    return PORTICO_GET(api::IdCardReply, "/v1/id-card");
}
Result<api::CardIssueBegun> Central::begin_card_issue(With with, api::BeginCardIssue const& request) {
    return PORTICO_POST(api::CardIssueBegun, "/v1/card-issues", request);
}
Result<api::CallCheck> Central::call_check(With with) {
    return PORTICO_GET(api::CallCheck, "/v1/call-check");
}
Result<void> Central::answer_call_check(With with, api::AnswerCallCheck const& request) {
    return PORTICO_DO("/v1/call-check/answer", request);
}
Result<api::OpenCalls> Central::desk_word(With with) {
    return PORTICO_GET(api::OpenCalls, "/v1/desk-word");
}

Result<api::CallBackPlace> Central::ask_call_back(With with, api::AskCallBack const& request) {
    return PORTICO_POST(api::CallBackPlace, "/v1/call-backs", request);
}
Result<api::CallBackPlace> Central::call_back_place(With with, api::CallBackQuery const& query) {
    return PORTICO_GET(api::CallBackPlace, "/v1/call-backs/place" + query_text(query));
}
Result<void> Central::cancel_call_back(With with, api::CancelCallBack const& request) {
    return PORTICO_DO("/v1/call-backs/cancel", request);
}
Result<void> Central::send_diagnostics(With with, api::KioskDiagnostics const& told) {
    return PORTICO_DO("/v1/terminal/diagnostics", told);
}
Result<api::WaitingLine> Central::waiting_line(With with) {
    return PORTICO_GET(api::WaitingLine, "/v1/line");
}
Result<api::CallBackTaken> Central::next_call_back(With with) {
    return PORTICO_POST(api::CallBackTaken, "/v1/line/next", api::NextCallBack{});
}
Result<void> Central::call_back_outcome(With with, api::CallBackOutcome const& request) {
    return PORTICO_DO("/v1/line/outcome", request);
}

Result<api::StaffMe> Central::staff_me(With with) {
    return PORTICO_GET(api::StaffMe, "/v1/staff/me");
}
Result<api::WorkList> Central::work(With with, api::WorkQuery const& query) {
    return PORTICO_GET(api::WorkList, "/v1/work" + query_text(query));
}
Result<api::WorkItem> Central::take_work(With with, api::TakeWork const& request) {
    return PORTICO_POST(api::WorkItem, "/v1/work/take", request);
}
Result<void> Central::give_work_back(With with, api::GiveWorkBack const& request) {
    return PORTICO_DO("/v1/work/give-back", request);
}
Result<void> Central::hand_work_over(With with, api::HandWorkOver const& request) {
    return PORTICO_DO("/v1/work/hand-over", request);
}
Result<void> Central::decide_work(With with, api::DecideWork const& request) {
    return PORTICO_DO("/v1/work/decide", request);
}

Result<api::CaseList> Central::cases(With with, api::CasesQuery const& query) {
    return PORTICO_GET(api::CaseList, "/v1/cases" + query_text(query));
}
Result<api::CaseOpened> Central::open_case(With with, api::OpenCase const& request) {
    return PORTICO_POST(api::CaseOpened, "/v1/cases/open", request);
}
Result<void> Central::change_case_reason(With with, api::ChangeCaseReason const& request) {
    return PORTICO_DO("/v1/cases/reason", request);
}
Result<api::CaseLevel> Central::identify_caller(With with, api::IdentifyCaller const& request) {
    return PORTICO_POST(api::CaseLevel, "/v1/cases/identify", request);
}
Result<void> Central::close_case(With with, api::CloseCase const& request) {
    return PORTICO_DO("/v1/cases/close", request);
}
Result<void> Central::allow_more(With with, api::AllowMore const& request) {
    return PORTICO_DO("/v1/cases/allow-more", request);
}
Result<api::CaseMember> Central::case_member(With with, api::CaseMemberQuery const& query) {
    return PORTICO_GET(api::CaseMember, "/v1/cases/member" + query_text(query));
}
Result<api::RevealedField> Central::reveal_field(With with, api::RevealField const& request) {
    return PORTICO_POST(api::RevealedField, "/v1/cases/reveal", request);
}
Result<void> Central::break_glass(With with, api::BreakGlass const& request) {
    return PORTICO_DO("/v1/cases/break-glass", request);
}
Result<api::Candidates> Central::call_candidates(With with, api::CallerNumber const& request) {
    return PORTICO_POST(api::Candidates, "/v1/calls/candidates", request);
}
Result<api::Speakers> Central::case_speakers(With with, api::SpeakersQuery const& query) {
    return PORTICO_GET(api::Speakers, "/v1/cases/speakers" + query_text(query));
}
Result<api::CaseItem> Central::choose_speaker(With with, api::ChooseSpeaker const& request) {
    return PORTICO_POST(api::CaseItem, "/v1/cases/speaker", request);
}
Result<api::VerifyWays> Central::verify_ways(With with, api::VerifyWaysQuery const& query) {
    return PORTICO_GET(api::VerifyWays, "/v1/cases/ways" + query_text(query));
}
Result<api::CodeSent> Central::send_code(With with, api::SendCode const& request) {
    return PORTICO_POST(api::CodeSent, "/v1/cases/code", request);
}
Result<api::DialTicket> Central::call_number_on_file(With with, api::CallNumberOnFile const& request) {
    return PORTICO_POST(api::DialTicket, "/v1/cases/call-back", request);
}
Result<api::ClaimsPage> Central::case_claims(With with, api::CaseClaimsQuery const& query) {
    return PORTICO_GET(api::ClaimsPage, "/v1/cases/claims" + query_text(query));
}
Result<api::EobDetail> Central::case_eob(With with, api::CaseEobQuery const& query) {
    return PORTICO_GET(api::EobDetail, "/v1/cases/eob" + query_text(query));
}
Result<api::WorkCaseOpened> Central::open_work_case(With with, api::OpenWorkCase const& request) {
    return PORTICO_POST(api::WorkCaseOpened, "/v1/cases/of-work", request);
}
Result<api::CaseMatter> Central::case_matter(With with, api::CaseMatterQuery const& query) {
    return PORTICO_GET(api::CaseMatter, "/v1/cases/matter" + query_text(query));
}
Result<api::EobDetail> Central::matter_eob(With with, api::MatterEobQuery const& query) {
    return PORTICO_GET(api::EobDetail, "/v1/cases/matter-eob" + query_text(query));
}
Result<api::EobReview> Central::case_eob_review(With with, api::CaseEobReviewQuery const& query) {
    return PORTICO_GET(api::EobReview, "/v1/cases/eob-review" + query_text(query));
}
Result<void> Central::add_note(With with, api::AddNote const& request) {
    return PORTICO_DO("/v1/cases/note", request);
}
Result<api::CaseNotes> Central::case_notes(With with, api::CaseNotesQuery const& query) {
    return PORTICO_GET(api::CaseNotes, "/v1/cases/notes" + query_text(query));
}
Result<api::EarlierCases> Central::earlier_cases(With with, api::EarlierCasesQuery const& query) {
    return PORTICO_GET(api::EarlierCases, "/v1/cases/earlier" + query_text(query));
}
Result<api::Requests> Central::case_requests(With with, api::CaseRequestsQuery const& query) {
    return PORTICO_GET(api::Requests, "/v1/cases/requests" + query_text(query));
}
Result<api::CallCheckAsked> Central::verify_caller(With with, api::VerifyCaller const& request) {
    return PORTICO_POST(api::CallCheckAsked, "/v1/cases/verify", request);
}
Result<api::CaseLock> Central::case_lock(With with, api::CaseLockQuery const& query) {
    return PORTICO_GET(api::CaseLock, "/v1/cases/lock" + query_text(query));
}
Result<api::UnlockReply> Central::unlock_account(With with, api::UnlockAccount const& request) {
    return PORTICO_POST(api::UnlockReply, "/v1/cases/unlock", request);
}
Result<api::AskedUnlock> Central::asked_unlock(With with, api::AskedUnlockQuery const& query) {
    return PORTICO_GET(api::AskedUnlock, "/v1/work/unlock" + query_text(query));
}
Result<api::RecoveryState> Central::case_recovery(With with, api::RecoveryQuery const& query) {
    return PORTICO_GET(api::RecoveryState, "/v1/cases/recovery" + query_text(query));
}
Result<api::RecoveryState> Central::start_recovery(With with, api::StartRecovery const& request) {
    return PORTICO_POST(api::RecoveryState, "/v1/cases/recovery", request);
}
Result<void> Central::withdraw_recovery(With with, api::WithdrawRecovery const& request) {
    return PORTICO_DO("/v1/cases/recovery/withdraw", request);
}

Result<api::PushOutcomes> Central::push(std::stop_token cancel, api::PushOperations const& batch) {
    return read<api::PushOutcomes>(
        TRY(transport_->call(post("/v1/operations", {}, batch), std::move(cancel))));
}
Result<api::ChangesPage> Central::changes(std::stop_token cancel, std::string const& after, int wait_s,
                                          int limit) {
    auto request = get("/v1/changes?after=" + url_escape(after) + "&wait=" + std::to_string(wait_s) +
                           "&limit=" + std::to_string(limit),
                       {});
    request.timeout = std::chrono::seconds(wait_s) + pull_grace_s;
    return read<api::ChangesPage>(TRY(transport_->call(std::move(request), std::move(cancel))));
}
Result<api::EnrollReply> Central::enroll(std::stop_token cancel, api::EnrollRequest const& request) {
    return read<api::EnrollReply>(TRY(transport_->call(post("/v1/enroll", {}, request), std::move(cancel))));
}
Result<api::RenewReply> Central::renew_certificate(std::stop_token cancel, api::RenewRequest const& request) {
    return read<api::RenewReply>(
        TRY(transport_->call(post("/v1/terminal/certificate", {}, request), std::move(cancel))));
}
Result<void> Central::report_version(std::stop_token cancel, api::ReportVersion const& told) {
    return read_nothing(TRY(transport_->call(post("/v1/terminal/version", {}, told), std::move(cancel))));
}
Result<api::WantedRelease> Central::wanted_release(std::stop_token cancel, api::ReleaseQuery const& query) {
    return read<api::WantedRelease>(
        TRY(transport_->call(get("/v1/terminal/release" + query_text(query), {}), std::move(cancel))));
}
Result<api::ReleasePiece> Central::release_piece(std::stop_token cancel,
                                                 api::ReleasePieceQuery const& query) {
    auto request = get("/v1/terminal/release/piece" + query_text(query), {});
    request.timeout = piece_timeout_s;
    return read<api::ReleasePiece>(TRY(transport_->call(std::move(request), std::move(cancel))));
}
Result<api::KeyedOutcome> Central::keyed_digits(std::stop_token cancel, api::KeyedDigits const& entry) {
    return read<api::KeyedOutcome>(
        TRY(transport_->call(post("/v1/phone/keyed", {}, entry), std::move(cancel))));
}
Result<api::NumberToDial> Central::number_of_ticket(std::stop_token cancel,
                                                    api::NumberOfTicket const& request) {
    auto reply = TRY(transport_->call(post("/v1/phone/number", {}, request), std::move(cancel)));
    auto number = read<api::NumberToDial>(reply);
    wipe(reply.body);
    return number;
}
Result<void> Central::dialled(std::stop_token cancel, api::Dialled const& report) {
    return read_nothing(TRY(transport_->call(post("/v1/phone/dialled", {}, report), std::move(cancel))));
}

} // namespace portico::client
