#include "central/auth/account_desk.h"
#include "shared/api/call_check.h"
#include "shared/api/caller_code.h"
#include "shared/api/case_history.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/diagnostics.h"
#include "shared/api/dial.h"
#include "shared/api/recovery.h"
#include "shared/api/ringing.h"
#include "shared/api/speakers.h"
#include "shared/api/unlock.h"
#include "shared/api/waiting_line.h"
#include "shared/api/work.h"
#include "shared/api/work_case.h"
#include "tests/attack/access_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// A desk in front of the bench's central.
class Desk {
public:
    explicit Desk(AccessBench& bench) : bench_(bench), terminal(bench.services(), next_desk().text()) {
        terminal.caller().program = "agent";
    }
    static TerminalId next_desk() {
        static int count = 0;
        return TerminalId("desk-" + std::to_string(++count));
    }
    /// Signs the key's owner in.
    void sign_in(WebauthnKey& key) { must(terminal.carry(must(terminal.sign_in(key)))); }
    HttpReply answer(std::string const& method, std::string const& target, std::string const& body,
                     std::string const& program = "agent") {
        auto made = bench_.request(method, target, body, terminal.caller().terminal, terminal.token);
        made.program = program;
        return bench_.ask(made);
    }
    /// "ok", or why not.
    std::string ask(std::string const& method, std::string const& target, std::string const& body,
                    std::string const& program = "agent") {
        return word_of(answer(method, target, body, program));
    }

private:
    AccessBench& bench_;

public:
    TestTerminal terminal;
};

api::IdentifyCaller a_caller(std::string const& case_id) {
    api::IdentifyCaller said;
    said.case_id = case_id;
    said.birth_date = "1980-02-03";
    said.zip = "02101";
    return said;
}

struct StaffRoute {
    char const* method;
    char const* target;
    std::string body;
    std::vector<StaffRole> roles; ///< who get through
    char const* answer;           ///< what those are told of an entry that is not there
};

// By hand from what docs/security.md promises, not from the tables of routes and rights.
std::vector<StaffRoute> staff_routes() {
    std::vector<StaffRole> const all(staff_roles.begin(), staff_roles.end());
    std::vector const look{StaffRole::PhoneRep, StaffRole::Approver, StaffRole::Supervisor,
                           StaffRole::PrivacyOfficer};
    std::vector const work{StaffRole::PhoneRep, StaffRole::Supervisor};
    // The privacy officer of who opened what, the approver of unlocks, the others of what members ask for:
    // the entry decides.
    auto const& queue = look;
    std::vector const approve{StaffRole::Approver, StaffRole::Supervisor};
    std::vector const lead{StaffRole::Supervisor};
    auto const* none = "queue_entry_unknown";
    auto const* no_case = "case_unknown";
    auto const* a_note_id = "0192f0c1-0000-7000-8000-000000000001";
    return {
        {"GET", "/v1/staff/me", "", all, "ok"},
        {"GET", "/v1/work", "", look, "ok"},
        {"POST", "/v1/work/take", api::to_json(api::TakeWork{"none"}), queue, none},
        {"POST", "/v1/work/give-back", api::to_json(api::GiveWorkBack{"none"}), queue, none},
        {"POST", "/v1/work/hand-over", api::to_json(api::HandWorkOver{"none", "x"}), queue, none},
        {"POST", "/v1/work/decide", api::to_json(api::DecideWork{"none", "applied", {}}), queue, none},
        {"POST", "/v1/cases/open", api::to_json(api::OpenCase{"unlock", "phone"}), work, "ok"},
        {"POST", "/v1/cases/reason", api::to_json(api::ChangeCaseReason{"none", "card"}), work, no_case},
        {"GET", "/v1/cases", "", work, "ok"},
        {"POST", "/v1/cases/take", api::to_json(api::TakeCase{"none"}), lead, no_case},
        {"POST", "/v1/cases/close", api::to_json(api::CloseCase{"none", "resolved", ""}), work, no_case},
        {"POST", "/v1/cases/identify", api::to_json(a_caller("none")), work, no_case},
        {"GET", "/v1/cases/member?case_id=none", "", work, no_case},
        {"POST", "/v1/cases/reveal", api::to_json(api::RevealField{"none", "phone", "call_back"}), work,
         no_case},
        {"POST", "/v1/cases/break-glass", api::to_json(api::BreakGlass{"none", "because I must"}), work,
         no_case},
        {"GET", "/v1/work/unlock?entry=none", "", approve, none},
        {"GET", "/v1/cases/speakers?case_id=none", "", work, no_case},
        {"POST", "/v1/cases/speaker", api::to_json(api::ChooseSpeaker{"none", "member"}), work, no_case},
        {"POST", "/v1/cases/verify", api::to_json(api::VerifyCaller{"none", "own_session"}), work, no_case},
        {"GET", "/v1/cases/ways?case_id=none", "", work, no_case},
        {"POST", "/v1/cases/code", api::to_json(api::SendCode{"none", "text_code", "call-1"}), work, no_case},
        {"POST", "/v1/cases/call-back", api::to_json(api::CallNumberOnFile{"none"}), work, no_case},
        {"GET", "/v1/cases/lock?case_id=none", "", work, no_case},
        {"POST", "/v1/cases/unlock", api::to_json(api::UnlockAccount{"none", "mistyped"}), work, no_case},
        {"GET", "/v1/cases/recovery?case_id=none", "", work, no_case},
        {"POST", "/v1/cases/recovery", api::to_json(api::StartRecovery{"none", "password", "forgotten"}),
         work, no_case},
        {"POST", "/v1/cases/recovery/withdraw", api::to_json(api::WithdrawRecovery{"none"}), work, no_case},
        {"GET", "/v1/cases/claims?case_id=none", "", work, no_case},
        {"GET", "/v1/cases/eob?case_id=none&eob=none", "", work, no_case},
        {"POST", "/v1/cases/of-work", api::to_json(api::OpenWorkCase{"none"}), work, none},
        {"GET", "/v1/cases/matter?case_id=none", "", work, no_case},
        {"GET", "/v1/cases/matter-eob?case_id=none", "", work, no_case},
        {"GET", "/v1/cases/eob-review?case_id=none&eob=none", "", work, no_case},
        {"POST", "/v1/cases/note", api::to_json(api::AddNote{"none", a_note_id, "A letter"}), work, no_case},
        {"GET", "/v1/cases/notes?case_id=none", "", work, no_case},
        {"GET", "/v1/cases/earlier?case_id=none", "", work, no_case},
        {"GET", "/v1/cases/requests?case_id=none", "", work, no_case},
        {"POST", "/v1/calls/candidates", api::to_json(api::CallerNumber{"+16175550100"}), work, "ok"},
        {"GET", "/v1/line", "", work, "ok"},
        {"POST", "/v1/line/next", "{}", work, "line_empty"},
        {"POST", "/v1/line/outcome", api::to_json(api::CallBackOutcome{"none", "reached"}), work,
         "call_back_unknown"},
        {"POST", "/v1/cases/allow-more", api::to_json(api::AllowMore{"x"}), lead, "colleague_unknown"}};
}

WebauthnKey key_of(AccessBench& bench, std::vector<StaffRole> const& roles) {
    Desk at(bench);
    return open_staff(bench.services(), at.terminal, "Robin Rep", {}, roles);
}

} // namespace

TEST_CASE("access staff: each route for staff lets each role through as this table says, at a desk alone") {
    AccessBench bench;
    std::set<std::string> asked;
    for (auto const role : staff_roles) {
        auto key = key_of(bench, {role});
        for (auto const& route : staff_routes()) {
            INFO(route.method << " " << route.target << " as " << portico::name(role));
            Desk desk(bench);
            desk.sign_in(key);
            bool const may = std::find(route.roles.begin(), route.roles.end(), role) != route.roles.end();
            CHECK(desk.ask(route.method, route.target, route.body) == (may ? route.answer : "right_missing"));
            CHECK(desk.ask(route.method, route.target, route.body, "kiosk") == "desk_only");
            std::string const target = route.target;
            asked.insert(std::string(route.method) + " " + target.substr(0, target.find('?')));
        }
    }
    std::set<std::string> there;
    for (auto const& route : routes())
        if (route.scope == Scope::Staff)
            there.insert((route.method == Method::Get ? "GET " : "POST ") + std::string(route.path));
    CHECK(asked == there);
}

TEST_CASE("access staff: no role opens a member's data, and no member signs in at a desk") {
    AccessBench bench;
    auto key = key_of(bench, {staff_roles.begin(), staff_roles.end()});
    Desk desk(bench);
    desk.sign_in(key);
    int checked = 0;
    for (auto const& route : routes()) {
        if (route.scope != Scope::Member && route.scope != Scope::Kiosk)
            continue;
        INFO(route.path);
        auto target = std::string(route.path.substr(0, route.path.find('{')));
        target += route.path.find('{') == route.path.npos ? "" : bench.me.eob.text();
        auto const* method = route.method == Method::Get ? "GET" : "POST";
        CHECK(desk.ask(method, target, "{}") == "kiosk_only");
        ++checked;
    }
    CHECK(checked > 10);

    // The key of a member is as unknown there as any; nor does their letter help.
    Desk other(bench);
    CHECK(other.terminal.sign_in(bench.me.account.key).error().reason == "sign_in_refused");
    auto const patient = bench.newcomer();
    CHECK(redeem(other.terminal, invite(bench.services(), patient.first), patient.second).error().reason ==
          "sign_in_refused");
}

TEST_CASE("access staff: what is taken from somebody is gone with their next call") {
    AccessBench bench;
    auto key = key_of(bench, {StaffRole::Supervisor});
    Desk desk(bench);
    desk.sign_in(key);
    REQUIRE(desk.ask("GET", "/v1/work", "") == "ok");
    AccountDesk accounts(*bench.services().sign_in);
    auto const staff = desk.terminal.caller().session->staff;
    must(accounts.set_roles(staff, {StaffRole::Administrator}));
    CHECK(desk.ask("GET", "/v1/work", "") == "right_missing");
    CHECK(desk.ask("GET", "/v1/staff/me", "") == "ok");
    must(accounts.set_roles(staff, {StaffRole::PhoneRep}));
    CHECK(desk.ask("GET", "/v1/work", "") == "ok");
    must(accounts.disable(must(accounts.find(staff.text()))));
    CHECK(desk.ask("GET", "/v1/work", "") == "session_ended");
    CHECK(desk.terminal.sign_in(key).error().reason == "sign_in_refused");
}

TEST_CASE("access staff: who stands beside a member at a kiosk must be there for that") {
    AccessBench bench;
    for (auto const role : staff_roles) {
        INFO(portico::name(role));
        auto key = key_of(bench, {role});
        TestTerminal kiosk(bench.services(), AccessBench::next_terminal().text());
        auto const reply = kiosk.register_in_person(bench.me.account.card_number, key);
        CHECK((reply.has_error() ? reply.error().reason : "ok") ==
              (role == StaffRole::ServiceCenter ? "ok" : "sign_in_refused"));
    }
}

TEST_CASE(
    "access staff: at a kiosk a technician's key tells how it does, and no other key of staff anything") {
    AccessBench bench;
    auto const told = api::to_json(api::KioskDiagnostics{.at = to_rfc3339(bench.api.bench.clock.now())});
    auto const tell = [&](TerminalId const& at, std::string const& token) {
        return word_of(bench.ask(bench.request("POST", "/v1/terminal/diagnostics", told, at, token)));
    };
    for (auto const role : staff_roles) {
        INFO(portico::name(role));
        auto key = key_of(bench, {role});
        TestTerminal kiosk(bench.services(), AccessBench::next_terminal().text());
        auto const reply = kiosk.sign_in(key);
        if (role != StaffRole::Technician) {
            CHECK(reply.error().reason == "staff_key");
            continue;
        }
        CHECK(reply.value().services_kiosk);
        CHECK(reply.value().is_staff);
        CHECK(reply.value().expires_in_s == member_session_s);
        auto const& at = kiosk.caller().terminal;
        CHECK(tell(at, reply.value().token) == "ok");
        CHECK(tell(AccessBench::next_terminal(), reply.value().token) == "session_unknown");
        // At a desk the same key is a desk's, and tells nothing of a kiosk.
        Desk desk(bench);
        desk.sign_in(key);
        CHECK(desk.ask("POST", "/v1/terminal/diagnostics", told) == "kiosk_only");
    }
    auto const kiosk = AccessBench::next_terminal();
    CHECK(tell(kiosk, bench.open(Stands::TwoFactors, kiosk, bench.me)) == "staff_only");
    CHECK(tell(kiosk, "") == "session_needed");
}

TEST_CASE("access staff: a technician's session at a kiosk opens that one route and ends with the role") {
    AccessBench bench;
    auto key = key_of(bench, {StaffRole::Technician});
    TestTerminal kiosk(bench.services(), AccessBench::next_terminal().text());
    auto const token = must(kiosk.sign_in(key)).token;
    auto const& at = kiosk.caller().terminal;
    auto const told = api::to_json(api::KioskDiagnostics{.at = to_rfc3339(bench.api.bench.clock.now())});
    int refused = 0;
    for (auto const& route : routes()) {
        if (route.scope == Scope::NewTerminal || route.scope == Scope::AnyProgram ||
            route.scope == Scope::Terminal || route.scope == Scope::Kiosk ||
            route.scope == Scope::KioskService)
            continue; // of these a session counts for the last alone
        INFO(route.path);
        auto target = std::string(route.path.substr(0, route.path.find('{')));
        target += route.path.find('{') == route.path.npos ? "" : bench.me.eob.text();
        auto const reply =
            bench.ask(bench.request(route.method == Method::Get ? "GET" : "POST", target, "{}", at, token));
        CHECK(reply.status == 403);
        ++refused;
    }
    CHECK(refused > 50);
    // Nor does it become anybody's else, or a member's become it.
    TestTerminal same(bench.services(), at.text());
    same.token = token;
    must(same.look_up());
    CHECK(same.sign_in(bench.me.account.key).error().reason == "other_account");
    auto const member = AccessBench::next_terminal();
    TestTerminal visited(bench.services(), member.text());
    visited.token = bench.open(Stands::OneFactor, member, bench.me);
    must(visited.look_up());
    CHECK(visited.sign_in(key).error().reason == "other_account");

    auto const tell = [&] {
        return word_of(bench.ask(bench.request("POST", "/v1/terminal/diagnostics", told, at, token)));
    };
    AccountDesk accounts(*bench.services().sign_in);
    auto const staff = same.caller().session->staff;
    CHECK(tell() == "ok");
    must(accounts.set_roles(staff, {StaffRole::ServiceCenter}));
    CHECK(tell() == "right_missing");
    must(accounts.set_roles(staff, {StaffRole::Technician}));
    CHECK(tell() == "ok");
    must(accounts.disable(must(accounts.find(staff.text()))));
    CHECK(tell() == "session_ended");
    TestTerminal again(bench.services(), AccessBench::next_terminal().text());
    CHECK(again.sign_in(key).error().reason == "sign_in_refused");
}

TEST_CASE("access staff: another's case is as one that is not there, whoever asks and wherever") {
    AccessBench bench;
    auto owner_key = key_of(bench, {StaffRole::PhoneRep});
    auto other_key = key_of(bench, {StaffRole::PhoneRep});
    Desk owner(bench);
    owner.sign_in(owner_key);
    Desk other(bench);
    other.sign_in(other_key);
    auto const opened =
        owner.answer("POST", "/v1/cases/open", api::to_json(api::OpenCase{"unlock", "phone"}));
    auto const id = must(api::from_json<api::CaseOpened>(opened.body, api::UnknownFields::Refuse)).case_id;
    auto const absent = make_uuid_v7(bench.api.bench.clock);
    int asked = 0;
    for (auto const& route : staff_routes()) {
        std::string const target = route.target;
        auto const query = target.find("case_id=none");
        auto const at = route.body.find("\"case_id\":\"none\"");
        bool const reps =
            std::find(route.roles.begin(), route.roles.end(), StaffRole::PhoneRep) != route.roles.end();
        if ((at == route.body.npos && query == target.npos) || !reps)
            continue;
        INFO(route.target);
        auto const about = [&](std::string const& which) {
            auto body = route.body;
            auto to = target;
            if (query != target.npos)
                to.replace(to.find("none"), 4, which);
            else
                body.replace(body.find("none", at), 4, which);
            return other.answer(route.method, to, body);
        };
        auto const theirs = about(id);
        auto const none = about(absent);
        CHECK(theirs.status == 404);
        CHECK(theirs.status == none.status);
        CHECK(theirs.body == none.body);
        ++asked;
    }
    CHECK(asked == 26);
    // Not at a second desk of the owner's either does it differ: it is the owner's.
    Desk second(bench);
    second.sign_in(owner_key);
    CHECK(second.ask("POST", "/v1/cases/close", api::to_json(api::CloseCase{id, "resolved", ""})) == "ok");
}

TEST_CASE("access staff: claims are read through a verified case alone, and of its member alone") {
    AccessBench bench;
    auto key = key_of(bench, {StaffRole::PhoneRep});
    Desk rep(bench);
    rep.sign_in(key);
    auto const post = [&](std::string const& target, auto const& body) {
        return rep.answer("POST", target, api::to_json(body));
    };
    auto const id = must(api::from_json<api::CaseOpened>(
                             post("/v1/cases/open", api::OpenCase{"eob_question", "phone"}).body,
                             api::UnknownFields::Refuse))
                        .case_id;
    auto const claims = "/v1/cases/claims?case_id=" + id;
    auto const eob = [&](std::string const& which) {
        return rep.answer("GET", "/v1/cases/eob?case_id=" + id + "&eob=" + which, "");
    };
    auto const review = [&](std::string const& which) {
        return rep.answer("GET", "/v1/cases/eob-review?case_id=" + id + "&eob=" + which, "");
    };
    CHECK(rep.ask("GET", claims, "") == "case_unknown"); // about nobody yet
    CHECK(word_of(review(bench.me.eob.text())) == "case_unknown");
    auto const member = must(bench.api.bench.core().plan.facts->member(bench.me.patient)).value();
    api::IdentifyCaller said;
    said.case_id = id;
    said.member_id = member.member_id;
    said.birth_date = member.birth_date.text();
    REQUIRE(word_of(post("/v1/cases/identify", said)) == "ok");
    CHECK(rep.ask("GET", claims, "") == "verification_needed");
    CHECK(word_of(eob(bench.me.eob.text())) == "verification_needed");
    CHECK(word_of(review(bench.me.eob.text())) == "verification_needed");

    auto const asked = must(api::from_json<api::CallCheckAsked>(
        post("/v1/cases/verify", api::VerifyCaller{id, "own_session"}).body, api::UnknownFields::Refuse));
    auto const kiosk = AccessBench::next_terminal();
    auto const session = bench.open(Stands::TwoFactors, kiosk, bench.me);
    auto const check = must(api::from_json<api::CallCheck>(bench.get("/v1/call-check", kiosk, session).body,
                                                           api::UnknownFields::Refuse));
    api::AnswerCallCheck const answer{check.check, asked.number};
    REQUIRE(word_of(bench.post("/v1/call-check/answer", answer, kiosk, session)) == "ok");

    CHECK(rep.ask("GET", claims, "") == "ok");
    CHECK(rep.ask("GET", claims + "&limit=0", "") == "limit_invalid");
    CHECK(word_of(eob(bench.me.eob.text())) == "ok");
    // What the member sees is what the rep sees.
    CHECK(eob(bench.me.eob.text()).body == bench.get("/v1/eobs/" + bench.me.eob.text(), kiosk, session).body);
    auto const absent = eob("no-such-eob");
    CHECK(absent.status == 404);
    CHECK(eob(bench.other.eob.text()).body == absent.body);
    CHECK(word_of(review(bench.me.eob.text())) == "ok");
    CHECK(review("no-such-eob").body == absent.body);
    CHECK(review(bench.other.eob.text()).body == absent.body);
    CHECK(word_of(post("/v1/cases/close", api::CloseCase{id, "resolved", ""})) == "ok");
    CHECK(rep.ask("GET", claims, "") == "case_unknown");
    CHECK(word_of(eob(bench.me.eob.text())) == "case_unknown");
    CHECK(word_of(review(bench.me.eob.text())) == "case_unknown");
}
