#include "shared/ui/theme.h"
#include "tests/support/catch.h"

#include <string>
#include <utility>
#include <vector>

using namespace portico::ui;

namespace {

/// Every ink with every ground it may stand on.
std::vector<std::pair<std::string, Tone>> texts(Palette const& c) {
    return {{"ink on page", {c.page, c.ink, {}}},
            {"ink on surface", {c.surface, c.ink, {}}},
            {"ink on sunken", {c.sunken, c.ink, {}}},
            {"second ink on page", {c.page, c.ink_2, {}}},
            {"second ink on surface", {c.surface, c.ink_2, {}}},
            {"second ink on sunken", {c.sunken, c.ink_2, {}}},
            {"primary", c.primary},
            {"primary pressed", c.primary_pressed},
            {"secondary", c.secondary},
            {"secondary pressed", c.secondary_pressed},
            {"quiet", c.quiet},
            {"quiet pressed", c.quiet_pressed},
            {"serious", c.serious},
            {"serious pressed", c.serious_pressed},
            {"error sentence on page", {c.page, c.high_contrast ? c.ink : c.serious.ink, {}}},
            {"disabled", c.disabled},
            {"selected", c.selected},
            {"good", c.good},
            {"look again", c.look_again},
            {"error", c.error},
            {"notice", c.notice},
            {"cover", c.cover},
            {"welcome", c.welcome}};
}

} // namespace

TEST_CASE("theme: contrast is computed as WCAG says") {
    CHECK(contrast(rgb(0x000000), rgb(0xFFFFFF)) == Approx(21.0));
    CHECK(contrast(rgb(0x777777), rgb(0xFFFFFF)) == Approx(4.48).margin(0.01));
    CHECK(contrast(rgb(0xFFDD00), rgb(0x0E1F1C)) == Approx(12.7).margin(0.1));
}

TEST_CASE("theme: every text of the light theme reaches 10 to 1") {
    for (auto const& [name, tone] : texts(make_theme(ThemeName::Light, 100, false).color)) {
        INFO(name);
        CHECK(contrast(tone.ink, tone.ground) >= 10.0);
    }
}

TEST_CASE("theme: every text of the dark theme reaches 4.5 to 1") {
    for (auto const& [name, tone] : texts(make_theme(ThemeName::Dark, 100, true, Density::Desk).color)) {
        INFO(name);
        CHECK(contrast(tone.ink, tone.ground) >= 4.5);
    }
}

TEST_CASE("theme: every text of the high-contrast theme reaches 20 to 1") {
    for (auto const& [name, tone] : texts(make_theme(ThemeName::HighContrast, 100, false).color)) {
        INFO(name);
        CHECK(contrast(tone.ink, tone.ground) >= 20.0);
    }
}

TEST_CASE("theme: the outline of a control and the focus ring stand out 3 to 1") {
    for (auto const name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast}) {
        auto const c = make_theme(name, 100, false).color;
        CHECK(contrast(c.edge, c.page) >= 3.0);
        CHECK(contrast(c.edge, c.surface) >= 3.0);
        CHECK(contrast(c.focus, c.focus_ring) >= 3.0);
        CHECK(contrast(c.plan, c.track) >= 3.0);
    }
}

TEST_CASE("theme: no kiosk text is smaller than 27 px and body text doubles at 200 %") {
    auto const small = make_theme(ThemeName::Light, 100, false);
    auto const large = make_theme(ThemeName::Light, 200, false);
    for (FontToken const token : {small.type.body, small.type.small, small.type.row}) {
        CHECK(small.scaled(token).size >= 27);
        CHECK(large.scaled(token).size == Approx(token.size * 2));
    }
    CHECK(large.scaled(large.type.title).size > small.scaled(small.type.title).size * 1.5);
}

TEST_CASE("theme: what marks things is seen on the page and on a card of every theme, and no two are one") {
    for (auto const name : {ThemeName::Light, ThemeName::Dark, ThemeName::HighContrast}) {
        auto const color = make_theme(name, 100, true, Density::Desk).color;
        for (std::size_t i = 0; i < color.marks.size(); ++i) {
            CHECK(contrast(color.marks[i], color.surface) >= 3.0);
            CHECK(contrast(color.marks[i], color.page) >= 3.0);
            for (std::size_t j = 0; j < i; ++j)
                CHECK_FALSE(color.marks[i] == color.marks[j]);
        }
    }
}
