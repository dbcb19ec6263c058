#include "shared/domain/check/amounts.h"
#include "shared/domain/check/rules.h"

#include <algorithm>
#include <array>
#include <map>

namespace portico::rules {

namespace {

using enum AmountCategory;

/// What makes two lines the same service; empty when the line may rightly stand twice.
std::string line_key(EobLine const& line) {
    auto const charge = only_amount(line.adjudications, Submitted);
    bool const is_revenue_code = line.service.system.find("nubc") != std::string::npos ||
                                 line.service.system.find("RevenueCodes") != std::string::npos;
    if (line.denied || !charge || charge->is_zero() || line.service.code.empty() ||
        line.service.code == "not-applicable" || is_revenue_code || !line.serviced.start.has_day() ||
        says_distinct(line))
        return {};
    for (auto const& entry : line.adjudications)
        if (entry.reason.code == "18") // CARC 18: the payer saw the duplicate itself
            return {};
    std::string key = line.service.system + '|' + line.service.code + '|' + line.place_of_service.code + '|' +
                      line.serviced.start.text() + '/' + line.serviced.end.text() + '|';
    std::vector<std::string> modifiers;
    for (auto const& modifier : line.modifiers)
        modifiers.push_back(modifier.code);
    std::sort(modifiers.begin(), modifiers.end());
    for (auto const& modifier : modifiers)
        key += modifier + '-';
    Decimal const size = charge->is_negative() ? -*charge : *charge;
    return key + '|' + (size + Decimal{}).text() + '|' + (line.quantity ? line.quantity->text() : "");
}

std::optional<Decimal> line_share(EobLine const& line) {
    if (auto const liability = only_amount(line.adjudications, MemberLiability))
        return liability;
    std::optional<Decimal> share;
    for (auto const category : {Deductible, Copay, Coinsurance})
        if (auto const amount = only_amount(line.adjudications, category))
            share = share ? *share + *amount : *amount;
    return share;
}

} // namespace

// Source: CPT appendix A, HCPCS level II.
bool says_distinct(EobLine const& line) {
    static constexpr std::array<std::string_view, 10> distinct{"59", "76", "77", "91", "XE",
                                                               "XP", "XS", "XU", "27", "79"};
    return std::any_of(line.modifiers.begin(), line.modifiers.end(), [](Code const& modifier) {
        return std::find(distinct.begin(), distinct.end(), modifier.code) != distinct.end();
    });
}

void duplicate_lines(Eob const& eob, Findings& out) {
    // The tooth and the surface, which set dental lines apart, are not in the EOB as we keep it; hospital
    // lines repeat by day and department.
    if (eob.kind == ClaimKind::Oral || eob.kind == ClaimKind::Inpatient ||
        eob.kind == ClaimKind::Institutional)
        return;
    std::map<std::string, std::vector<EobLine const*>> groups;
    for (auto const& line : eob.lines)
        if (auto key = line_key(line); !key.empty())
            groups[std::move(key)].push_back(&line);

    for (auto const& [key, lines] : groups) {
        auto const is_credit = [](EobLine const* line) {
            return only_amount(line->adjudications, Submitted)->is_negative();
        };
        auto const credits = std::count_if(lines.begin(), lines.end(), is_credit);
        auto const charges = static_cast<std::ptrdiff_t>(lines.size()) - credits;
        if (charges - credits < 2)
            continue; // charged, taken back, charged right

        Finding finding;
        finding.kind = FindingKind::DuplicateLine;
        finding.eob = eob.id;
        finding.category = Submitted;
        Decimal counted;
        Decimal extra_share;
        bool first = true;
        for (auto const* line : lines) {
            if (is_credit(line))
                continue;
            finding.line_sequences.push_back(line->sequence);
            counted = counted + *only_amount(line->adjudications, Submitted);
            if (!first)
                extra_share = extra_share + line_share(*line).value_or(Decimal{});
            first = false;
        }
        finding.amounts = {{"counted", to_money(counted)}};
        finding.share_if_corrected = share_less(eob, extra_share);
        out.push_back(std::move(finding));
    }
}

void duplicate_claim(Compared const& compared, std::span<EobFacts const> all, Findings& out) {
    auto const& alone = compared.alone;
    auto const& self = compared.facts;
    if (self.same_service_key.empty() || !self.counted || !self.paid || alone.repeated_on_purpose)
        return;
    EobFacts const* first = nullptr;
    for (auto const& other : all) {
        if (other.id == self.id || !other.counted || !other.paid ||
            other.same_service_key != self.same_service_key || !decided_before(other, self))
            continue;
        // Two records of one claim are a matter of the sender's book-keeping, not of billing.
        bool const related = other.replaced_by == self.id || self.replaces == other.id ||
                             (!other.claim_number.empty() && other.claim_number == self.claim_number);
        if (!related && (first == nullptr || decided_before(other, *first)))
            first = &other;
    }
    if (first == nullptr)
        return;

    Finding finding;
    finding.kind = FindingKind::DuplicateClaim;
    finding.eob = self.id;
    finding.other_eob = first->id;
    finding.category = Submitted;
    finding.line_sequences = alone.line_sequences;
    if (self.submitted)
        finding.amounts = {{"counted", to_money(*self.submitted)}};
    finding.share_if_corrected = Money{0};
    out.push_back(std::move(finding));
}

} // namespace portico::rules
