#include "kiosk/screens/looks.h"
#include "kiosk/screens/samples.h"
#include "shared/ui/audit.h"
#include "shared/ui/catalog.h"
#include "shared/ui/stage.h"
#include "tests/kiosk/sample_screens.h"
#include "tests/support/catch.h"

#include <filesystem>
#include <set>

using namespace portico;
using namespace portico::kiosk;

namespace {

void audit_look(Look const& look, ui::AuditWalk by) {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage =
        ui::Stage::create(catalog(), clock, {.plan_name = ui::data("Sample Health Plan")}, look.settings);
    REQUIRE(stage.has_value());
    for (auto const& sample : all_samples()) {
        stage.value()->reset_focus();
        auto const findings = ui::audit_all(
            *stage.value(), [&](ui::Ui& ui) { (void)draw(ui, sample.app); }, by);
        std::string all;
        for (auto const& finding : findings)
            all += "\n  " + finding.rule + " " + finding.node + ": " + finding.what;
        INFO(sample.name << " " << look.name() << all);
        CHECK(findings.empty());
    }
}

void audit_looks(std::string const& language, int percent, bool landscape,
                 std::set<ui::ThemeName> const& themes = {ui::ThemeName::Light,
                                                          ui::ThemeName::HighContrast}) {
    std::size_t audited = 0;
    for (auto const& look : all_looks()) {
        auto const& settings = look.settings;
        if (settings.language != language || settings.text_percent != percent ||
            (settings.width > settings.height) != landscape || themes.count(settings.theme) == 0)
            continue;
        // Tab goes round in one theme; the other has the same controls in the same order.
        audit_look(look, settings.theme == ui::ThemeName::Light ? ui::AuditWalk::Tab : ui::AuditWalk::Pages);
        ++audited;
    }
    CHECK(audited == themes.size());
}

} // namespace

TEST_CASE("audit: every screen of the registry has a sample, so that none escapes") {
    std::set<std::size_t> seen;
    std::set<std::string> names;
    for (auto const& sample : all_samples()) {
        seen.insert(sample.app.screen.index());
        INFO(sample.name);
        CHECK(names.insert(sample.name).second);
    }
    CHECK(seen.size() == std::variant_size_v<Screen>);
}

// The size between is looked at by the whole run: what fits at both ends has not failed there yet.
TEST_CASE("audit: every English screen at 100 % in portrait has no finding in both themes") {
    audit_looks("en", 100, false);
}
TEST_CASE("audit: every English screen at 100 % in landscape has no finding in both themes") {
    audit_looks("en", 100, true);
}
TEST_CASE("audit: every English screen at 150 % in portrait has no finding in both themes", "[full]") {
    audit_looks("en", 150, false);
}
TEST_CASE("audit: every English screen at 150 % in landscape has no finding in both themes", "[full]") {
    audit_looks("en", 150, true);
}
TEST_CASE("audit: every English screen at 200 % in portrait has no finding in both themes") {
    audit_looks("en", 200, false);
}
TEST_CASE("audit: every English screen at 200 % in landscape has no finding in both themes") {
    audit_looks("en", 200, true);
}
TEST_CASE("audit: every Spanish screen at 100 % in portrait has no finding in both themes") {
    audit_looks("es", 100, false);
}
TEST_CASE("audit: every Spanish screen at 100 % in landscape has no finding in both themes") {
    audit_looks("es", 100, true);
}
TEST_CASE("audit: every Spanish screen at 150 % in portrait has no finding in both themes", "[full]") {
    audit_looks("es", 150, false);
}
TEST_CASE("audit: every Spanish screen at 150 % in landscape has no finding in both themes", "[full]") {
    audit_looks("es", 150, true);
}
TEST_CASE("audit: every Spanish screen at 200 % in portrait has no finding in both themes") {
    audit_looks("es", 200, false);
}
TEST_CASE("audit: every Spanish screen at 200 % in landscape has no finding in both themes") {
    audit_looks("es", 200, true);
}

// Of Arabic the quick run looks at the smallest and the tightest look, the whole run at all of them. Of
// Khmer, in which some screens are (languages_test.cpp), the whole run looks at every screen, for what is in
// English fits as well.
TEST_CASE("audit: every Arabic screen at 100 % in portrait has no finding in the light theme") {
    audit_looks("ar", 100, false, {ui::ThemeName::Light});
}
TEST_CASE("audit: every Arabic screen at 200 % in landscape has no finding in the light theme") {
    audit_looks("ar", 200, true, {ui::ThemeName::Light});
}
TEST_CASE("audit: every Arabic screen has no finding in any theme, size and orientation", "[full]") {
    for (int const percent : {100, 150, 200})
        for (bool const landscape : {false, true})
            audit_looks("ar", percent, landscape);
}
TEST_CASE("audit: every screen in Khmer has no finding in any theme, size and orientation", "[full]") {
    for (int const percent : {100, 150, 200})
        for (bool const landscape : {false, true})
            audit_looks("km", percent, landscape);
}
