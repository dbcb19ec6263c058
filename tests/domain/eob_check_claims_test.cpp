#include "tests/domain/eob_check_support.h"

using namespace portico;
using namespace portico::test;
using enum AmountCategory;

TEST_CASE("check: the same claim twice is found on the later one") {
    Eob second = visit("b");
    second.created = on("2025-04-02");
    auto const findings = together({visit("a"), second});
    REQUIRE(kinds(findings) == "duplicate_claim");
    CHECK(findings[0].eob == EobId("b"));
    CHECK(findings[0].other_eob == EobId("a"));
    CHECK(findings[0].share_if_corrected == Money{0});
}

TEST_CASE("check: two claims are no duplicate when anything sets them apart") {
    auto const differs = [](auto change) {
        Eob second = visit("b");
        change(second);
        return kinds(together({visit("a"), second})).find("duplicate_claim") == std::string::npos;
    };
    CHECK_FALSE(differs([](Eob&) {}));
    CHECK(differs([](Eob& e) { e.status = EobStatus::Cancelled; }));
    CHECK(differs([](Eob& e) { e.outcome = ClaimOutcome::Queued; }));
    CHECK(differs([](Eob& e) { e.use_is_claim = false; }));
    CHECK(differs([](Eob& e) { e.patient = PatientId("robin"); }));
    CHECK(differs([](Eob& e) { e.provider.npi = "1245319599"; }));
    CHECK(differs([](Eob& e) { e.provider = {}; }));
    CHECK(differs([](Eob& e) { e.service.start = e.service.end = on("2025-03-12"); }));
    CHECK(differs([](Eob& e) { e.lines[0].modifiers = {{"", "76", ""}}; }));
    CHECK(differs([](Eob& e) { e.lines[0].service.code = "99214"; }));
    CHECK(differs([](Eob& e) { set(e.totals, Submitted, "210"); }));
    CHECK(differs([](Eob& e) { e.kind = ClaimKind::Outpatient; }));
    CHECK(differs([](Eob& e) { e.claim_number = "claim-a"; }));
    CHECK(differs([](Eob& e) { e.replaces = EobId("a"); }));
    CHECK(differs([](Eob& e) { // denied as the duplicate it is
        for (auto* entries : {&e.totals, &e.lines[0].adjudications})
            for (auto const category : {Eligible, Discount, Copay, Benefit})
                set(*entries, category, "0");
    }));
}

TEST_CASE("check: a denied line with a cost share is found") {
    Eob eob = visit();
    eob.lines[0].denied = true;
    auto const findings = alone(eob);
    REQUIRE(kinds(findings) == "denied_yet_billed");
    CHECK(amount_of(findings[0], "share") == Money{2500});
    CHECK(findings[0].share_if_corrected == Money{0});
}

TEST_CASE(
    "check: a denied line is the member's when it is not covered and not when it is the provider's to bear") {
    Eob eob = visit();
    eob.lines[0].denied = true;
    std::vector<Adjudication> figures{
        amount(Submitted, "200"),      amount(Eligible, "0"), amount(Noncovered, "200"),
        amount(Deductible, "0"),       amount(Copay, "0"),    amount(Benefit, "0"),
        amount(MemberLiability, "200")};
    eob.totals = figures;
    figures.push_back(reason("96"));
    eob.lines[0].adjudications = figures;
    CHECK(alone(eob).empty());

    eob.lines[0].adjudications.back() = reason("29"); // filed too late
    auto const findings = alone(eob);
    REQUIRE(kinds(findings) == "denied_yet_billed");
    CHECK(amount_of(findings[0], "share") == Money{20000});
    CHECK(findings[0].share_if_corrected == Money{0});
}

TEST_CASE("check: network status is held against the directory for the time the directory speaks of") {
    Eob eob = visit();
    eob.billing_network = eob.payment_network = NetworkStatus::OutOfNetwork;
    DirectoryWord word{NetworkStatus::InNetwork, {on("2024-01-01"), {}}};
    CHECK(kinds(together({eob}, {}, word)) == "network_status_differs_from_directory");
    word.since = {on("2025-06-01"), {}};
    CHECK(together({eob}, {}, word).empty());
    word = {NetworkStatus::Unknown, {}};
    CHECK(together({eob}, {}, word).empty());
    word = {NetworkStatus::OutOfNetwork, {}};
    CHECK(together({eob}, {}, word).empty());
    eob.payment_network = NetworkStatus::InNetwork; // an emergency: paid as in network
    word = {NetworkStatus::InNetwork, {}};
    CHECK(together({eob}, {}, word).empty());
    eob.billing_network = NetworkStatus::Unknown;
    CHECK(together({eob}, {}, word).empty());
}

namespace {
Eob with_deductible(std::string id, std::string_view day, std::string_view deductible) {
    Eob eob = visit(std::move(id), day);
    for (auto* entries : {&eob.totals, &eob.lines[0].adjudications}) {
        set(*entries, Copay, "0");
        set(*entries, Deductible, deductible);
        entries->back().amount = dec("150") - dec(deductible); // benefit
    }
    return eob;
}
PlanLimit limit(AccumulatorKind kind, std::int64_t cents,
                AccumulatorScope scope = AccumulatorScope::Individual) {
    return {kind, scope, true, Money{cents}};
}
} // namespace

TEST_CASE("check: the claim that passes the deductible's maximum is found, and those before it are not") {
    std::vector<Eob> const eobs{with_deductible("a", "2025-01-10", "100"),
                                with_deductible("b", "2025-02-10", "100"),
                                with_deductible("c", "2025-03-10", "60")};
    auto const year = year_2025({limit(AccumulatorKind::Deductible, 25000)});
    auto const findings = together(eobs, {year});
    REQUIRE(kinds(findings) == "deductible_over_maximum");
    CHECK(findings[0].eob == EobId("c"));
    CHECK(amount_of(findings[0], "counted") == Money{26000});
    CHECK(amount_of(findings[0], "maximum") == Money{25000});
    CHECK(together(eobs, {year_2025({limit(AccumulatorKind::Deductible, 26000)})}).empty());
}

TEST_CASE("check: past the out-of-pocket maximum the share comes down by what is beyond it") {
    std::vector<Eob> const eobs{with_deductible("a", "2025-01-10", "100"), visit("b", "2025-02-10")};
    auto const findings = together(eobs, {year_2025({limit(AccumulatorKind::OutOfPocket, 11000)})});
    REQUIRE(kinds(findings) == "out_of_pocket_over_maximum");
    CHECK(findings[0].eob == EobId("b"));
    CHECK(amount_of(findings[0], "counted") == Money{12500});
    CHECK(findings[0].share_if_corrected == Money{1000}); // 25 - (125 - 110)
}

TEST_CASE("check: the family's maximum counts everyone, the member's own only the member") {
    auto mine = with_deductible("a", "2025-02-10", "100");
    auto child = with_deductible("b", "2025-01-10", "100");
    child.patient = PatientId("robin");
    std::vector<Eob> const eobs{mine, child};
    CHECK(together(eobs, {year_2025({limit(AccumulatorKind::Deductible, 15000)})}).empty());
    auto const findings =
        together(eobs, {year_2025({limit(AccumulatorKind::Deductible, 15000, AccumulatorScope::Family)})});
    REQUIRE(kinds(findings) == "deductible_over_maximum");
    CHECK(findings[0].eob == EobId("a"));
}

TEST_CASE("check: other years, networks, dental claims and cancelled EOBs do not fill a deductible") {
    auto const year = year_2025({limit(AccumulatorKind::Deductible, 15000)});
    auto const second = with_deductible("b", "2025-02-10", "100");
    auto const none = [&](auto change) {
        auto first = with_deductible("a", "2025-01-10", "100");
        change(first);
        return together({first, second}, {year}).empty();
    };
    CHECK_FALSE(none([](Eob&) {}));
    CHECK(none([](Eob& e) { e.service = {on("2024-12-30"), on("2025-01-02")}; }));
    CHECK(none([](Eob& e) { e.billing_network = e.payment_network = NetworkStatus::OutOfNetwork; }));
    CHECK(none([](Eob& e) { e.kind = ClaimKind::Oral; }));
    CHECK(none([](Eob& e) { e.status = EobStatus::Cancelled; }));
    CHECK(none([](Eob& e) { e.replaced_by = EobId("elsewhere"); }));
}

TEST_CASE("check: a replaced EOB that is still active is found, a cancelled one is not") {
    auto old = visit("a");
    auto newer = visit("b");
    newer.replaces = EobId("a");
    set(newer.totals, Copay, "20");
    set(newer.lines[0].adjudications, Copay, "20");
    set(newer.totals, Benefit, "130");
    set(newer.lines[0].adjudications, Benefit, "130");
    auto const findings = together({old, newer});
    REQUIRE(kinds(findings) == "replaced_still_counted");
    CHECK(findings[0].eob == EobId("a"));
    CHECK(findings[0].other_eob == EobId("b"));
    CHECK(amount_of(findings[0], "counted") == Money{2500});
    CHECK(findings[0].share_if_corrected == Money{0});

    old.status = EobStatus::Cancelled;
    CHECK(together({old, newer}).empty());
}

TEST_CASE("check: an EOB that a reversal took back is no longer counted, and no finding") {
    auto const old = visit("a");
    auto reversal = visit("b");
    reversal.replaces = EobId("a");
    for (auto* entries : {&reversal.totals, &reversal.lines[0].adjudications})
        for (auto& entry : *entries)
            entry.amount = -*entry.amount;
    auto again = visit("c");
    again.created = on("2025-04-30");
    CHECK(together({old, reversal}).empty());
}

TEST_CASE("check: estimates, cancelled and undecided EOBs have no findings whatever they say") {
    Eob eob = visit();
    set(eob.totals, Submitted, "9999");
    REQUIRE_FALSE(alone(eob).empty());
    for (auto const status : {EobStatus::Cancelled, EobStatus::Draft, EobStatus::EnteredInError}) {
        Eob other = eob;
        other.status = status;
        CHECK(alone(other).empty());
    }
    Eob queued = eob;
    queued.outcome = ClaimOutcome::Queued;
    CHECK(alone(queued).empty());
    eob.use_is_claim = false;
    CHECK(alone(eob).empty());
}
