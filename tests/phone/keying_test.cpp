#include "shared/base/uuid.h"
#include "tests/phone/phone_bench.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"

using namespace portico;
using namespace portico::test;
using State = PhoneCall::State;

namespace {

/// Keys one after the other, each once the desk has counted the last: "*" and "#" are counted as none.
void key_slowly(PhoneBench& bench, Caller& caller, std::string const& call, std::string const& keys) {
    int count = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        caller.key_by_info(keys[i]);
        count = keys[i] >= '0' && keys[i] <= '9' ? count + 1 : 0;
        if (i + 1 < keys.size())
            REQUIRE(bench.wait([&](TelephoneView const& view) {
                return std::ranges::any_of(
                    view.calls, [&](PhoneCall const& one) { return one.id == call && one.keyed == count; });
            }));
    }
}

/// How many keys the desk was told of, one number after the other, in its views from that one on.
std::vector<int> counts_told(PhoneBench const& bench, std::size_t from = 0) {
    std::vector<int> counts;
    auto const views = bench.told();
    for (auto view = from; view < views.size(); ++view)
        for (auto const& call : views[view].calls)
            if (call.keyed != 0 && (counts.empty() || counts.back() != call.keyed))
                counts.push_back(call.keyed);
    return counts;
}

/// Waits for what came of an entry.
bool wait_entry(PhoneBench& bench, std::string const& call, std::string const& outcome) {
    return bench.wait([&](TelephoneView const& view) {
        return std::ranges::any_of(
            view.calls, [&](PhoneCall const& one) { return one.id == call && one.entry == outcome; });
    });
}

} // namespace

TEST_CASE("keying: six keys of the caller are one entry at central, and the desk sees how many") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller();
    auto const id = bench.talk_and_ask_for_keys(*caller);
    caller->key("904132");
    REQUIRE(wait_entry(bench, id, "right"));
    CHECK(bench.call(id).state == State::Talking);
    CHECK(bench.call(id).keyed == 0);
    auto const keyed = bench.central().keyed();
    REQUIRE(keyed.size() == 1);
    CHECK(keyed[0].digits == "904132");
    CHECK(keyed[0].call == id);
    CHECK(is_uuid_v7(keyed[0].keyed));
    // Tones come as they come: where the machine is busy, two of them may be counted at once.
    auto const counts = counts_told(bench);
    REQUIRE_FALSE(counts.empty());
    CHECK(std::ranges::is_sorted(counts));
    CHECK(counts.back() == 6);
    auto const before = bench.told().size();
    REQUIRE(bench.desk().start_keying(id).has_value());
    REQUIRE(bench.wait_state(id, State::Keying));
    key_slowly(bench, *caller, id, "904132");
    REQUIRE(wait_entry(bench, id, "right"));
    CHECK(counts_told(bench, before) == std::vector{1, 2, 3, 4, 5, 6});
}

TEST_CASE("keying: a wrong entry may be keyed again, the last one may not, and a code that is gone ends it") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller();
    auto const id = bench.talk_and_ask_for_keys(*caller);
    bench.central().answer("wrong");
    key_slowly(bench, *caller, id, "111111");
    REQUIRE(wait_entry(bench, id, "wrong"));
    CHECK(bench.call(id).state == State::Keying);
    bench.central().answer("ended");
    key_slowly(bench, *caller, id, "222222");
    REQUIRE(wait_entry(bench, id, "ended"));
    CHECK(bench.call(id).state == State::Talking);
    REQUIRE(bench.desk().start_keying(id).has_value());
    REQUIRE(bench.wait_state(id, State::Keying));
    CHECK(bench.call(id).entry.empty());
    bench.central().refuse(404, "code_gone");
    key_slowly(bench, *caller, id, "333333");
    REQUIRE(wait_entry(bench, id, "code_gone"));
    CHECK(bench.call(id).state == State::Talking);
    auto const keyed = bench.central().keyed();
    REQUIRE(keyed.size() == 3);
    CHECK(keyed[0].keyed != keyed[1].keyed);
    CHECK(keyed[1].digits == "222222");
}

TEST_CASE("keying: a telephone that was taken out of service says so, and asks for no more keys") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller();
    auto const id = bench.talk_and_ask_for_keys(*caller);
    bench.central().withdraw();
    caller->key("904132");
    REQUIRE(wait_entry(bench, id, "out_of_service"));
    CHECK(bench.call(id).state == State::Talking);
}

TEST_CASE("keying: a star or a hash begins an entry anew") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller();
    auto const id = bench.talk_and_ask_for_keys(*caller);
    key_slowly(bench, *caller, id, "12*345#904132");
    REQUIRE(wait_entry(bench, id, "right"));
    REQUIRE(bench.central().keyed().size() == 1);
    CHECK(bench.central().keyed()[0].digits == "904132");
}

TEST_CASE("keying: keys that nobody asked for, or of another call, go nowhere") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const accomplice = bench.add_caller("+15550100177");
    auto const other = bench.talk(*accomplice);
    accomplice->key("555555"); // before anybody asked
    auto const caller = bench.add_caller("+15550100134");
    auto const id = bench.talk_and_ask_for_keys(*caller);
    CHECK(bench.call(other).state == State::Held);
    accomplice->expect_change();
    accomplice->key_by_info('7');
    key_slowly(bench, *caller, id, "90");
    accomplice->key_by_info('8');
    key_slowly(bench, *caller, id, "*904132");
    REQUIRE(wait_entry(bench, id, "right"));
    CHECK(bench.call(other).keyed == 0);
    REQUIRE(bench.central().keyed().size() == 1);
    CHECK(bench.central().keyed()[0].digits == "904132");
}

TEST_CASE("keying: it stops when the desk says so, turns to another call, or goes") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller("+15550100134");
    auto const id = bench.talk_and_ask_for_keys(*caller);
    key_slowly(bench, *caller, id, "904");
    CHECK(bench.desk().stop_keying(id).has_value());
    REQUIRE(bench.wait_state(id, State::Talking));
    REQUIRE(bench.desk().start_keying(id).has_value());
    REQUIRE(bench.wait_state(id, State::Keying));
    CHECK(bench.call(id).keyed == 0);
    auto const other_caller = bench.add_caller("+15550100177");
    auto const other = bench.talk(*other_caller);
    CHECK(bench.call(id).state == State::Held);
    caller->expect_change(); // one asked for while another is under way would be no change of its own
    REQUIRE(bench.desk().hang_up(other).has_value());
    REQUIRE(bench.wait_end(other) == "desk");
    for (int i = 0; i < 2; ++i)
        caller->expect_change(); // taken up by the softphone of itself, and held again
    REQUIRE(bench.desk().resume(id).has_value());
    REQUIRE(bench.wait_state(id, State::Talking));
    caller->expect_change();
    REQUIRE(bench.desk().start_keying(id).has_value());
    REQUIRE(bench.wait_state(id, State::Keying));
    key_slowly(bench, *caller, id, "90413");
    bench.close_desk();
    bench.open_desk(bench.socket());
    REQUIRE(bench.wait([](TelephoneView const& view) { return view.calls.size() == 1; }));
    auto const now = bench.desk().view().calls.front();
    CHECK(now.id != id); // the last desk took that one for ended
    CHECK(now.from == "+15550100134");
    CHECK(now.state == State::Talking);
    caller->key_by_info('2');
    caller->hang_up();
    CHECK(bench.wait_end(now.id) == "caller");
    CHECK(bench.central().keyed().empty());
}

TEST_CASE("keying: what central did not get is lost, and keyed again") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench;
    auto const caller = bench.add_caller();
    auto const id = bench.talk_and_ask_for_keys(*caller);
    bench.central().set_away(true);
    key_slowly(bench, *caller, id, "111111");
    REQUIRE(wait_entry(bench, id, "central_unreachable"));
    CHECK(bench.call(id).state == State::Keying);
    CHECK(bench.call(id).keyed == 0);
    bench.central().set_away(false);
    key_slowly(bench, *caller, id, "904132");
    REQUIRE(wait_entry(bench, id, "right"));
    REQUIRE(bench.central().keyed().size() == 1);
    CHECK(bench.central().keyed()[0].digits == "904132");
}

TEST_CASE("keying: a telephone that is not enrolled has no keypad, and takes calls") {
    if (!PhoneBench::can_run())
        return;
    PhoneBench bench({.enrolled = false});
    CHECK_FALSE(std::get<TelephoneReady>(bench.desk().view().state).keypad);
    auto const caller = bench.add_caller();
    auto const id = bench.talk(*caller);
    CHECK(bench.desk().start_keying(id).has_value());
    CHECK(bench.desk().hold(id).has_value()); // after it, so that it would be seen
    REQUIRE(bench.wait_state(id, State::Held));
    for (auto const& view : bench.told())
        for (auto const& call : view.calls)
            CHECK(call.state != State::Keying);
}
