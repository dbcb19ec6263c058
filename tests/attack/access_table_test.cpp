#include "tests/attack/access_bench.h"
#include "tests/attack/access_bodies.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

// What is answered: "ok", or why not.
constexpr auto ok_ = "ok";
constexpr auto nobody = "session_needed";
constexpr auto step_up = "step_up_needed";
constexpr auto members = "members_only";
constexpr auto staff = "staff_only";
constexpr auto desk = "desk_only";
constexpr auto phone = "phone_only";
constexpr auto system_ = "telephone_system_only";
constexpr auto registering = "registration_session";
constexpr auto other = "other_account";
constexpr auto refused = "sign_in_refused";
constexpr auto unknown_route = "route_unknown";
// The route let them in, and what they ask for is not there, for it is made up.
constexpr auto totp_none = "totp_not_begun";
constexpr auto key_none = "key_refused";
constexpr auto card_none = "chip_card_refused";
constexpr auto credential_none = "credential_not_found";
constexpr auto not_certified = "certificate_request_invalid";
constexpr auto not_set = "release_not_set";
constexpr auto call_none = "call_back_unknown";

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
    // About itself alone: no session counts for it, and none is looked at.
    {"POST",
     "/v1/terminal/certificate",
     no_request,
     {not_certified, not_certified, not_certified, not_certified, not_certified, not_certified,
      not_certified}},
    {"POST", "/v1/terminal/version", a_version, {ok_, ok_, ok_, ok_, ok_, ok_, ok_}},
    {"GET", "/v1/terminal/release", none, {ok_, ok_, ok_, ok_, ok_, ok_, ok_}},
    // None is set for any of these.
    {"GET",
     "/v1/terminal/release/piece",
     none,
     {not_set, not_set, not_set, not_set, not_set, not_set, not_set}},
    // The staff member here stands beside members: looking after kiosks is another role.
    {"POST",
     "/v1/terminal/diagnostics",
     a_well_kiosk,
     {nobody, staff, staff, staff, staff, staff, "right_missing"}},
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
    {"POST", "/v1/account/password", new_password, {nobody, step_up, step_up, ok_, ok_, ok_, desk}},
    {"POST", "/v1/account/totp", empty, {nobody, step_up, step_up, ok_, ok_, ok_, desk}},
    {"POST",
     "/v1/account/totp/confirm",
     one_time_code,
     {nobody, step_up, step_up, "totp_code_wrong", "totp_code_wrong", "totp_code_wrong", desk}},
    {"POST", "/v1/account/pin", new_pin, {nobody, step_up, step_up, ok_, ok_, ok_, desk}},
    {"POST",
     "/v1/account/security-keys",
     new_key,
     {nobody, step_up, step_up, key_none, key_none, key_none, desk}},
    {"POST",
     "/v1/account/chip-cards",
     new_chip_card,
     {nobody, step_up, step_up, card_none, card_none, card_none, desk}},
    {"POST",
     "/v1/account/credentials/remove",
     a_credential,
     {nobody, step_up, step_up, credential_none, credential_none, credential_none, desk}},
    {"GET", "/v1/account/credentials", none, {nobody, step_up, step_up, ok_, ok_, ok_, desk}},
    {"POST", "/v1/recovery/begin", who_returns, {ok_, ok_, ok_, ok_, ok_, ok_, ok_}},
    // Nothing is open; and who is signed in needs no way back.
    {"POST",
     "/v1/recovery/prove",
     a_return,
     {"recovery_refused", "session_open", "session_open", "session_open", "session_open", "session_open",
      "session_open"}},
    // No session of these has come back to an account.
    {"POST",
     "/v1/recovery/finish",
     empty,
     {nobody, step_up, step_up, "recovery_over", "recovery_over", "recovery_over", desk}},
    {"GET", "/v1/recovery", none, {nobody, step_up, ok_, ok_, members, members, members}},
    {"POST", "/v1/recovery/stop", empty, {nobody, step_up, ok_, ok_, members, members, members}},
    {"GET", "/v1/home", none, {nobody, step_up, ok_, ok_, members, members, members}},
    {"GET", "/v1/claims", none, {nobody, step_up, ok_, ok_, members, members, members}},
    {"GET", "/v1/eobs/{id}", none, {nobody, step_up, step_up, ok_, members, members, members}},
    {"GET", "/v1/contact-details", none, {nobody, step_up, step_up, ok_, members, members, members}},
    {"GET", "/v1/requests", none, {nobody, step_up, ok_, ok_, members, members, members}},
    {"GET", "/v1/id-card", none, {nobody, step_up, ok_, ok_, members, members, members}},
    {"POST", "/v1/card-issues", card_issue, {nobody, step_up, step_up, ok_, members, members, desk}},
    {"GET", "/v1/call-check", none, {nobody, step_up, step_up, ok_, members, members, members}},
    {"GET", "/v1/desk-word", none, {nobody, step_up, step_up, ok_, members, members, members}},
    {"POST",
     "/v1/call-check/answer",
     an_answer,
     {nobody, step_up, step_up, "check_gone", members, members, members}},
    {"GET", "/v1/messages", none, {nobody, step_up, step_up, ok_, members, members, members}},
    {"POST",
     "/v1/messages/read",
     a_message,
     {nobody, step_up, step_up, "message_unknown", members, members, members}},
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
    {"GET", "/v1/cases/speakers", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/speaker", a_speaker, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/verify", a_way, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/ways", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/code", a_code, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/call-back", a_call_back, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/phone/number", a_ticket, {phone, phone, phone, phone, phone, phone, phone}},
    {"POST", "/v1/phone/dialled", how_it_went, {phone, phone, phone, phone, phone, phone, phone}},
    {"POST", "/v1/phone/keyed", what_is_keyed, {phone, phone, phone, phone, phone, phone, phone}},
    {"POST", "/v1/line/calls", held_calls, {system_, system_, system_, system_, system_, system_, system_}},
    {"GET", "/v1/cases/lock", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/unlock", an_unlock, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/recovery", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/recovery", a_recovery, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/recovery/withdraw", a_withdrawal, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/claims", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/eob", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/of-work", work_taken, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/matter", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/matter-eob", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/eob-review", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/note", a_note, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/notes", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/earlier", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"GET", "/v1/cases/requests", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/calls/candidates", a_number, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/cases/allow-more", a_colleague, {nobody, staff, staff, staff, staff, staff, desk}},
    // The same member once more, with another number: they wait already.
    {"POST", "/v1/call-backs", an_asked_call, {ok_, ok_, ok_, "call_back_waits", ok_, ok_, ok_}},
    {"GET",
     "/v1/call-backs/place",
     none,
     {call_none, call_none, call_none, call_none, call_none, call_none, call_none}},
    {"POST",
     "/v1/call-backs/cancel",
     the_end_of_a_call_back,
     {call_none, call_none, call_none, call_none, call_none, call_none, call_none}},
    {"GET", "/v1/line", none, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/line/next", empty, {nobody, staff, staff, staff, staff, staff, desk}},
    {"POST", "/v1/line/outcome", an_outcome, {nobody, staff, staff, staff, staff, staff, desk}},
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

constexpr std::string_view own_certificate = "/v1/terminal/certificate";

/// What a telephone of no desk is told of its own routes; nothing for all others.
char const* own_answer(std::string_view path) {
    if (path == "/v1/phone/keyed")
        return "code_gone";
    if (path == own_certificate)
        return not_certified;
    return path == "/v1/phone/number" || path == "/v1/phone/dialled" ? "ticket_gone" : nullptr;
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

TEST_CASE("access table: a desk's telephone brings what is keyed, dials and calls nothing else, whoever is "
          "signed in") {
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
            auto const* own = own_answer(row.path);
            auto const* told = row.path == "/v1/enroll" ? unknown_route
                               : own != nullptr         ? own
                                                        : "not_for_phones";
            CHECK(word_of(bench.ask(made)) == told);
            refused += told == std::string_view("not_for_phones") ? 1 : 0;
        }
    CHECK(refused == static_cast<int>((std::size(table) - 5) * stands_of_all.size()));
}

TEST_CASE("access table: a telephone system tells its calls and calls nothing else, whoever is signed in") {
    AccessBench bench;
    std::size_t refused = 0;
    for (auto const& row : table)
        for (auto const who : stands_of_all) {
            INFO(row.method << " " << row.path << " as " << name(who));
            auto const terminal = bench.next_terminal();
            auto const token = bench.open(who, terminal, bench.me);
            auto made = bench.request(std::string(row.method), target_of(row, bench),
                                      row.body(bench, terminal, token), terminal, token);
            made.program = "telephone_system";
            auto const* told = row.path == "/v1/enroll"          ? unknown_route
                               : row.path == "/v1/line/calls"    ? ok_
                               : row.path == own_certificate     ? not_certified
                               : own_answer(row.path) != nullptr ? "phone_only"
                                                                 : "not_for_telephone_systems";
            CHECK(word_of(bench.ask(made)) == told);
            refused += told == std::string_view("not_for_telephone_systems") ? 1U : 0U;
        }
    CHECK(refused == (std::size(table) - 6) * stands_of_all.size());
}

TEST_CASE("access table: a token that is none opens no route, and a session ends for all of them") {
    AccessBench bench;
    for (auto const& row : table) {
        // On no certified terminal; on none where anybody has a session. The table says so.
        if (row.path == "/v1/enroll" || row.path == "/v1/line/calls" || own_answer(row.path) != nullptr)
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
