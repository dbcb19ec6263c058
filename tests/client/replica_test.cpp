#include "shared/client/provider_index.h"
#include "shared/client/replica.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

using namespace portico;
using namespace portico::client;

namespace {

ProviderListing listing(std::string id, std::string name, std::string specialty, std::string zip,
                        double latitude, double longitude) {
    ProviderListing out;
    out.id = std::move(id);
    out.name = std::move(name);
    out.specialties = {std::move(specialty)};
    out.zip5 = std::move(zip);
    out.latitude = latitude;
    out.longitude = longitude;
    out.network_ids = {"gold"};
    out.accepting = AcceptingPatients::Yes;
    return out;
}

api::Change change(ProviderListing provider) {
    api::Change out;
    out.provider = std::move(provider);
    return out;
}

struct Bench {
    test::ScratchFolder folder;
    ManualClock clock{UtcTime{std::chrono::hours(490'000)}};
    std::unique_ptr<Replica> replica = open();

    std::unique_ptr<Replica> open() {
        auto opened = Replica::open(folder.path / "replica.db", clock);
        REQUIRE(opened.has_value());
        return std::move(opened).value();
    }
    void apply(std::vector<api::Change> changes, std::string cursor, bool more = false,
               bool restart = false) {
        auto const outcome = replica->apply({std::move(changes), std::move(cursor), more, restart});
        REQUIRE(outcome.has_value());
    }
    std::vector<std::string> names(ProviderQuery const& query) {
        auto const found = replica->find_providers(query);
        REQUIRE(found.has_value());
        std::vector<std::string> out;
        for (auto const& each : found.value().providers)
            out.push_back(each.listing.name);
        return out;
    }
    void town() {
        auto far = listing("3", "Dr. Far Example", "Family medicine", "02998", 42.9, -71.1);
        auto shut = listing("4", "Dr. Shut Example", "Family medicine", "02999", 42.11, -71.11);
        shut.accepting = AcceptingPatients::No;
        shut.network_ids = {"silver"};
        apply({change(listing("1", "Dr. José Núñez", "Cardiology", "02999", 42.10, -71.10)),
               change(listing("2", "Dr. Near Example", "Family medicine", "02999", 42.12, -71.10)),
               change(far), change(shut)},
              "c1");
    }
};

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("replica: pages are applied in order and the cursor is kept over a restart of the program") {
    Bench bench;
    CHECK(bench.replica->cursor().value().empty());
    bench.apply({change(listing("1", "A", "X", "02999", 42, -71))}, "c1", true);
    CHECK(!bench.replica->caught_up_at().value().has_value());
    bench.apply({change(listing("2", "B", "X", "02999", 42, -71))}, "c2");
    bench.replica = bench.open();
    CHECK(bench.replica->cursor().value() == "c2");
    CHECK(bench.replica->provider_count().value() == 2);
    CHECK(bench.replica->caught_up_at().value() == bench.clock.now());
}

TEST_CASE("replica: a full copy after a month away serves the old rows until the new ones are complete") {
    Bench bench;
    bench.town();
    bench.apply({change(listing("2", "Dr. Near Renamed", "Family medicine", "02999", 42.12, -71.10))}, "d1",
                true, true);
    CHECK(bench.replica->provider_count().value() == 4);
    CHECK(bench.names({.words = "renamed"}) == Names{"Dr. Near Renamed"});
    // The program ends in the middle; the sweep is still due.
    bench.replica = bench.open();
    bench.apply({change(listing("5", "Dr. New Example", "Cardiology", "02999", 42.10, -71.10))}, "d2");
    CHECK(bench.replica->provider_count().value() == 2);
    CHECK(bench.names({.words = "cardiology"}) == Names{"Dr. New Example"});
    CHECK(bench.names({.words = "nunez"}).empty());
}

TEST_CASE("replica: what central removes goes, from the search too") {
    Bench bench;
    bench.town();
    api::Change gone;
    gone.removed = api::Removed{"provider", "1"};
    bench.apply({gone}, "c2");
    CHECK(bench.names({.words = "nunez"}).empty());
    CHECK(bench.names({.words = "heart", .zip5 = "02999"}).empty());
    CHECK(bench.replica->provider_count().value() == 3);
}

TEST_CASE("replica: a doctor is found by name without accents, by specialty and by everyday words in two "
          "languages") {
    Bench bench;
    bench.town();
    for (char const* words :
         {"nunez", "Núñez", "jose nun", "cardiology", "Cardio", "heart doctor", "corazón"}) {
        INFO(words);
        CHECK(bench.names({.words = words}) == Names{"Dr. José Núñez"});
    }
    CHECK(bench.names({.words = "dermatology"}).empty());
    CHECK(bench.names({.words = "\" OR name:*"}).empty());
}

TEST_CASE("replica: near a ZIP the nearest stands first, with its miles") {
    Bench bench;
    bench.town();
    auto const found = bench.replica->find_providers({.words = "family", .zip5 = "02999"}).value();
    REQUIRE(found.providers.size() == 3);
    CHECK(found.providers[0].miles.has_value());
    CHECK(*found.providers[0].miles <= *found.providers[1].miles);
    CHECK(found.providers[2].listing.name == "Dr. Far Example");
    CHECK(*found.providers[2].miles > 50);
    // One degree of latitude is 69.1 miles on a sphere of 3,958.8 miles.
    CHECK(miles_between(42, -71, 43, -71) > 69.0);
    CHECK(miles_between(42, -71, 43, -71) < 69.2);
}

TEST_CASE("replica: filters keep who takes new patients and is in the network") {
    Bench bench;
    bench.town();
    CHECK(bench.names({.words = "family", .zip5 = "02999", .network_id = "silver"}) ==
          Names{"Dr. Shut Example"});
    CHECK(bench.names({.words = "family", .zip5 = "02999", .accepting = true}) ==
          Names{"Dr. Near Example", "Dr. Far Example"});
}

TEST_CASE("replica: a ZIP nobody is in takes its neighbour's place, and an unknown one says so") {
    Bench bench;
    bench.town();
    CHECK(bench.replica->find_providers({.words = "family", .zip5 = "02990"}).value().zip_known);
    auto const unknown = bench.replica->find_providers({.words = "family", .zip5 = "99501"}).value();
    CHECK(!unknown.zip_known);
    CHECK(unknown.found_count == 3);
}

TEST_CASE("replica: notices and contact ways are replaced by id") {
    Bench bench;
    api::Change first;
    first.notice = api::Notice{"n1", "claims", "notice", "Slow", "Lento", "", ""};
    api::Change second;
    second.notice = api::Notice{"n1", "claims", "error", "Out", "Sin servicio", "", ""};
    api::Change way;
    way.contact_way = api::ContactWay{"w1", "phone", "Help", "Ayuda", "800-555-0100"};
    bench.apply({first, second, way}, "c1");
    REQUIRE(bench.replica->notices().value().size() == 1);
    CHECK(bench.replica->notices().value()[0].severity == "error");
    CHECK(bench.replica->contact_ways().value()[0].value == "800-555-0100");
}
