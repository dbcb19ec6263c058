#include "central/plan/overview_cache.h"
#include "central/plan/overview_preparer.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"

#include <atomic>
#include <future>
#include <optional>

using namespace portico;
using namespace portico::central;
using portico::test::eventually;

namespace {

OverviewCache::Key key_of(std::string const& patient, std::int64_t revision = 1) {
    return {PatientId(patient), revision, Date{2026, 6, 15}, Telling::All};
}

OverviewCache::Overview made_for(std::string const& name) {
    MemberOverview overview;
    overview.member.emplace();
    overview.member->id = PatientId(name);
    return std::make_shared<MemberOverview const>(std::move(overview));
}

/// Two threads that ask for one overview: the first, inside `make` until it is let go, and the second.
struct TwoWhoAsk {
    explicit TwoWhoAsk(Result<OverviewCache::Overview> const& outcome) : first_outcome(outcome) {
        first = std::async(std::launch::async, [this] { return ask(); });
        begun.get_future().wait();
        second = std::async(std::launch::async, [this] { return ask(); });
    }
    Result<OverviewCache::Overview> ask() {
        return cache.get(key_of("p1"), [this]() -> Result<OverviewCache::Overview> {
            if (makers++ != 0)
                return made_for("again");
            begun.set_value();
            go_on.get_future().wait();
            return first_outcome;
        });
    }

    OverviewCache cache{8};
    Result<OverviewCache::Overview> first_outcome;
    std::atomic<int> makers{0};
    std::promise<void> begun, go_on;
    std::future<Result<OverviewCache::Overview>> first, second;
};

} // namespace

TEST_CASE("overview cache: what one thread makes, another waits for") {
    auto const overview = made_for("p1");
    TwoWhoAsk two(overview);
    two.go_on.set_value();
    CHECK(two.first.get().value() == overview);
    CHECK(two.second.get().value() == overview);
    CHECK(two.makers == 1);
    CHECK(two.cache.made_count() == 1);
}

TEST_CASE("overview cache: where the first fails, who waited makes it, and a failure is not kept") {
    TwoWhoAsk two(error(ErrorKind::Corrupt, "record_unreadable", "for the test"));
    two.go_on.set_value();
    CHECK(two.first.get().error().reason == "record_unreadable");
    CHECK(two.second.get().value()->member->id == PatientId("again"));
    CHECK(two.makers == 2);
    CHECK(two.cache.made_count() == 1);
}

TEST_CASE("overview cache: a maker that throws leaves nobody waiting") {
    OverviewCache cache(8);
    CHECK_THROWS_AS(
        cache.get(key_of("p1"), []() -> Result<OverviewCache::Overview> { throw std::bad_alloc(); }),
        std::bad_alloc);
    CHECK(cache.get(key_of("p1"), []() -> Result<OverviewCache::Overview> { return made_for("p1"); })
              .has_value());
}

TEST_CASE("overview cache: new data, another day and another listener are made anew, and the oldest goes") {
    OverviewCache cache(2);
    int made = 0;
    auto const get = [&](OverviewCache::Key const& key) {
        return cache
            .get(key,
                 [&]() -> Result<OverviewCache::Overview> {
                     ++made;
                     return made_for(key.patient.text());
                 })
            .value();
    };
    auto const first = get(key_of("p1"));
    CHECK(get(key_of("p1")) == first);
    CHECK(made == 1);
    CHECK(get(key_of("p1", 2)) != first);
    auto of_tomorrow = key_of("p1", 2);
    of_tomorrow.day = Date{2026, 6, 16};
    get(of_tomorrow);
    auto of_others = of_tomorrow;
    of_others.telling = Telling::WithoutSensitive;
    get(of_others);
    CHECK(made == 4);
    get(of_tomorrow); // both stand beside each other
    CHECK(made == 4);
    get(key_of("p2"));
    get(of_tomorrow);
    CHECK(made == 5);
    get(of_others); // was the oldest of three
    CHECK(made == 6);
}

TEST_CASE("overview preparer: makes what is asked for once, in turn, and forgets what waits when it ends") {
    std::promise<void> begun, go_on;
    std::atomic<int> made{0};
    std::string seen;
    std::optional<OverviewPreparer> preparer;
    preparer.emplace([&](PatientId const& patient, Telling) {
        if (made == 0) {
            begun.set_value();
            go_on.get_future().wait();
        }
        seen += patient.text() + " ";
        ++made;
    });
    preparer->prepare(PatientId("first"), Telling::All);
    begun.get_future().wait();
    preparer->prepare(PatientId("second"), Telling::All);
    preparer->prepare(PatientId("second"), Telling::All); // waits already
    preparer->prepare(PatientId("second"), Telling::WithoutSensitive);
    for (std::size_t i = 0; i < 2 * OverviewPreparer::waiting_max; ++i)
        preparer->prepare(PatientId("more" + std::to_string(i)), Telling::All);
    go_on.set_value();
    auto const all = static_cast<int>(OverviewPreparer::waiting_max) + 1;
    CHECK(eventually([&] { return made == all; }));
    preparer.reset();
    CHECK(made == all);
    CHECK(seen.rfind("first second second more0 more1 ", 0) == 0);
}

TEST_CASE("overview preparer: ends with what it has in hand") {
    std::promise<void> begun, go_on;
    int made = 0;
    std::optional<OverviewPreparer> preparer;
    preparer.emplace([&](PatientId const&, Telling) {
        if (made++ == 0) {
            begun.set_value();
            go_on.get_future().wait();
        }
    });
    preparer->prepare(PatientId("first"), Telling::All);
    preparer->prepare(PatientId("second"), Telling::All);
    begun.get_future().wait();
    auto ended = std::async(std::launch::async, [&] { preparer.reset(); });
    go_on.set_value();
    ended.get();
    CHECK(made <= 2); // the second too, when it was taken before the end was said
    CHECK(made >= 1);
}
