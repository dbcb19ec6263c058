#include "shared/ui/audit.h"
#include "shared/ui/draw/png.h"
#include "shared/ui/stage.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/ui/stage_support.h"

#include <filesystem>

using namespace portico;
using namespace portico::ui;

TEST_CASE("gallery: every widget is drawn in every language, theme, text size and orientation") {
    auto const folder = std::filesystem::path(test::bin_dir()).parent_path() / "ui-gallery";
    std::filesystem::create_directories(folder);
    for (auto const& screen : gallery::screens()) {
        for (auto const& look : looks()) {
            TestStage stage(look);
            gallery::State state;
            state.dialog = true;
            stage->run([&](Ui& ui) { screen.draw(ui, state); });
            auto const name = screen.name + "-" + look.name() + ".png";
            REQUIRE(write_png(stage->pixels(), folder / name));
            INFO(screen.name << " " << look.name());
            CHECK(stage->frame().problems == std::vector<std::string>{});
        }
    }
}

TEST_CASE("gallery: the accessibility audit finds nothing on any screen") {
    std::ofstream report(std::filesystem::path(test::bin_dir()).parent_path() / "ui-gallery-findings.txt");
    for (auto const& screen : gallery::screens()) {
        for (auto const& look : looks()) {
            TestStage stage(look);
            gallery::State state;
            state.dialog = true;
            auto const findings = audit_all(*stage, [&](Ui& ui) { screen.draw(ui, state); });
            INFO(screen.name << " " << look.name());
            for (auto const& finding : findings) {
                report << screen.name << " " << look.name() << ": " << finding.rule << " " << finding.node
                       << ": " << finding.what << "\n";
                CHECK(finding == AuditFinding{});
            }
        }
    }
}
