#include "tests/documents/support/samples.h"
#include "tests/support/places.h"

namespace portico::documents::test {

Texts texts(DocumentLanguage language) {
    return Texts::load(std::filesystem::path(portico::test::source_dir()) / "assets", language).value();
}

IdCard sample_card() {
    using Kind = AccumulatorKind;
    using Scope = AccumulatorScope;
    IdCard card;
    card.plan_name = "Sample Health Plan";
    card.product_name = "Silver PPO";
    card.issuer_id = "80840012345677";
    card.member = {"Alex", "Sample"};
    card.member_id = "SHP-0000-0042-01";
    card.dependant_number = "01";
    card.subscriber_name = "Morgan Sample";
    card.dependants = {"Jamie", "Robin"};
    card.group = "TEST-0007";
    card.rx_bin = "000000";
    card.rx_pcn = "TESTPCN";
    card.rx_group = "TESTGRP";
    card.rx_id = "RX0000004201";
    card.copays = {{"primary_care", {25'00}, true}, {"specialist", {40'00}, true},
                   {"urgent_care", {60'00}, true},  {"emergency", {250'00}, true},
                   {"rx", {10'00}, true},           {"rx", {35'00}, true},
                   {"rx", {60'50}, true},           {"specialist", {90'00}, false}};
    card.limits = {{Kind::Deductible, Scope::Individual, true, {1'500'00}},
                   {Kind::Deductible, Scope::Family, true, {3'000'00}},
                   {Kind::Deductible, Scope::Individual, false, {3'500'00}},
                   {Kind::Deductible, Scope::Family, false, {7'000'00}},
                   {Kind::OutOfPocket, Scope::Individual, true, {6'000'00}},
                   {Kind::OutOfPocket, Scope::Family, true, {12'000'00}},
                   {Kind::OutOfPocket, Scope::Individual, false, {12'500'00}},
                   {Kind::OutOfPocket, Scope::Family, false, {25'000'00}}};
    card.issued = {2026, 3, 12};
    card.card_number = "0019-5A7C-42";
    card.service_phone = "800-555-0100";
    card.web = "sample.example.org";
    card.claims_address = "Sample Health Plan Claims, PO Box 100, Testville, CT 06500";
    return card;
}

CardSymbols sample_symbols() {
    return {"PTC1|80840012345677|SHP-0000-0042-01|SAMPLE/ALEX|01|19800101|0019-5A7C-42|73",
            "https://sample.example.org/card",
            {2027, 3, 12}};
}

Adjudication amount(AmountCategory category, std::string_view decimal, std::string_view reason) {
    Adjudication out;
    out.category = category;
    if (!decimal.empty())
        out.amount = Decimal::parse(decimal).value();
    if (!reason.empty())
        out.reason = {"https://x12.org/codes/claim-adjustment-reason-codes", std::string(reason), ""};
    return out;
}

EobLetter sample_letter() {
    using enum AmountCategory;
    EobLetter letter;
    auto& eob = letter.eob;
    eob.id = EobId("sample-eob-1");
    eob.claim_number = "TEST-CLAIM-0001";
    eob.kind = ClaimKind::Professional;
    eob.outcome = ClaimOutcome::Complete;
    eob.created = {2026, 3, 10};
    eob.paid_on = {2026, 3, 12};
    eob.service = {{2026, 3, 3}, {2026, 3, 3}};
    eob.provider = {"Organization/sample", "Riverside Sample Clinic", "1234567893"};
    auto const line = [](int sequence, Code service, std::vector<Adjudication> adjudications) {
        EobLine out;
        out.sequence = sequence;
        out.service = std::move(service);
        out.serviced = {{2026, 3, 3}, {}};
        out.adjudications = std::move(adjudications);
        return out;
    };
    eob.lines = {
        line(1, {"cpt", "99213", "Office visit"},
             {amount(Submitted, "220.00"), amount(Eligible, "142.00", "CO-45"), amount(Deductible, "0.00"),
              amount(Copay, "40.00", "PR-3"), amount(Benefit, "102.00"), amount(MemberLiability, "40.00")}),
        line(2, {"cpt", "80053", "Blood test panel"},
             {amount(Submitted, "100.00"), amount(Eligible, "68.00", "CO-45"), amount(Deductible, "0.00"),
              amount(Coinsurance, "23.00", "PR-2"), amount(Benefit, "45.00"),
              amount(MemberLiability, "23.00")}),
        line(3, {"cpt", "80053", "Blood test panel"},
             {amount(Submitted, "100.00"), amount(Eligible, "68.00", "ZZ9"), amount(Deductible, "0.00"),
              amount(Coinsurance, "23.00", "PR-2"), amount(Benefit, "45.00"),
              amount(MemberLiability, "23.00")})};
    eob.totals = {amount(Submitted, "420.00"), amount(Eligible, "278.00"),      amount(Discount, "142.00"),
                  amount(Copay, "40.00"),      amount(Coinsurance, "46.00"),    amount(Deductible, "0.00"),
                  amount(Benefit, "192.00"),   amount(MemberLiability, "86.00")};
    eob.notes = {"The provider agreed to the plan's price for this service."};
    letter.plan_name = "Sample Health Plan";
    letter.product_name = "Silver PPO";
    letter.member_name = "Alex Sample";
    letter.patient_name = "Alex";
    letter.member_id = "SHP-0000-0042-01";
    letter.group = "TEST-0007";
    letter.mail_to = {{"12 Sample Street", "Apt 3"}, "Testville", "CT", "06500"};
    Period const year{{2026, 1, 1}, {2026, 12, 31}};
    letter.accumulators = {
        {AccumulatorKind::Deductible, AccumulatorScope::Individual, true, {1'500'00}, {1'500'00}, year},
        {AccumulatorKind::Deductible, AccumulatorScope::Family, true, {3'000'00}, {1'620'00}, year},
        {AccumulatorKind::OutOfPocket, AccumulatorScope::Individual, true, {6'000'00}, {2'140'00}, year},
        {AccumulatorKind::OutOfPocket, AccumulatorScope::Family, false, {25'000'00}, {0}, year}};
    Finding finding;
    finding.kind = FindingKind::DuplicateLine;
    finding.eob = eob.id;
    finding.line_sequences = {2, 3};
    finding.amounts = {{"counted", {100'00}}};
    finding.share_if_corrected = Money{63'00};
    letter.findings = {finding};
    letter.appeal.address = "Sample Health Plan Appeals, PO Box 200, Testville, CT 06500";
    letter.service_phone = "800-555-0100";
    letter.web = "sample.example.org";
    letter.printed = {2026, 3, 14};
    return letter;
}

ProviderListing sample_provider(int number) {
    ProviderListing out;
    auto const text = std::to_string(number);
    out.id = "role-" + text + "/location-" + text;
    out.name = "Dr. Robin Example-" + text;
    out.npi = "1234567893";
    out.specialties = {"Pediatrics", "Family medicine"};
    out.address = text + " Sample Street";
    out.city = "Testville";
    out.state = "CT";
    out.zip5 = "06500";
    out.phone = "203-555-0123";
    out.accepting = static_cast<AcceptingPatients>(number % 5);
    out.languages = {"en", "es"};
    out.accessibility = {"Ramp", "Elevator"};
    return out;
}

ProviderList sample_list(int count) {
    ProviderList list;
    list.plan_name = "Sample Health Plan";
    list.searched_for = "Pediatrics near 06500";
    for (int number = 1; number <= count; ++number)
        list.providers.push_back(sample_provider(number));
    list.found_count = list.providers.size();
    list.directory_date = {2026, 3, 12};
    list.service_phone = "800-555-0100";
    list.web = "sample.example.org";
    return list;
}

} // namespace portico::documents::test
