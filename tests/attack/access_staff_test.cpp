#include "central/auth/account_desk.h"
#include "shared/api/work.h"
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
    /// "ok", or why not.
    std::string ask(std::string const& method, std::string const& target, std::string const& body,
                    std::string const& program = "agent") {
        auto made = bench_.request(method, target, body, terminal.caller().terminal, terminal.token);
        made.program = program;
        return word_of(bench_.ask(made));
    }

private:
    AccessBench& bench_;

public:
    TestTerminal terminal;
};

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
    std::vector const look{StaffRole::PhoneRep, StaffRole::Supervisor, StaffRole::PrivacyOfficer};
    std::vector const work{StaffRole::PhoneRep, StaffRole::Supervisor};
    auto const* none = "queue_entry_unknown";
    return {{"GET", "/v1/staff/me", "", all, "ok"},
            {"GET", "/v1/work", "", look, "ok"},
            {"POST", "/v1/work/take", api::to_json(api::TakeWork{"none"}), work, none},
            {"POST", "/v1/work/give-back", api::to_json(api::GiveWorkBack{"none"}), work, none},
            {"POST", "/v1/work/hand-over", api::to_json(api::HandWorkOver{"none", "x"}), work, none},
            {"POST", "/v1/work/decide", api::to_json(api::DecideWork{"none", "applied", {}}), work, none}};
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
            asked.insert(std::string(route.method) + " " + route.target);
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
    must(accounts.set_roles(staff, {StaffRole::Approver}));
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
