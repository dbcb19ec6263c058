#include "central/line/silence_watch.h"
#include "shared/api/json.h"
#include "tests/central/line/held_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

// As in held_order_test.cpp: no outside counterpart exists for this interface.

TEST_CASE("held calls: what is lost, doubled or late does no harm") {
    HeldBench bench;
    bench.telephone.rings("a");
    auto const first = bench.telephone.message();
    CHECK(bench.telephone.send_reason(first).empty());
    bench.telephone.left("a");
    bench.telephone.rings("b");
    auto const lost = bench.telephone.message();
    static_cast<void>(lost);
    bench.telephone.rings("c");
    auto const third = bench.telephone.message();
    CHECK(TelephoneSystem::words(must(bench.telephone.try_send(third))) == "b:1 c:2");
    CHECK(bench.state_of("a") == "gone");
    // The same again is answered again, and an older one is refused: neither changes anything.
    CHECK(TelephoneSystem::words(must(bench.telephone.try_send(third))) == "b:1 c:2");
    CHECK(bench.telephone.send_reason(first) == "calls_outdated");
    CHECK(bench.telephone.send_reason(lost) == "calls_outdated");
    CHECK(bench.state_of("a") == "gone");
    CHECK(bench.rep.line().holding == 2);
    CHECK(bench.number("SELECT count(*) FROM line_held_call") == 3);
    // One sequence with other calls is the same message still.
    auto forged = third;
    forged.calls.clear();
    CHECK(must(bench.telephone.try_send(forged)).calls.empty());
    CHECK(bench.rep.line().holding == 2);
}

TEST_CASE("held calls: what is told of a call first stays, so that its place does not jump") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.pass(std::chrono::seconds(2));
    bench.telephone.rings("b");
    CHECK(bench.telephone.tell_places() == "a:1 b:2");
    bench.telephone.holds()[1].since = to_rfc3339(bench.clock.now() - std::chrono::hours(2));
    CHECK(bench.telephone.tell_places() == "a:1 b:2");
    // A clock that is ahead gains nothing and loses nothing.
    bench.telephone.rings("c");
    bench.telephone.holds()[2].since = to_rfc3339(bench.clock.now() + std::chrono::minutes(4));
    CHECK(bench.telephone.tell_places() == "a:1 b:2 c:3");
    bench.pass(std::chrono::seconds(1));
    bench.kiosk.ask("617 555 0101");
    CHECK(bench.telephone.tell_places() == "a:1 b:2 c:3");
}

TEST_CASE(
    "held calls: a system that is not heard of for half a minute has no call in the line until it tells") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.telephone.tell();
    bench.pass(std::chrono::seconds(1));
    auto const asked = bench.kiosk.ask("617 555 0101");
    CHECK(bench.kiosk.stands(asked) == "waiting 2");
    bench.listen("kiosk-1");
    CHECK_FALSE(bench.note_silence());
    bench.pass(std::chrono::seconds(TelephoneSystems::heard_within_s - 1));
    CHECK(bench.kiosk.stands(asked) == "waiting 1");
    auto const line = bench.rep.line();
    CHECK(line.telephone == "silent");
    CHECK(line.holding == 0);
    CHECK(line.waiting == 1);
    CHECK(line.items.size() == 1);
    // Kiosks and desks are told once.
    CHECK(bench.note_silence());
    CHECK_FALSE(bench.note_silence());
    CHECK(bench.told_at("kiosk-1") == std::vector<std::string>{"line_changed"});
    // A doubled message is no sign of life, a new one is.
    CHECK(bench.telephone.send_reason({bench.telephone.sequence(), bench.telephone.holds()}).empty());
    CHECK(bench.rep.line().telephone == "silent");
    CHECK(bench.telephone.tell_places() == "a:1");
    CHECK(bench.told_at("kiosk-1") == std::vector<std::string>{"line_changed"});
    CHECK(bench.kiosk.stands(asked) == "waiting 2");
    CHECK(bench.rep.line().telephone == "heard");
    CHECK(bench.rep.next().kind == "held_call");
}

TEST_CASE(
    "held calls: silence is told at its moment, however often or late the system was heard of before it") {
    HeldBench bench;
    bench.listen("kiosk-1");
    static_cast<void>(bench.kiosk.ask("617 555 0101"));
    auto const look = [&] {
        return must(SilenceWatch::look({bench.clock, *bench.store, *bench.vault, *bench.services->changes}));
    };
    auto const told = [&] {
        return bench.number("SELECT count(*) FROM line_telephone WHERE silence_told = 1");
    };
    auto const in_s = [&] {
        return std::chrono::duration_cast<std::chrono::seconds>(look() - bench.clock.now()).count();
    };
    // No system yet: one that is first heard of from now on cannot be silent before this.
    CHECK(in_s() == 30);
    bench.pass(std::chrono::seconds(10));
    bench.telephone.tell();
    bench.pass(std::chrono::seconds(20));
    CHECK(in_s() == 10);
    // It was heard of meanwhile: nobody is told anything.
    bench.telephone.tell();
    bench.pass(std::chrono::seconds(10));
    CHECK(in_s() == 20);
    CHECK(told() == 0);
    TelephoneSystem second(bench, "switch-2");
    second.tell();
    bench.clock.advance(std::chrono::seconds(20) - std::chrono::microseconds(1));
    static_cast<void>(bench.told_at("kiosk-1"));
    static_cast<void>(look());
    CHECK(told() == 0);
    CHECK(bench.told_at("kiosk-1").empty());
    // The moment of the one, then that of the other.
    bench.clock.advance(std::chrono::microseconds(1));
    CHECK(in_s() == 10);
    CHECK(told() == 1);
    CHECK(bench.told_at("kiosk-1") == std::vector<std::string>{"line_changed"});
    bench.pass(std::chrono::seconds(10));
    CHECK(in_s() == 30);
    CHECK(told() == 2);
    // A node whose clock is ahead has heard of it: no longer than that is waited for it.
    bench.run("UPDATE line_telephone SET silence_told = 0, heard_us = heard_us + 600000000");
    CHECK(in_s() == 30);
}

TEST_CASE("held calls: of a silent system nobody is taken, and one that was taken goes back to its place") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.telephone.rings("b");
    bench.telephone.tell();
    auto const taken = bench.rep.next();
    bench.pass(std::chrono::seconds(WaitingLine::connect_within_s));
    CHECK(bench.rep.next_id() == "line_empty");
    CHECK(bench.telephone.tell_places() == "a:1 b:2");
    CHECK(bench.rep.next_id() != taken.call_back);
}

TEST_CASE("held calls: after an hour of silence its calls have ended, and their numbers are wiped") {
    HeldBench bench;
    bench.telephone.rings("a");
    bench.telephone.tell();
    auto const clear_up = [&] {
        must(bench.store->write([&](storage::Database& database) {
            return HeldCallRows(*bench.vault, bench.clock).clear_up(database);
        }));
    };
    bench.pass(std::chrono::seconds(TelephoneSystems::lost_after_s - 1));
    clear_up();
    CHECK(bench.state_of("a") == "waiting");
    bench.pass(std::chrono::seconds(1));
    clear_up();
    CHECK(bench.state_of("a") == "gone");
    CHECK(bench.number("SELECT count(*) FROM line_held_call WHERE number_sealed IS NOT NULL") == 0);
    bench.pass(std::chrono::hours(24 * 31));
    clear_up();
    CHECK(bench.number("SELECT count(*) FROM line_held_call") == 0);
}

TEST_CASE("held calls: a system that counted wrong comes back after ten minutes of silence") {
    HeldBench bench;
    bench.telephone.rings("a");
    CHECK(bench.telephone.send_reason({9'000'000'000'000'000, bench.telephone.holds()}).empty());
    CHECK(bench.telephone.send_reason({5, bench.telephone.holds()}) == "calls_outdated");
    bench.pass(std::chrono::seconds(TelephoneSystems::sequence_kept_s - 1));
    CHECK(bench.telephone.send_reason({5, bench.telephone.holds()}) == "calls_outdated");
    bench.pass(std::chrono::seconds(1));
    CHECK(bench.telephone.send_reason({5, bench.telephone.holds()}).empty());
    CHECK(bench.telephone.send_reason({4, bench.telephone.holds()}) == "calls_outdated");
}

TEST_CASE("held calls: a revoked system's calls leave at once, and two systems have one line") {
    HeldBench bench;
    TelephoneSystem second(bench, "switch-2");
    bench.telephone.rings("a");
    bench.telephone.tell();
    bench.pass(std::chrono::seconds(1));
    second.rings("a");
    CHECK(second.tell_places() == "a:2");
    CHECK(bench.rep.line().holding == 2);
    // What one does not tell is not the other's.
    bench.telephone.left("a");
    bench.telephone.tell();
    CHECK(bench.rep.line().holding == 1);
    CHECK(second.tell_places() == "a:1");
    bench.run("UPDATE terminal SET state = 'revoked' WHERE id = 'switch-2'");
    CHECK(bench.rep.line().holding == 0);
    CHECK(bench.rep.line().telephone == "heard");
    bench.run("UPDATE terminal SET state = 'revoked' WHERE id = 'switch'");
    CHECK(bench.rep.line().telephone == "none");
}

TEST_CASE("held calls: one that is held for days takes nobody else out of the line") {
    HeldBench bench;
    auto const began = to_rfc3339(bench.clock.now());
    CHECK(bench.telephone.send_reason({1, {{"stuck", began, "", ""}}}).empty());
    bench.pass(std::chrono::hours(24) + std::chrono::seconds(1));
    auto const now = to_rfc3339(bench.clock.now());
    CHECK(bench.telephone.send_reason({2, {{"stuck", began, "", ""}, {"b", now, "", ""}}}).empty());
    CHECK(bench.rep.line().holding == 2);
}

TEST_CASE("held calls: what is no list of calls is refused as a whole, with its reason") {
    HeldBench bench;
    auto const now = to_rfc3339(bench.clock.now());
    auto const refused = [&](api::HeldCall const& call) { return bench.telephone.send_reason({7, {call}}); };
    CHECK(bench.telephone.send_reason({0, {}}) == "sequence_invalid");
    CHECK(bench.telephone.send_reason({-3, {}}) == "sequence_invalid");
    for (auto const& id : {std::string(), std::string(65, 'a'), std::string("a b"), std::string("a\n"),
                           std::string("\xC3\xA9"), std::string("a'b"), std::string("a\0b", 3)})
        CHECK(refused({id, now, "", ""}) == "call_id_invalid");
    for (auto const* since :
         {"", "yesterday", "2026-13-40T00:00:00Z", "2026-11-21T22:30:00+01:00", "9999-01-01T00:00:00Z"})
        CHECK(refused({"a", since, "", ""}) == "since_invalid");
    auto const at = [&](std::chrono::seconds from_now) {
        return refused({"a", to_rfc3339(bench.clock.now() + from_now), "", ""});
    };
    CHECK(at(std::chrono::minutes(5) + std::chrono::seconds(1)) == "since_invalid");
    CHECK(refused({"a", now, std::string(33, 'a'), ""}) == "number_long");
    CHECK(refused({"a", now, "", "es; DROP"}) == "language_invalid");
    CHECK(refused({"a", now, "", std::string(36, 'a')}) == "language_invalid");
    CHECK(bench.telephone.send_reason({7, {{"a", now, "", ""}, {"b", now, "", ""}, {"a", now, "", ""}}}) ==
          "call_id_twice");
    // Nothing of any of them was taken, nor its number spent.
    CHECK(bench.number("SELECT count(*) FROM line_held_call") == 0);
    CHECK(bench.number("SELECT count(*) FROM line_telephone") == 0);
    CHECK(bench.telephone.send_reason({1, {{std::string(64, 'a'), now, std::string(32, 'a'), "xx-unknown"}}})
              .empty());
    CHECK(bench.rep.line().items.at(0).language.empty());
}

TEST_CASE("held calls: five hundred are taken at once, and one more is refused with all of them") {
    HeldBench bench;
    auto const now = to_rfc3339(bench.clock.now());
    api::HeldCalls many;
    many.sequence = 1;
    for (int i = 0; i < 501; ++i)
        many.calls.push_back({"call-" + std::to_string(i), now, "", "en"});
    CHECK(bench.telephone.send_reason(many) == "calls_many");
    many.calls.pop_back();
    auto const taken = must(bench.telephone.try_send(many));
    REQUIRE(taken.calls.size() == 500);
    CHECK(taken.again_within_s == 30);
    CHECK(taken.connect_within_s == 60);
    CHECK(bench.rep.line().holding == 500);
    CHECK(bench.rep.line().items.size() == static_cast<std::size_t>(WaitingLine::listed_max));
    // A call-back asked for now is behind all of them.
    bench.pass(std::chrono::seconds(1));
    CHECK(bench.kiosk.stands(bench.kiosk.ask("617 555 0101")) == "waiting 501");
}

TEST_CASE("held calls: a caller's number is sealed, wiped with the call, and told to no desk") {
    HeldBench bench;
    std::string const number = "+16175550177";
    bench.telephone.rings("a", number);
    bench.telephone.tell();
    auto const taken = bench.rep.next();
    auto const told = bench.rep.line();
    for (auto const& text : {api::to_json(taken), api::to_json(told)})
        CHECK(text.find("5550177") == std::string::npos);
    CHECK(taken.to.empty()); // nor masked
    auto const kept = [&] {
        return must(bench.store->read<std::string>([&](storage::Database& database) {
            return HeldCallRows(*bench.vault, bench.clock).number_of(database, taken.call_back);
        }));
    };
    CHECK(kept() == number);
    auto const sealed =
        must(bench.store->read<std::string>([](storage::Database& database) -> Result<std::string> {
            auto query = TRY(database.prepare("SELECT number_sealed FROM line_held_call"));
            TRY(query.step());
            auto const bytes = query.blob(0);
            return std::string(as_text(bytes));
        }));
    CHECK(!sealed.empty());
    CHECK(sealed.find("5550177") == std::string::npos);
    bench.telephone.tell();
    bench.telephone.left("a");
    bench.telephone.tell();
    CHECK(kept().empty());
    // Nor does it stand in the audit, which has a record of what changed and none of what did not.
    std::size_t records = 0;
    must(bench.store->read<void>([&](storage::Database& database) -> Result<void> {
        return bench.audit->each_record(database,
                                        [&](std::string const&, std::int64_t, ByteView,
                                            std::optional<AuditRecord> const& record) -> Result<void> {
                                            for (auto const& field : record->fields)
                                                CHECK(field.find("5550177") == std::string::npos);
                                            records += record->action == "held_calls_told" ? 1U : 0U;
                                            return ok();
                                        });
    }));
    CHECK(records == 2);
}
