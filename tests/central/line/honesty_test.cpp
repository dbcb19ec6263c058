#include "tests/central/calls/dial_helper.h"
#include "tests/central/line/line_bench.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// A day of a desk in minutes: people ask, and reps who are free take the next one and talk. What was told to
/// each and when each was called is kept beside central, by this test alone.
class DeskDay {
public:
    DeskDay(LineBench& bench, int reps, std::uint32_t seed) : bench_(bench), random_(seed) {
        for (int i = 0; i < reps; ++i)
            reps_.emplace_back(bench, "Rep " + std::to_string(i));
        busy_until_.resize(reps_.size(), 0);
    }
    struct Person {
        int asked = 0;
        int told_least = 0;
        int told_most = 0; ///< 0: nothing
        int called = -1;
    };
    void minute(double chance_to_ask, int talk_min, int talk_max) {
        if (std::uniform_real_distribution<>(0, 1)(random_) < chance_to_ask)
            ask();
        for (std::size_t i = 0; i < reps_.size(); ++i) {
            if (now_ < busy_until_[i])
                continue;
            auto const taken = reps_[i].try_next();
            if (taken.has_error())
                continue;
            people[taken.value().call_back].called = now_;
            CHECK(reps_[i].say(taken.value().call_back, "reached").empty());
            CHECK(reps_[i].close(taken.value().case_id).empty());
            busy_until_[i] = now_ + std::uniform_int_distribution<>(talk_min, talk_max)(random_);
        }
        bench_.pass(std::chrono::minutes(1));
        ++now_;
    }
    /// As the last 50 who were told something and of whom it is known; by hand.
    int kept_percent() const {
        std::vector<Person> judged;
        for (auto const& [id, person] : people)
            if (person.told_most > 0 && (person.called >= 0 || now_ - person.asked > person.told_most))
                judged.push_back(person);
        std::sort(judged.begin(), judged.end(),
                  [](Person const& one, Person const& other) { return one.asked > other.asked; });
        judged.resize(std::min<std::size_t>(judged.size(), 50));
        if (judged.size() < 10)
            return -1;
        auto const kept = std::count_if(judged.begin(), judged.end(), [](Person const& each) {
            auto const waited = each.called - each.asked;
            return each.called >= 0 && waited >= each.told_least && waited <= each.told_most;
        });
        return static_cast<int>(100 * kept / static_cast<std::int64_t>(judged.size()));
    }

    std::map<std::string, Person> people;

private:
    void ask() {
        LineKiosk kiosk(bench_, "kiosk-" + std::to_string(asked_ % 40));
        auto const place = must(kiosk.try_ask(kiosk.question(LineBench::number_of(asked_++))));
        people[place.call_back] = {now_, place.wait_min, place.wait_max};
    }

    LineBench& bench_;
    std::mt19937 random_;
    std::vector<LineRep> reps_;
    std::vector<int> busy_until_;
    int now_ = 0;
    int asked_ = 0;
};

} // namespace

TEST_CASE("line: nothing is told of the wait before ten were measured") {
    LineBench bench;
    for (int i = 0; i < 10; ++i) {
        LineKiosk kiosk(bench, "kiosk-" + std::to_string(i));
        auto const asked = must(kiosk.try_ask(kiosk.question(LineBench::number_of(i))));
        CHECK(asked.wait_min == 0);
        CHECK(asked.wait_max == 0);
        bench.pass(std::chrono::minutes(6));
        CHECK(bench.rep.next_id() == asked.call_back);
        CHECK(bench.rep.say(asked.call_back, "reached").empty());
    }
    auto const next = must(bench.kiosk.try_ask(bench.kiosk.question("617 555 0199")));
    CHECK(next.wait_min == 6);
    CHECK(next.wait_max == 7);
    CHECK(bench.rep.line().wait_min == 12); // who would come after
    CHECK(bench.rep.line().kept_percent == -1);
    // Yesterday's line says nothing of today's.
    bench.pass(std::chrono::hours(measured_within_h));
    CHECK(bench.rep.line().wait_max == 0);
}

TEST_CASE("line: of a steady day most are called within what they were told, and the desk is told how many") {
    LineBench bench;
    DeskDay day(bench, 2, 7);
    for (int i = 0; i < 400; ++i)
        day.minute(0.28, 3, 9);
    auto const line = bench.rep.line();
    CHECK(line.kept_percent == day.kept_percent());
    CHECK(line.kept_percent >= 75);
}

TEST_CASE(
    "line: when reps go home the figure falls, and the estimate grows with the line that stands still") {
    LineBench bench;
    DeskDay day(bench, 2, 11);
    for (int i = 0; i < 300; ++i)
        day.minute(0.28, 3, 9);
    auto const before = bench.rep.line();
    // Nobody calls any more, and people go on asking.
    for (int i = 0; i < 90; ++i)
        day.minute(0.28, 100000, 100000);
    auto const after = bench.rep.line();
    CHECK(after.kept_percent == day.kept_percent());
    CHECK(after.kept_percent < before.kept_percent);
    CHECK(after.wait_max > before.wait_max);
    CHECK(after.waiting > before.waiting);
}

TEST_CASE("line: who gave up after what they were told counts as not called within it") {
    LineBench bench;
    DeskDay day(bench, 1, 3);
    for (int i = 0; i < 200; ++i)
        day.minute(0.2, 2, 4);
    auto const before = bench.rep.line().kept_percent;
    REQUIRE(before >= 0);
    for (int i = 0; i < 10; ++i) {
        LineKiosk kiosk(bench, "late-" + std::to_string(i));
        auto const asked = must(kiosk.try_ask(kiosk.question(LineBench::number_of(5000 + i))));
        REQUIRE(asked.wait_max > 0);
        bench.pass(std::chrono::minutes(asked.wait_max) + std::chrono::seconds(1));
        CHECK(kiosk.cancel(asked.call_back).empty());
    }
    CHECK(bench.rep.line().kept_percent < before);
    // Who gives up at once says nothing of it.
    auto const now = bench.rep.line().kept_percent;
    LineKiosk kiosk(bench, "soon");
    auto const asked = must(kiosk.try_ask(kiosk.question("617 555 0199")));
    CHECK(kiosk.cancel(asked.call_back).empty());
    CHECK(bench.rep.line().kept_percent == now);
}

namespace {

/// Ten who asked, each taken by the rep; `then` is what becomes of it.
template <class Then>
void take_ten(LineBench& bench, Then then) {
    for (int i = 0; i < 10; ++i)
        LineKiosk(bench, "kiosk-" + std::to_string(i)).ask(LineBench::number_of(i));
    bench.pass(std::chrono::minutes(6));
    for (int i = 0; i < 10; ++i) {
        auto const taken = bench.rep.next();
        then(taken);
        CHECK(bench.rep.close(taken.case_id).empty());
    }
}

/// What the next who asks is told, "6 to 67"; empty: nothing, for too few were called.
std::string told_next(LineBench& bench) {
    LineKiosk kiosk(bench, "kiosk-next");
    auto const asked = must(kiosk.try_ask(kiosk.question("617 555 0199")));
    return asked.wait_max == 0 ? ""
                               : std::to_string(asked.wait_min) + " to " + std::to_string(asked.wait_max);
}

} // namespace

TEST_CASE("line: a call-back that is given back undialled, or that a rep walks off with, was not called") {
    LineBench bench;
    SECTION("given back, where no telephone dials") {
        take_ten(bench, [&](api::CallBackTaken const& taken) {
            CHECK(bench.rep.say(taken.call_back, "given_back").empty());
        });
        CHECK(told_next(bench).empty());
    }
    SECTION("given back before the telephone asked for the number") {
        DialHelper const phone(bench, TerminalId(bench.phone_of(bench.rep)));
        take_ten(bench, [&](api::CallBackTaken const& taken) {
            CHECK_FALSE(taken.ticket.empty());
            CHECK(bench.rep.say(taken.call_back, "given_back").empty());
        });
        CHECK(told_next(bench).empty());
    }
    SECTION("given back when the telephone could not dial it") {
        DialHelper phone(bench, TerminalId(bench.phone_of(bench.rep)));
        take_ten(bench, [&](api::CallBackTaken const& taken) {
            CHECK_FALSE(phone.number(taken.ticket).empty());
            CHECK(phone.says(taken.ticket, "failed", "d-" + taken.call_back).empty());
            CHECK(bench.rep.say(taken.call_back, "given_back").empty());
        });
        CHECK(told_next(bench).empty());
    }
    SECTION("ten reps walk off") {
        std::vector<LineRep> reps;
        for (int i = 0; i < 10; ++i) {
            LineKiosk(bench, "kiosk-" + std::to_string(i)).ask(LineBench::number_of(i));
            reps.emplace_back(bench, "Rep " + std::to_string(i));
        }
        for (auto& rep : reps)
            rep.next();
        bench.pass(std::chrono::seconds(WaitingLine::outcome_within_s));
        CHECK(bench.return_overdue() == 10);
        CHECK(told_next(bench).empty());
    }
}

TEST_CASE("line: one that was dialled and given back, or of which it is said late how it went, was called") {
    LineBench bench;
    SECTION("dialled") {
        DialHelper phone(bench, TerminalId(bench.phone_of(bench.rep)));
        take_ten(bench, [&](api::CallBackTaken const& taken) {
            CHECK_FALSE(phone.number(taken.ticket).empty());
            CHECK(bench.rep.say(taken.call_back, "given_back").empty());
        });
        CHECK_FALSE(told_next(bench).empty());
    }
    SECTION("late") {
        auto const* const outcome = GENERATE("reached", "wrong_number", "no_answer");
        auto const id = bench.kiosk.ask("617 555 0101");
        bench.pass(std::chrono::minutes(6));
        CHECK(bench.rep.next_id() == id);
        bench.pass(std::chrono::seconds(WaitingLine::outcome_within_s));
        CHECK(bench.return_overdue() == 1);
        auto const waited = "SELECT first_call_us - asked_us FROM line_call_back WHERE first_call_us > 0";
        CHECK(bench.number("SELECT count(*) FROM line_call_back WHERE first_call_us > 0") == 0);
        CHECK(bench.rep.say(id, outcome).empty());
        CHECK(bench.number(waited) == 6 * minute_us); // when they were called, not when that was said
    }
}
