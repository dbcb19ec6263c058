#include "shared/domain/directory.h"
#include "shared/domain/eob.h"
#include "shared/domain/finding.h"
#include "shared/domain/operation.h"
#include "tests/support/catch.h"

using namespace portico;
using enum AmountCategory;

namespace {
Adjudication amount(AmountCategory category, std::string_view text, std::string currency = "USD") {
    Adjudication out;
    out.category = category;
    out.amount = Decimal::parse(text).value();
    out.currency = std::move(currency);
    return out;
}
EobLine line(std::vector<Adjudication> entries) {
    EobLine out;
    out.adjudications = std::move(entries);
    return out;
}
} // namespace

TEST_CASE("eob: a stated total goes before the sum of the lines") {
    Eob eob;
    eob.lines = {line({amount(Submitted, "100.10")}), line({amount(Submitted, "50")})};
    CHECK(stated_amount(eob, Submitted) == Money{15010});
    eob.totals = {amount(Submitted, "999.99")};
    CHECK(stated_amount(eob, Submitted) == Money{99999});
    CHECK_FALSE(stated_amount(eob, Benefit));
}

TEST_CASE("eob: each amount is rounded before it is summed, and only dollars count") {
    Eob eob;
    eob.lines = {line({amount(Coinsurance, "0.125")}), line({amount(Coinsurance, "0.125")}),
                 line({amount(Coinsurance, "7", "EUR")}), line({})};
    CHECK(stated_amount(eob, Coinsurance) == Money{24});
    eob.totals = {amount(Coinsurance, "9", "EUR")};
    CHECK(stated_amount(eob, Coinsurance) == Money{24});
}

TEST_CASE("eob: a claim decided as a whole is read from its own adjudications") {
    Eob eob;
    eob.lines = {line({})};
    eob.header_adjudications = {amount(PaidToProvider, "620")};
    CHECK(stated_amount(eob, PaidToProvider) == Money{62000});
}

TEST_CASE("eob: the dollar picture adds up from stated and derived parts") {
    Eob eob;
    eob.totals = {amount(Submitted, "200"), amount(Eligible, "150"), amount(Deductible, "20"),
                  amount(Coinsurance, "26"), amount(Benefit, "104.00")};
    auto flow = dollar_flow(eob);
    CHECK(flow.asked == Money{20000});
    CHECK(flow.discount == Money{5000}); // 200 - 150
    CHECK(flow.plan_paid == Money{10400});
    CHECK(flow.member_share == Money{4600}); // 20 + 26
    CHECK_FALSE(flow.other_insurance);
    CHECK(flow.adds_up);

    eob.totals.push_back(amount(MemberLiability, "47"));
    flow = dollar_flow(eob);
    CHECK(flow.member_share == Money{4700});
    CHECK_FALSE(flow.adds_up);
}

TEST_CASE("eob: what is not covered is the member's share and no discount") {
    Eob eob;
    eob.totals = {amount(Submitted, "100"), amount(Eligible, "60"), amount(Noncovered, "30"),
                  amount(PriorPayerPaid, "15"), amount(PaidToProvider, "45")};
    auto const flow = dollar_flow(eob);
    CHECK(flow.discount == Money{1000});
    CHECK(flow.member_share == Money{3000});
    CHECK(flow.other_insurance == Money{1500});
    CHECK(flow.adds_up); // 10 + 45 + 15 + 30
}

TEST_CASE("eob: without the member's share or the payment there is no picture") {
    Eob eob;
    CHECK_FALSE(dollar_flow(eob).adds_up);
    CHECK_FALSE(dollar_flow(eob).asked);
    eob.totals = {amount(Submitted, "0")};
    CHECK_FALSE(dollar_flow(eob).adds_up);
    eob.payment_amount = Decimal::parse("0").value();
    CHECK_FALSE(dollar_flow(eob).adds_up);
}

TEST_CASE("eob: a reversal's picture adds up below zero") {
    Eob eob;
    eob.totals = {amount(Submitted, "-200"), amount(Eligible, "-150"), amount(Copay, "-25"),
                  amount(Benefit, "-125")};
    auto const flow = dollar_flow(eob);
    CHECK(flow.discount == Money{-5000});
    CHECK(flow.adds_up);
}

TEST_CASE("eob: an allowed amount above the charge is not called a discount") {
    Eob eob;
    eob.totals = {amount(Submitted, "100"), amount(Eligible, "120")};
    CHECK_FALSE(dollar_flow(eob).discount);
}

TEST_CASE("eob: a pharmacy that states only the drug's cost asked for that") {
    Eob eob;
    eob.totals = {amount(DrugCost, "80.40"), amount(Copay, "10"), amount(PaidToProvider, "70.40")};
    CHECK(dollar_flow(eob).asked == Money{8040});
    CHECK(dollar_flow(eob).adds_up);
}

TEST_CASE("money: plain text has two places and its sign") {
    CHECK(plain_text({114000}) == "1140.00");
    CHECK(plain_text({-8605}) == "-86.05");
    CHECK(plain_text({7}) == "0.07");
    CHECK(plain_text({-7}) == "-0.07");
    CHECK(plain_text({INT64_MIN}) == "-92233720368547758.08");
}

TEST_CASE("directory: a ZIP code in any of its three spellings gives five digits") {
    CHECK(zip5("06511").value() == "06511");
    CHECK(zip5("065111234").value() == "06511");
    CHECK(zip5("06511-1234").value() == "06511");
    CHECK(zip5(" 06511 ").value() == "06511");
    for (auto const* text : {"", "6511", "0651", "06511-", "06511-12", "06511 1234", "0651112", "06511-12345",
                             "O6511", "06511\n"})
        CHECK(zip5(text).error().reason == "zip_invalid");
}

TEST_CASE("names: kinds, states and rungs are spelled as operators see them") {
    CHECK(std::string(name(ClaimKind::Inpatient)) == "inpatient");
    CHECK(std::string(name(ClaimKind::Oral)) == "oral");
    CHECK(std::string(name(ClaimKind::Unknown)) == "unknown");
    CHECK(std::string(name(OperationKind::CardIssued)) == "card_issued");
    CHECK(std::string(name(OperationState::Refused)) == "refused");
    CHECK(std::string(name(Assurance::InPersonWithStaff)) == "in_person_with_staff");
    for (int i = 0; i <= static_cast<int>(FindingKind::ReplacedStillCounted); ++i) {
        auto const kind = static_cast<FindingKind>(i);
        CHECK(finding_kind_from_name(name(kind)) == kind);
    }
    CHECK_FALSE(finding_kind_from_name(""));
}
