#include "agent/screens/sample_desk.h"

namespace portico::agent::sample {

namespace {

Adjudication amount(AmountCategory category, std::int64_t cents) {
    return {.category = category,
            .amount = Decimal::from_cents(cents),
            .currency = "USD",
            .reason = {},
            .source = {}};
}

std::string eob_id(int number) {
    return "eob-" + std::to_string(number);
}

EobSummary summary(int number, char const* provider, Date day, std::int64_t owed) {
    EobSummary row;
    row.id = EobId(eob_id(number));
    row.claim_number = "CLM-" + std::to_string(4200 + number);
    row.patient_given_name = "Alex Jordan";
    row.provider_name = provider;
    row.kind = ClaimKind::Professional;
    row.outcome = ClaimOutcome::Complete;
    row.service_start = day;
    row.flow.member_share = Money{owed};
    return row;
}

std::vector<EobSummary> some_claims() {
    std::vector<EobSummary> rows{summary(0, "Riverside Sample Clinic", {2026, 3, 3}, 8600),
                                 summary(1, "Placeholder Regional Hospital", {2026, 2, 24}, 0),
                                 summary(2, "", {2026, 2, 11}, 2500),
                                 summary(3, "Example Dental", {2026, 1, 30}, 4500),
                                 summary(4, "Test Square Pharmacy", {2025, 12, 9}, 1000)};
    rows[0].finding_count = 1;
    rows[1].outcome = ClaimOutcome::Queued;
    rows[1].flow.member_share.reset();
    rows[2].replaced = true;
    rows[3].status = EobStatus::Cancelled;
    return rows;
}

EobLine line(int sequence, char const* what, std::int64_t asked, std::int64_t share) {
    EobLine out;
    out.sequence = sequence;
    out.service = {.system = {}, .code = std::to_string(99000 + sequence), .display = what};
    out.adjudications = {amount(AmountCategory::Submitted, asked),
                         amount(AmountCategory::Eligible, asked * 6 / 10),
                         amount(AmountCategory::Benefit, asked * 6 / 10 - share),
                         amount(AmountCategory::MemberLiability, share)};
    return out;
}

Finding duplicate() {
    Finding finding;
    finding.kind = FindingKind::DuplicateLine;
    finding.line_sequences = {2, 3};
    finding.amounts = {{"counted", Money{20000}}};
    finding.share_if_corrected = Money{6300};
    return finding;
}

api::ReasonText reason(char const* code, char const* english, char const* spanish) {
    return {.code = {.system = "https://x12.org/codes/claim-adjustment-reason-codes",
                     .code = code,
                     .display = {}},
            .text_en = english,
            .text_es = spanish};
}

api::EobDetail detail() {
    api::EobDetail made;
    auto& eob = made.eob;
    eob.id = EobId(eob_id(0));
    eob.claim_number = "CLM-4200";
    eob.kind = ClaimKind::Professional;
    eob.outcome = ClaimOutcome::Complete;
    eob.service = {{2026, 3, 3}, {2026, 3, 3}};
    eob.provider.name = "Riverside Sample Clinic";
    eob.lines = {line(1, "Office visit", 22000, 4000), line(2, "Blood test panel", 10000, 2300),
                 line(3, "Blood test panel", 10000, 2300)};
    eob.totals = {amount(AmountCategory::Submitted, 42000),  amount(AmountCategory::Discount, 14200),
                  amount(AmountCategory::Benefit, 19200),    amount(AmountCategory::Copay, 4000),
                  amount(AmountCategory::Coinsurance, 4600), amount(AmountCategory::MemberLiability, 8600)};
    made.findings = {duplicate()};
    made.patient_given_name = "Alex Jordan";
    made.timeline = {
        {"service", {2026, 3, 3}}, {"received", {2026, 3, 5}}, {"decided", {2026, 3, 8}}, {"next", {}}};
    made.reasons = {
        reason("45", "The price is above our agreed price.", "El precio pasa de nuestro precio acordado."),
        reason("Z917", "", "")};
    return made;
}

Cases with_claims(std::vector<EobSummary> claims = some_claims(), int total = 5) {
    auto made = verified();
    made.at_hand->claims = std::make_unique<ClaimsAtHand>();
    auto& shown = *made.at_hand->claims;
    shown.claims = std::move(claims);
    shown.total_count = total;
    shown.read = true;
    return made;
}

Cases reading() {
    auto made = with_claims({}, 0);
    made.at_hand->claims->read = false;
    return made;
}

std::vector<EobSummary> a_page() {
    constexpr int page_size = 50;
    auto rows = some_claims();
    for (int i = 5; i < page_size; ++i)
        rows.push_back(summary(i, "Riverside Sample Clinic", {2025, 11, 51 - i > 30 ? 30 : 51 - i},
                               std::int64_t{100} * i));
    return rows;
}

void lists_of_claims(Collection& c) {
    c.add(rep(), with_claims(), "claims");
    auto waiting = reading();
    waiting.at_hand->claims->page.request = 7;
    c.add(rep(), std::move(waiting), "claims_loading");
    c.add(rep(), with_claims({}, 0), "claims_none");
    auto failed_first = reading();
    failed_first.at_hand->claims->page.failure = error(ErrorKind::Unavailable, "central_unreachable");
    c.add(rep(), std::move(failed_first), "claims_unread");
    c.add(offline(rep()), reading(), "claims_unread_offline");
    c.add(offline(rep()), with_claims(), "claims_offline");
    auto more = with_claims(a_page(), 132);
    more.at_hand->claims->next_cursor = "older";
    c.add(rep(), std::move(more), "claims_fifty");
    auto older = with_claims(some_claims(), 132);
    older.at_hand->claims->next_cursor = "older";
    older.at_hand->claims->page.request = 7;
    c.add(rep(), std::move(older), "claims_older");
    auto changed = with_claims(some_claims(), 132);
    changed.at_hand->claims->next_cursor = "older";
    changed.at_hand->claims->page.failure = error(ErrorKind::InvalidInput, "cursor_invalid");
    c.add(rep(), std::move(changed), "claims_changed");
    auto over = with_member();
    over.at_hand->item.check = "confirmed";
    over.said = {ui::Msg("case_problem.verification_needed"), false};
    c.add(rep(), std::move(over), "claims_proof_over");
}

Cases with_eob(std::optional<api::EobDetail> eob) {
    auto made = with_claims();
    made.at_hand->claims->opened = eob_id(0);
    made.at_hand->claims->eob.value = std::move(eob);
    return made;
}

void eobs(Collection& c) {
    c.add(rep(), with_eob(detail()), "eob");
    auto answered = detail();
    answered.answered_findings = {"duplicate_line"};
    answered.eob.lines[1].denied = true;
    answered.eob.notes = {"Sample note of the payer."};
    c.add(rep(), with_eob(std::move(answered)), "eob_answered");
    api::EobDetail bare;
    bare.eob.id = EobId(eob_id(0));
    bare.eob.claim_number = "CLM-4200";
    bare.eob.outcome = ClaimOutcome::Queued;
    c.add(rep(), with_eob(std::move(bare)), "eob_bare");
    auto waiting = with_eob(std::nullopt);
    waiting.at_hand->claims->eob.request = 7;
    c.add(rep(), std::move(waiting), "eob_loading");
    c.add(offline(rep()), with_eob(std::nullopt), "eob_unread_offline");
    auto gone = with_eob(std::nullopt);
    gone.at_hand->claims->eob.failure = error(ErrorKind::NotFound, "eob_not_found");
    c.add(rep(), std::move(gone), "eob_gone");
}

} // namespace

Cases with_first_eob() {
    return with_eob(detail());
}

void claims_screens(Collection& c) {
    lists_of_claims(c);
    eobs(c);
    eob_views(c);
}

} // namespace portico::agent::sample
