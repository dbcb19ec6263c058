#include "central/import/fhir/convert.h"
#include "central/import/json_tree.h"
#include "central/sample/fhir_write.h"
#include "central/sample/sample.h"
#include "shared/domain/eob_check.h"
#include "tests/support/catch.h"

#include <set>

using namespace portico;
using namespace portico::central;
using namespace portico::central::sample;

namespace {

Date const import_day{2026, 6, 15};

template <class Read>
auto read_back(std::string text, Read const& read) {
    JsonTree tree;
    auto const node = tree.parse(text);
    REQUIRE(node.has_value());
    return read(node.value()).value();
}

struct Imported {
    Family family;
    std::vector<Eob> written;
    std::vector<Eob> read;
    std::vector<Planted> planted;
};

void for_each_imported(std::int64_t members, std::function<void(World const&, Imported const&)> const& take) {
    SampleOptions const sample{"", members, 11, import_day};
    auto const world = make_world(sample.seed, sample.members);
    for_each_family(sample, world, [&](Family const& family) {
        auto claims = adjudicate(world, family, plan_claims(sample.seed, import_day, world, family));
        Imported imported{family, claims.eobs, {}, claims.planted};
        for (auto const& eob : claims.eobs)
            imported.read.push_back(read_back(eob_json(eob, import_day), fhir::explanation_of_benefit).eob);
        take(world, imported);
        return true;
    });
}

} // namespace

TEST_CASE("sample import: an EOB read back from its FHIR text says what was written") {
    for_each_imported(60, [](World const&, Imported const& imported) {
        for (std::size_t i = 0; i < imported.read.size(); ++i) {
            auto const& written = imported.written[i];
            auto const& read = imported.read[i];
            CHECK(read.id == written.id);
            CHECK(read.patient == written.patient);
            CHECK(read.claim_number == written.claim_number);
            CHECK(read.kind == written.kind);
            CHECK(read.status == written.status);
            CHECK(read.outcome == written.outcome);
            CHECK(read.created == written.created);
            CHECK(read.received == written.received);
            CHECK(read.paid_on == written.paid_on);
            CHECK(read.service == written.service);
            CHECK(read.provider == written.provider);
            CHECK(read.coverages == written.coverages);
            CHECK(read.billing_network == written.billing_network);
            CHECK(read.payment_network == written.payment_network);
            CHECK(read.replaces == written.replaces);
            CHECK(read.replaced_by == written.replaced_by);
            CHECK(read.totals == written.totals);
            REQUIRE(read.lines.size() == written.lines.size());
            for (std::size_t l = 0; l < read.lines.size(); ++l) {
                CHECK(read.lines[l].service == written.lines[l].service);
                CHECK(read.lines[l].denied == written.lines[l].denied);
                CHECK(read.lines[l].serviced == written.lines[l].serviced);
                for (auto const category :
                     {AmountCategory::Submitted, AmountCategory::Eligible, AmountCategory::MemberLiability}) {
                    auto const find = [&](EobLine const& line) {
                        for (auto const& entry : line.adjudications)
                            if (entry.category == category)
                                return entry.amount;
                        return std::optional<Decimal>();
                    };
                    CHECK(find(read.lines[l]) == find(written.lines[l]));
                }
            }
        }
    });
}

TEST_CASE("sample import: the planted discrepancies are found on what was read back, and no others") {
    for_each_imported(120, [](World const& world, Imported const& imported) {
        auto const& plan = world.plans[imported.family.plan];
        std::vector<PlanYear> years;
        for (int year = import_day.year - 3; year <= import_day.year; ++year)
            years.push_back({calendar_year({year, 1, 1}), plan.plan.limits, plan.plan.line_of_business, {}});
        auto const word_on = [&](Eob const& eob) {
            for (auto const& provider : world.providers)
                if (provider.npi == eob.provider.npi)
                    return DirectoryWord{provider.in_network(plan.network_id) ? NetworkStatus::InNetwork
                                                                              : NetworkStatus::OutOfNetwork,
                                         {provider.in_networks_since, {}}};
            return DirectoryWord{};
        };
        std::set<std::string> found;
        std::set<std::string> planted;
        for (auto const& each : check_all(imported.read, {}, years, word_on))
            found.insert(each.eob.text() + " " + name(each.kind));
        for (auto const& each : imported.planted)
            planted.insert(each.eob.text() + " " + name(each.finding));
        CHECK(found == planted);
    });
}

TEST_CASE("sample import: members, coverages and plans read back as they were made") {
    SampleOptions const sample{"", 40, 11, import_day};
    auto const world = make_world(sample.seed, sample.members);
    for (auto const& plan : world.plans) {
        auto const read = read_back(plan_json(plan, import_day), fhir::insurance_plan).plan;
        CHECK(read.id == plan.plan.id);
        CHECK(read.line_of_business == plan.plan.line_of_business);
        CHECK(read.network_ids == plan.plan.network_ids);
        CHECK(read.service_phone == plan.plan.service_phone);
        CHECK(read.web == plan.plan.web);
        CHECK_FALSE(read.claims_address.empty());
        REQUIRE(read.limits.size() == plan.plan.limits.size());
        for (std::size_t i = 0; i < read.limits.size(); ++i) {
            CHECK(read.limits[i].kind == plan.plan.limits[i].kind);
            CHECK(read.limits[i].scope == plan.plan.limits[i].scope);
            CHECK(read.limits[i].in_network == plan.plan.limits[i].in_network);
            CHECK(read.limits[i].amount == plan.plan.limits[i].amount);
        }
        REQUIRE(read.copays.size() == plan.plan.copays.size());
        for (std::size_t i = 0; i < read.copays.size(); ++i) {
            CHECK(read.copays[i].service == plan.plan.copays[i].service);
            CHECK(read.copays[i].amount == plan.plan.copays[i].amount);
        }
    }
    for_each_family(sample, world, [&](Family const& family) {
        for (auto const& person : family.members) {
            auto const member = read_back(patient_json(person, import_day), fhir::patient).member;
            CHECK(member.id == person.member.id);
            CHECK(member.member_id == person.member.member_id);
            CHECK(member.name == person.member.name);
            CHECK(member.birth_date == person.member.birth_date);
            CHECK(member.address == person.member.address);
            CHECK(member.phone == person.member.phone);
            CHECK(member.email == person.member.email);
            CHECK(member.language == person.member.language);
            auto const coverage =
                read_back(coverage_json(person, family, world.plans[family.plan], import_day), fhir::coverage)
                    .coverage;
            CHECK(coverage.beneficiary == person.member.id);
            CHECK(coverage.subscriber_id == person.coverage.subscriber_id);
            CHECK(coverage.dependant_number == person.coverage.dependant_number);
            CHECK(coverage.plan_id == person.coverage.plan_id);
            CHECK(coverage.group == person.coverage.group);
            CHECK(coverage.rx_bin == person.coverage.rx_bin);
            CHECK(coverage.rx_id == person.coverage.rx_id);
            CHECK(coverage.line_of_business == person.coverage.line_of_business);
        }
        return true;
    });
}
