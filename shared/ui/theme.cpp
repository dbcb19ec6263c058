#include "shared/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace portico::ui {
namespace {

Palette light() {
    Palette p;
    p.page = rgb(0xEEF3F1);
    p.surface = rgb(0xFFFFFF);
    p.sunken = rgb(0xDFE9E5);
    p.ink = rgb(0x0E1F1C);
    p.ink_2 = rgb(0x253632);
    p.edge = rgb(0x6B7D78);
    p.divider = rgb(0xC9D6D1);
    Color const green = rgb(0x084139);
    Color const tint = rgb(0xE1F1EA);
    Color const tint_ink = rgb(0x073A33);
    p.primary = {green, p.surface, green};
    p.primary_pressed = {rgb(0x05302A), p.surface, rgb(0x05302A)};
    p.secondary = {p.surface, green, green};
    p.secondary_pressed = {tint, tint_ink, green};
    p.quiet = {p.page, green, p.page};
    p.quiet_pressed = {tint, tint_ink, tint};
    p.serious = {p.surface, rgb(0x6A120C), rgb(0x6A120C)};
    p.serious_pressed = {rgb(0xFCE9E6), rgb(0x6A120C), rgb(0x6A120C)};
    p.disabled = {p.sunken, p.ink_2, p.divider};
    p.selected = p.primary;
    p.good = {tint, tint_ink, tint_ink};
    p.look_again = {rgb(0xFFF1CF), rgb(0x3F2A00), rgb(0x9A6B00)};
    p.error = {rgb(0xFCE9E6), rgb(0x6A120C), rgb(0xA2352C)};
    p.notice = {rgb(0xE6EFFA), rgb(0x10325F), rgb(0x4F74AD)};
    p.cover = {rgb(0x12302B), p.surface, rgb(0x8FB3AA)};
    p.welcome = {green, p.surface, rgb(0x05302A)};
    p.plan = rgb(0x1F7A6C);
    p.you = rgb(0xF2A93B);
    p.you_edge = p.ink;
    p.asked = p.ink_2;
    p.discount = rgb(0x6F837D);
    p.discount_edge = rgb(0x3E524C);
    p.track = p.sunken;
    p.focus = rgb(0xFFDD00);
    p.focus_ring = p.ink;
    p.icon_ground = tint;
    p.icon = green;
    p.marks = {rgb(0x1F5FBF), rgb(0xB5530A), rgb(0x7A3FA0), rgb(0x0A7F86), rgb(0xB01E6A), rgb(0x6B6B00)};
    return p;
}

Palette high_contrast() {
    Palette p;
    Color const black = rgb(0x000000);
    Color const white = rgb(0xFFFFFF);
    Tone const on_black{black, white, white};
    Tone const on_white{white, black, white};
    p.high_contrast = true;
    p.page = p.surface = p.sunken = black;
    p.ink = p.ink_2 = p.edge = p.divider = white;
    p.primary = p.selected = on_white;
    p.primary_pressed = on_black;
    p.secondary = p.serious = p.quiet = on_black;
    p.secondary_pressed = p.serious_pressed = p.quiet_pressed = on_white;
    p.quiet.edge = black;
    p.disabled = on_black;
    p.good = p.look_again = p.error = p.notice = on_black;
    p.cover = p.welcome = on_black;
    p.plan = p.you = p.you_edge = p.asked = p.discount = p.discount_edge = white;
    p.track = black;
    p.focus = rgb(0xFFE600);
    p.focus_ring = black;
    p.icon_ground = black;
    p.icon = white;
    p.marks = {rgb(0x00FFFF), rgb(0xFFA040), rgb(0xD0A0FF), rgb(0x60FF60), rgb(0xFF90C8), rgb(0xFFFF90)};
    return p;
}

Palette dark() {
    Palette p;
    p.page = rgb(0x0F1716);
    p.surface = rgb(0x182321);
    p.sunken = rgb(0x22302D);
    p.ink = rgb(0xEAF1EF);
    p.ink_2 = rgb(0xB3C4BF);
    p.edge = rgb(0x77908A);
    p.divider = rgb(0x30413D);
    Color const mint = rgb(0x66D3B8);
    Color const on_mint = rgb(0x0A1412);
    Color const tint = rgb(0x1C3A33);
    Color const tint_ink = rgb(0xBFEBDD);
    p.primary = {mint, on_mint, mint};
    p.primary_pressed = {rgb(0x4FBDA2), on_mint, rgb(0x4FBDA2)};
    p.secondary = {p.surface, mint, p.edge};
    p.secondary_pressed = {tint, tint_ink, mint};
    p.quiet = {p.page, mint, p.page};
    p.quiet_pressed = {tint, tint_ink, tint};
    p.serious = {p.surface, rgb(0xFFC4BB), rgb(0xFFC4BB)};
    p.serious_pressed = {rgb(0x431E1A), rgb(0xFFC4BB), rgb(0xFFC4BB)};
    p.disabled = {p.sunken, p.ink_2, p.divider};
    p.selected = p.primary;
    p.good = {tint, tint_ink, tint_ink};
    p.look_again = {rgb(0x3A2E12), rgb(0xFFE3A3), rgb(0xB98A2C)};
    p.error = {rgb(0x431E1A), rgb(0xFFC4BB), rgb(0xC4695E)};
    p.notice = {rgb(0x1B2F4A), rgb(0xC3DAFF), rgb(0x6C8FC4)};
    p.cover = {rgb(0x0A1412), p.ink, p.edge};
    p.welcome = {rgb(0x084139), rgb(0xFFFFFF), rgb(0x05302A)};
    p.plan = rgb(0x3FA48E);
    p.you = rgb(0xF4BC55);
    p.you_edge = p.ink;
    p.asked = p.ink_2;
    p.discount = rgb(0x8FA39D);
    p.discount_edge = p.ink_2;
    p.track = p.sunken;
    p.focus = rgb(0xFFDD00);
    p.focus_ring = on_mint;
    p.icon_ground = tint;
    p.icon = mint;
    p.marks = {rgb(0x6FA8FF), rgb(0xF29A4A), rgb(0xC79BE8), rgb(0x45C7CE), rgb(0xF07DB5), rgb(0xCFCF55)};
    return p;
}

Palette palette_of(ThemeName name) {
    switch (name) {
    case ThemeName::Light:
        return light();
    case ThemeName::Dark:
        return dark();
    case ThemeName::HighContrast:
        return high_contrast();
    }
    return light();
}

/// In units, of which one is half a pixel on a desk's screen: body 15 px, smallest 13 px.
void for_desk(Theme& theme) {
    theme.type.display = {64, 80, 700};
    theme.type.title = {48, 60, 700};
    theme.type.section = {36, 52, 700};
    theme.type.row = {30, 42, 600};
    theme.type.body = {30, 42, 400};
    theme.type.small = {27, 38, 400};
    theme.type.amount = {30, 42, 600};
    theme.type.amount_large = {40, 52, 700};
    theme.target_min = 80;
    theme.button = theme.button_small = theme.field = 84;
    theme.margin = 48;
    theme.top_bar = 96;
    theme.radius.control = 16;
    theme.radius.card = 24;
    theme.radius.dialog = 24;
    theme.dialog = 1120;
    theme.text_min = 25.5F;
    if (!theme.color.high_contrast)
        theme.contrast_min = 4.5;
}

TypeScale kiosk_type(bool landscape) {
    TypeScale t{};
    t.display = {92, 100, 700};
    t.title = landscape ? FontToken{48, 58, 700} : FontToken{56, 66, 700};
    t.section = {40, 50, 700};
    t.row = {34, 44, 600};
    t.body = {32, 44, 400};
    t.small = {28, 38, 400};
    t.amount = {36, 44, 700};
    t.amount_large = {52, 60, 700};
    t.key = {48, 56, 600};
    return t;
}

// Text above this size is large enough already: only this part of it grows.
constexpr float growing_part_px = 36;

} // namespace

FontToken Theme::scaled(FontToken token) const {
    float const more = static_cast<float>(text_percent - 100) / 100.0F;
    float const size = std::round(token.size + std::min(token.size, growing_part_px) * more);
    return {size, std::round(token.line * size / token.size), token.weight};
}

float Theme::grown(float px) const {
    return std::round(px * (1.0F + static_cast<float>(text_percent - 100) / 200.0F));
}

Theme make_theme(ThemeName name, int text_percent, bool landscape, Density density) {
    Theme theme;
    theme.name = name;
    theme.text_percent = std::clamp(text_percent, 100, 200);
    theme.color = palette_of(name);
    theme.type = kiosk_type(landscape);
    if (name == ThemeName::HighContrast) {
        theme.contrast_min = 20;
        theme.stroke.control = 5;
        theme.stroke.divider = 3;
        theme.stroke.banner = 8;
        theme.stroke.error = 8;
    }
    if (landscape) {
        theme.top_bar = 104;
        theme.access_bar = 112;
    }
    if (theme.large_text())
        theme.margin = 44;
    if (density == Density::Desk)
        for_desk(theme);
    return theme;
}

float pixels_a_unit(Density density, int height) {
    constexpr int lines = 1080;
    return density == Density::Touch ? 1.0F : 0.5F * static_cast<float>(std::max(1, height / lines));
}

char const* name(ThemeName theme) {
    switch (theme) {
    case ThemeName::Light:
        return "light";
    case ThemeName::Dark:
        return "dark";
    case ThemeName::HighContrast:
        return "high_contrast";
    }
    return "light";
}

} // namespace portico::ui
