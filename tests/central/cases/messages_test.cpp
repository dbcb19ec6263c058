#include "tests/central/cases/behalf_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::vector<api::Message> messages_at(MemberAtKiosk& member) {
    return must(member.ask<&get_messages>("messages_read", {})).messages;
}
std::string read_at(MemberAtKiosk& member, std::string const& message) {
    auto const outcome = member.ask<&read_message>("message_marked_read", {message});
    return outcome.has_error() ? outcome.error().reason : "";
}
int unread(CallerBench& bench, std::string const& patient) {
    return must(bench.store->read<int>([&](storage::Database& database) {
        return unread_messages_of(database, *bench.vault, PatientId(patient));
    }));
}

} // namespace

TEST_CASE("messages: what a rep writes is read by its member, as it was written") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    BehalfCall call(bench);
    auto const* text = "Dear Alex,\nyour claim <b>CLM-1</b> & \"more\": {amount} %s \xC3\xB1 \xD8\xB9";
    auto const first = call.writes(text);
    CHECK(call.push(first) == "applied");
    bench.clock.advance(std::chrono::seconds(1));
    auto const second = call.writes("A second one.");
    CHECK(call.push(second) == "applied");
    MemberAtKiosk member(bench, alex, "kiosk-1");
    auto messages = messages_at(member);
    REQUIRE(messages.size() == 2);
    CHECK(messages[0].message == second.id);
    CHECK(messages[1].text == text);
    CHECK(messages[1].read_at.empty());
    CHECK(unread(bench, "alex") == 2);

    CHECK(read_at(member, first.id).empty());
    auto const read = messages_at(member)[1].read_at;
    CHECK(read == to_rfc3339(bench.clock.now()));
    bench.clock.advance(std::chrono::seconds(5));
    CHECK(read_at(member, first.id).empty());
    CHECK(messages_at(member)[1].read_at == read);
    CHECK(unread(bench, "alex") == 1);
}

TEST_CASE("messages: another member's are not there, to read or to have read") {
    CallerBench bench;
    bench.account("alex");
    auto const ana = bench.account("ana");
    BehalfCall call(bench);
    auto const written = call.writes("For Alex alone.");
    CHECK(call.push(written) == "applied");
    MemberAtKiosk other(bench, ana, "kiosk-2");
    CHECK(messages_at(other).empty());
    CHECK(unread(bench, "ana") == 0);
    CHECK(read_at(other, written.id) == "message_unknown");
    CHECK(read_at(other, make_uuid_v7(bench.clock)) == "message_unknown");
    CHECK(read_at(other, "' OR 1=1") == "message_unknown");
    CHECK(unread(bench, "alex") == 1);
}

TEST_CASE("messages: the member is told by mail that one waits, and not what it says") {
    CallerBench bench;
    BehalfCall call(bench);
    CHECK(call.push(call.writes("The claim of the clinic was paid.")) == "applied");
    auto const mails = bench.mails();
    REQUIRE(mails.size() == 1);
    CHECK(mails[0].to == "alex@example.org");
    CHECK(mails[0].subject == "Tiene un mensaje");
    for (auto const* word : {"claim", "clinic", "Alex", "{"})
        CHECK(mails[0].text.find(word) == std::string::npos);
    // No letter for each of them.
    CHECK(bench.queued().empty());
}

TEST_CASE("messages: none that is empty, too long, or has control characters in it") {
    CallerBench bench;
    BehalfCall call(bench);
    CHECK(call.push(call.writes("")) == "message_empty");
    CHECK(call.push(call.writes(" \n ")) == "message_empty");
    CHECK(call.push(call.writes(std::string(2001, 'x'))) == "message_long");
    for (auto const* text : {"a\tb", "a\rb", "a\x1B[31mb", "a\xC2\x85z", "a\xE2\x80\xAE z", "a\x7F"})
        CHECK(call.push(call.writes(text)) == "message_invalid");
    std::string nul("a");
    nul.push_back('\0');
    CHECK(call.push(call.writes(nul)) == "message_invalid");
    CHECK(call.push(call.writes("\xFF")) != "applied");
    std::string longest;
    for (int i = 0; i < 2000; ++i)
        longest += "\xF0\x9F\x98\x80";
    CHECK(call.push(call.writes(longest)) == "applied");
    CHECK(bench.number("SELECT count(*) FROM member_message") == 1);
}

TEST_CASE("messages: no more than twenty a day to one member, and a hundred are shown") {
    CallerBench bench;
    auto const alex = bench.account("alex");
    BehalfCall call(bench);
    for (int day = 0; day < 6; ++day) {
        for (int i = 0; i < 20; ++i) {
            bench.clock.advance(std::chrono::seconds(1));
            CHECK(call.push(call.writes("Number " + std::to_string(20 * day + i))) == "applied");
        }
        CHECK(call.push(call.writes("One too many")) == "messages_many");
        bench.clock.advance(std::chrono::hours(24));
        call.token = call.sign_in(call.rep);
    }
    MemberAtKiosk member(bench, alex, "kiosk-1");
    auto const messages = messages_at(member);
    REQUIRE(messages.size() == 100);
    CHECK(messages.front().text == "Number 119");
    CHECK(messages.back().text == "Number 20");
    CHECK(unread(bench, "alex") == 100);
}

TEST_CASE("messages: what is written lies sealed in the store") {
    CallerBench bench;
    BehalfCall call(bench);
    CHECK(call.push(call.writes("An unmistakable sentence")) == "applied");
    auto const sealed = must(bench.store->read<Bytes>([&](storage::Database& database) -> Result<Bytes> {
        auto query = TRY(database.prepare("SELECT text_sealed FROM member_message"));
        TRY(query.step());
        return query.blob(0);
    }));
    CHECK(std::string(as_text(sealed)).find("unmistakable") == std::string::npos);
}
