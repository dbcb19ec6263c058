#include "kiosk/screens/looks.h"
#include "kiosk/screens/samples.h"
#include "shared/ui/audit.h"
#include "shared/ui/catalog.h"
#include "shared/ui/stage.h"
#include "tests/support/catch.h"

#include <filesystem>
#include <set>

using namespace portico;
using namespace portico::kiosk;

namespace {

ui::Catalog const& catalog() {
    static ui::Catalog const loaded = [] {
        auto result = ui::Catalog::load(std::filesystem::path(PORTICO_SOURCE_DIR) / "assets/messages");
        REQUIRE(result.has_value());
        return std::move(result).value();
    }();
    return loaded;
}

void audit_look(Look const& look) {
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    auto stage =
        ui::Stage::create(catalog(), clock, {.plan_name = ui::data("Sample Health Plan")}, look.settings);
    REQUIRE(stage.has_value());
    for (auto const& sample : samples()) {
        stage.value()->reset_focus();
        auto const findings =
            ui::audit_all(*stage.value(), [&](ui::Ui& ui) { (void)draw(ui, sample.app); });
        std::string all;
        for (auto const& finding : findings)
            all += "\n  " + finding.rule + " " + finding.node + ": " + finding.what;
        INFO(sample.name << " " << look.name() << all);
        CHECK(findings.empty());
    }
}

void audit_language(std::string const& language, int percent) {
    for (auto const& look : all_looks())
        if (look.settings.language == language && look.settings.text_percent == percent)
            audit_look(look);
}

} // namespace

TEST_CASE("audit: every screen of the registry has a sample, so that none escapes") {
    std::set<std::size_t> seen;
    std::set<std::string> names;
    for (auto const& sample : samples()) {
        seen.insert(sample.app.screen.index());
        INFO(sample.name);
        CHECK(names.insert(sample.name).second);
    }
    CHECK(seen.size() == std::variant_size_v<Screen>);
}

TEST_CASE("audit: every screen in English at 100 % in both themes and orientations has no finding") {
    audit_language("en", 100);
}
TEST_CASE("audit: every screen in English at 150 % in both themes and orientations has no finding") {
    audit_language("en", 150);
}
TEST_CASE("audit: every screen in English at 200 % in both themes and orientations has no finding") {
    audit_language("en", 200);
}
TEST_CASE("audit: every screen in Spanish at 100 % in both themes and orientations has no finding") {
    audit_language("es", 100);
}
TEST_CASE("audit: every screen in Spanish at 150 % in both themes and orientations has no finding") {
    audit_language("es", 150);
}
TEST_CASE("audit: every screen in Spanish at 200 % in both themes and orientations has no finding") {
    audit_language("es", 200);
}
