#include "shared/api/call_check.h"
#include "shared/api/caller_code.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/ringing.h"
#include "shared/api/unlock.h"
#include "shared/api/work.h"
#include "tests/attack/access_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// What is asked, made for the one who asks; whoever has the right to it gets it.
using Body = std::string (*)(AccessBench& bench, TerminalId const& terminal, std::string const& token);

template <class Request>
std::string json(Request const& request) {
    return api::to_json(request);
}
std::string none(AccessBench&, TerminalId const&, std::string const&) {
    return "";
}
std::string empty(AccessBench&, TerminalId const&, std::string const&) {
    return "{}";
}
std::string enrolment(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::EnrollRequest{
        "AAAA-AAAA", crypto::make_certificate_request(crypto::PrivateKey::generate(), "x"), "kiosk"});
}
std::string challenge(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::ChallengeRequest{"security_key"});
}
std::string key_answer(AccessBench& bench, TerminalId const& terminal, std::string const& token) {
    return json(bench.assertion(bench.me.account.key, "security_key", terminal, token));
}
std::string chip_card(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::ChipCardSignIn{"none", "AAAA", "AAAA", "ecdsa_sha256"});
}
std::string card_and_pin(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::PrintedCardSignIn{bench.me.account.card_number, Secret(test_pin)});
}
std::string name_and_password(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::PasswordSignIn{bench.me.account.username, Secret(test_password)});
}
std::string one_time_code(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::TotpSignIn{Secret("000000")});
}
std::string letter_code(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::RegisterWithCode{Secret("AAAA-AAAA-AAAA"), "1980-02-03"});
}
std::string staff_beside(AccessBench& bench, TerminalId const& terminal, std::string const& token) {
    auto const answer = bench.assertion(bench.staff_key, "staff_key", terminal, token);
    return json(api::RegisterInPerson{bench.me.account.card_number, answer.challenge_id, answer.credential_id,
                                      answer.authenticator_data, answer.client_data_json, answer.signature,
                                      answer.user_handle});
}
std::string new_password(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::SetPassword{bench.me.account.username, Secret(test_password)});
}
std::string new_pin(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::SetPin{Secret(test_pin)});
}
std::string new_key(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::AddSecurityKey{"none", "AAAA", "AAAA", "AAAA", "mine"});
}
std::string new_chip_card(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::AddChipCard{"none", "AAAA", "AAAA", "ecdsa_sha256"});
}
std::string a_credential(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::RemoveCredential{"none"});
}
std::string card_issue(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::BeginCardIssue{make_uuid_v7(bench.api.bench.clock)});
}
std::string an_entry(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::TakeWork{"none"});
}
std::string an_entry_on(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::HandWorkOver{"none", "nobody"});
}
std::string a_decision(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::DecideWork{"none", "applied", {}});
}
std::string new_case(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::OpenCase{"unlock", "phone"});
}
std::string a_case(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::TakeCase{"none"});
}
std::string the_end_of_a_case(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::CloseCase{"none", "resolved", ""});
}
std::string a_caller(AccessBench&, TerminalId const&, std::string const&) {
    api::IdentifyCaller said;
    said.birth_date = "1980-02-03";
    said.zip = "02101";
    return json(said);
}
std::string a_value(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::RevealField{"none", "phone", "call_back"});
}
std::string a_glass(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::BreakGlass{"none", "because I must see it"});
}
std::string a_way(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::VerifyCaller{"none", "own_session"});
}
std::string a_code(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::SendCode{"none", "text_code", "call-1"});
}
std::string what_is_keyed(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::KeyedDigits{make_uuid_v7(bench.api.bench.clock), "call-1", "123456"});
}
std::string an_unlock(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::UnlockAccount{"none", "mistyped"});
}
std::string an_answer(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::AnswerCallCheck{"none", "47"});
}
std::string a_colleague(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::AllowMore{"nobody"});
}
std::string a_reason(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::ChangeCaseReason{"none", "card"});
}
std::string a_number(AccessBench&, TerminalId const&, std::string const&) {
    return json(api::CallerNumber{"+16175550100"});
}
std::string operation(AccessBench& bench, TerminalId const&, std::string const&) {
    return json(api::PushOperations{{{make_uuid_v7(bench.api.bench.clock), "AAAA"}}});
}

// What is answered: "ok", or why not.
constexpr auto ok_ = "ok";
constexpr auto nobody = "session_needed";
constexpr auto step_up = "step_up_needed";
constexpr auto members = "members_only";
constexpr auto staff = "staff_only";
constexpr auto desk = "desk_only";
constexpr auto phone = "phone_only";
constexpr auto registering = "registration_session";
constexpr auto other = "other_account";
constexpr auto refused = "sign_in_refused";
constexpr auto unknown_route = "route_unknown";
// The route let them in, and what they ask for is not there, for it is made up.
constexpr auto totp_none = "totp_not_begun";
constexpr auto key_none = "key_refused";
constexpr auto card_none = "chip_card_refused";
constexpr auto credential_none = "credential_not_found";

struct Row {
    std::string_view method;
    std::string_view path;
    Body body;
    /// In the order of `stands_of_all`: nobody, identified, one factor, two factors, registering, in person,
    /// staff.
    std::array<char const*, 7> answers;
    char const* without_certificate = unknown_route;
};

// Written by hand from what DOMAIN.md and docs/security.md promise, not from the route table: a changed row
// there must be changed here as well.
Row const table[] = {
    {"GET", "/v1/openapi.json", none, {ok_, ok_, ok_, ok_, ok_, ok_, ok_}},
    {"POST",
     "/v1/enroll",
     enrolment,
     {unknown_route, unknown_route, unknown_route, unknown_route, unknown_route, unknown_route,
      unknown_route},
     "enrollment_code_refused"},
    {"GET", "/v1/changes", none, {ok_, ok_, ok_, ok_, ok_, ok_, ok_}},
    {"POST", "/v1/sign-in/challenge", challenge, {ok_, ok_, ok_, ok_, ok_, ok_, ok_}},
    {"POST", "/v1/sign-in/security-key", key_answer, {ok_, ok_, ok_, ok_, registering, registering, other}},
    {"POST",
     "/v1/sign-in/chip-card",
     chip_card,
     {refused, refused, refused, refused, refused, refused, refused}},
    {"POST", "/v1/sign-in/printed-card", card_and_pin, {ok_, ok_, ok_, ok_, registering, registering, other}},
    {"POST",
     "/v1/sign-in/password",
     name_and_password,
     {ok_, ok_, ok_, ok_, registering, registering, other}},
    {"POST", "/v1/sign-in/totp", one_time_code, {nobody, refused, refused, refused, nobody, nobody, refused}},
    {"POST", "/v1/sign-out", empty, {ok_, ok_, ok_, ok_, ok_, ok_, ok_}},
    {"POST",
     "/v1/registration/code",
     letter_code,
     {"activation_refused", "session_open", "session_open", "session_open", "session_open", "session_open",
      "session_open"}},
    {"POST", "/v1/registration/in-person", staff_beside, {ok_, ok_, ok_, ok_, ok_, ok_, ok_}},
    {"POST",
     "/v1/account/password",
     new_password,
     {nobody, step_up, step_up, ok_, ok_, ok_, "staff_keys_only"}},
    {"POST", "/v1/account/totp", empty, {nobody, step_up, step_up, ok_, ok_, ok_, "staff_keys_only"}},
    {"POST",
     "/v1/account/totp/confirm",
     one_time_code,
     {nobody, step_up, step_up, "totp_code_wrong", "totp_code_wrong", "totp_code_wrong", "staff_keys_only"}},
    {"POST", "/v1/account/pin", new_pin, {nobody, step_up, step_up, ok_, ok_, ok_, "staff_keys_only"}},
    {"POST",
     "/v1/account/security-keys",
     new_key,
     {nobody, step_up, step_up, key_none, key_none, key_none, key_none}},
    {"POST",
     "/v1/account/chip-cards",
     new_chip_card,
     {nobody, step_up, step_up, card_none, card_none, card_none, card_none}},
    {"POST",
     "/v1/account/credentials/remove",
     a_credential,
     {nobody, step_up, step_up, credential_none, credential_none, credential_none, credential_none}},
    {"GET", "/v1/account/credentials", none, {nobody, step_up, step_up, ok_, ok_, ok_, ok_}},
    {"GET", "/v1/home", none, {nobody, step_up, ok_, ok_, members, members, members}},
    {"GET", "/v1/claims", none, {nobody, step_up, ok_, ok_, members, members, members}},
    {"GET", "/v1/eobs/{id}", none, {nobody, step_up, step_up, ok_, members, members, members}},
    {"GET", "/v1/contact-details", none, {nobody, step_up, step_up, ok_, members, members, members}},
    {"GET", "/v1/requests", none, {nobody, step_up, ok_, ok_, members, members, members}},
    {"GET", "/v1/id-card", none, {nobody, step_up, ok_, ok_, members, members, members}},
    {"POST", "/v1/card-issues", card_issue, {nobody, step_up, step_up, ok_, members, members, members}},
    {"GET", "/v1/call-check", none, {nobody, step_up, step_up, ok_, members, members, members}},
    {"POST",
     "/v1/call-check/answer",
     an_answer,
     {nobody, step_up, step_up, "check_gone", members, members, members}},
    {"GET", "/v1/staff/me", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/work", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/work/take", an_entry, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/work/give-back", an_entry, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/work/hand-over", an_entry_on, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/work/decide", a_decision, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/open", new_case, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/reason", a_reason, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/take", a_case, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/close", the_end_of_a_case, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/identify", a_caller, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/member", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/reveal", a_value, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/break-glass", a_glass, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/work/unlock", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/verify", a_way, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/ways", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/code", a_code, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/phone/keyed", what_is_keyed, {phone, phone, phone, phone, phone, phone, phone}},
    {"GET", "/v1/cases/lock", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/unlock", an_unlock, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/claims", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/eob", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/calls/candidates", a_number, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/allow-more", a_colleague, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/operations", operation, {ok_, ok_, ok_, ok_, ok_, ok_, ok_}},
};

std::string target_of(Row const& row, AccessBench const& bench) {
    auto const braces = row.path.find('{');
    return std::string(row.path.substr(0, braces)) + (braces == row.path.npos ? "" : bench.me.eob.text());
}

/// One call by `who` on a terminal of its own.
HttpReply ask_as(AccessBench& bench, Row const& row, Stands who) {
    auto const terminal = bench.next_terminal();
    auto const token = bench.open(who, terminal, bench.me);
    auto const body = row.body(bench, terminal, token);
    return bench.ask(bench.request(std::string(row.method), target_of(row, bench), body, terminal, token));
}

} // namespace

TEST_CASE("access table: every route has a row in this test, and no row is without its route") {
    std::set<std::string> routes_there;
    for (auto const& route : routes())
        routes_there.insert((route.method == Method::Get ? "GET " : "POST ") + std::string(route.path));
    std::set<std::string> rows;
    for (auto const& row : table)
        rows.insert(std::string(row.method) + " " + std::string(row.path));
    CHECK(rows == routes_there);
    CHECK(std::size(table) == rows.size());
}

TEST_CASE("access table: each route answers each who stands there as the table says, and nobody else") {
    AccessBench bench;
    for (auto const& row : table)
        for (auto const who : stands_of_all) {
            INFO(row.method << " " << row.path << " as " << name(who));
            CHECK(word_of(ask_as(bench, row, who)) == row.answers[static_cast<std::size_t>(who)]);
        }
}

TEST_CASE(
    "access table: a desk's telephone brings what is keyed and calls nothing else, whoever is signed in") {
    AccessBench bench;
    int refused = 0;
    for (auto const& row : table)
        for (auto const who : stands_of_all) {
            INFO(row.method << " " << row.path << " as " << name(who));
            auto const terminal = bench.next_terminal();
            auto const token = bench.open(who, terminal, bench.me);
            auto made = bench.request(std::string(row.method), target_of(row, bench),
                                      row.body(bench, terminal, token), terminal, token);
            made.program = "phone";
            auto const* own = row.path == "/v1/phone/keyed" ? "code_gone" : "not_for_phones";
            auto const* told = row.path == "/v1/enroll" ? unknown_route : own;
            CHECK(word_of(bench.ask(made)) == told);
            refused += told == own && row.path != "/v1/phone/keyed" ? 1 : 0;
        }
    CHECK(refused == static_cast<int>((std::size(table) - 2) * stands_of_all.size()));
}

TEST_CASE("access table: a token that is none opens no route, and a session ends for all of them") {
    AccessBench bench;
    for (auto const& row : table) {
        // On no certified terminal; on none where anybody has a session. The table says so.
        if (row.path == "/v1/enroll" || row.path == "/v1/phone/keyed")
            continue;
        INFO(row.method << " " << row.path);
        auto const terminal = bench.next_terminal();
        auto const token = bench.open(Stands::TwoFactors, terminal, bench.me);
        auto const body = row.body(bench, terminal, "");
        auto const with = [&](TerminalId const& at, std::string const& authorization) {
            auto made = bench.request(std::string(row.method), target_of(row, bench), body, at, "");
            made.authorization = authorization;
            auto const reply = bench.ask(made);
            CHECK(reply.status == 401);
            return word_of(reply);
        };
        CHECK(with(bench.next_terminal(), "Bearer " + token) == "session_unknown"); // another terminal's
        CHECK(with(terminal, "Bearer " + to_base64url(random_bytes(32))) == "session_unknown");
        CHECK(with(terminal, "Bearer ") == "session_unknown");
        CHECK(with(terminal, "Basic " + token) == "session_unknown");
        CHECK(with(terminal, token) == "session_unknown");
        CHECK(with(terminal, "bearer " + token) == "session_unknown");
        CHECK(with(terminal, "Bearer " + std::string(300, 'A')) == "session_unknown");
        CHECK(with(terminal, "Bearer " + token + " ") == "session_unknown");
        bench.end(terminal);
        CHECK(with(terminal, "Bearer " + token) == "session_ended");
    }
}

TEST_CASE("access table: who has no certificate may enrol and nothing else, whatever token they bring") {
    AccessBench bench;
    for (auto const& row : table) {
        INFO(row.method << " " << row.path);
        auto const terminal = bench.next_terminal();
        auto const token = bench.open(Stands::TwoFactors, terminal, bench.me);
        for (auto const& with : {std::string(), token}) {
            auto made = bench.request(std::string(row.method), target_of(row, bench),
                                      row.body(bench, terminal, ""), TerminalId(), with);
            made.enrollment_listener = true;
            CHECK(word_of(bench.ask(made)) == row.without_certificate);
        }
    }
}
