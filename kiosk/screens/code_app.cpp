#include "kiosk/screens/code_app.h"

#include "kiosk/app/app.h"
#include "kiosk/app/limits.h"
#include "shared/documents/drawing/symbols.h"
#include "shared/ui/draw/painter.h"

#include <cmath>

namespace portico::kiosk {

namespace {

constexpr float qr_side = 420;
/// Light modules around a QR code. Source: ISO/IEC 18004.
constexpr int qr_quiet_modules = 4;

/// Dark on light in every theme: cameras read no other.
void draw_qr(ui::Painter& painter, ui::Rect box, documents::Modules const& modules) {
    auto const dark = ui::rgb(0x000000);
    painter.fill(box, ui::rgb(0xFFFFFF));
    painter.outline(box, painter.theme().color.edge, 3);
    float const side = std::floor(box.w / static_cast<float>(modules.columns + 2 * qr_quiet_modules));
    float const left = std::floor(box.x + (box.w - side * static_cast<float>(modules.columns)) / 2);
    float const top = std::floor(box.y + (box.h - side * static_cast<float>(modules.rows)) / 2);
    for (int row = 0; row < modules.rows; ++row)
        for (int column = 0; column < modules.columns; ++column)
            if (modules.at(column, row))
                painter.fill({left + side * static_cast<float>(column), top + side * static_cast<float>(row),
                              side, side},
                             dark);
}

void qr_picture(ui::Ui& ui, Secret const& uri) {
    auto modules = documents::qr_code(uri.reveal());
    if (modules.has_error())
        return; // the typed groups beside it say the same
    ui.picture(
        "totp_setup.picture"_msg,
        {.picture = {.draw = [modules = std::move(modules).value()](
                                 ui::Painter& painter, ui::Rect box) { draw_qr(painter, box, modules); },
                     .size = {qr_side, qr_side}}});
}

void without_sight(ui::Ui& ui, MaybeIntent& intent) {
    ui.card(
        [&] {
            ui.text("totp_setup.cannot_see"_msg);
            want(intent, ui.button("totp_setup.use_key"_msg, {.icon = "key-round"}), Open{Place::AddKey});
        },
        {.kind = ui::CardKind::Tint, .tight = true});
}

void scan_step(ui::Ui& ui, TotpSetup const& screen, MaybeIntent& intent) {
    ui.heading("totp_setup.title"_msg, {.subtitle = "totp_setup.subtitle"_msg});
    if (screen.timed_out)
        ui.banner(ui::BannerKind::Notice, "totp_setup.timed_out"_msg, {.live = ui::Live::Assertive});
    when_loaded(ui, screen.begun, "totp_setup.loading"_msg, intent, [&](api::TotpBegun const& begun) {
        ui.columns([&] {
            qr_picture(ui, begun.uri);
            ui.column([&] {
                ui.text("totp_setup.no_camera"_msg);
                ui.secret_text("totp_setup.secret"_msg, begun.secret_base32);
                ui.text("totp_setup.alone"_msg, ui::TextKind::Secondary);
                if (ui.landscape())
                    without_sight(ui, intent);
            });
        });
        want(intent,
             ui.button("totp_setup.scanned"_msg, {.kind = ui::ButtonKind::Primary, .icon = "smartphone"}),
             Continue{});
        if (!ui.landscape())
            without_sight(ui, intent);
    });
}

void type_step(ui::Ui& ui, TotpSetup const& screen, MaybeIntent& intent) {
    ui.heading("totp_setup.title_code"_msg, {.subtitle = "totp_setup.subtitle_code"_msg});
    ui::Text const error = screen.doing.failure
                               ? problem_text(ui, *screen.doing.failure)
                               : missing_text(screen.missing, Field::OneTimeCode, screen.code.size());
    if (auto stroke =
            ui.pin_entry("totp.code"_msg, screen.code, {.length_max = one_time_code_digits, .error = error}))
        intent = Stroked{Field::OneTimeCode, std::move(*stroke)};
    want(intent,
         ui.button("part.continue"_msg, {.kind = ui::ButtonKind::Primary,
                                         .busy = screen.doing.waiting() ? "part.checking"_msg : ui::Text()}),
         Continue{});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, TotpSetup const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, TotpSetup::name), [&] {
        if (screen.typing)
            want(intent, ui.back("part.back"_msg), StepBack{});
        else
            want(intent, ui.back("part.back"_msg), GoBack{});
        if (screen.typing)
            type_step(ui, screen, intent);
        else
            scan_step(ui, screen, intent);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
