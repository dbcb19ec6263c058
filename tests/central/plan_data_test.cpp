#include "central/plan/plan_codec.h"
#include "tests/central/import_bench.h"

using namespace portico;
using namespace portico::central;
using portico::test::amount_entry;
using portico::test::eob_line;
using portico::test::ImportBench;
using portico::test::patient_line;

namespace {

/// Noon of a day in 2026.
struct PlanBench : ImportBench {
    ManualClock clock{from_micros(day_number(Date{2026, 6, 15}) * 86'400'000'000 + 43'200'000'000)};
    PlanData& plan() {
        if (!plan_)
            plan_ = std::make_unique<PlanData>(clock, *opened().store, opened().vault);
        return *plan_;
    }
    std::vector<PlanReferenceChange> changes(std::int64_t after, int limit = 100) {
        return opened()
            .store
            ->read<std::vector<PlanReferenceChange>>([&](storage::Database& database) {
                return PlanData::reference_changes(database, after, limit);
            })
            .value();
    }

private:
    std::unique_ptr<PlanData> plan_;
};

std::string coverage_line(std::string const& id, std::string const& patient, std::string const& relationship,
                          std::string const& period = R"({"start":"2026-01-01"})") {
    return R"({"resourceType":"Coverage","id":")" + id +
           R"(","status":"active","subscriberId":"S-1","beneficiary":{"reference":"Patient/)" + patient +
           R"("},"dependent":"0)" + std::string(relationship == "self" ? "1" : "2") +
           R"(","relationship":{"coding":[{"code":")" + relationship + R"("}]},"period":)" + period +
           R"(,"payor":[{"reference":"Organization/payer"}],"class":[{"type":{"coding":[{"code":"group"}]},"value":"TESTCO"},{"type":{"coding":[{"code":"plan"}]},"value":"plan-1","name":"as the coverage says"},{"type":{"coding":[{"code":"rxbin"}]},"value":"610000"}]})";
}

std::string plan_lines() {
    return R"({"resourceType":"Organization","id":"payer","name":"Sample Health Plan","contact":[{"purpose":{"coding":[{"code":"PATINF"}]},"telecom":[{"system":"phone","value":"1-800-555-0100"},{"system":"url","value":"https://plan.example.org"}]}]})"
           "\n"
           R"({"resourceType":"InsurancePlan","id":"plan-1","status":"active","name":"Sample Silver PPO","ownedBy":{"reference":"Organization/payer"},"network":[{"reference":"Organization/net-1"}],"plan":[{"generalCost":[{"type":{"coding":[{"code":"IndInDed"}]},"cost":{"value":1500,"currency":"USD"}},{"type":{"coding":[{"code":"IndInMax"}]},"cost":{"value":6000.00,"currency":"USD"}}],"specificCost":[{"category":{"coding":[{"code":"gpvisit"}]},"benefit":[{"type":{"coding":[{"code":"gpvisit"}]},"cost":[{"type":{"coding":[{"code":"copay"}]},"value":{"value":25,"code":"USD"}}]}]}]}]})";
}

std::string
role_line(std::string const& networks, std::string const& meta = "", std::string const& active = "true",
          std::string const& locations = R"([{"reference":"Location/l1"},{"reference":"Location/l2"}])") {
    return R"({"resourceType":"PractitionerRole","id":"r1",)" +
           (meta.empty() ? "" : "\"meta\":" + meta + ",") + R"("active":)" + active +
           R"(,"practitioner":{"reference":"Practitioner/d1"},"specialty":[{"coding":[{"system":"http://nucc.org/provider-taxonomy","code":"207Q00000X","display":"Family Medicine"}]}],"location":)" +
           locations +
           R"(,"extension":[{"url":"http://x/network-reference","valueReference":{"reference":"Organization/)" +
           networks + R"("}}]})";
}

std::string directory_lines() {
    return R"({"resourceType":"Practitioner","id":"d1","name":[{"family":"Doctor","given":["Dana"],"prefix":["Dr."]}],"identifier":[{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"}]})"
           "\n"
           R"({"resourceType":"Location","id":"l1","address":{"line":["1 Main St"],"city":"Testville","state":"CT","postalCode":"061011234"},"telecom":[{"system":"phone","value":"555-0110"}],"position":{"latitude":41.5,"longitude":-72.25}})"
           "\n"
           R"({"resourceType":"Location","id":"l2","address":{"city":"Testville","postalCode":"06102-0001"}})";
}

} // namespace

TEST_CASE("plan data: who is covered until the last of a month is so until that day ends where the plan is") {
    PlanBench bench;
    bench.import_text("a.ndjson",
                      plan_lines() + "\n" + patient_line("p1") + "\n" +
                          coverage_line("c1", "p1", "self", R"({"start":"2026-01-01","end":"2026-06-30"})"));
    auto& plan = bench.plan();
    plan.set_time_zone(TimeZone::load("America/New_York").value());
    PatientId const patient("p1");
    auto const at = [&](Date day, int hour) {
        bench.clock.step_wall(from_micros(day_number(day) * day_us + hour * hour_us) - bench.clock.now());
        return plan.overview(patient).value()->covered_today;
    };
    // In summer four hours behind UTC.
    CHECK(at({2026, 6, 30}, 23));
    CHECK(at({2026, 7, 1}, 3));
    CHECK(plan.today().text() == "2026-06-30");
    CHECK_FALSE(at({2026, 7, 1}, 4));
    CHECK(plan.today().text() == "2026-07-01");
    // It begins with the day there as well, in winter five hours behind.
    CHECK_FALSE(at({2026, 1, 1}, 4));
    CHECK(at({2026, 1, 1}, 5));
}

TEST_CASE("plan data: a member is found by each member number, and not by one that two persons have") {
    PlanBench bench;
    bench.import_text(
        "a.ndjson",
        patient_line("p1") + "\n" + patient_line("p2") + "\n" +
            R"({"resourceType":"Patient","id":"p3","identifier":[{"type":{"coding":[{"code":"MB"}]},"value":"M-p2"},{"type":{"coding":[{"code":"SS"}]},"value":"999-00-0001"}]})");
    CHECK(bench.plan().find_member_by_member_id("m-p1 ").value() == PatientId("p1"));
    CHECK(bench.plan().find_member_by_member_id("M-p2").error().reason == "member_number_ambiguous");
    CHECK(bench.plan().find_member_by_member_id("M-nobody").error().reason == "member_not_found");
    // A social security number finds nobody and is kept nowhere.
    CHECK(bench.plan().find_member_by_member_id("999-00-0001").error().reason == "member_not_found");
    CHECK(encode(MemberRecord{*bench.plan().member(PatientId("p3")).value(), {}, {}}).find("999") ==
          std::string::npos);
}

TEST_CASE(
    "plan data: an EOB is for its patient only, and for others it is as unknown as one that is not there") {
    PlanBench bench;
    bench.import_text("a.ndjson",
                      patient_line("p1") + "\n" + patient_line("p2") + "\n" + eob_line("e1", "p1"));
    CHECK(bench.plan().eob(PatientId("p1"), EobId("e1")).value().claim_number == "e1");
    auto const other = bench.plan().eob(PatientId("p2"), EobId("e1")).error();
    CHECK(other == bench.plan().eob(PatientId("p1"), EobId("nothing")).error());
    CHECK(other == bench.plan().eob(PatientId("nobody"), EobId("e1")).error());
    CHECK(other.reason == "eob_not_found");
}

TEST_CASE("plan data: a provider's name is resolved whenever the provider arrives, and goes before the EOB's "
          "words") {
    PlanBench bench;
    bench.import_text(
        "a.ndjson",
        patient_line("p1") + "\n" +
            R"({"resourceType":"ExplanationOfBenefit","id":"e1","patient":{"reference":"Patient/p1"},"provider":{"reference":"https://x.example.org/fhir/Practitioner/d1/_history/3","display":"as billed"},"careTeam":[{"provider":{"identifier":{"system":"http://hl7.org/fhir/sid/us-npi","value":"1234567893"}},"role":{"coding":[{"code":"performing"}]}}]})");
    CHECK(bench.plan().eob(PatientId("p1"), EobId("e1")).value().provider.name == "as billed");
    bench.import_text("b.ndjson", directory_lines());
    auto const eob = bench.plan().eob(PatientId("p1"), EobId("e1")).value();
    CHECK(eob.provider.name == "Dr. Dana Doctor");
    CHECK(eob.provider.npi == "1234567893");
    CHECK(eob.performing.name == "Dr. Dana Doctor");
    CHECK(bench.plan().overview(PatientId("p1")).value()->claims.at(0).summary.provider_name ==
          "Dr. Dana Doctor");
}

TEST_CASE("plan data: a replaced EOB is kept and marked, by id, by claim number and by the Claim's id") {
    std::string const uc =
        R"(,"identifier":[{"type":{"coding":[{"code":"uc"}]},"value":"N-1"}],"claim":{"reference":"Claim/c-1"})";
    for (std::string const related :
         {R"({"reference":{"value":"N-1"}})", R"({"claim":{"reference":"Claim/c-1"}})",
          R"({"claim":{"reference":"ExplanationOfBenefit/old"}})"}) {
        CAPTURE(related);
        PlanBench bench;
        auto const relation =
            R"(,"related":[{"relationship":{"coding":[{"code":"prior"}]},)" + related.substr(1) + "]";
        // The newer one arrives first.
        bench.import_text("a.ndjson", eob_line("new", "p1", "90.00", "", relation) + "\n" +
                                          eob_line("old", "p1", "100.00", "", uc));
        auto const old = bench.plan().eob(PatientId("p1"), EobId("old")).value();
        CHECK(old.replaced_by == EobId("new"));
        CHECK(bench.plan().eob(PatientId("p1"), EobId("new")).value().replaces == EobId("old"));
        auto const about = bench.plan().overview(PatientId("p1")).value();
        CHECK(about->claims.size() == 2);
        CHECK(about->find(EobId("old"))->summary.replaced);
        CHECK_FALSE(about->find(EobId("new"))->summary.replaced);
    }
}

TEST_CASE("plan data: someone else's claim is never linked, whatever number it is named by") {
    PlanBench bench;
    bench.import_text(
        "a.ndjson",
        eob_line(
            "new", "p1", "90.00", "",
            R"(,"related":[{"relationship":{"coding":[{"code":"prior"}]},"reference":{"value":"old"}}])") +
            "\n" + eob_line("old", "p2"));
    CHECK_FALSE(bench.plan().eob(PatientId("p2"), EobId("old")).value().replaced_by);
    CHECK(bench.plan().eob(PatientId("p1"), EobId("new")).value().replaces == EobId("old"));
}

TEST_CASE("plan data: the overview chooses the coverage in force and follows the day") {
    PlanBench bench;
    bench.import_text("a.ndjson",
                      patient_line("p1") + "\n" + plan_lines() + "\n" +
                          coverage_line("old", "p1", "self", R"({"start":"2020-01-01","end":"2025-12-31"})") +
                          "\n" +
                          coverage_line("now", "p1", "self", R"({"start":"2026-01-01","end":"2026-06-15"})"));
    auto const about = bench.plan().overview(PatientId("p1")).value();
    CHECK(about->coverage->coverage.id == CoverageId("now"));
    CHECK(about->covered_today);
    CHECK(about->plan->name == "Sample Silver PPO");
    REQUIRE(about->accumulators.size() == 2);
    bench.clock.advance(std::chrono::hours(24));
    CHECK_FALSE(bench.plan().overview(PatientId("p1")).value()->covered_today);
}

TEST_CASE("plan data: accumulators count the year's EOBs and follow a new import") {
    PlanBench bench;
    auto const counted = [](std::string const& id, std::string const& deductible) {
        return R"({"resourceType":"ExplanationOfBenefit","id":")" + id +
               R"(","status":"active","use":"claim","outcome":"complete","type":{"coding":[{"code":"professional"}]},"patient":{"reference":"Patient/p1"},"created":"2026-03-02","billablePeriod":{"start":"2026-03-01","end":"2026-03-01"},"insurance":[{"focal":true,"coverage":{"reference":"Coverage/c1"}}],"total":[)" +
               amount_entry("submitted", "500") + "," + amount_entry("deductible", deductible) + "]}";
    };
    bench.import_text("a.ndjson", patient_line("p1") + "\n" + plan_lines() + "\n" +
                                      coverage_line("c1", "p1", "self") + "\n" + counted("e1", "200.00"));
    auto const met = [&] {
        return bench.plan().overview(PatientId("p1")).value()->accumulators.at(0).met.cents;
    };
    CHECK(met() == 20000);
    bench.import_text("b.ndjson", counted("e2", "99.99"));
    CHECK(met() == 29999);
}

TEST_CASE(
    "plan data: the ID card takes subscriber, dependants, plan, limits and the payer's ways of contact") {
    PlanBench bench;
    bench.import_text("a.ndjson", patient_line("p1") + "\n" + patient_line("p2", "Second") + "\n" +
                                      plan_lines() + "\n" + coverage_line("c1", "p1", "self") + "\n" +
                                      coverage_line("c2", "p2", "spouse"));
    auto const card = bench.plan().id_card(PatientId("p2")).value();
    CHECK(card.plan_name == "Sample Health Plan");
    CHECK(card.product_name == "Sample Silver PPO");
    CHECK(card.member.full() == "Alex Second");
    CHECK(card.member_id == "M-p2");
    CHECK(card.dependant_number == "02");
    CHECK(card.subscriber_name == "Alex Sample");
    CHECK(card.dependants.empty());
    CHECK(bench.plan().id_card(PatientId("p1")).value().dependants ==
          std::vector<std::string>{"Alex Second"});
    CHECK(card.group == "TESTCO");
    CHECK(card.rx_bin == "610000");
    CHECK(card.limits.size() == 2);
    REQUIRE(card.copays.size() == 1);
    CHECK(card.copays.at(0).service == "primary_care");
    CHECK(card.copays.at(0).amount.cents == 2500);
    CHECK(card.service_phone == "1-800-555-0100");
    CHECK(card.web == "https://plan.example.org");
    CHECK(card.issued == Date{2026, 6, 15});
    CHECK(card.card_number.empty());
}

TEST_CASE("plan data: without coverage today there is no ID card") {
    PlanBench bench;
    bench.import_text("a.ndjson",
                      patient_line("p1") + "\n" +
                          coverage_line("c1", "p1", "self", R"({"start":"2020-01-01","end":"2020-12-31"})") +
                          "\n" + patient_line("p2"));
    CHECK(bench.plan().id_card(PatientId("p1")).error().reason == "no_coverage_today");
    CHECK(bench.plan().id_card(PatientId("p2")).error().reason == "no_coverage_today");
    CHECK(bench.plan().id_card(PatientId("nobody")).error().reason == "member_not_found");
}

TEST_CASE("plan data: a number that a hundred persons give as their subscriber's makes no family") {
    PlanBench bench;
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += patient_line("p" + std::to_string(i)) + "\n" +
                coverage_line("c" + std::to_string(i), "p" + std::to_string(i), "self") + "\n";
    bench.import_text("a.ndjson", text);
    CHECK(bench.plan().overview(PatientId("p7")).value()->family.empty());
}

TEST_CASE("directory: a practitioner has a listing at each location, with its ZIP in five digits") {
    PlanBench bench;
    bench.import_text("a.ndjson", role_line("net-1") + "\n" + directory_lines());
    auto const changes = bench.changes(0);
    REQUIRE(changes.size() == 2);
    auto const& listing = *changes[0].provider;
    CHECK(listing.id == "r1/l1");
    CHECK(listing.name == "Dr. Dana Doctor");
    CHECK(listing.npi == "1234567893");
    CHECK(listing.zip5 == "06101");
    CHECK(listing.phone == "555-0110");
    CHECK(listing.latitude == 41.5);
    CHECK(listing.network_ids == std::vector<std::string>{"net-1"});
    CHECK(listing.specialties == std::vector<std::string>{"Family Medicine"});
    CHECK(changes[1].provider->zip5 == "06102");
    CHECK(bench.plan().has_listing("r1/l1").value());
    CHECK_FALSE(bench.plan().has_listing("r1/l9").value());
    auto const figures = bench.plan().directory_figures("207Q00000X", "06101-9999").value();
    CHECK(figures.listings == 1);
    CHECK(figures.by_network.at("net-1") == 1);
    CHECK(bench.plan().directory_figures("207Q00000X", "zip").error().reason == "zip_invalid");
}

TEST_CASE("directory: a change moves to the end of the feed once, what is gone is told as removed, the same "
          "again is silent") {
    PlanBench bench;
    bench.import_text("a.ndjson", role_line("net-1") + "\n" + directory_lines() + "\n" + plan_lines());
    auto const first = bench.changes(0);
    REQUIRE(first.size() == 3); // two listings, one plan
    auto const last = first.back().position;
    bench.import_text("a2.ndjson", role_line("net-1") + "\n" + directory_lines());
    CHECK(bench.changes(last).empty());

    bench.import_text("b.ndjson",
                      role_line("net-2", R"({"versionId":"2"})", "true", R"([{"reference":"Location/l1"}])"));
    auto const second = bench.changes(last);
    REQUIRE(second.size() == 2);
    CHECK(second[0].provider->id == "r1/l1");
    CHECK(second[0].provider->network_ids == std::vector<std::string>{"net-2"});
    REQUIRE(second[1].removed);
    CHECK(second[1].removed->kind == "provider");
    CHECK(second[1].removed->id == "r1/l2");
    CHECK(second[0].position > last);
    CHECK(second[1].position > second[0].position);

    bench.import_text("c.ndjson", role_line("net-2", R"({"versionId":"3"})", "false"));
    auto const third = bench.changes(second[1].position);
    REQUIRE(third.size() == 1);
    CHECK(third[0].removed->id == "r1/l1");
    CHECK(bench.plan().directory_figures("207Q00000X", "06101").value().listings == 0);
    // Pages follow one another without a gap.
    std::vector<std::int64_t> paged;
    for (std::int64_t after = 0;;) {
        auto const page = bench.changes(after, 1);
        if (page.empty())
            break;
        paged.push_back(page.front().position);
        after = paged.back();
    }
    CHECK(paged.size() == 3);
}

TEST_CASE("directory: a listing follows the practitioner's new name and a plan its owner's") {
    PlanBench bench;
    bench.import_text("a.ndjson", role_line("net-1") + "\n" + directory_lines() + "\n" + plan_lines());
    auto const last = bench.changes(0).back().position;
    bench.import_text(
        "b.ndjson",
        R"({"resourceType":"Practitioner","id":"d1","name":[{"family":"Newname","given":["Dana"]}]})"
        "\n"
        R"({"resourceType":"Organization","id":"payer","name":"Renamed Health Plan"})");
    auto const changes = bench.changes(last);
    REQUIRE(changes.size() == 3);
    CHECK(changes[0].provider->name == "Dana Newname");
    CHECK(changes[2].plan->owner_name == "Renamed Health Plan");
}

TEST_CASE("formulary: items are counted by tier and limits, for the product as for its formulary") {
    PlanBench bench;
    auto const item = [](std::string const& id, std::string const& tier, std::string const& authorization) {
        return R"({"resourceType":"Basic","id":")" + id +
               R"(","code":{"coding":[{"code":"formulary-item"}]},"subject":{"reference":"MedicationKnowledge/m1"},"extension":[{"url":"http://x/usdf-FormularyReference-extension","valueReference":{"reference":"InsurancePlan/f1"}},{"url":"http://x/usdf-DrugTierID-extension","valueCodeableConcept":{"coding":[{"code":")" +
               tier + R"("}]}},{"url":"http://x/usdf-PriorAuthorization-extension","valueBoolean":)" +
               authorization + "}]}";
    };
    bench.import_text(
        "a.ndjson",
        item("i1", "generic", "true") + "\n" + item("i2", "generic", "false") + "\n" +
            item("i3", "specialty", "true") + "\n" +
            R"({"resourceType":"InsurancePlan","id":"product","coverage":[{"extension":[{"url":"http://x/usdf-FormularyReference-extension","valueReference":{"reference":"InsurancePlan/f1"}}]}],"plan":[{}]})"
            "\n"
            R"({"resourceType":"MedicationKnowledge","id":"m1","doseForm":{"coding":[{"code":385099005}]}})");
    for (std::string const plan : {"product", "f1"}) {
        auto const figures = bench.plan().formulary_figures(plan).value();
        CHECK(figures.items == 3);
        CHECK(figures.drugs == 1);
        CHECK(figures.by_tier == std::map<std::string, std::int64_t>{{"generic", 2}, {"specialty", 1}});
        CHECK(figures.prior_authorization == 2);
    }
    CHECK(bench.plan().formulary_figures("other").error().reason == "plan_not_found");
}
