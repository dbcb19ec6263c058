#include "shared/domain/eob_versions.h"
#include "tests/domain/eob_builder.h"
#include "tests/support/catch.h"

#include <chrono>

using namespace portico;
using namespace portico::test;
using enum AmountCategory;

namespace {

EobLink link(std::string id, std::string replaces, std::string replaced_by, std::string_view day) {
    EobLink made;
    made.id = EobId(std::move(id));
    if (!replaces.empty())
        made.replaces = EobId(std::move(replaces));
    if (!replaced_by.empty())
        made.replaced_by = EobId(std::move(replaced_by));
    made.decided = on(day);
    return made;
}

std::string chain(std::vector<EobLink> const& all, std::string of) {
    std::string out;
    for (auto const& id : version_chain(all, EobId(std::move(of))))
        out += (out.empty() ? "" : " ") + id.text();
    return out;
}

std::string parts(Eob const& older, Eob const& newer) {
    std::string out;
    for (auto const& change : changes_between(older, newer))
        out += (out.empty() ? "" : " ") + std::string(name(change.part));
    return out;
}

EobChange only_change(Eob const& older, Eob const& newer) {
    auto const changes = changes_between(older, newer);
    REQUIRE(changes.size() == 1);
    return changes.front();
}

} // namespace

TEST_CASE("EOB versions: a chain is the same from each of its versions, the oldest first") {
    std::vector<EobLink> const all{link("c", "b", "", "2025-03-01"), link("a", "", "b", "2025-01-01"),
                                   link("b", "a", "c", "2025-02-01"), link("x", "", "", "2025-01-15")};
    for (char const* of : {"a", "b", "c"})
        CHECK(chain(all, of) == "a b c");
    CHECK(chain(all, "x") == "x");
}

TEST_CASE("EOB versions: a link that only one side states is a link, whatever the days say") {
    CHECK(chain({link("new", "old", "", "2025-01-01"), link("old", "", "", "2025-06-01")}, "old") ==
          "old new");
    CHECK(chain({link("new", "", "", "2025-01-01"), link("old", "", "new", "2025-06-01")}, "new") ==
          "old new");
}

TEST_CASE("EOB versions: what leads nowhere or to itself is left alone") {
    CHECK(chain({link("a", "gone", "also-gone", "2025-01-01")}, "a") == "a");
    CHECK(chain({link("a", "a", "a", "2025-01-01")}, "a") == "a");
    CHECK(chain({}, "a") == "a");
    CHECK(chain({link("b", "", "", "2025-01-01")}, "a") == "a");
}

TEST_CASE("EOB versions: links in a circle are cut before the one that was decided first") {
    std::vector<EobLink> const circle{link("a", "c", "b", "2025-02-01"), link("b", "a", "c", "2025-01-01"),
                                      link("c", "b", "a", "2025-03-01")};
    for (char const* of : {"a", "b", "c"})
        CHECK(chain(circle, of) == "b c a");
    CHECK(chain({link("a", "b", "b", "2025-01-01"), link("b", "a", "a", "2025-01-01")}, "b") == "a b");
}

TEST_CASE("EOB versions: two that replace the same one both belong to it, in the order of their days") {
    std::vector<EobLink> const fork{link("a", "", "b", "2025-01-01"), link("c", "a", "", "2025-02-01"),
                                    link("b", "a", "", "2025-03-01")};
    CHECK(chain(fork, "b") == "a c b");
    CHECK(chain(fork, "c") == "a c b");
}

TEST_CASE("EOB versions: a chain of five thousand takes no time") {
    std::vector<EobLink> all;
    for (int i = 4999; i >= 0; --i)
        all.push_back(
            link("v" + std::to_string(i), i == 0 ? "" : "v" + std::to_string(i - 1), "", "2025-01-01"));
    auto const begin = std::chrono::steady_clock::now();
    auto const ids = version_chain(all, EobId("v2500"));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
    REQUIRE(ids.size() == 5000);
    CHECK(ids.front().text() == "v0");
    CHECK(ids.back().text() == "v4999");
}

TEST_CASE("EOB versions: of two that say the same nothing changed, though ids, links and days are others") {
    auto const older = visit("a");
    auto newer = visit("b");
    newer.replaces = EobId("a");
    newer.created = on("2025-06-01");
    CHECK(changes_between(older, newer).empty());
    CHECK(changes_between(older, older).empty());
}

TEST_CASE("EOB versions: an amount that changed is said with both, and one not stated is no zero") {
    auto const older = visit();
    auto newer = older;
    set(newer.totals, Copay, "40");
    auto const copay = only_change(older, newer);
    CHECK(copay.part == EobChangePart::Amount);
    CHECK(copay.category == Copay);
    CHECK(copay.was == Money{2500});
    CHECK(copay.is == Money{4000});

    newer = older;
    set(newer.totals, Noncovered, "0");
    auto const added = only_change(older, newer);
    CHECK_FALSE(added.was);
    CHECK(added.is == Money{0});
    CHECK(only_change(newer, older).was == Money{0});
    CHECK_FALSE(only_change(newer, older).is);
}

TEST_CASE("EOB versions: a reversal changes every amount to its opposite") {
    auto const older = visit();
    auto reversal = visit("b");
    for (auto* entries : {&reversal.totals, &reversal.lines[0].adjudications})
        for (auto& entry : *entries)
            entry.amount = -*entry.amount;
    int amounts = 0;
    for (auto const& change : changes_between(older, reversal)) {
        CHECK((change.part == EobChangePart::Amount || change.part == EobChangePart::LineAmount));
        REQUIRE(change.was);
        REQUIRE(change.is);
        CHECK(change.is->cents == -change.was->cents);
        ++amounts;
    }
    CHECK(amounts == 10); // five that are no zero, of the claim and of its line
}

TEST_CASE("EOB versions: lines are paired by number and service, and the others came or went") {
    auto older = visit();
    older.totals.clear();
    older.lines = {line(1, "99213", {}), line(2, "85025", {}), line(3, "36415", {})};
    auto newer = older;
    newer.lines = {line(1, "99214", {}), line(3, "36415", {}), line(4, "85025", {})};
    auto const changes = changes_between(older, newer);
    std::vector<std::pair<std::string, int>> said;
    for (auto const& change : changes)
        said.emplace_back(name(change.part), change.line);
    using Said = std::vector<std::pair<std::string, int>>;
    CHECK(said == Said{{"line_added", 1}, {"line_added", 4}, {"line_removed", 1}, {"line_removed", 2}});
    CHECK(changes[0].is_word == "99214");
    CHECK(changes[2].was_word == "99213");
}

TEST_CASE("EOB versions: a line that is there twice is paired once each") {
    auto older = visit();
    older.lines = {line(1, "99213", {amount(Submitted, "10")}), line(1, "99213", {amount(Submitted, "10")})};
    older.totals.clear();
    auto newer = older;
    newer.lines.pop_back();
    CHECK(parts(older, newer) == "amount line_removed");
    CHECK(parts(newer, older) == "amount line_added");
}

TEST_CASE("EOB versions: what else changed of a line is said, also what no column shows") {
    auto const older = visit();
    auto newer = older;
    newer.lines[0].denied = true;
    auto const denied = only_change(older, newer);
    CHECK(denied.part == EobChangePart::LineDenied);
    CHECK(denied.was_word == "no");
    CHECK(denied.is_word == "yes");
    newer = older;
    newer.lines[0].adjudications.push_back(reason("45"));
    CHECK(parts(older, newer) == "line_other");
    newer = older;
    newer.lines[0].quantity = dec("2");
    CHECK(parts(older, newer) == "line_other");
    newer.lines[0].service.display = newer.lines[0].service.code = "";
    auto nameless = newer;
    nameless.lines.clear();
    nameless.totals = newer.totals;
    CHECK(parts(nameless, newer) == "line_added");
}

TEST_CASE("EOB versions: state, network, provider, payment and the rest are each said by their name") {
    auto const older = visit();
    auto newer = older;
    newer.status = EobStatus::Cancelled;
    newer.outcome = ClaimOutcome::Partial;
    newer.kind = ClaimKind::Outpatient;
    newer.provider.name = "Another Sample Clinic";
    newer.provider.npi = "1234567802";
    newer.billing_network = NetworkStatus::OutOfNetwork;
    newer.rendering_network = NetworkStatus::Other;
    newer.payment_network = NetworkStatus::Unknown;
    newer.received = on("2025-03-12");
    newer.paid_on = on("2025-03-20");
    newer.payment_amount = dec("125.00");
    newer.notes = {"Sample note of the payer."};
    CHECK(parts(older, newer) == "status outcome kind provider billing_network rendering_network"
                                 " payment_network received paid_on payment other");
    newer = older;
    newer.provider.npi = "1234567802";
    CHECK(only_change(older, newer).is_word == "1234567802");
    newer = older;
    newer.payment_amount = dec("99.99");
    newer.paid_on = on("2025-04-01");
    auto const changes = changes_between(older, newer);
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].is_on == on("2025-04-01"));
    CHECK(changes[0].was_on.is_empty());
    CHECK(changes[1].is == Money{9999});
}

TEST_CASE("EOB versions: less than a cent, and another currency, are no amount but are not hidden either") {
    auto const older = visit();
    auto newer = older;
    set(newer.totals, Benefit, "125.001");
    CHECK(parts(older, newer) == "other");
    newer = older;
    newer.lines[0].adjudications[0].amount = dec("200.001");
    CHECK(parts(older, newer) == "line_other");
}

TEST_CASE("EOB versions: every word has a name of its own") {
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(EobChangePart::Other); ++i)
        names.emplace_back(name(static_cast<EobChangePart>(i)));
    std::sort(names.begin(), names.end());
    CHECK(std::unique(names.begin(), names.end()) == names.end());
    CHECK(std::string(name(EobStatus::EnteredInError)) == "entered_in_error");
    CHECK(std::string(name(NetworkStatus::OutOfNetwork)) == "out_of_network");
}
