#include "tests/central/cases/code_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

TEST_CASE("code: only what is on file, for long enough, and what central can send") {
    CodeBench bench;
    auto const alex = bench.account("alex");
    CodeCall call(bench);
    auto const ways = must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways;
    REQUIRE(ways.size() == 5);
    std::vector<std::string> names;
    for (auto const& way : ways) {
        names.push_back(way.way);
        CHECK(way.hindrance == (way.way == "totp" ? "no_code_app" : ""));
    }
    CHECK(names == std::vector<std::string>{"own_session", "totp", "text_code", "call_back", "mail_code"});
    CHECK(ways[2].to == "(***) ***-**12");
    CHECK(ways[3].to == "(***) ***-**12");
    CHECK(ways[4].to == "a***@e***");

    bench.settings.text.url.clear();
    CHECK(call.hindrance("text_code") == "not_set_up");
    CHECK(call.send_reason() == "code_not_possible");
    bench.settings.text.url = "http://127.0.0.1:1/";
    bench.settings.mail.host.clear();
    CHECK(call.hindrance("mail_code") == "not_set_up");
    bench.settings.mail.host = "127.0.0.1";

    auto& on_file = bench.facts.members["alex"];
    for (auto const* number : {"", "555-0112", "800-555-0112", "+44 20 7946 0000"}) {
        on_file.phone = number;
        CHECK(call.hindrance("text_code") == "not_on_file");
        CHECK(call.send_reason() == "code_not_possible");
    }
    on_file.phone = "617-555-0112";
    on_file.email = "alex@nowhere";
    CHECK(call.hindrance("mail_code") == "not_on_file");
    on_file.email = "alex@example.org";

    // The member changes the number: to it for thirty days no code, and to the mail address as before.
    auto change = bench.operation(bench.sign_in("alex"));
    change.change_contact_details = api::ChangeContactDetails{};
    change.change_contact_details->old_phone = on_file.phone;
    change.change_contact_details->phone = "617-555-0199";
    REQUIRE(bench.push(change) == "applied");
    CHECK(call.hindrance("text_code") == "changed_lately");
    CHECK(call.send_reason() == "code_not_possible");
    CHECK(call.hindrance("mail_code").empty());
    bench.clock.advance(std::chrono::hours(24 * 30) - std::chrono::seconds(1));
    CHECK(call.hindrance("text_code") == "changed_lately");
    bench.clock.advance(std::chrono::seconds(1));
    must(call.try_send());
    CHECK(bench.waiting(MessageChannel::Text).back().to == "+16175550199");
}

TEST_CASE("code: a desk without a telephone that takes keys sends none") {
    CodeBench bench;
    bench.account("alex");
    CallOfAlex call(bench);
    CHECK(call.rep.reason_of<&send_code>("case_code_sent", {call.id, "text_code", "call-1"}) ==
          "code_not_possible");
    auto const ways = must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways;
    CHECK(ways[0].hindrance.empty());
    for (std::size_t i : {2U, 3U, 4U})
        CHECK(ways[i].hindrance == "no_keypad");
    CHECK(must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways[0].to.empty());
    // A telephone that was revoked is none either.
    DeskPhone phone(bench, call.rep);
    CHECK(call.rep.reason_of<&send_code>("case_code_sent", {call.id, "text_code", "call-1"}).empty());
    bench.run("UPDATE terminal SET state = 'revoked'");
    CHECK(phone.key(bench.last_code()) == "code_gone");
    CHECK(call.rep.reason_of<&send_code>("case_code_sent", {call.id, "text_code", "call-1"}) ==
          "code_not_possible");
}

TEST_CASE("code: whoever has no account is verified by one, and has nothing to sign in to") {
    CodeBench bench;
    CodeCall call(bench);
    CHECK(call.hindrance("own_session") == "no_account");
    CHECK(call.phone.key(call.send()) == "right");
    CHECK(call.item().level == "verified");
}

TEST_CASE("code: what is no way, call, entry or digits is told so, and counts nothing") {
    CodeBench bench;
    CodeCall call(bench);
    CHECK(call.send_reason("own_session") == "verify_way_unknown");
    CHECK(call.send_reason("voice") == "verify_way_unknown");
    for (auto const& id : {std::string(), std::string("a b"), std::string(65, 'x'), std::string("x\ny")})
        CHECK(call.send_reason("text_code", id) == "call_invalid");
    auto const code = call.send();
    for (auto const& digits :
         {std::string(), std::string("12345"), std::string("1234567"), std::string("12345a"),
          std::string("\xD9\xA1\xD9\xA2\xD9\xA3"), std::string("12345\0", 6)})
        CHECK(call.phone.key(digits) == "digits_invalid");
    CHECK(call.phone.key(code, "") == "call_invalid");
    CHECK(call.phone.key(api::KeyedDigits{"entry-1", "call-1", code}).error().reason == "keyed_invalid");
    CHECK(call.item().code_tries_left == 5);
}

TEST_CASE("code: a member is sent five an hour, and a rep sends thirty") {
    CodeBench bench;
    CodeCall call(bench);
    for (int i = 0; i < 5; ++i)
        CHECK(call.send_reason().empty());
    auto const full = call.try_send("mail_code");
    REQUIRE(full.has_error());
    CHECK(full.error().reason == "codes_hour_full");
    CHECK(full.error().retry_after_s > 3590);
    bench.clock.advance(std::chrono::hours(1));
    CHECK(call.send_reason().empty());

    for (int i = 0; i < 31; ++i)
        bench.add(sample_member("m" + std::to_string(i), {"Alex", "Sample"}, "1970-01-01", "02150",
                                "Q-" + std::to_string(i)));
    CaseDesk busy(bench, "Busy Rep", {StaffRole::PhoneRep});
    CaseDesk lead(bench, "Kim Lead", {StaffRole::Supervisor});
    DeskPhone phone(bench, busy);
    REQUIRE(lead.allow_more(busy.staff()).empty());
    for (int i = 0; i < 31; ++i) {
        auto const id = busy.open();
        api::IdentifyCaller said;
        said.case_id = id;
        said.member_id = "Q-" + std::to_string(i);
        said.birth_date = "1970-01-01";
        REQUIRE(busy.identify(said).empty());
        CHECK(busy.reason_of<&send_code>("case_code_sent", {id, "text_code", "call-1"}) ==
              (i < 30 ? "" : "codes_hour_full"));
        CHECK(busy.close(id).empty());
    }
}

TEST_CASE("code: only through an own open case about somebody else") {
    CodeBench bench;
    CodeCall call(bench);
    CaseDesk other(bench, "Casey Rep", {StaffRole::PhoneRep});
    CHECK(other.reason_of<&send_code>("case_code_sent", {call.id, "text_code", "call-1"}) == "case_unknown");
    CHECK(other.reason_of<&verify_ways>("case_ways_read", {call.id}) == "case_unknown");
    auto const empty = call.rep.open();
    CHECK(call.rep.reason_of<&send_code>("case_code_sent", {empty, "text_code", "call-1"}) == "case_unknown");
}

TEST_CASE("code: its desk is told when the gateway takes none, and nothing is sent that is worth nothing") {
    CodeBench bench;
    CodeCall call(bench);
    auto const desk = call.rep.caller().terminal.text();
    auto const claim = [&] {
        return must(bench.store->write_value<std::optional<WaitingMessage>>([&](storage::Database& database) {
            return bench.notify->outbox().claim(database, MessageChannel::Text);
        }));
    };
    auto const fail = [&](WaitingMessage const& text, Outbox::Failure how) {
        must(bench.store->write([&](storage::Database& database) {
            return bench.notify->outbox().failed(database, text, {how, "text_refused"});
        }));
    };
    // A number that the gateway refuses.
    auto code = call.send();
    bench.listen(desk);
    fail(claim().value(), Outbox::Failure::ForGood);
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(call.item().code == "unsent");
    CHECK(call.phone.key(code) == "code_gone");
    CHECK(bench.queued().empty()); // nobody has to look at it later

    // A gateway that is away: tried every five seconds, and not after its time.
    call.send();
    int tries = 0;
    bench.listen(desk);
    for (int s = 0; s < 310; ++s, bench.clock.advance(std::chrono::seconds(1)))
        if (auto const text = claim()) {
            ++tries;
            fail(*text, Outbox::Failure::ForNow);
        }
    CHECK(tries == 60);
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(call.item().code == "unsent");

    // A node that claimed it and died: nobody sends it after its time, and the desk is told.
    call.send();
    CHECK(claim());
    bench.clock.advance(std::chrono::minutes(5));
    bench.listen(desk);
    CHECK_FALSE(claim());
    CHECK(bench.told_at(desk) == std::vector<std::string>{"case_changed"});
    CHECK(call.item().code == "unsent");
    CHECK(bench.number("SELECT count(*) FROM outbox_message") == 0);

    // One that another took the place of is not sent, and its desk not troubled.
    call.send();
    auto const second = call.send();
    bench.listen(desk);
    auto const sent = claim();
    REQUIRE(sent);
    CHECK(sent->text.find(second) != std::string::npos);
    CHECK_FALSE(claim());
    CHECK(bench.told_at(desk).empty());
    CHECK(call.item().code == "waiting");
}
