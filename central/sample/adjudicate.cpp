#include "central/sample/claims.h"
#include "central/sample/eob_statement.h"
#include "central/sample/known_people.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace portico::central::sample {

namespace {

using enum AmountCategory;

std::int64_t percent_of(std::int64_t cents, int percent) {
    // Half to even, as every amount of the project.
    std::int64_t const scaled = cents * percent;
    std::int64_t whole = scaled / 100;
    std::int64_t const rest = scaled % 100;
    if (rest > 50 || (rest == 50 && whole % 2 != 0))
        ++whole;
    return whole;
}

/// What a person or the family has had counted.
struct Met {
    std::int64_t deductible = 0;
    std::int64_t out_of_pocket = 0;
};

/// The accumulators of one plan year, in or out of the network.
struct YearMet {
    std::vector<Met> persons;
    Met family;
};

class Adjudicator {
public:
    Adjudicator(World const& world, Family const& family, std::vector<ClaimPlan> const& plans)
        : plan_(world.plans[family.plan]), family_(family), plans_(plans) {}

    FamilyClaims run() {
        std::vector<std::size_t> order(plans_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return plans_[a].decided != plans_[b].decided ? plans_[a].decided < plans_[b].decided
                                                          : plans_[a].id < plans_[b].id;
        });
        out_.eobs.resize(plans_.size());
        counted_.resize(plans_.size());
        for (auto const index : order)
            decide(index);
        return std::move(out_);
    }

private:
    struct Limits {
        std::int64_t deductible = 0; ///< what may still be asked
        std::int64_t out_of_pocket = 0;
    };
    struct Counted {
        YearMet* year = nullptr;
        Met met;
    };

    bool runs_against_limits(ClaimPlan const& claim) const {
        return claim.kind != ClaimKind::Oral &&
               !(claim.kind == ClaimKind::Pharmacy &&
                 plan_.plan.line_of_business == LineOfBusiness::MedicareAdvantage);
    }
    /// An emergency is paid as in the network.
    static bool paid_inside(ClaimPlan const& claim) { return !claim.outside_network || claim.emergency; }

    std::int64_t limit(AccumulatorKind kind, AccumulatorScope scope, bool inside,
                       std::int64_t if_none) const {
        for (auto const& each : plan_.plan.limits)
            if (each.kind == kind && each.scope == scope && each.in_network == inside)
                return each.amount.cents;
        return if_none;
    }

    Limits left(ClaimPlan const& claim, YearMet const& year) const {
        constexpr std::int64_t none = std::int64_t{1} << 50U;
        bool const inside = paid_inside(claim);
        auto const& mine = year.persons[claim.person];
        auto const rest = [&](AccumulatorKind kind, AccumulatorScope scope, std::int64_t if_none,
                              std::int64_t met) {
            return std::max<std::int64_t>(0, limit(kind, scope, inside, if_none) - met);
        };
        using enum AccumulatorKind;
        using enum AccumulatorScope;
        return {std::min(rest(Deductible, Individual, 0, mine.deductible),
                         rest(Deductible, AccumulatorScope::Family, none, year.family.deductible)),
                std::min(rest(OutOfPocket, Individual, none, mine.out_of_pocket),
                         rest(OutOfPocket, AccumulatorScope::Family, none, year.family.out_of_pocket))};
    }

    YearMet& year_of(ClaimPlan const& claim) {
        auto& year = years_[{claim.service.start.year, paid_inside(claim)}];
        year.persons.resize(family_.members.size());
        return year;
    }

    LineFigures denied_line(LinePlan const& line) const {
        LineFigures out;
        out.charge = line.charge_cents;
        bool const members_to_bear = line.denial == "96" || line.denial == "204";
        if (members_to_bear || line.billed_in_error) {
            out.noncovered = out.charge;
            out.liability = out.charge;
        } else {
            out.discount = out.charge; // the provider's contract says: not from the member
        }
        return out;
    }

    std::int64_t allowed_of(ClaimPlan const& claim, LinePlan const& line) const {
        if (claim.outside_network)
            return percent_of(line.charge_cents, 70);
        if (claim.kind == ClaimKind::Pharmacy)
            return percent_of(line.charge_cents, 88);
        // A contract's price, as a share of the charge: its own for each provider and service.
        std::size_t sum = claim.provider->number * 7;
        for (char const c : line.service.code)
            sum += static_cast<unsigned char>(c);
        return percent_of(line.charge_cents, 52 + static_cast<int>(sum % 30));
    }

    CostRule rule(ClaimPlan const& claim, LinePlan const& line) const {
        if (!paid_inside(claim))
            return {0, true, plan_.out_of_network_percent};
        return rule_of(plan_, line.service.benefit);
    }

    LineFigures covered_line(ClaimPlan const& claim, LinePlan const& line, YearMet& year) {
        LineFigures out;
        out.charge = line.charge_cents;
        out.allowed = allowed_of(claim, line);
        (claim.outside_network && !claim.emergency ? out.noncovered : out.discount) =
            out.charge - out.allowed;

        auto const cost = rule(claim, line);
        bool const limited = runs_against_limits(claim);
        auto const before = limited ? left(claim, year) : Limits{0, std::int64_t{1} << 50U};
        if (cost.deductible_first)
            out.deductible = std::min(out.allowed, before.deductible);
        if (claim.planted == FindingKind::DeductibleOverMaximum && before.deductible == 0)
            out.deductible = std::min<std::int64_t>(out.allowed, 7500);
        out.copay = std::min(cost.copay_cents, out.allowed - out.deductible);
        out.coinsurance = percent_of(out.allowed - out.deductible - out.copay, cost.coinsurance_percent);
        if (claim.planted != FindingKind::OutOfPocketOverMaximum)
            cap(out, before.out_of_pocket);

        if (claim.has_other_insurance)
            out.prior_payer = percent_of(out.allowed - out.share(), 60);
        out.benefit = out.allowed - out.share() - out.prior_payer;
        out.liability = out.share() + out.noncovered;
        if (limited) {
            auto& mine = year.persons[claim.person];
            for (auto* met : {&mine, &year.family}) {
                met->deductible += out.deductible;
                met->out_of_pocket += out.share();
            }
        }
        return out;
    }

    static void cap(LineFigures& line, std::int64_t most) {
        std::int64_t beyond = std::max<std::int64_t>(0, line.share() - most);
        for (auto* part : {&line.coinsurance, &line.copay, &line.deductible}) {
            auto const off = std::min(*part, beyond);
            *part -= off;
            beyond -= off;
        }
    }

    void decide(std::size_t index);
    void decide_lines(ClaimPlan const& claim, Eob& eob, Counted& counted);
    void plant(ClaimPlan const& claim, Eob& eob, Met const& before);
    void take_back(std::size_t index);
    void note(ClaimPlan const& claim, Eob const& eob, std::vector<int> lines);

    SamplePlan const& plan_;
    Family const& family_;
    std::vector<ClaimPlan> const& plans_;
    std::map<std::pair<int, bool>, YearMet> years_;
    std::vector<Counted> counted_;
    FamilyClaims out_;
};

void Adjudicator::decide_lines(ClaimPlan const& claim, Eob& eob, Counted& counted) {
    auto& year = year_of(claim);
    auto const met_before = year.persons[claim.person];
    LineFigures sum;
    int sequence = 0;
    for (auto const& plan : claim.lines) {
        auto line = line_of(claim, plan, ++sequence);
        if (claim.undecided) {
            line.adjudications = {entry(Submitted, plan.charge_cents)};
            sum.charge += plan.charge_cents;
        } else {
            auto const figures = plan.denial.empty() ? covered_line(claim, plan, year) : denied_line(plan);
            line.adjudications = entries_of(figures, claim, true);
            add_to(sum, figures);
        }
        if (line.denied) {
            Adjudication denial;
            denial.reason = {"https://x12.org/codes/claim-adjustment-reason-codes", plan.denial, ""};
            denial.source = {"http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudicationDiscriminator",
                             "denialreason", ""};
            line.adjudications.push_back(std::move(denial));
        }
        eob.lines.push_back(std::move(line));
    }
    if (claim.undecided) {
        eob.totals = {entry(Submitted, sum.charge)};
        eob.disposition = "Received";
        return;
    }
    eob.totals = entries_of(sum, claim, false);
    eob.payment_amount = Decimal::from_cents(sum.benefit);
    if (sum.benefit != 0)
        eob.paid_on = date_from_day_number(day_number(claim.decided) + 3);
    eob.disposition = "Claim decided";
    auto const& met = year.persons[claim.person];
    counted = {&year, {met.deductible - met_before.deductible, met.out_of_pocket - met_before.out_of_pocket}};
}

/// What an older EOB had counted is free again.
void Adjudicator::take_back(std::size_t index) {
    auto const& counted = counted_[index];
    if (counted.year == nullptr)
        return;
    for (auto* met : {&counted.year->persons[plans_[index].person], &counted.year->family}) {
        met->deductible -= counted.met.deductible;
        met->out_of_pocket -= counted.met.out_of_pocket;
    }
    counted_[index] = {};
}

void Adjudicator::decide(std::size_t index) {
    auto const& claim = plans_[index];
    auto eob = header_of(claim, family_);
    if (claim.replaces) {
        auto& older = out_.eobs[*claim.replaces];
        eob.replaces = older.id;
        older.replaced_by = eob.id;
        take_back(*claim.replaces);
    }
    if (claim.reversal) {
        auto const& older = out_.eobs[*claim.replaces];
        eob.lines = older.lines;
        eob.totals = older.totals;
        eob.outcome = older.outcome;
        for (auto& line : eob.lines)
            negate(line.adjudications);
        negate(eob.totals);
        eob.payment_amount = Decimal::from_cents(-older.payment_amount->to_cents().value());
        eob.disposition = "Taken back";
    } else {
        Met before;
        if (!claim.undecided)
            before = year_of(claim).persons[claim.person];
        decide_lines(claim, eob, counted_[index]);
        if (claim.replaces)
            out_.eobs[*claim.replaces].status =
                plans_[*claim.replaces].planted == FindingKind::ReplacedStillCounted ? EobStatus::Active
                                                                                     : EobStatus::Cancelled;
        if (claim.planted && !claim.undecided)
            plant(claim, eob, before);
    }
    out_.eobs[index] = std::move(eob);
}

void Adjudicator::note(ClaimPlan const& claim, Eob const& eob, std::vector<int> lines) {
    out_.planted.push_back({eob.id, eob.patient, *claim.planted, std::move(lines)});
}

void Adjudicator::plant(ClaimPlan const& claim, Eob& eob, Met const& before) {
    std::vector<int> all(eob.lines.size());
    std::iota(all.begin(), all.end(), 1);
    auto const& met = year_of(claim).persons[claim.person];
    auto const own = [&](AccumulatorKind kind) {
        return limit(kind, AccumulatorScope::Individual, paid_inside(claim), 0);
    };
    switch (*claim.planted) {
    case FindingKind::TotalDiffersFromLines:
        shift(eob.totals, Submitted, 1000);
        note(claim, eob, all);
        break;
    case FindingKind::AllowedDiffersFromPaidPlusShare:
        for (auto* entries : {&eob.totals, &eob.lines.front().adjudications})
            for (auto const category : {Benefit, PaidToProvider})
                shift(*entries, category, -1000);
        note(claim, eob, {1});
        break;
    case FindingKind::DuplicateLine:
        note(claim, eob, {2, 3});
        break;
    case FindingKind::DeniedYetBilled:
        note(claim, eob, {2});
        break;
    case FindingKind::DeductibleOverMaximum:
        if (before.deductible >= own(AccumulatorKind::Deductible) && met.deductible > before.deductible)
            note(claim, eob, all);
        break;
    case FindingKind::OutOfPocketOverMaximum:
        if (met.out_of_pocket > own(AccumulatorKind::OutOfPocket))
            note(claim, eob, all);
        break;
    case FindingKind::DuplicateClaim:
    case FindingKind::NetworkStatusDiffersFromDirectory:
    case FindingKind::ReplacedStillCounted:
        note(claim, eob, all);
        break;
    }
}

} // namespace

FamilyClaims adjudicate(World const& world, Family const& family, std::vector<ClaimPlan> const& plans) {
    return Adjudicator(world, family, plans).run();
}

} // namespace portico::central::sample
