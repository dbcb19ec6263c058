#pragma once

#include "shared/domain/eob.h"

#include <string>
#include <vector>

/// Short ways to write an EOB down in a test.
namespace portico::test {

inline Decimal dec(std::string_view text) {
    return Decimal::parse(text).value();
}
inline Date on(std::string_view text) {
    return Date::parse(text).value();
}
inline Adjudication amount(AmountCategory category, std::string_view text) {
    Adjudication out;
    out.category = category;
    out.amount = dec(text);
    return out;
}
inline Adjudication reason(std::string code) {
    Adjudication out;
    out.reason = {"https://x12.org/codes/claim-adjustment-reason-codes", std::move(code), ""};
    return out;
}
inline EobLine line(int sequence, std::string code, std::vector<Adjudication> entries) {
    EobLine out;
    out.sequence = sequence;
    out.service = {"http://www.ama-assn.org/go/cpt", std::move(code), ""};
    out.serviced = {on("2025-03-10"), on("2025-03-10")};
    out.quantity = dec("1");
    out.adjudications = std::move(entries);
    return out;
}

/// A paid office visit: charge 200, allowed 150, copay 25, deductible 0, plan paid 125.
inline Eob visit(std::string id = "eob-1", std::string_view day = "2025-03-10") {
    using enum AmountCategory;
    Eob eob;
    eob.id = EobId(id);
    eob.patient = PatientId("alex");
    eob.claim_number = "claim-" + id;
    eob.kind = ClaimKind::Professional;
    eob.outcome = ClaimOutcome::Complete;
    eob.service = {on(day), on(day)};
    eob.created = date_from_day_number(day_number(on(day)) + 7);
    eob.provider = {"Organization/clinic", "Clinic", "1234567893"};
    eob.billing_network = eob.payment_network = NetworkStatus::InNetwork;
    std::vector<Adjudication> const figures{amount(Submitted, "200"), amount(Eligible, "150"),
                                            amount(Discount, "50"),   amount(Deductible, "0"),
                                            amount(Copay, "25"),      amount(Benefit, "125")};
    eob.lines = {line(1, "99213", figures)};
    eob.lines[0].serviced = eob.service;
    eob.totals = figures;
    return eob;
}

/// Puts another amount in place of a category's.
inline void set(std::vector<Adjudication>& entries, AmountCategory category, std::string_view text) {
    for (auto& entry : entries)
        if (entry.category == category) {
            entry.amount = dec(text);
            return;
        }
    entries.push_back(amount(category, text));
}

} // namespace portico::test
