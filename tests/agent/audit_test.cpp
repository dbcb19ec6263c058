#include "agent/screens/samples.h"
#include "shared/ui/audit.h"
#include "shared/ui/catalog.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <set>

using namespace portico;
using namespace portico::agent;

namespace {

ui::Catalog const& catalog() {
    static ui::Catalog const loaded = [] {
        auto result =
            ui::Catalog::load(std::filesystem::path(portico::test::source_dir()) / "assets/messages");
        REQUIRE(result.has_value());
        return std::move(result).value();
    }();
    return loaded;
}

void audit_look(ui::StageSettings const& look, ui::AuditWalk by) {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage = ui::Stage::create(catalog(), clock, {.plan_name = ui::data("Sample Health Plan")}, look);
    REQUIRE(stage.has_value());
    for (auto const& sample : samples()) {
        stage.value()->reset_focus();
        auto const findings = ui::audit_all(
            *stage.value(), [&](ui::Ui& ui) { (void)draw(ui, sample.app); }, by);
        std::string all;
        for (auto const& finding : findings)
            all += "\n  " + finding.rule + " " + finding.node + ": " + finding.what;
        INFO(sample.name << " " << name_of(look) << all);
        CHECK(findings.empty());
    }
}

/// The looks whose names hold all these.
void audit_looks(std::vector<std::string> const& parts, ui::AuditWalk by = ui::AuditWalk::Tab) {
    int audited = 0;
    for (auto const& look : all_looks()) {
        auto const name = name_of(look) + "-";
        bool wanted = true;
        for (auto const& part : parts)
            wanted = wanted && name.find(part) != std::string::npos;
        if (!wanted)
            continue;
        audit_look(look, by);
        ++audited;
    }
    CHECK(audited > 0);
}

} // namespace

TEST_CASE("audit: every screen of the desk has a sample, so that none escapes") {
    std::set<std::size_t> seen;
    std::set<std::string> names;
    for (auto const& sample : samples()) {
        seen.insert(sample.app.screen.index());
        INFO(sample.name);
        CHECK(names.insert(sample.name).second);
    }
    CHECK(seen.size() == std::variant_size_v<Screen>);
}

// Tab goes round in one theme and language of each size; in the others each page is looked at. The whole run
// walks all of them.
TEST_CASE("audit: every English desk screen at 1366 x 768 and 100 % has no finding in light") {
    audit_looks({"en-light-100-1366x768-"});
}
TEST_CASE("audit: every English desk screen at 1366 x 768 and 150 % has no finding in light", "[full]") {
    audit_looks({"en-light-150-1366x768-"});
}
TEST_CASE("audit: every English desk screen at 1366 x 768 and 200 % has no finding in light") {
    audit_looks({"en-light-200-1366x768-"});
}
TEST_CASE("audit: every English desk screen at 1366 x 768 has no finding in dark") {
    audit_looks({"en-dark-", "-1366x768-"}, ui::AuditWalk::Pages);
}
TEST_CASE("audit: every English desk screen at 1366 x 768 has no finding in high contrast") {
    audit_looks({"en-high_contrast-", "-1366x768-"}, ui::AuditWalk::Pages);
}
TEST_CASE("audit: every English desk screen at 1920 x 1080 and in 4K has no finding at 100 %") {
    audit_looks({"en-light-100-1920"}, ui::AuditWalk::Pages);
    audit_looks({"en-dark-100-3840"}, ui::AuditWalk::Pages);
}
TEST_CASE("audit: every Spanish desk screen at 1366 x 768 has no finding") {
    audit_looks({"es-light-", "-1366x768-"}, ui::AuditWalk::Pages);
}
TEST_CASE("audit: every Arabic desk screen at 1366 x 768 has no finding at 100 and 200 %") {
    audit_looks({"ar-light-100-1366"});
    audit_looks({"ar-light-200-1366"}, ui::AuditWalk::Pages);
}
TEST_CASE("audit: every desk screen has no finding in any look", "[full]") {
    audit_looks({});
}
