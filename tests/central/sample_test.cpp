#include "central/sample/fhir_write.h"
#include "central/sample/known_people.h"
#include "central/sample/sample.h"
#include "shared/domain/eob_check.h"
#include "shared/domain/npi.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace portico;
using namespace portico::central::sample;

namespace {

Date const sample_day{2026, 6, 15};

SampleOptions options(std::int64_t members, std::uint64_t seed = 7) {
    return {"", members, seed, sample_day};
}

struct MadeFamily {
    Family family;
    FamilyClaims claims;
};

void for_each_made(SampleOptions const& sample,
                   std::function<void(World const&, MadeFamily const&)> const& take) {
    auto const world = make_world(sample.seed, sample.members);
    for_each_family(sample, world, [&](Family const& family) {
        take(world,
             {family, adjudicate(world, family, plan_claims(sample.seed, sample.today, world, family))});
        return true;
    });
}

std::vector<PlanYear> years_of(SamplePlan const& plan) {
    std::vector<PlanYear> out;
    for (int year = sample_day.year - 3; year <= sample_day.year; ++year)
        out.push_back({calendar_year({year, 1, 1}), plan.plan.limits, plan.plan.line_of_business, {}});
    return out;
}

DirectoryWord word_on(World const& world, std::string const& network, Eob const& eob) {
    for (auto const& provider : world.providers)
        if (provider.npi == eob.provider.npi)
            return {provider.in_network(network) ? NetworkStatus::InNetwork : NetworkStatus::OutOfNetwork,
                    {provider.in_networks_since, {}}};
    return {};
}

std::string text_of(EobId const& eob, FindingKind kind, std::vector<int> const& lines) {
    std::string out = eob.text() + " " + name(kind);
    for (int const line : lines)
        out += " " + std::to_string(line);
    return out;
}

std::set<std::string> planted_texts(FamilyClaims const& claims) {
    std::set<std::string> out;
    for (auto const& planted : claims.planted)
        out.insert(text_of(planted.eob, planted.finding, planted.lines));
    return out;
}

std::set<std::string> found_texts(World const& world, MadeFamily const& made) {
    auto const& plan = world.plans[made.family.plan];
    auto const years = years_of(plan);
    std::set<std::string> out;
    for (auto const& finding : check_all(made.claims.eobs, {}, years, [&](Eob const& eob) {
             return word_on(world, plan.network_id, eob);
         }))
        out.insert(text_of(finding.eob, finding.kind, finding.line_sequences));
    return out;
}

std::int64_t cents(std::vector<Adjudication> const& entries, AmountCategory category) {
    std::int64_t sum = 0;
    for (auto const& entry : entries)
        if (entry.category == category && entry.amount)
            sum += entry.amount->to_cents().value();
    return sum;
}

std::string file(std::filesystem::path const& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream out;
    out << stream.rdbuf();
    return out.str();
}

std::vector<std::string> lines(std::filesystem::path const& path) {
    std::istringstream stream(file(path));
    std::vector<std::string> out;
    for (std::string line; std::getline(stream, line);)
        out.push_back(line);
    return out;
}

} // namespace

TEST_CASE("sample: every planted discrepancy is found, and none on a clean EOB") {
    std::set<FindingKind> kinds;
    std::size_t eobs = 0;
    for (std::uint64_t const seed : {1U, 7U, 42U})
        for_each_made(options(250, seed), [&](World const& world, MadeFamily const& made) {
            eobs += made.claims.eobs.size();
            for (auto const& planted : made.claims.planted)
                kinds.insert(planted.finding);
            CHECK(found_texts(world, made) == planted_texts(made.claims));
        });
    CHECK(kinds.size() == 9);
    CHECK(eobs > 5000);
}

TEST_CASE("sample: the amounts of every line make up its charge and its totals") {
    using enum AmountCategory;
    for_each_made(options(150), [](World const&, MadeFamily const& made) {
        std::set<EobId> planted;
        for (auto const& each : made.claims.planted)
            planted.insert(each.eob);
        for (auto const& eob : made.claims.eobs) {
            if (eob.outcome == ClaimOutcome::Queued || planted.count(eob.id) != 0)
                continue;
            std::map<AmountCategory, std::int64_t> sums;
            for (auto const& line : eob.lines) {
                auto const& a = line.adjudications;
                auto const share = cents(a, Deductible) + cents(a, Copay) + cents(a, Coinsurance);
                CHECK(cents(a, Submitted) == cents(a, Eligible) + cents(a, Discount) + cents(a, Noncovered));
                CHECK(cents(a, Eligible) == cents(a, Benefit) + cents(a, PriorPayerPaid) + share);
                CHECK(cents(a, MemberLiability) == share + cents(a, Noncovered));
                CHECK(cents(a, PaidToProvider) + cents(a, PaidToPatient) == cents(a, Benefit));
                for (auto const& entry : a)
                    if (entry.amount)
                        sums[entry.category] += entry.amount->to_cents().value();
            }
            for (auto const& total : eob.totals)
                CHECK(total.amount->to_cents().value() == sums[total.category]);
            CHECK(dollar_flow(eob).adds_up);
        }
    });
}

namespace {
/// Runs through a family's EOBs in the order they were decided, with its own books.
class Auditor {
public:
    Auditor(World const& world, MadeFamily const& made) : plan_(world.plans[made.family.plan]), made_(made) {
        for (auto const& each : made.claims.planted)
            planted_.insert(each.eob);
    }

    void run() {
        std::vector<Eob const*> order;
        for (auto const& eob : made_.claims.eobs)
            order.push_back(&eob);
        std::sort(order.begin(), order.end(), [](Eob const* a, Eob const* b) {
            return a->created != b->created ? a->created < b->created : a->id < b->id;
        });
        for (auto const* eob : order)
            book(*eob);
    }

private:
    using Key = std::tuple<int, bool, PatientId>; ///< year, in network, person (empty: the family)

    std::int64_t limit(AccumulatorKind kind, bool family, bool inside) const {
        for (auto const& each : plan_.plan.limits)
            if (each.kind == kind && each.in_network == inside &&
                (each.scope == AccumulatorScope::Family) == family)
                return each.amount.cents;
        return INT64_MAX;
    }

    void book(Eob const& eob) {
        using enum AmountCategory;
        if (eob.outcome == ClaimOutcome::Queued)
            return;
        bool const inside = eob.payment_network == NetworkStatus::InNetwork;
        // The older one's figures go out of the books with the newer one's arrival.
        int const sign = 1;
        if (eob.replaces)
            for (auto const& older : made_.claims.eobs)
                if (older.id == *eob.replaces)
                    add(older, inside_of(older), -sign);
        if (cents(eob.totals, Submitted) < 0)
            return;
        bool const limited = eob.kind != ClaimKind::Oral &&
                             !(eob.kind == ClaimKind::Pharmacy &&
                               plan_.plan.line_of_business == LineOfBusiness::MedicareAdvantage);
        add(eob, inside, 1);
        if (!limited || planted_.count(eob.id) != 0 || made_.family.planted)
            return;
        for (bool const family : {false, true}) {
            auto const key = Key{eob.service.start.year, inside, family ? PatientId() : eob.patient};
            CHECK(deductible_[key] <= limit(AccumulatorKind::Deductible, family, inside));
            CHECK(pocket_[key] <= limit(AccumulatorKind::OutOfPocket, family, inside));
        }
        check_coinsurance(eob, inside);
    }

    static bool inside_of(Eob const& eob) { return eob.payment_network == NetworkStatus::InNetwork; }

    void add(Eob const& eob, bool inside, int sign) {
        using enum AmountCategory;
        if (eob.kind == ClaimKind::Oral || (eob.kind == ClaimKind::Pharmacy &&
                                            plan_.plan.line_of_business == LineOfBusiness::MedicareAdvantage))
            return;
        auto const deductible = cents(eob.totals, Deductible);
        auto const pocket = deductible + cents(eob.totals, Copay) + cents(eob.totals, Coinsurance);
        for (auto const& person : {eob.patient, PatientId()}) {
            deductible_[{eob.service.start.year, inside, person}] += sign * deductible;
            pocket_[{eob.service.start.year, inside, person}] += sign * pocket;
        }
    }

    /// Coinsurance is the plan's percentage of what deductible and copay leave, or less once a maximum is
    /// met.
    void check_coinsurance(Eob const& eob, bool inside) {
        using enum AmountCategory;
        for (auto const& line : eob.lines) {
            auto const& a = line.adjudications;
            auto const base = cents(a, Eligible) - cents(a, Deductible) - cents(a, Copay);
            auto const coinsurance = cents(a, Coinsurance);
            if (coinsurance == 0)
                continue;
            std::set<std::int64_t> fitting;
            for (int const percent : {15, 20, 30, 40, 50}) {
                // To the cent and half to even, worked out in a different way than the generator's.
                auto const product = Decimal::parse(std::to_string(base * percent) + "e-4").value();
                fitting.insert(product.to_cents().value());
            }
            bool const at_maximum = pocket_[{eob.service.start.year, inside, eob.patient}] ==
                                        limit(AccumulatorKind::OutOfPocket, false, inside) ||
                                    pocket_[{eob.service.start.year, inside, PatientId()}] ==
                                        limit(AccumulatorKind::OutOfPocket, true, inside);
            CHECK((fitting.count(coinsurance) == 1 || at_maximum));
        }
    }

    SamplePlan const& plan_;
    MadeFamily const& made_;
    std::set<EobId> planted_;
    std::map<Key, std::int64_t> deductible_;
    std::map<Key, std::int64_t> pocket_;
};
} // namespace

TEST_CASE("sample: deductibles and out-of-pocket maxima hold at every step in date order") {
    for_each_made(options(220),
                  [](World const& world, MadeFamily const& made) { Auditor(world, made).run(); });
}

TEST_CASE("sample: all kinds of claims, plans and corrections are there") {
    std::set<ClaimKind> kinds;
    std::set<LineOfBusiness> lines_of_business;
    int cancelled = 0, reversals = 0, queued = 0, denied = 0, outside = 0, other_insurance = 0;
    int oldest = 0;
    for_each_made(options(220), [&](World const& world, MadeFamily const& made) {
        lines_of_business.insert(world.plans[made.family.plan].plan.line_of_business);
        for (auto const& eob : made.claims.eobs) {
            kinds.insert(eob.kind);
            cancelled += eob.status == EobStatus::Cancelled && eob.replaced_by ? 1 : 0;
            reversals += cents(eob.totals, AmountCategory::Submitted) < 0 && eob.replaces ? 1 : 0;
            queued += eob.outcome == ClaimOutcome::Queued ? 1 : 0;
            outside += eob.payment_network == NetworkStatus::OutOfNetwork ? 1 : 0;
            other_insurance += cents(eob.totals, AmountCategory::PriorPayerPaid) != 0 ? 1 : 0;
            for (auto const& line : eob.lines)
                denied += line.denied ? 1 : 0;
            CHECK(day_number(eob.service.start) < day_number(sample_day));
            CHECK(day_number(eob.created) < day_number(sample_day));
            oldest =
                std::max(oldest, static_cast<int>(day_number(sample_day) - day_number(eob.service.start)));
        }
    });
    CHECK(kinds.size() == 5);
    CHECK(lines_of_business.size() == 5);
    CHECK(oldest <= 730);
    CHECK(oldest > 700);
    CHECK(cancelled > 20);
    CHECK(reversals > 5);
    CHECK(queued > 20);
    CHECK(denied > 50);
    CHECK(outside > 20);
    CHECK(other_insurance > 5);
}

TEST_CASE("sample: member 1 is Alex with the EOBs that tests rely on, whatever the seed and size") {
    for (std::int64_t const members : {1, 3, 60})
        for (std::uint64_t const seed : {1U, 99U}) {
            auto const sample = options(members, seed);
            auto const world = make_world(sample.seed, sample.members);
            std::vector<Family> families;
            for_each_family(sample, world, [&](Family const& family) {
                families.push_back(family);
                return true;
            });
            auto const& alex = families.front().members.front();
            CHECK(alex.member.id.text() == known::alex_patient_id);
            CHECK(alex.member.member_id == known::alex_member_id);
            CHECK(alex.member.birth_date.text() == known::alex_birth_date);
            CHECK(alex.coverage.id.text() == known::alex_coverage_id);
            CHECK(alex.coverage.plan_id == known::alex_plan_id);
            CHECK(alex.coverage.group == known::alex_group);

            auto const claims = adjudicate(world, families.front(),
                                           plan_claims(sample.seed, sample.today, world, families.front()));
            auto const eob = [&](std::string_view id) -> Eob const& {
                for (auto const& each : claims.eobs)
                    if (each.id.text() == id)
                        return each;
                FAIL("no EOB " << id);
                return claims.eobs.front();
            };
            CHECK(dollar_flow(eob(known::alex_clean_eob)).adds_up);
            CHECK(eob(known::alex_denied_eob).lines.front().denied);
            CHECK(eob(known::alex_replaced_eob).status == EobStatus::Cancelled);
            CHECK(eob(known::alex_replaced_eob).replaced_by->text() == known::alex_replacement_eob);
            CHECK(eob(known::alex_replacement_eob).replaces->text() == known::alex_replaced_eob);
            CHECK(eob(known::alex_in_progress_eob).outcome == ClaimOutcome::Queued);
            auto const planted = planted_texts(claims);
            CHECK(planted == std::set<std::string>{
                                 std::string(known::alex_duplicate_line_eob) + " duplicate_line 2 3",
                                 std::string(known::alex_denied_yet_billed_eob) + " denied_yet_billed 2"});
        }
}

TEST_CASE("sample: hard names, a member without claims and one with 5,000 are there") {
    std::map<std::string, std::size_t> claims_by_name;
    std::set<std::string> families;
    for_each_made(options(200), [&](World const&, MadeFamily const& made) {
        for (auto const& person : made.family.members) {
            families.insert(person.member.name.family);
            claims_by_name[person.member.name.given] += 0;
            for (auto const& eob : made.claims.eobs)
                claims_by_name[person.member.name.given] += eob.patient == person.member.id ? 1 : 0;
        }
    });
    for (auto const& name :
         {known::long_name_family, known::accented_family, known::khmer_family, known::arabic_family})
        CHECK(families.count(std::string(name)) == 1);
    CHECK(claims_by_name.at(std::string(known::without_claims_given)) == 0);
    CHECK(claims_by_name.at(std::string(known::many_claims_given)) == known::many_claims_count);
}

TEST_CASE("sample: every provider has a valid made-up NPI of its own") {
    auto const world = make_world(3, 100'000);
    std::set<std::string> npis;
    for (auto const& provider : world.providers) {
        CHECK(is_valid_npi(provider.npi));
        CHECK(provider.npi.substr(0, 4) == "1999");
        npis.insert(provider.npi);
    }
    CHECK(npis.size() == world.providers.size());
    CHECK(world.providers.size() > 4000);
}

TEST_CASE("sample: the same options give the same bytes and another seed others") {
    test::ScratchFolder scratch;
    auto const write = [&](char const* folder, std::uint64_t seed) {
        auto sample = options(40, seed);
        sample.out_dir = (scratch.path / folder).string();
        return write_sample(sample, {}).value();
    };
    auto const first = write("a", 5);
    write("b", 5);
    write("c", 6);
    CHECK(first.members == 40);
    std::size_t files = 0, different = 0;
    for (auto const& each : std::filesystem::directory_iterator(scratch.path / "a")) {
        ++files;
        auto const text = file(each.path());
        CHECK_FALSE(text.empty());
        CHECK(text == file(scratch.path / "b" / each.path().filename()));
        different += text != file(scratch.path / "c" / each.path().filename()) ? 1U : 0U;
    }
    CHECK(files == 13);
    CHECK(different >= 6);
    CHECK(lines(scratch.path / "a" / "Patient.ndjson").size() == 40);
    CHECK(lines(scratch.path / "a" / "Coverage.ndjson").size() == 40);
    CHECK(static_cast<std::int64_t>(lines(scratch.path / "a" / "ExplanationOfBenefit.ndjson").size()) ==
          first.eobs);
}

TEST_CASE("sample: a plan of a known size has that many EOBs of everybody outside of Alex's family") {
    test::ScratchFolder scratch;
    auto sample = options(60, 4);
    sample.out_dir = (scratch.path / "plan").string();
    sample.eobs_each = 2;
    auto const counts = write_sample(sample, {}).value();
    std::map<std::string, int> eobs;
    for (auto const& line : lines(scratch.path / "plan" / "ExplanationOfBenefit.ndjson")) {
        auto const eob = boost::json::parse(line).as_object();
        ++eobs[std::string(eob.at("patient").at("reference").as_string())];
    }
    for (int number = 4; number <= 60; ++number)
        CHECK(eobs["Patient/patient-00000" + std::string(number < 10 ? "0" : "") + std::to_string(number)] ==
              2);
    sample.members = 3; // the family
    CHECK(counts.planted == write_sample(sample, {}).value().planted);
}
