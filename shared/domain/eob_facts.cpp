#include "shared/domain/eob_facts.h"

#include <algorithm>
#include <unordered_map>

namespace portico {

namespace {

using enum AmountCategory;

bool counts(Adjudication const& entry, AmountCategory category) {
    return entry.category == category && entry.amount && entry.currency == "USD";
}

std::optional<Decimal> exact_sum(std::vector<Adjudication> const& entries, AmountCategory category) {
    std::optional<Decimal> sum;
    for (auto const& entry : entries)
        if (counts(entry, category))
            sum = sum ? *sum + *entry.amount : *entry.amount;
    return sum;
}

std::optional<Decimal> exact_out_of_pocket(Eob const& eob) {
    std::optional<Decimal> sum;
    for (auto const category : {Deductible, Copay, Coinsurance})
        if (auto const amount = exact_amount(eob, category))
            sum = sum ? *sum + *amount : *amount;
    return sum;
}

bool any_above_zero(Eob const& eob) {
    auto const kinds = {Benefit,    PaidToProvider, PaidToPatient, MemberLiability,
                        Deductible, Copay,          Coinsurance};
    return std::any_of(kinds.begin(), kinds.end(), [&](AmountCategory category) {
        auto const amount = exact_amount(eob, category);
        return amount && !amount->is_zero() && !amount->is_negative();
    });
}

/// NPI, else the reference; empty when the EOB names nobody in a way that can be compared.
std::string provider_key(EobParty const& party) {
    return !party.npi.empty() ? party.npi : party.reference;
}

std::string same_service_key(Eob const& eob) {
    auto const charge = exact_amount(eob, Submitted);
    auto const provider = provider_key(eob.provider);
    if (provider.empty() || eob.lines.empty() || !eob.service.start.has_day() || !charge ||
        charge->is_zero() || charge->is_negative())
        return {};
    std::vector<std::string> lines;
    for (auto const& line : eob.lines) {
        if (line.service.code.empty() || line.service.code == "not-applicable")
            return {}; // FHIR data-absent-reason: what was done is not told
        std::string text = line.service.system + '|' + line.service.code;
        for (auto const& modifier : line.modifiers)
            text += '-' + modifier.code;
        text += '@' + line.serviced.start.text() + '/' + line.serviced.end.text();
        if (line.quantity)
            text += 'x' + line.quantity->text();
        lines.push_back(std::move(text));
    }
    std::sort(lines.begin(), lines.end());
    std::string key = eob.patient.text() + '\n' + name(eob.kind) + '\n' + provider + '\n' +
                      eob.service.start.text() + '/' + eob.service.end.text() + '\n' +
                      std::to_string(charge->to_cents() ? charge->to_cents().value() : 0);
    for (auto const& line : lines)
        key += '\n' + line;
    return key;
}

} // namespace

std::optional<Decimal> exact_amount(Eob const& eob, AmountCategory category) {
    for (auto const& total : eob.totals)
        if (counts(total, category))
            return total.amount;
    std::optional<Decimal> sum;
    for (auto const& line : eob.lines)
        if (auto const amount = exact_sum(line.adjudications, category))
            sum = sum ? *sum + *amount : *amount;
    return sum ? sum : exact_sum(eob.header_adjudications, category);
}

NetworkStatus network_of(Eob const& eob) {
    for (auto const status : {eob.payment_network, eob.billing_network, eob.rendering_network})
        if (status != NetworkStatus::Unknown)
            return status;
    if (eob.lines.empty())
        return NetworkStatus::Unknown;
    auto const first = eob.lines.front().provider_network;
    bool const alike = std::all_of(eob.lines.begin(), eob.lines.end(),
                                   [&](EobLine const& line) { return line.provider_network == first; });
    return alike ? first : NetworkStatus::Unknown;
}

EobFacts facts_of(Eob const& eob) {
    EobFacts facts;
    facts.id = eob.id;
    facts.patient = eob.patient;
    facts.claim_number = eob.claim_number;
    facts.kind = eob.kind;
    facts.service = eob.service;
    facts.decided = eob.created;
    facts.network = network_of(eob);
    facts.coverages = eob.coverages;
    facts.replaces = eob.replaces;
    facts.replaced_by = eob.replaced_by;
    facts.in_effect = eob.use_is_claim && eob.status == EobStatus::Active &&
                      eob.outcome != ClaimOutcome::Queued && eob.outcome != ClaimOutcome::Error;
    facts.submitted = exact_amount(eob, Submitted);
    if (!facts.submitted)
        facts.submitted = exact_amount(eob, DrugCost);
    facts.is_reversal = facts.submitted && facts.submitted->is_negative();
    facts.paid = any_above_zero(eob);
    facts.deductible = exact_amount(eob, Deductible);
    facts.out_of_pocket = exact_out_of_pocket(eob);
    facts.same_service_key = same_service_key(eob);
    return facts;
}

void mark_counted(std::vector<EobFacts>& all) {
    std::unordered_map<EobId, EobFacts*> by_id;
    for (auto& facts : all)
        by_id[facts.id] = &facts;
    auto const find = [&](std::optional<EobId> const& id) -> EobFacts* {
        auto const at = id ? by_id.find(*id) : by_id.end();
        return at == by_id.end() ? nullptr : at->second;
    };

    for (auto& facts : all) {
        auto const* newer = find(facts.replaced_by);
        // Who says "replaced" is believed when the newer one is not here; a reversal here only takes it back.
        bool const replaced = facts.replaced_by && (!newer || (newer->in_effect && !newer->is_reversal));
        facts.counted = facts.in_effect && !facts.is_reversal && !replaced;
    }
    for (auto const& facts : all)
        if (facts.in_effect && !facts.is_reversal)
            if (auto* older = find(facts.replaces); older && older->id != facts.id)
                older->counted = false;
    for (auto& facts : all) {
        if (!facts.is_reversal || !facts.in_effect)
            continue;
        auto const* reversed = find(facts.replaces);
        facts.counted = reversed != nullptr && reversed->counted;
    }
}

bool decided_before(EobFacts const& a, EobFacts const& b) {
    return a.decided != b.decided ? a.decided < b.decided : a.id < b.id;
}

} // namespace portico
