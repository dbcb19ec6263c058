#include "tests/phone/table_desk.h"

using namespace portico;
using namespace portico::phone;
using namespace portico::phone::test;

TEST_CASE("call table: a call is answered by as many tries as the softphone needs, and no more") {
    Desk desk;
    auto const first = desk.ring("a");
    desk.ring("b");
    desk.table.obey({Do::Answer, first, {}});
    desk.table.obey({Do::Answer, first, {}}); // an impatient rep
    for (int i = 0; i < 2; ++i) {
        auto const commands = desk.table.take_commands();
        REQUIRE(commands.size() == 1);
        CHECK(commands[0].command == "accept");
        CHECK(commands[0].call == "a");
        if (i == 1)
            desk.event(Kind::Answered, "a");
        desk.table.handle(SoftphoneResponse{commands[0].token, "Answering incoming call"});
    }
    CHECK(desk.told().empty());
    CHECK(desk.call(first).state == State::Ringing);
    desk.event(Kind::Established, "a");
    CHECK(desk.call(first).state == State::Talking);
    CHECK(desk.told() == Told{"resume  a"});
}

TEST_CASE("call table: an answer that comes to nothing is given up, by tries and by time") {
    Desk desk;
    auto const id = desk.ring("a");
    desk.table.obey({Do::Answer, id, {}});
    int tries = 0;
    for (auto commands = desk.table.take_commands(); !commands.empty();
         commands = desk.table.take_commands()) {
        ++tries;
        REQUIRE(tries < 10);
        desk.table.handle(SoftphoneResponse{commands[0].token, ""});
    }
    CHECK(tries == 2);
    REQUIRE(desk.table.next_tick());
    desk.clock.advance(9s);
    desk.table.tick();
    CHECK(desk.call(id).state == State::Ringing);
    desk.clock.advance(1s);
    desk.table.tick();
    CHECK(desk.call(id).end == "failed");
    CHECK(desk.told() == Told{"hangup  a"});
    CHECK_FALSE(desk.table.next_tick());
    CHECK(desk.table.forget_ended());
    CHECK_FALSE(desk.table.forget_ended());
    CHECK(desk.table.view().calls.empty());
}

TEST_CASE("call table: after a call has ended, what was held is held again, as the softphone takes it up") {
    Desk desk;
    auto const first = desk.talk("a");
    auto const second = desk.talk("b");
    CHECK(desk.call(first).state == State::Held);
    desk.event(Kind::Closed, "b", "Connection reset by peer");
    CHECK(desk.call(second).end == "caller");
    CHECK(desk.told() == Told{"hold  a"});
    CHECK(desk.call(first).state == State::Held);
}

TEST_CASE("call table: how a call ended is told as it was") {
    auto const ended = [](auto&& before, std::string const& why) {
        Desk desk;
        auto const id = before(desk);
        desk.event(Kind::Closed, "a", why);
        return desk.call(id).end;
    };
    auto const talk = [](Desk& desk) { return desk.talk("a"); };
    auto const ring = [](Desk& desk) { return desk.ring("a"); };
    auto const with = [](auto const& before, Do what) {
        return [=](Desk& desk) {
            auto const id = before(desk);
            desk.table.obey({what, id, "1999"});
            return id;
        };
    };
    CHECK(ended(talk, "Connection reset by peer") == "caller");
    CHECK(ended(talk, "Connection timed out") == "failed");
    CHECK(ended(ring, "Connection reset by peer") == "missed");
    CHECK(ended(ring, "") == "missed");
    CHECK(ended(with(ring, Do::Answer), "anything") == "failed");
    CHECK(ended(with(ring, Do::HangUp), "Connection reset by user") == "desk");
    CHECK(ended(with(talk, Do::HangUp), "Connection reset by user") == "desk");
    CHECK(ended(with(talk, Do::Transfer), "Call transfered") == "transferred");
    CHECK(ended(with(talk, Do::Transfer), "Connection reset by peer") == "caller");
    CHECK(ended(talk, "Call transfered") == "failed"); // nobody here asked for that
}

TEST_CASE("call table: keys count from when the ear is closed, for the call that is asked, six an entry") {
    Desk desk;
    auto const other = desk.talk("b");
    auto const id = desk.talk("a");
    desk.press("a", "1");
    desk.table.obey({Do::StartKeying, id, {}});
    CHECK(desk.call(id).state == State::Talking); // until the softphone says so
    desk.press("a", "2");
    desk.close_ear();
    CHECK(desk.call(id).state == State::Keying);
    CHECK(desk.call(id).keyed == 0);
    desk.press("b", "3");
    desk.press("a", "90413");
    CHECK(desk.call(id).keyed == 5);
    CHECK_FALSE(desk.table.take_entry());
    desk.press("a", "2");
    auto const entry = desk.table.take_entry();
    REQUIRE(entry);
    CHECK(entry->digits.reveal() == "904132");
    CHECK(entry->call == id);
    desk.press("a", "777777"); // before central has answered
    CHECK_FALSE(desk.table.take_entry());
    CHECK(desk.call(id).keyed == 6);
    CHECK(desk.call(other).keyed == 0);
    desk.table.handle(KeyedAnswer{"some other entry", "right"});
    CHECK(desk.call(id).state == State::Keying);
    desk.table.handle(KeyedAnswer{entry->keyed, "wrong"});
    CHECK(desk.call(id).entry == "wrong");
    desk.press("a", "111111");
    auto const again = desk.table.take_entry();
    REQUIRE(again);
    CHECK(again->keyed != entry->keyed);
    desk.table.handle(KeyedAnswer{again->keyed, "right"});
    CHECK(desk.call(id).state == State::Talking);
}

TEST_CASE("call table: a telephone that was taken out of service is keyed in no more") {
    Desk desk;
    auto const id = desk.key("a");
    desk.press("a", "904132");
    auto const entry = desk.table.take_entry();
    REQUIRE(entry);
    desk.table.handle(KeyedAnswer{entry->keyed, "out_of_service"});
    CHECK(desk.call(id).state == State::Talking);
    CHECK(desk.call(id).entry == "out_of_service");
}

TEST_CASE("call table: an answer that comes when keying has stopped changes nothing") {
    Desk desk;
    auto const id = desk.key("a");
    desk.press("a", "904132");
    auto const entry = desk.table.take_entry();
    REQUIRE(entry);
    desk.table.obey({Do::StopKeying, id, {}});
    desk.table.handle(KeyedAnswer{entry->keyed, "right"});
    CHECK(desk.call(id).entry.empty());
    // An entry that was complete and not yet taken does not go out either.
    auto const second = desk.key("b");
    desk.press("b", "904132");
    desk.table.obey({Do::Hold, second, {}});
    CHECK_FALSE(desk.table.take_entry());
}

TEST_CASE("call table: the ear stays closed until the last tone is over") {
    Desk desk;
    auto const id = desk.key("a");
    desk.press("a", "90413");
    SoftphoneEvent last;
    last.kind = Kind::KeyDown;
    last.call = "a";
    last.key = '2';
    desk.table.handle(last); // and is held
    desk.table.handle(KeyedAnswer{desk.table.take_entry()->keyed, "right"});
    CHECK(desk.call(id).state == State::Talking);
    desk.clock.advance(1s);
    desk.table.tick();
    CHECK(desk.told().empty());
    desk.event(Kind::KeyUp, "a");
    desk.clock.advance(499ms);
    desk.table.tick();
    CHECK(desk.told().empty());
    desk.clock.advance(1ms);
    desk.table.tick();
    CHECK(desk.told() == Told{"auplay alsa,default "});
    CHECK_FALSE(desk.table.next_tick());
}

TEST_CASE("call table: a key that never comes up closes the ear for two seconds and no longer") {
    Desk desk;
    auto const id = desk.key("a");
    SoftphoneEvent key;
    key.kind = Kind::KeyDown;
    key.call = "a";
    key.key = '2';
    desk.table.handle(key);
    desk.table.obey({Do::StopKeying, id, {}});
    desk.clock.advance(1999ms);
    desk.table.tick();
    CHECK(desk.told().empty());
    desk.clock.advance(1ms);
    desk.table.tick();
    CHECK(desk.told() == Told{"auplay alsa,default "});
}

TEST_CASE("call table: a call that is held or ends while it is keyed in gives the ear back at once") {
    Desk desk;
    auto const id = desk.key("a");
    desk.table.obey({Do::Hold, id, {}});
    CHECK(desk.told() == Told{"hold  a", "auplay alsa,default "});
    desk.key("b");
    desk.event(Kind::Closed, "b", "Connection reset by peer");
    CHECK(desk.told() == Told{"auplay alsa,default ", "hold  a"});
}

TEST_CASE("call table: without a closed ear no key is taken") {
    Desk desk;
    auto const id = desk.talk("a");
    desk.table.obey({Do::StartKeying, id, {}});
    desk.close_ear("no such audio-player: aubridge\n");
    CHECK(desk.call(id).state == State::Talking);
    CHECK(desk.call(id).entry == "not_muted");
    desk.press("a", "904132");
    CHECK_FALSE(desk.table.take_entry());
    CHECK(desk.told().empty()); // it was never closed
    // Held before it was closed: opened again for whoever is talked to next.
    desk.table.obey({Do::StartKeying, id, {}});
    auto const commands = desk.table.take_commands();
    desk.table.obey({Do::Hold, id, {}});
    desk.table.handle(SoftphoneResponse{commands.back().token, "switch audio player: x"});
    CHECK(desk.call(id).state == State::Held);
    CHECK(desk.told() == Told{"hold  a", "auplay alsa,default "});
}

TEST_CASE("call table: two calls of one id are both ended, and no more calls than a telephone has") {
    Desk desk;
    auto const id = desk.ring("a");
    desk.event(Kind::Incoming, "a");
    CHECK(desk.table.view().calls.size() == 1);
    CHECK(desk.told() == Told{"hangup  a", "hangup  a"});
    desk.event(Kind::Closed, "a", "");
    CHECK(desk.call(id).state == State::Ended);
    desk.table.forget_ended();
    for (std::size_t i = 0; i < calls_max + 1; ++i)
        desk.event(Kind::Incoming, "b" + std::to_string(i));
    CHECK(desk.table.view().calls.size() == calls_max);
    CHECK(desk.told() == Told{"hangup  b8"});
}

TEST_CASE("call table: a desk that leaves takes its ids and its questions with it") {
    Desk desk;
    auto const id = desk.key("a");
    desk.press("a", "90413");
    desk.table.desk_left();
    auto const now = desk.table.view().calls.front();
    CHECK(now.id != id);
    CHECK(now.state == State::Talking);
    desk.press("a", "2");
    CHECK_FALSE(desk.table.take_entry());
    desk.table.obey({Do::HangUp, id, {}});
    CHECK(desk.told().empty());
}

TEST_CASE(
    "call table: a softphone that stops has failed its calls, and one that does not run obeys nothing") {
    Desk desk;
    auto const id = desk.key("a");
    desk.table.stopped();
    CHECK(desk.call(id).end == "failed");
    CHECK(std::holds_alternative<TelephoneFault>(desk.table.view().state));
    CHECK(desk.told().empty());
    desk.table.forget_ended();
    desk.table.started();
    CHECK(std::get<TelephoneReady>(desk.table.view().state).registered); // as it registers nowhere
    auto const next = desk.key("a");
    CHECK(desk.call(next).state == State::Keying);
}

TEST_CASE("call table: a telephone that registers can ring once it has") {
    ManualClock clock{UtcTime{1'000'000s}};
    CallTable table({.player = "alsa,default", .registers = true}, clock);
    auto const registered = [&] { return std::get<TelephoneReady>(table.view().state).registered; };
    table.started();
    CHECK_FALSE(registered());
    SoftphoneEvent event;
    event.kind = Kind::Registered;
    table.handle(event);
    CHECK(registered());
    event.kind = Kind::NotRegistered;
    table.handle(event);
    CHECK_FALSE(registered());
    // One that is started again and registers before it says that it can be told things.
    table.stopped();
    event.kind = Kind::Registered;
    table.handle(event);
    table.started();
    CHECK(registered());
    table.stopped();
    table.started();
    CHECK_FALSE(registered());
}
