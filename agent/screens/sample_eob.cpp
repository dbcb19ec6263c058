#include "agent/screens/sample_desk.h"

namespace portico::agent::sample {

namespace {

AccumulatorThen figure(AccumulatorKind kind, AccumulatorScope scope, std::int64_t limit, std::int64_t before,
                       std::int64_t after) {
    return {kind, scope, true, Money{limit}, Money{before}, Money{after}, {{2026, 1, 1}, {2026, 12, 31}}};
}

std::vector<AccumulatorThen> figures() {
    using enum AccumulatorKind;
    using enum AccumulatorScope;
    return {figure(Deductible, Individual, 150000, 60000, 60000),
            figure(Deductible, Family, 300000, 114000, 114000),
            figure(OutOfPocket, Individual, 600000, 78000, 86600),
            figure(OutOfPocket, Family, 1200000, 140000, 148600)};
}

/// The one that the EOB at hand replaced: another share, one line fewer, another network.
Eob earlier(Eob eob) {
    eob.id = EobId("eob-before");
    eob.status = EobStatus::Cancelled;
    eob.created = {2026, 3, 6};
    eob.replaced_by = EobId("eob-0");
    eob.billing_network = NetworkStatus::OutOfNetwork;
    eob.lines.pop_back();
    for (auto& entry : eob.totals)
        if (entry.category == AmountCategory::MemberLiability)
            entry.amount = Decimal::from_cents(10850);
    return eob;
}

api::EobReview review(Eob const& eob) {
    api::EobReview made;
    made.eob = eob.id;
    made.version_count = 2;
    auto const before = earlier(eob);
    made.versions = {{1, before, {}}, {2, eob, changes_between(before, eob)}};
    made.accumulators = figures();
    made.directory_today = NetworkStatus::OutOfNetwork;
    made.directory_since.start = {2026, 7, 1};
    return made;
}

/// As a claim system fills it: codes of all kinds, and an amount without a category of ours.
void fill(Eob& eob) {
    eob.created = {2026, 3, 8};
    eob.received = {2026, 3, 5};
    eob.paid_on = {2026, 3, 12};
    eob.payment_amount = Decimal::from_cents(19200);
    eob.provider.npi = "1234567893";
    eob.payee_type = "provider";
    eob.billing_network = eob.payment_network = NetworkStatus::InNetwork;
    eob.disposition = "Processed";
    eob.diagnoses = {{"http://hl7.org/fhir/sid/icd-10-cm", "Z00.00", "General examination"}};
    eob.notes = {"Sample note of the payer."};
    auto& line = eob.lines.front();
    line.service.system = "http://www.ama-assn.org/go/cpt";
    line.modifiers = {{"http://www.ama-assn.org/go/cpt", "25", ""}};
    line.place_of_service = {"https://www.cms.gov/Medicare/Coding/place-of-service-codes", "11", "Office"};
    line.quantity = Decimal::parse("1").value();
    line.serviced = eob.service;
    line.provider_network = NetworkStatus::InNetwork;
    Adjudication other;
    other.amount = Decimal::parse("1.2345").value();
    other.source = {"https://payer.example.org/amounts", "withhold", "Provider withhold"};
    other.reason = {"https://x12.org/codes/claim-adjustment-reason-codes", "45", ""};
    line.adjudications.push_back(other);
}

Cases with_review(EobView view = EobView::AsMember) {
    auto made = with_first_eob();
    auto& claims = *made.at_hand->claims;
    fill(claims.eob.value->eob);
    claims.review.value = review(claims.eob.value->eob);
    claims.newer = 1;
    claims.view = view;
    return made;
}

Cases spoken_to(char const* language, bool in_members_language) {
    auto made = with_review(EobView::ReadAloud);
    made.at_hand->member.value->language = language;
    made.at_hand->claims->in_members_language = in_members_language;
    return made;
}

void figures_of_then(Collection& c) {
    c.add(rep(), with_review(), "eob_then");
    auto unknown = with_review();
    unknown.at_hand->claims->review.value->accumulators.clear();
    unknown.at_hand->claims->review.value->directory_today = NetworkStatus::Unknown;
    c.add(rep(), std::move(unknown), "eob_then_unknown");
    auto unread = with_review();
    unread.at_hand->claims->review.value.reset();
    unread.at_hand->claims->review.failure = error(ErrorKind::Unavailable, "central_unreachable");
    c.add(rep(), std::move(unread), "eob_then_unread");
}

void versions(Collection& c) {
    c.add(rep(), with_review(EobView::Versions), "eob_versions");
    auto only = with_review(EobView::Versions);
    auto& alone = *only.at_hand->claims;
    alone.review.value->versions.erase(alone.review.value->versions.begin());
    alone.review.value->version_count = 1;
    alone.newer = 0;
    c.add(rep(), std::move(only), "eob_versions_only");
    auto many = with_review(EobView::Versions);
    many.at_hand->claims->review.value->version_count = 60;
    many.at_hand->claims->review.value->versions[1].changes.clear();
    c.add(rep(), std::move(many), "eob_versions_many");
    auto unread = with_review(EobView::Versions);
    unread.at_hand->claims->review.value.reset();
    unread.at_hand->claims->newer = 0;
    c.add(offline(rep()), std::move(unread), "eob_versions_unread_offline");
}

} // namespace

void eob_views(Collection& c) {
    figures_of_then(c);
    c.add(rep(), with_review(EobView::AsSystem), "eob_system");
    versions(c);
    c.add(rep(), spoken_to("es", false), "eob_aloud");
    c.add(rep(), spoken_to("es", true), "eob_aloud_spanish");
    c.add(rep(), spoken_to("ar", true), "eob_aloud_arabic");
    c.add(rep(), spoken_to("km", true), "eob_aloud_no_language");
}

} // namespace portico::agent::sample
