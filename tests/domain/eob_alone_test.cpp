#include "tests/domain/eob_check_support.h"

using namespace portico;
using namespace portico::test;
using enum AmountCategory;

namespace {

std::string text_of(Finding const& finding) {
    std::string text = name(finding.kind);
    for (int const sequence : finding.line_sequences)
        text += " " + std::to_string(sequence);
    for (auto const& each : finding.amounts)
        text += " " + each.what + "=" + std::to_string(each.amount.cents);
    if (finding.category)
        text += " of " + std::to_string(static_cast<int>(*finding.category));
    return text + (finding.share_if_corrected
                       ? " becomes " + std::to_string(finding.share_if_corrected->cents)
                       : "");
}

std::string text_of(EobAlone const& alone) {
    std::string text;
    for (int const sequence : alone.line_sequences)
        text += std::to_string(sequence) + " ";
    text += "networks " + std::to_string(static_cast<int>(alone.billing_network)) + " " +
            std::to_string(static_cast<int>(alone.payment_network));
    text += alone.member_share ? " share " + std::to_string(alone.member_share->cents) : " no share";
    text += alone.repeated_on_purpose ? " on purpose" : "";
    for (auto const& finding : alone.findings)
        text += "\n  " + text_of(finding);
    return text + "\n";
}

Eob twice(Eob eob) {
    eob.lines.push_back(eob.lines[0]);
    eob.lines[1].sequence = 2;
    for (auto& total : eob.totals)
        total.amount = *total.amount + *total.amount;
    return eob;
}

/// EOBs on which each rule speaks, or just does not.
std::vector<Eob> telling_eobs() {
    std::vector<Eob> eobs{Eob{}, visit(), twice(visit())};
    auto const with = [&](auto const& change, Eob eob = visit()) {
        change(eob);
        eobs.push_back(std::move(eob));
    };
    with([](Eob& eob) { set(eob.totals, Submitted, "220"); });
    with([](Eob& eob) { set(eob.totals, Copay, "40"); });
    with([](Eob& eob) { set(eob.totals, Copay, "25.004"); }); // less than half a cent
    with([](Eob& eob) { set(eob.totals, Copay, "25.006"); });
    with([](Eob& eob) { set(eob.lines[0].adjudications, Benefit, "120"); });
    with([](Eob& eob) { set(eob.lines[0].adjudications, Benefit, "122.50"); }); // two per cent: sequestration
    with([](Eob& eob) {
        set(eob.lines[0].adjudications, Benefit, "100");
        eob.lines[0].adjudications.push_back(reason("253"));
    });
    with([](Eob& eob) { set(eob.lines[0].adjudications, Noncovered, "10"); });
    with([](Eob& eob) { eob.lines[0].adjudications[0].currency = "EUR"; });
    with([](Eob& eob) { eob.lines[0].denied = true; });
    with([](Eob& eob) {
        eob.lines[0].denied = true;
        eob.lines[0].adjudications = {amount(MemberLiability, "60"), reason("CO-29")};
    });
    with([](Eob& eob) { eob.kind = ClaimKind::Oral; }, twice(visit()));
    with([](Eob& eob) { eob.lines[1].modifiers = {{"", "59", ""}}; }, twice(visit()));
    with(
        [](Eob& eob) {
            for (auto& each : eob.lines)
                each.modifiers = {{"", "76", ""}};
        },
        twice(visit()));
    with([](Eob& eob) { eob.lines[1].adjudications.push_back(reason("18")); }, twice(visit()));
    with([](Eob& eob) { eob.payment_network = NetworkStatus::OutOfNetwork; });
    with([](Eob& eob) {
        eob.lines[0].adjudications.clear();
        eob.totals.clear();
    });
    return eobs;
}

} // namespace

TEST_CASE("alone: what is kept of EOBs that older rules judged counts no more when the rules say something "
          "else") {
    // When this fails, raise eob_alone_version (shared/domain/eob_alone.h), and then write down here what is
    // said now: stores are full of what was said before, and a list would go on telling it.
    std::string said = "version " + std::to_string(eob_alone_version) + "\n";
    for (auto const& eob : telling_eobs())
        said += text_of(alone_of(eob));
    CHECK(said == R"(version 1
networks 0 0 no share
1 networks 1 1 share 2500
1 2 networks 1 1 share 5000
  duplicate_line 1 2 counted=40000 of 0 becomes 2500
1 networks 1 1 share 2500
  total_differs_from_lines 1 stated=22000 lines=20000 of 0
1 networks 1 1 share 4000
  total_differs_from_lines 1 stated=4000 lines=2500 of 3 becomes 2500
1 networks 1 1 share 2500
1 networks 1 1 share 2501
  total_differs_from_lines 1 stated=2501 lines=2500 of 3 becomes 2500
1 networks 1 1 share 2500
  total_differs_from_lines 1 stated=12500 lines=12000 of 8
  allowed_differs_from_paid_plus_share 1 allowed=15000 paid=12000 share=2500 of 1
1 networks 1 1 share 2500
  total_differs_from_lines 1 stated=12500 lines=12250 of 8
1 networks 1 1 share 2500
  total_differs_from_lines 1 stated=12500 lines=10000 of 8
1 networks 1 1 share 3500
1 networks 1 1 share 2500
1 networks 1 1 share 2500
  denied_yet_billed 1 share=2500 of 15 becomes 0
1 networks 1 1 share 6000
  denied_yet_billed 1 share=6000 of 15 becomes 0
1 2 networks 1 1 share 5000
1 2 networks 1 1 share 5000
1 2 networks 1 1 share 5000 on purpose
1 2 networks 1 1 share 5000
1 networks 1 2 share 2500
1 networks 1 1 no share
)");
}

TEST_CASE("alone: of an EOB that was replaced its wrong total is told, and not that a line stands twice") {
    Eob old = twice(visit("old"));
    set(old.totals, Submitted, "500");
    REQUIRE(kinds(alone_of(old).findings) == "total_differs_from_lines duplicate_line");
    CHECK(kinds(together({old})) == "total_differs_from_lines duplicate_line");
    Eob newer = visit("newer", "2025-03-11");
    newer.replaces = EobId("old");
    CHECK(kinds(together({old, newer})) == "total_differs_from_lines replaced_still_counted");
}

TEST_CASE("alone: findings of both halves stand in one order") {
    Eob first = visit("a");
    Eob second = visit("b");
    for (auto* eob : {&first, &second}) {
        eob->lines[0].denied = true;
        set(eob->totals, Submitted, "220");
    }
    second.created = on("2025-04-01");
    CHECK(kinds(together({second, first})) ==
          "total_differs_from_lines duplicate_claim denied_yet_billed total_differs_from_lines "
          "denied_yet_billed");
}

TEST_CASE("alone: with its facts it stands for the EOB, among others and without them") {
    Eob eob = visit();
    set(eob.totals, Copay, "40");
    std::vector<EobFacts> all{facts_of(eob)};
    mark_counted(all);
    DirectoryWord const outside{NetworkStatus::OutOfNetwork, {}};
    auto const whole = kinds(check({eob, {all, {}, outside}}));
    CHECK(whole == "total_differs_from_lines network_status_differs_from_directory");
    PreparedCheck const among(all, {});
    CHECK(kinds(among.check(alone_of(eob), all[0], outside)) == whole);
    PreparedCheck const nobody({}, {});
    CHECK(kinds(nobody.check(alone_of(eob), facts_of(eob), outside)) == whole);
}
