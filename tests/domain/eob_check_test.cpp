#include "tests/domain/eob_check_support.h"

using namespace portico;
using namespace portico::test;
using enum AmountCategory;

TEST_CASE("check: a clean EOB has no finding") {
    CHECK(alone(visit()).empty());
    CHECK(together({visit("a"), visit("b", "2025-03-11")}).empty());
}

TEST_CASE("check: an EOB without amounts, lines or dates has no finding") {
    CHECK(alone(Eob{}).empty());
    Eob eob = visit();
    eob.totals.clear();
    for (auto& each : eob.lines)
        each.adjudications.clear();
    CHECK(alone(eob).empty());
}

TEST_CASE("check: a total that is not the sum of its lines is found with both figures") {
    Eob eob = visit();
    set(eob.totals, Submitted, "220");
    auto const findings = alone(eob);
    REQUIRE(kinds(findings) == "total_differs_from_lines");
    CHECK(findings[0].category == Submitted);
    CHECK(findings[0].line_sequences == std::vector<int>{1});
    CHECK(amount_of(findings[0], "stated") == Money{22000});
    CHECK(amount_of(findings[0], "lines") == Money{20000});
    CHECK_FALSE(findings[0].share_if_corrected);
}

TEST_CASE("check: a total copay above the lines' copay says what the share would be") {
    Eob eob = visit();
    set(eob.totals, Copay, "40");
    auto const findings = alone(eob);
    REQUIRE(kinds(findings) == "total_differs_from_lines");
    CHECK(findings[0].share_if_corrected == Money{2500}); // 40 - (40 - 25)
}

TEST_CASE("check: a line without its figures makes the total no finding") {
    Eob eob = visit();
    set(eob.totals, Submitted, "220");
    eob.lines.push_back(line(2, "36415", {}));
    CHECK(alone(eob).empty());
}

TEST_CASE("check: a share left off a decided line is nothing there") {
    Eob eob = visit();
    eob.lines.push_back(line(2, "36415",
                             {amount(Submitted, "30"), amount(Eligible, "20"), amount(Discount, "10"),
                              amount(Deductible, "0"), amount(Copay, "0"), amount(Benefit, "20")}));
    eob.totals = {amount(Submitted, "230"), amount(Eligible, "170"), amount(Discount, "60"),
                  amount(Copay, "25"),      amount(Deductible, "0"), amount(Benefit, "145")};
    CHECK(alone(eob).empty());
    eob.lines[1].adjudications.erase(eob.lines[1].adjudications.begin() + 4);
    CHECK(alone(eob).empty());
    set(eob.totals, Copay, "30");
    CHECK(kinds(alone(eob)) == "total_differs_from_lines");
}

TEST_CASE("check: a share stated only for the claim as a whole is no finding") {
    Eob eob = visit();
    eob.lines[0].adjudications = {amount(Submitted, "200"), amount(Eligible, "150"), amount(Benefit, "125")};
    CHECK(alone(eob).empty());
}

TEST_CASE("check: one category with three meanings on a line is not summed") {
    Eob eob = visit();
    eob.lines[0].adjudications.push_back(amount(Submitted, "12"));
    eob.lines[0].adjudications.push_back(amount(Submitted, "99"));
    CHECK(alone(eob).empty());
}

TEST_CASE("check: half a cent of a source that rounded its total is no finding") {
    Eob eob;
    eob.id = EobId("synthea-like");
    eob.outcome = ClaimOutcome::Complete;
    // 20 % of 516.64 as a double; 103.32800000000002 + 413.312 is not 516.64 to the last digit.
    eob.lines = {line(1, "162673000",
                      {amount(Submitted, "516.64"), amount(Eligible, "516.64"), amount(Deductible, "0"),
                       amount(Coinsurance, "103.32800000000002"), amount(PaidToProvider, "413.312")})};
    eob.totals = {amount(Submitted, "516.64"), amount(Coinsurance, "103.33")};
    CHECK(alone(eob).empty());
    set(eob.totals, Coinsurance, "103.34");
    CHECK(kinds(alone(eob)) == "total_differs_from_lines");
}

TEST_CASE("check: allowed that is not paid plus share is found on its line") {
    Eob eob = visit();
    // Both totals and line say copay 40: 125 + 40 is 15 more than the 150 allowed.
    set(eob.totals, Copay, "40");
    set(eob.lines[0].adjudications, Copay, "40");
    auto const findings = alone(eob);
    REQUIRE(kinds(findings) == "allowed_differs_from_paid_plus_share");
    CHECK(findings[0].line_sequences == std::vector<int>{1});
    CHECK(amount_of(findings[0], "allowed") == Money{15000});
    CHECK(amount_of(findings[0], "paid") == Money{12500});
    CHECK(amount_of(findings[0], "share") == Money{4000});
    CHECK(findings[0].share_if_corrected == Money{2500});
}

TEST_CASE("check: paid less than allowed less share is found, and promises the member nothing") {
    Eob eob = visit();
    set(eob.totals, Benefit, "100");
    set(eob.lines[0].adjudications, Benefit, "100");
    auto const findings = alone(eob);
    REQUIRE(kinds(findings) == "allowed_differs_from_paid_plus_share");
    CHECK_FALSE(findings[0].share_if_corrected);
}

TEST_CASE("check: what another payer paid and what is not covered belong to the sum") {
    Eob eob = visit();
    for (auto* entries : {&eob.totals, &eob.lines[0].adjudications}) {
        set(*entries, PriorPayerPaid, "60");
        set(*entries, Benefit, "65"); // 65 + 60 + 25 = 150
    }
    CHECK(alone(eob).empty());

    eob = visit();
    for (auto* entries : {&eob.totals, &eob.lines[0].adjudications}) {
        set(*entries, Noncovered, "30");
        set(*entries, Benefit, "95"); // 95 + 25 + 30 = 150: this payer's allowed holds what is not covered
    }
    CHECK(alone(eob).empty());
}

TEST_CASE("check: without a whole cost share the sum is not judged") {
    Eob eob = visit();
    for (auto* entries : {&eob.totals, &eob.lines[0].adjudications}) {
        entries->erase(entries->begin() + 3); // the deductible
        set(*entries, Benefit, "100");
    }
    CHECK(alone(eob).empty());
}

TEST_CASE("check: sequestration is no discrepancy") {
    Eob eob = visit();
    for (auto* entries : {&eob.totals, &eob.lines[0].adjudications})
        set(*entries, Benefit, "122.50"); // 125 less 2 %
    eob.lines[0].adjudications.push_back(reason("253"));
    CHECK(alone(eob).empty());
}

TEST_CASE("check: two per cent off the plan's part is Medicare's sequestration, said or not") {
    Eob eob = visit();
    // 47.84 allowed, 9.57 coinsurance: 38.27 due, 98 % of it is 37.5046.
    std::vector<Adjudication> const figures{amount(Submitted, "75"), amount(Eligible, "47.84"),
                                            amount(Deductible, "0"), amount(Coinsurance, "9.57"),
                                            amount(Benefit, "37.50")};
    eob.totals = figures;
    eob.lines[0].adjudications = figures;
    CHECK(alone(eob).empty());
    for (auto const* paid : {"37.48", "37.52", "38.28"}) { // 37.49 and 37.51 are a cent off and let through
        set(eob.totals, Benefit, paid);
        set(eob.lines[0].adjudications, Benefit, paid);
        CHECK(kinds(alone(eob)) == "allowed_differs_from_paid_plus_share");
    }
}

TEST_CASE("check: a total charge that its sender codes as another payer's money is no finding") {
    Eob eob = visit();
    eob.totals = {amount(PriorPayerPaid, "0.00")};
    eob.lines[0].adjudications.push_back(amount(PriorPayerPaid, "11.00"));
    set(eob.lines[0].adjudications, Benefit, "114");
    CHECK(alone(eob).empty());
}

TEST_CASE("check: less than a cent beyond a maximum is left over from rounding") {
    Eob eob = visit();
    for (auto* entries : {&eob.totals, &eob.lines[0].adjudications}) {
        set(*entries, Copay, "25.009");
        set(*entries, Benefit, "124.991");
    }
    PlanYear year{{on("2025-01-01"), on("2025-12-31")},
                  {{AccumulatorKind::OutOfPocket, AccumulatorScope::Individual, true, Money{2500}}},
                  LineOfBusiness::Employer,
                  {}};
    CHECK(together({eob}, {year}).empty());
    for (auto* entries : {&eob.totals, &eob.lines[0].adjudications}) {
        set(*entries, Copay, "25.01");
        set(*entries, Benefit, "124.99");
    }
    CHECK(kinds(together({eob}, {year})) == "out_of_pocket_over_maximum");
}

TEST_CASE("check: totals are judged where the lines have no figures") {
    Eob eob = visit();
    eob.lines[0].adjudications.clear();
    CHECK(alone(eob).empty());
    set(eob.totals, Copay, "26");
    auto const findings = alone(eob);
    REQUIRE(kinds(findings) == "allowed_differs_from_paid_plus_share");
    CHECK(findings[0].line_sequences.empty());
    CHECK(findings[0].share_if_corrected == Money{2500});
}

namespace {
Eob two_lines() {
    Eob eob = visit();
    eob.lines.push_back(eob.lines[0]);
    eob.lines[1].sequence = 2;
    eob.totals = {amount(Submitted, "400"), amount(Eligible, "300"), amount(Discount, "100"),
                  amount(Deductible, "0"),  amount(Copay, "50"),     amount(Benefit, "250")};
    return eob;
}
} // namespace

TEST_CASE("check: the same service twice on one claim is found, with the share it would leave") {
    auto const findings = alone(two_lines());
    REQUIRE(kinds(findings) == "duplicate_line");
    CHECK(findings[0].line_sequences == std::vector<int>{1, 2});
    CHECK(amount_of(findings[0], "counted") == Money{40000});
    CHECK(findings[0].share_if_corrected == Money{2500}); // 50 - 25
}

TEST_CASE("check: two lines are no duplicate when a modifier, day, place, charge, quantity or denial sets "
          "them apart") {
    auto const differs = [](auto change) {
        Eob eob = two_lines();
        change(eob.lines[1]);
        return kinds(alone(eob)).find("duplicate_line") == std::string::npos;
    };
    for (auto const* code : {"59", "76", "77", "91", "XS", "RT", "50"})
        CHECK(differs([&](EobLine& l) { l.modifiers = {{"", code, ""}}; }));
    CHECK(differs([](EobLine& l) { l.serviced = {on("2025-03-11"), on("2025-03-11")}; }));
    CHECK(differs([](EobLine& l) { l.place_of_service.code = "22"; }));
    CHECK(differs([](EobLine& l) { set(l.adjudications, Submitted, "200.01"); }));
    CHECK(differs([](EobLine& l) { l.quantity = dec("2"); }));
    CHECK(differs([](EobLine& l) { l.denied = true; }));
    CHECK(differs([](EobLine& l) { l.service.code = "99214"; }));
    CHECK(differs([](EobLine& l) { l.serviced = {}; }));
    CHECK(differs([](EobLine& l) { l.adjudications.push_back(reason("18")); }));
    CHECK_FALSE(differs([](EobLine&) {}));
}

TEST_CASE("check: left and right side are two services, the left side twice is one too many") {
    Eob eob = two_lines();
    eob.lines[0].modifiers = {{"", "LT", ""}};
    eob.lines[1].modifiers = {{"", "RT", ""}};
    CHECK(alone(eob).empty());
    eob.lines[1].modifiers = {{"", "LT", ""}};
    CHECK(kinds(alone(eob)) == "duplicate_line");
}

TEST_CASE("check: a line charged, taken back and charged again is no duplicate") {
    Eob eob = two_lines();
    eob.lines.push_back(line(3, "99213", {amount(Submitted, "-200")}));
    eob.totals.clear();
    CHECK(alone(eob).empty());
}

TEST_CASE("check: dental lines of one code are told apart by the tooth and not judged") {
    Eob eob = two_lines();
    eob.kind = ClaimKind::Oral;
    CHECK(alone(eob).empty());
}
