// The versions of a claim and what the plan's maxima stood at, on imported files.

#include "central/plan/eob_review.h"
#include "shared/api/json.h"
#include "tests/central/call_bench.h"

using namespace portico;
using namespace portico::central;
namespace known = sample::known;
using portico::test::amount_entry;
using portico::test::CallBench;
using portico::test::ImportBench;
using portico::test::patient_line;

namespace {

struct ReviewBench : ImportBench {
    ManualClock clock{from_micros(day_number(Date{2026, 6, 15}) * 86'400'000'000 + 43'200'000'000)};
    PlanData& plan() {
        if (!plan_)
            plan_ = std::make_unique<PlanData>(clock, *opened().store, opened().vault);
        return *plan_;
    }
    api::EobReview review(std::string const& eob, std::string const& patient = "p1") {
        return eob_review_of(plan(), PatientId(patient), EobId(eob)).value();
    }
    std::string refused(std::string const& eob, std::string const& patient = "p1") {
        auto const outcome = eob_review_of(plan(), PatientId(patient), EobId(eob));
        return outcome.has_error() ? outcome.error().reason : "";
    }

private:
    std::unique_ptr<PlanData> plan_;
};

std::string coverage(std::string const& id, std::string const& patient, std::string const& relationship) {
    return R"({"resourceType":"Coverage","id":")" + id +
           R"(","status":"active","subscriberId":"S-1","beneficiary":{"reference":"Patient/)" + patient +
           R"("},"relationship":{"coding":[{"code":")" + relationship +
           R"("}]},"period":{"start":"2026-01-01"},"payor":[{"reference":"Organization/payer"}],"class":[{"type":{"coding":[{"code":"plan"}]},"value":"plan-1","name":"Sample"}]})"
           "\n";
}

/// A deductible of 1,500 for one and 3,000 for the family; 6,000 out of pocket.
std::string plan() {
    auto const limit = [](char const* code, char const* amount) {
        return std::string(R"({"type":{"coding":[{"code":")") + code + R"("}]},"cost":{"value":)" + amount +
               R"(,"currency":"USD"}})";
    };
    return R"({"resourceType":"InsurancePlan","id":"plan-1","status":"active","name":"Sample Silver PPO","network":[{"reference":"Organization/net-1"}],"plan":[{"generalCost":[)" +
           limit("IndInDed", "1500") + "," + limit("FamInDed", "3000") + "," + limit("IndInMax", "6000") +
           "]}]}\n";
}

struct Stated {
    std::string id;
    std::string patient = "p1";
    std::string decided;
    std::string deductible;
    std::string more = {};
    std::string status = "active";
};
std::string eob(Stated const& stated) {
    return R"({"resourceType":"ExplanationOfBenefit","id":")" + stated.id + R"(","status":")" +
           stated.status +
           R"(","use":"claim","outcome":"complete","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/claim-type","code":"professional"}]},"patient":{"reference":"Patient/)" +
           stated.patient + R"("},"created":")" + stated.decided +
           R"(","billablePeriod":{"start":"2026-01-20"},"provider":{"display":"Clinic of )" + stated.id +
           R"("},"insurance":[{"focal":true,"coverage":{"reference":"Coverage/cov-)" + stated.patient +
           R"("}}],"total":[)" + amount_entry("submitted", "500.00") + "," +
           amount_entry("deductible", stated.deductible) + "," + amount_entry("copay", "20.00") + "]" +
           stated.more + "}\n";
}
std::string replaces(std::string const& id) {
    return R"(,"related":[{"relationship":{"coding":[{"code":"prior"}]},"claim":{"reference":"ExplanationOfBenefit/)" +
           id + R"("}}])";
}

std::string family() {
    return patient_line("p1") + "\n" + patient_line("p2", "Dependant") + "\n" +
           coverage("cov-p1", "p1", "self") + coverage("cov-p2", "p2", "child") + plan();
}

/// "individual deductible 0 100": scope, kind, dollars met before and after.
std::vector<std::string> figures(api::EobReview const& review) {
    std::vector<std::string> out;
    for (auto const& each : review.accumulators)
        out.push_back(api::word_of(each.scope) + " " + api::word_of(each.kind) + " " +
                      std::to_string(each.met_before.cents / 100) + " " +
                      std::to_string(each.met_after.cents / 100));
    std::sort(out.begin(), out.end());
    return out;
}
using Figures = std::vector<std::string>;

std::vector<std::string> ids(api::EobReview const& review) {
    std::vector<std::string> out;
    for (auto const& version : review.versions)
        out.push_back(version.eob.id.text());
    return out;
}

} // namespace

TEST_CASE("EOB review: the maxima stand as they stood when each claim was decided") {
    ReviewBench bench;
    bench.import_text(
        "a.ndjson",
        family() + eob({.id = "e1", .decided = "2026-02-10", .deductible = "100.00"}) +
            eob({.id = "e2", .decided = "2026-03-10", .deductible = "50.00"}) +
            eob({.id = "e3", .decided = "2026-04-10", .deductible = "30.00", .more = replaces("e2")}));
    CHECK(figures(bench.review("e1")) == Figures{"family deductible 0 100", "individual deductible 0 100",
                                                 "individual out_of_pocket 0 120"});
    CHECK(figures(bench.review("e2")) == Figures{"family deductible 100 150", "individual deductible 100 150",
                                                 "individual out_of_pocket 120 190"});
    // It takes the place of the one before, and so takes back 20.
    CHECK(figures(bench.review("e3")) == Figures{"family deductible 150 130", "individual deductible 150 130",
                                                 "individual out_of_pocket 190 170"});
    for (auto const& each : bench.review("e1").accumulators)
        CHECK(each.plan_year == Period{Date{2026, 1, 1}, Date{2026, 12, 31}});
}

TEST_CASE("EOB review: of a dependant's claim there is a sum in the family's figure and nothing else") {
    ReviewBench bench;
    bench.import_text("a.ndjson", family() +
                                      eob({.id = "secret-claim",
                                           .patient = "p2",
                                           .decided = "2026-02-01",
                                           .deductible = "77.00",
                                           .more = R"(,"meta":{"security":[{"code":"R"},{"code":"PSY"}]})"}) +
                                      eob({.id = "e1", .decided = "2026-02-10", .deductible = "100.00"}));
    auto const review = bench.review("e1");
    CHECK(figures(review) == Figures{"family deductible 77 177", "individual deductible 0 100",
                                     "individual out_of_pocket 0 120"});
    auto const json = api::to_json(review);
    for (char const* word : {"secret-claim", "p2", "Dependant", "2026-02-01"}) {
        CAPTURE(word);
        CHECK(json.find(word) == std::string::npos);
    }
    CHECK(review.version_count == 1);
    CHECK(bench.refused("secret-claim") == "eob_not_found");
    CHECK(bench.refused("no-such-eob") == "eob_not_found");
    CHECK(bench.refused("e1", "p2") == "eob_not_found");
    CHECK(bench.refused("e1", "nobody") == "eob_not_found");
}

TEST_CASE("EOB review: versions come in their order with what changed, from whichever one it is asked") {
    ReviewBench bench;
    bench.import_text(
        "a.ndjson",
        family() + eob({.id = "v3", .decided = "2026-04-10", .deductible = "30.00", .more = replaces("v2")}) +
            eob({.id = "v1", .decided = "2026-02-10", .deductible = "100.00", .status = "cancelled"}) +
            eob({.id = "v2", .decided = "2026-03-10", .deductible = "50.00", .more = replaces("v1")}));
    for (char const* of : {"v1", "v2", "v3"}) {
        auto const review = bench.review(of);
        CHECK(review.eob.text() == of);
        CHECK(ids(review) == std::vector<std::string>{"v1", "v2", "v3"});
        CHECK(review.version_count == 3);
        CHECK(review.versions[0].number == 1);
        CHECK(review.versions[0].changes.empty());
        bool deductible = false;
        bool status = false;
        for (auto const& change : review.versions[1].changes) {
            status = status || change.part == EobChangePart::Status;
            if (change.category == AmountCategory::Deductible) {
                deductible = true;
                CHECK(change.was == Money{10000});
                CHECK(change.is == Money{5000});
            }
        }
        CHECK(deductible);
        CHECK(status);
    }
}

TEST_CASE("EOB review: of a long chain the nearest come, and the first of them says what changed too") {
    ReviewBench bench;
    std::string text = family();
    constexpr int count = 60;
    for (int i = 0; i < count; ++i)
        text += eob({.id = "v" + std::to_string(100 + i),
                     .decided = Date{2026, 1 + i / 28, 1 + i % 28}.text(),
                     .deductible = std::to_string(i) + ".00",
                     .more = i == 0 ? "" : replaces("v" + std::to_string(99 + i))});
    bench.import_text("a.ndjson", text);
    for (int const asked : {0, 30, count - 1}) {
        CAPTURE(asked);
        auto const review = bench.review("v" + std::to_string(100 + asked));
        CHECK(review.version_count == count);
        REQUIRE(review.versions.size() == eob_versions_max);
        int const first = review.versions.front().number;
        CHECK(first <= asked + 1);
        CHECK(review.versions.back().number >= asked + 1);
        CHECK(review.versions.front().changes.empty() == (first == 1));
        for (std::size_t i = 0; i < review.versions.size(); ++i)
            CHECK(review.versions[i].eob.id.text() == "v" + std::to_string(99 + first + static_cast<int>(i)));
    }
}

TEST_CASE("EOB review: links in a circle and to nobody are answered") {
    ReviewBench bench;
    bench.import_text(
        "a.ndjson",
        family() + eob({.id = "a", .decided = "2026-02-10", .deductible = "1.00", .more = replaces("b")}) +
            eob({.id = "b", .decided = "2026-02-11", .deductible = "2.00", .more = replaces("a")}) +
            eob({.id = "c", .decided = "2026-02-12", .deductible = "3.00", .more = replaces("gone")}) +
            eob({.id = "d", .decided = "2026-02-12", .deductible = "3.00", .more = replaces("d")}));
    CHECK(bench.review("a").version_count == 2);
    CHECK(ids(bench.review("b")) == std::vector<std::string>{"a", "b"});
    CHECK(bench.review("c").version_count == 1);
    CHECK(bench.review("d").version_count == 1);
}

TEST_CASE("EOB review: what the directory says today is another thing than what the claim says") {
    auto const role = [](char const* network, char const* period) {
        return std::string(
                   R"({"resourceType":"PractitionerRole","id":"r1","active":true,"practitioner":{"reference":"Practitioner/d1"},"period":)") +
               period +
               R"(,"extension":[{"url":"http://x/network-reference","valueReference":{"reference":"Organization/)" +
               network + "\"}}]}\n";
    };
    auto stated = eob({.id = "e1", .decided = "2026-02-10", .deductible = "1.00"});
    auto const at = stated.find(R"("provider":{)");
    stated.insert(at + 12, R"("reference":"Practitioner/d1",)");
    struct Case {
        std::string network, period;
        NetworkStatus then;
    };
    // It joined after the service: the claim cannot know, the directory does.
    for (auto const& each :
         {Case{"net-1", R"({"start":"2026-05-01"})", NetworkStatus::InNetwork},
          Case{"net-2", R"({"start":"2025-01-01"})", NetworkStatus::OutOfNetwork},
          Case{"net-1", R"({"start":"2025-01-01","end":"2026-03-01"})", NetworkStatus::Unknown}}) {
        CAPTURE(each.network, each.period);
        ReviewBench bench;
        bench.import_text("a.ndjson", family() + stated + role(each.network.c_str(), each.period.c_str()));
        auto const review = bench.review("e1");
        CHECK(review.directory_today == each.then);
        CHECK(review.versions.front().eob.billing_network == NetworkStatus::Unknown);
    }
    ReviewBench unlisted;
    unlisted.import_text("a.ndjson", family() + stated);
    CHECK(unlisted.review("e1").directory_today == NetworkStatus::Unknown);
}

TEST_CASE("EOB review: the sample's replaced claim has both versions, the last claim's figures are today's") {
    CallBench bench;
    bench.import_sample();
    PlanData plan(bench.clock, *bench.opened().store, bench.opened().vault);
    PatientId const alex{std::string(known::alex_patient_id)};
    for (auto const of : {known::alex_replaced_eob, known::alex_replacement_eob}) {
        auto const review = eob_review_of(plan, alex, EobId(std::string(of))).value();
        CHECK(ids(review) == std::vector<std::string>{std::string(known::alex_replaced_eob),
                                                      std::string(known::alex_replacement_eob)});
        REQUIRE(review.versions.size() == 2);
        CHECK_FALSE(review.versions[1].changes.empty());
    }
    // Decided last of all, of the member and the family alike: after it stands what stands today.
    auto const about = plan.overview(alex).value();
    auto const last = std::max_element(
        about->facts.begin(), about->facts.end(),
        [](DecidedFacts const& a, DecidedFacts const& b) { return decided_before(a.facts, b.facts); });
    REQUIRE(last != about->facts.end());
    auto const* year = plan_year_of(about->plan_years, last->facts);
    REQUIRE(year != nullptr);
    if (year->period.contains(plan.today())) {
        auto const then = accumulators_then(*year, about->facts, last->facts.id, alex);
        REQUIRE(then.size() == about->accumulators.size());
        for (std::size_t i = 0; i < then.size(); ++i)
            CHECK(then[i].met_after == about->accumulators[i].met);
    }
}
