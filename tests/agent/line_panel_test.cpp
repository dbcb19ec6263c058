#include "agent/screens/samples.h"
#include "shared/ui/catalog.h"
#include "shared/ui/ui.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <filesystem>

using namespace portico;
using namespace portico::agent;

namespace {

/// What a sample shows: each node's message, label and value, a line each, in the order of the screen.
std::string shown(std::string const& sample_name) {
    auto catalog = ui::Catalog::load(std::filesystem::path(portico::test::source_dir()) / "assets/messages");
    REQUIRE(catalog.has_value());
    ManualClock const clock{UtcTime{std::chrono::hours(24 * 20524)}};
    ui::StageSettings const look{.width = 1366, .height = 768, .density = ui::Density::Desk};
    auto stage =
        ui::Stage::create(catalog.value(), clock, {.plan_name = ui::data("Sample Health Plan")}, look);
    REQUIRE(stage.has_value());
    std::string all;
    for (auto const& sample : samples()) {
        if (sample.name != sample_name)
            continue;
        stage.value()->run([&](ui::Ui& ui) { (void)draw(ui, sample.app); });
        for (auto const& node : stage.value()->frame().nodes)
            all += node.msg + " " + node.label + " " + node.value + "\n";
    }
    REQUIRE_FALSE(all.empty());
    return all;
}

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("line panel: callers on the line and call-backs stand in one order, each as what it is, and are "
          "counted") {
    auto const text = shown("cases_line_held_calls");
    INFO(text);
    auto const first = text.find("Call-back,");
    auto const second = text.find("On the line, holding,");
    REQUIRE(first != std::string::npos);
    REQUIRE(second != std::string::npos);
    CHECK(first < second);
    CHECK(has(text, "2 on the line, 3 to be called"));
    CHECK(has(text, "5, of them 4 now")); // one rests
    CHECK(has(text, "act.next_in_line"));
    CHECK_FALSE(has(text, "line.telephone_silent"));
}

TEST_CASE("line panel: it says that a call rings in a moment, was not put through or hung up, and that "
          "nobody hears "
          "the telephone system") {
    CHECK(has(shown("cases_line_rings_soon"), "It rings here in a moment"));
    CHECK(has(shown("cases_line_rings_soon"), "act.give_held_call"));
    CHECK(has(shown("cases_line_not_put_through"), "line.not_put_through"));
    CHECK(has(shown("cases_line_hung_up"), "line.hung_up"));
    CHECK(has(shown("cases_line_telephone_silent"), "The telephone system is not heard"));
}

TEST_CASE("line panel: where no telephone system is connected it says nothing of one") {
    auto const text = shown("cases_line");
    CHECK(has(text, "act.next_call_back"));
    CHECK(has(text, "line.longest"));
    for (auto const* each : {"line.kinds", "line.entry_held", "line.telephone_silent", "line.title_both"})
        CHECK_FALSE(has(text, each));
}
