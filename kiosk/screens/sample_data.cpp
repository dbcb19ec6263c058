#include "kiosk/screens/sample_data.h"

namespace portico::kiosk::sample {

namespace {

Decimal cents(std::int64_t amount) {
    return Decimal::from_cents(amount);
}

Adjudication amount(AmountCategory category, std::int64_t value) {
    return {.category = category, .amount = cents(value), .currency = "USD", .reason = {}, .source = {}};
}

EobSummary summary(std::string id, std::string who, std::string provider, Date day, std::int64_t discount,
                   std::int64_t plan, std::int64_t you) {
    EobSummary row;
    row.id = EobId(std::move(id));
    row.claim_number = "CLM-" + row.id.text();
    row.patient_given_name = std::move(who);
    row.provider_name = std::move(provider);
    row.kind = ClaimKind::Professional;
    row.outcome = ClaimOutcome::Complete;
    row.service_start = day;
    row.flow = {.asked = Money{discount + plan + you},
                .discount = Money{discount},
                .plan_paid = Money{plan},
                .other_insurance = {},
                .member_share = Money{you},
                .adds_up = true};
    return row;
}

EobLine line(int sequence, std::string what, std::int64_t asked, std::int64_t share) {
    EobLine out;
    out.sequence = sequence;
    out.service = {.system = {}, .code = std::to_string(99000 + sequence), .display = std::move(what)};
    out.adjudications = {amount(AmountCategory::Submitted, asked),
                         amount(AmountCategory::MemberLiability, share)};
    return out;
}

ProviderListing listing(std::string id, std::string name, std::string specialty, std::string street,
                        std::string phone, AcceptingPatients accepting) {
    ProviderListing out;
    out.id = std::move(id);
    out.name = std::move(name);
    out.specialties = {std::move(specialty)};
    out.address = std::move(street);
    out.city = "Testville";
    out.state = "MA";
    out.zip5 = "02999";
    out.phone = std::move(phone);
    out.network_ids = {"sample-network"};
    out.accepting = accepting;
    out.languages = {"en", "es"};
    return out;
}

PlanCopay copay(std::string service, std::int64_t value) {
    return {.service = std::move(service), .amount = Money{value}, .in_network = true};
}

} // namespace

App kiosk() {
    App app;
    app.facts.sound = true;
    app.facts.voices = {"en", "es", "ar"};
    app.facts.plan_name = "Sample Health Plan";
    app.facts.terminal_id = "01900000-0000-7000-8000-00000000cafe";
    app.facts.online = client::Online::Yes;
    app.facts.barcode = BarcodeReaderReady{};
    app.facts.card_printer = {.state = PrinterReady{}, .supply_percent = 80, .output = PrinterOutput::Taken};
    app.facts.letter_printer = {
        .state = PrinterReady{}, .supply_percent = {}, .output = PrinterOutput::Taken};
    app.facts.today = {2026, 3, 12};
    app.facts.contact_ways = {{"1", "phone", "Member services", "Servicio al miembro", "800-555-0100"},
                              {"2", "hours", "Open", "Abierto", "Mon-Fri 8-18"},
                              {"3", "web", "On the web", "En la web", "sample.example"},
                              {"4", "address", "Write to us", "Escríbanos", "1 Sample Way, Testville MA"}};
    return app;
}

App signed_in() {
    App app = kiosk();
    app.session.token = "sample-token";
    app.session.assurance = Assurance::TwoFactors;
    app.session.given_name = "Alex";
    app.session.member_id_end = "0042";
    app.session.step_up_ways = {"security_key", "chip_card"};
    app.session.network_ids = {"sample-network"};
    return app;
}

api::Home home() {
    api::Home home;
    home.name = {"Alex", "Sample"};
    home.member_id_end = "0042";
    home.covered_today = true;
    Coverage coverage;
    coverage.plan_name = "Sample Silver PPO";
    home.coverage = coverage;
    home.claim_count = 14;
    home.look_again_count = 1;
    home.look_again = summary("03", "Alex", "Riverside Sample Clinic", {2026, 3, 3}, 14200, 19200, 8600);
    Period const year{{2026, 1, 1}, {2026, 12, 31}};
    home.accumulators = {
        {AccumulatorKind::Deductible, AccumulatorScope::Individual, true, Money{150000}, Money{114000}, year},
        {AccumulatorKind::OutOfPocket, AccumulatorScope::Individual, true, Money{600000}, Money{231000},
         year}};
    return home;
}

api::ClaimsPage claims() {
    api::ClaimsPage page;
    auto pharmacy = summary("01", "Alex", "Sample Pharmacy", {2026, 3, 9}, 0, 0, 0);
    pharmacy.outcome = ClaimOutcome::Queued;
    pharmacy.flow = {};
    auto flagged = summary("03", "Alex", "Riverside Sample Clinic", {2026, 3, 3}, 14200, 19200, 8600);
    flagged.finding_count = 1;
    auto replaced = summary("06", "Alex", "Testwell Urgent Care", {2025, 12, 2}, 5000, 9000, 4000);
    replaced.replaced = true;
    page.claims = {pharmacy,
                   flagged,
                   summary("04", "Jamie", "Dr. Minh Example", {2026, 2, 20}, 8000, 18000, 4000),
                   summary("05", "Alex", "Sample Eye Center", {2026, 2, 2}, 6000, 12000, 0),
                   summary("07", "Robin", "Testwell Urgent Care", {2026, 1, 14}, 12000, 16000, 7500),
                   replaced};
    page.total_count = 14;
    page.look_again_count = 1;
    page.in_progress_count = 2;
    page.done_count = 11;
    return page;
}

api::EobDetail eob() {
    api::EobDetail detail;
    auto& eob = detail.eob;
    eob.id = EobId("03");
    eob.claim_number = "CLM-03";
    eob.kind = ClaimKind::Professional;
    eob.outcome = ClaimOutcome::Complete;
    eob.service = {{2026, 3, 3}, {2026, 3, 3}};
    eob.paid_on = {2026, 3, 10};
    eob.provider.name = "Riverside Sample Clinic";
    eob.lines = {line(1, "Office visit", 22000, 4000), line(2, "Blood test panel", 10000, 2300),
                 line(3, "Blood test panel", 10000, 2300)};
    eob.totals = {amount(AmountCategory::Submitted, 42000), amount(AmountCategory::Discount, 14200),
                  amount(AmountCategory::Benefit, 19200), amount(AmountCategory::MemberLiability, 8600)};
    Finding finding;
    finding.kind = FindingKind::DuplicateLine;
    finding.eob = eob.id;
    finding.line_sequences = {2, 3};
    finding.amounts = {{"counted", Money{20000}}};
    finding.share_if_corrected = Money{6300};
    detail.findings = {finding};
    detail.patient_given_name = "Alex";
    detail.timeline = {{"service", {2026, 3, 3}},
                       {"received", {2026, 3, 5}},
                       {"decided", {2026, 3, 8}},
                       {"paid", {2026, 3, 10}}};
    detail.reasons = {{.code = {.system = "https://x12.org/codes/claim-adjustment-reason-codes",
                                .code = "45",
                                .display = {}},
                       .text_en = "The price is above our agreed price.",
                       .text_es = "El precio pasa de nuestro precio acordado."}};
    return detail;
}

api::IdCardReply card() {
    api::IdCardReply reply;
    auto& card = reply.card;
    card.plan_name = "Sample Health Plan";
    card.product_name = "Silver PPO";
    card.issuer_id = "80840000000002";
    card.member = {"Alex", "Sample"};
    card.member_id = "SHP-0000-0042-01";
    card.group = "TEST-0007";
    card.subscriber_name = "Alex Sample";
    card.dependants = {"Jamie", "Robin"};
    card.rx_bin = "000000";
    card.rx_pcn = "TESTPCN";
    card.rx_group = "TESTGRP";
    card.rx_id = "SHP0000004201";
    card.copays = {copay("primary_care", 2500), copay("specialist", 4000), copay("urgent_care", 6000),
                   copay("emergency", 25000), copay("rx", 1000)};
    using Scope = AccumulatorScope;
    for (bool const in_network : {true, false}) {
        std::int64_t const times = in_network ? 1 : 2;
        auto const limit = [&](AccumulatorKind kind, Scope scope, std::int64_t value) {
            card.limits.push_back({kind, scope, in_network, Money{value * times}});
        };
        limit(AccumulatorKind::Deductible, Scope::Individual, 150000);
        limit(AccumulatorKind::Deductible, Scope::Family, 300000);
        limit(AccumulatorKind::OutOfPocket, Scope::Individual, 600000);
        limit(AccumulatorKind::OutOfPocket, Scope::Family, 1200000);
    }
    card.issued = {2026, 3, 12};
    card.card_number = "SAMPLE0001";
    card.service_phone = "800-555-0100";
    card.web = "sample.example";
    card.claims_address = "Sample Health Plan Claims, 1 Sample Way, Testville, MA 02999";
    reply.last_issued_on = "2025-11-02";
    return reply;
}

client::ProvidersFound doctors() {
    client::ProvidersFound found;
    found.providers = {{listing("1", "Dr. Rosa Example", "Family medicine", "12 Sample Street",
                                "617-555-0116", AcceptingPatients::Yes),
                        0.4},
                       {listing("2", "Dr. Minh Testperson", "Family medicine", "400 Example Avenue",
                                "617-555-0120", AcceptingPatients::Yes),
                        0.9},
                       {listing("3", "Sampleton Health Center", "Family medicine", "8 Demo Square",
                                "617-555-0123", AcceptingPatients::WaitingList),
                        1.3}};
    found.found_count = 23;
    return found;
}

api::ContactDetails contact() {
    return {.address = {.lines = {"12 Sample Street", "Apt 3"},
                        .city = "Testville",
                        .state = "MA",
                        .zip = "02999"},
            .phone = "617-555-0142",
            .email = "alex@example.org",
            .change_waits = false};
}

api::Credentials credentials() {
    return {.username = "alex.sample",
            .credentials = {{"1", "security_key", "Blue key", "2026-01-05", "2026-03-02"},
                            {"2", "chip_card", "Work card", "2025-06-11", ""},
                            {"3", "password", "", "2025-06-11", "2026-02-14"},
                            {"4", "pin", "", "2025-06-11", ""},
                            {"5", "printed_card", "", "2025-06-11", "2026-03-02"}}};
}

api::TotpBegun code_app() {
    return {.secret_base32 = Secret("SAMPLEONLYSAMPLEONLYSAMPLEONLYAA"),
            .uri = Secret("otpauth://totp/Sample%20Health%20Plan:alex.sample"
                          "?secret=SAMPLEONLYSAMPLEONLYSAMPLEONLYAA&issuer=Sample%20Health%20Plan"
                          "&algorithm=SHA1&digits=6&period=30")};
}

api::OpenCalls open_calls(std::vector<char const*> const& how) {
    static constexpr char const* words[] = {"piano", "taxi", "kangaroo", "orchestra"};
    api::OpenCalls made;
    for (auto const* each : how) {
        auto const at = 2 * made.calls.size();
        made.calls.push_back({{words[at], words[at + 1]}, each});
    }
    return made;
}

api::CallCheck call_check() {
    return {.check = "sample-check", .numbers = {"47", "12", "83", "59", "20", "66"}, .expires_in_s = 120};
}

api::Requests requests() {
    return {.requests = {{"1", OperationKind::DisputeFinding, OperationState::Waiting, "2026-03-12T14:00:00Z",
                          "", "CLM-03", "", false, true},
                         {"2", OperationKind::RequestMailedCard, OperationState::Applied,
                          "2026-02-02T10:00:00Z", "", ""},
                         {"3", OperationKind::ChangeContactDetails, OperationState::Refused,
                          "2026-01-20T09:00:00Z", "changed_meanwhile", ""}}};
}

api::Messages messages() {
    return {.messages = {
                {"7", "2026-03-12T16:20:00Z",
                 "We have asked the clinic about your two blood tests.\n\nYou need not pay this claim "
                 "before we have their answer. We write again within ten days.",
                 ""},
                {"5", "2026-02-02T10:05:00Z", "Your new ID card went out today.", "2026-02-03T09:00:00Z"}}};
}

api::Requests requests_on_hold() {
    auto with_hold = requests();
    with_hold.requests.insert(with_hold.requests.begin(),
                              {"4", OperationKind::ChangeContactDetails, OperationState::Waiting,
                               "2026-03-12T15:00:00Z", "", "address", "2026-03-13T15:00:00Z", true});
    with_hold.requests.back().state = OperationState::Withdrawn;
    return with_hold;
}

} // namespace portico::kiosk::sample
