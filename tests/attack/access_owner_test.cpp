#include "tests/attack/access_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// What the one who asks reads; a reply's own random parts are none of these.
std::string told(HttpReply const& reply) {
    return std::to_string(reply.status) + " " + reply.allow + " " + std::to_string(reply.retry_after_s) +
           " " + reply.body;
}

api::Operation withdraw(std::string const& id) {
    api::Operation made;
    made.withdraw_request = api::WithdrawRequest{id};
    return made;
}
api::Operation dispute(EobId const& eob, FindingKind finding) {
    api::Operation made;
    made.dispute_finding = api::DisputeFinding{eob.text(), finding, "check_it"};
    return made;
}
api::Operation ended(std::string const& issue, std::string const& outcome) {
    api::Operation made;
    made.card_issued = api::CardIssued{issue, outcome, ""};
    return made;
}
api::Operation move_to(AccessBench& bench, AccessMember const& who, std::string const& street) {
    api::Operation made;
    made.change_contact_details = api::ChangeContactDetails{};
    auto const facts = must(bench.api.bench.core().plan.facts->member(who.patient));
    made.change_contact_details->old_address = facts->address;
    made.change_contact_details->address = PostalAddress{{street}, "Testville", "MA", "02102"};
    return made;
}
api::Operation report() {
    api::Operation made;
    made.report_directory_error = api::ReportDirectoryError{"no-such-listing", "phone", ""};
    return made;
}
api::Operation mail_a_card() {
    api::Operation made;
    made.request_mailed_card = api::RequestMailedCard{"lost"};
    return made;
}

std::string begin_issue(AccessBench& bench, AccessMember const& who, TerminalId const& terminal) {
    auto const id = make_uuid_v7(bench.api.bench.clock);
    auto const token = bench.open(Stands::TwoFactors, terminal, who);
    REQUIRE(bench.post("/v1/card-issues", api::BeginCardIssue{id}, terminal, token).status == 200);
    return id;
}

} // namespace

TEST_CASE("access table: each operation is taken from whom it may come, by the session it was captured in") {
    AccessBench bench;
    struct Row {
        char const* what;
        api::Operation operation;
        std::array<char const*, 7> answers;
    };
    auto const none = make_uuid_v7(bench.api.bench.clock);
    constexpr auto nobody = "session_needed";
    constexpr auto step_up = "step_up_needed";
    constexpr auto members = "members_only";
    auto const finding = FindingKind::DuplicateLine;
    // In the order of `stands_of_all`. What is asked for is made up where the answer says so.
    std::vector<Row> const rows{
        {"change contact details",
         move_to(bench, bench.me, "2 Other Street"),
         {nobody, step_up, step_up, "applied", members, members, members}},
        {"mail a card",
         mail_a_card(),
         {nobody, step_up, step_up, "address_change_waits", members, members, members}},
        {"withdraw",
         withdraw(none),
         {nobody, step_up, step_up, "request_unknown", members, members, members}},
        {"dispute",
         dispute(EobId("none"), finding),
         {nobody, step_up, step_up, "eob_not_found", members, members, members}},
        {"card issued",
         ended(none, "completed"),
         {"card_issue_unknown", "card_issue_unknown", "card_issue_unknown", "card_issue_unknown",
          "card_issue_unknown", "card_issue_unknown", "card_issue_unknown"}},
        {"report of the directory",
         report(),
         {"listing_unknown", "listing_unknown", "listing_unknown", "listing_unknown", "listing_unknown",
          "listing_unknown", "listing_unknown"}},
    };
    for (auto const& row : rows)
        for (auto const who : stands_of_all) {
            INFO(row.what << " as " << name(who));
            auto const terminal = bench.next_terminal();
            CHECK(bench.push(row.operation, terminal, bench.open(who, terminal, bench.me)) ==
                  row.answers[static_cast<std::size_t>(who)]);
        }
}

TEST_CASE("access table: an EOB of another member, another plan or nobody is as one that is not there") {
    AccessBench bench;
    auto const terminal = bench.next_terminal();
    auto const token = bench.open(Stands::TwoFactors, terminal, bench.me);
    auto const ask = [&](std::string const& id) { return bench.get("/v1/eobs/" + id, terminal, token); };
    auto const of_other = bench.open(Stands::TwoFactors, terminal, bench.other);
    CHECK(ask(bench.me.eob.text()).status == 200);
    CHECK(bench.get("/v1/eobs/" + bench.other.eob.text(), terminal, of_other).status == 200);

    auto const absent = told(ask("no-such-eob"));
    CHECK(absent.substr(0, 4) == "404 ");
    auto changed = bench.other.eob.text();
    changed.back() = changed.back() == '0' ? '1' : '0';
    for (auto const& id :
         {bench.other.eob.text(), "another-plan-" + bench.other.eob.text(), changed,
          bench.me.eob.text() + "%20", "%20" + bench.me.eob.text(), bench.me.patient.text(),
          bench.other.patient.text(), std::string("%27"), std::string("%25"), std::string("*"),
          std::string("..%2Feobs%2F") + bench.me.eob.text(), std::string(2000, 'x')}) {
        INFO(id);
        CHECK(told(ask(id)) == absent);
    }
}

TEST_CASE(
    "access table: what a member may name of another's, in a query or a body, is as what is not there") {
    AccessBench bench;
    auto const terminal = bench.next_terminal();
    auto const mine = bench.open(Stands::TwoFactors, terminal, bench.me);
    SECTION("the cursor of a list") {
        auto const from = [&](std::string const& cursor) {
            return bench.get("/v1/claims?limit=1&cursor=" + cursor, terminal, mine);
        };
        CHECK(from(bench.me.eob.text()).status == 200);
        CHECK(told(from(bench.other.eob.text())) == told(from("none")));
    }
    SECTION("a person of another family") {
        auto const of = [&](std::string const& person) {
            return bench.get("/v1/claims?person=" + person, terminal, mine);
        };
        REQUIRE(bench.other.given_name != bench.me.given_name);
        CHECK(told(of(bench.other.given_name)) == told(of("Nobody")));
    }
    SECTION("a way to sign in") {
        auto const remove = [&](AccessMember const& as, std::string const& id) {
            auto const at = bench.next_terminal();
            return bench.post("/v1/account/credentials/remove", api::RemoveCredential{id}, at,
                              bench.open(Stands::TwoFactors, at, as));
        };
        auto const list = must(
            api::from_json<api::Credentials>(bench
                                                 .get("/v1/account/credentials", terminal,
                                                      bench.open(Stands::TwoFactors, terminal, bench.other))
                                                 .body,
                                             api::UnknownFields::Refuse));
        int tried = 0;
        auto const absent = told(remove(bench.me, make_uuid_v7(bench.api.bench.clock)));
        for (auto const& credential : list.credentials) {
            if (credential.id == credential.kind)
                continue; // "pin" is each member's own
            INFO(credential.kind);
            CHECK(told(remove(bench.me, credential.id)) == absent);
            ++tried;
        }
        CHECK(tried == 2); // a key and a printed card
        for (auto const& credential : list.credentials)
            if (credential.kind == "printed_card")
                CHECK(remove(bench.other, credential.id).status == 200);
    }
    SECTION("a challenge and a key") {
        auto const other_terminal = bench.next_terminal();
        auto const answer = [&](std::string const& challenge_id, TerminalId const& at) {
            auto request = bench.assertion(bench.me.account.key, "security_key", other_terminal, "");
            if (!challenge_id.empty())
                request.challenge_id = challenge_id;
            return bench.post("/v1/sign-in/security-key", request, at, "");
        };
        CHECK(answer("", other_terminal).status == 200);
        auto const unknown = told(answer(make_uuid_v7(bench.api.bench.clock), terminal));
        CHECK(told(answer("", terminal)) == unknown);
        WebauthnKey stranger;
        CHECK(told(bench.post("/v1/sign-in/security-key",
                              bench.assertion(stranger, "security_key", terminal, ""), terminal, "")) ==
              unknown);
    }
    SECTION("the number of a card issue, which its terminal makes up") {
        auto const at = bench.next_terminal();
        auto const theirs = begin_issue(bench, bench.other, at);
        auto const own = begin_issue(bench, bench.me, bench.next_terminal());
        auto const begin = [&](std::string const& id) {
            return bench.post("/v1/card-issues", api::BeginCardIssue{id}, terminal, mine);
        };
        // It was used, at another terminal: by whom is not told.
        CHECK(told(begin(theirs)) == told(begin(own)));
    }
}

TEST_CASE("access table: an operation on what is another's is refused as one on what is not there") {
    AccessBench bench;
    auto const none = make_uuid_v7(bench.api.bench.clock);
    auto const push = [&](api::Operation const& operation, AccessMember const& as) {
        auto const terminal = bench.next_terminal();
        return bench.push(operation, terminal, bench.open(Stands::TwoFactors, terminal, as));
    };
    SECTION("a finding") {
        auto const finding = FindingKind::DuplicateLine;
        CHECK(push(dispute(bench.other.eob, finding), bench.me) ==
              push(dispute(EobId("none"), finding), bench.me));
    }
    SECTION("a change on hold") {
        REQUIRE(push(move_to(bench, bench.other, "2 Other Street"), bench.other) == "applied");
        auto const change = bench.last_operation;
        CHECK(push(withdraw(change), bench.me) == push(withdraw(none), bench.me));
        CHECK(push(withdraw(change), bench.other) == "applied");
    }
    SECTION("how a card came out") {
        auto const at = bench.next_terminal();
        auto const theirs = begin_issue(bench, bench.other, at);
        for (auto const* outcome : {"completed", "unknown"}) {
            CHECK(push(ended(theirs, outcome), bench.me) == push(ended(none, outcome), bench.me));
            CHECK(push(ended(theirs, outcome), bench.other) == push(ended(none, outcome), bench.other));
        }
        // "Failed" of an issue that never came here is no fault (there is nothing to end); of one that
        // somebody else began it is, and staff are to see it.
        CHECK(push(ended(theirs, "failed"), bench.me) == "card_issue_unknown");
        CHECK(bench.push(ended(theirs, "completed"), at, bench.open(Stands::TwoFactors, at, bench.other)) ==
              "applied");
    }
}
