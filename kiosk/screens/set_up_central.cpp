#include "kiosk/app/app.h"
#include "kiosk/screens/set_up.h"
#include "shared/ui/catalog.h"

namespace portico::kiosk {

namespace {

constexpr std::size_t address_length_max = 120;
constexpr std::size_t fingerprint_length_max = 110; ///< with colons and blanks
constexpr std::size_t code_length_max = 24;         ///< with dashes and blanks

void set_up_problem(ui::Ui& ui, App const& app, Error const& failure) {
    auto const title = ui.catalog().find("set_up_problem_title."_msgs, failure.reason);
    // The date is what shows somebody that the clock is what is wrong.
    if (failure.reason == "clock_wrong") {
        ui.banner(ui::BannerKind::Error, "set_up_problem_title.clock_wrong"_msg,
                  {.text = "set_up_problem.clock_wrong"_msg.with("date", date_text(app.facts.today)),
                   .icon = "clock",
                   .live = ui::Live::Assertive});
        return;
    }
    auto const text = ui.catalog().find("set_up_problem."_msgs, failure.reason);
    bool const network = failure.reason == "central_unreachable" || failure.reason == "serving_unreachable" ||
                         failure.kind == ErrorKind::TimedOut;
    ui.banner(ui::BannerKind::Error, title ? ui::Text(*title) : "set_up_problem_title.other"_msg,
              {.text = text ? ui::Text(*text) : "set_up_problem.other"_msg,
               .icon = network ? "wifi-off" : "",
               .live = ui::Live::Assertive});
}

/// Beside the field that "Continue" waits for: that nothing stands there, or what is wrong with it.
ui::Text wrong_there(SetUpCentral const& screen, Field field, bool empty, ui::Msg wrong) {
    if (screen.missing != field)
        return {};
    return empty ? ui::Text("part.fill_in"_msg) : ui::Text(wrong);
}

void set_up_fields(ui::Ui& ui, App const& app, SetUpCentral const& screen, MaybeIntent& intent) {
    // What was scanned or refused is looked at first: all of it, and not a keyboard over the half of it.
    bool const to_type = !screen.scanned && !screen.failure;
    if (auto text = ui.field("set_up_central.address"_msg, screen.address,
                             {.kind = ui::FieldKind::Username,
                              .help = "set_up_central.address_help"_msg,
                              .error = wrong_there(screen, Field::CentralAddress, screen.address.empty(),
                                                   "set_up_central.address_wrong"_msg),
                              .icon = "at-sign",
                              .length_max = address_length_max,
                              .first = to_type}))
        intent = Typed{Field::CentralAddress, std::move(*text)};
    if (!set_up_of(app).central_named)
        if (auto text = ui.field("set_up_central.serve"_msg, screen.serve,
                                 {.kind = ui::FieldKind::Username,
                                  .help = "set_up_central.serve_help"_msg,
                                  .error = wrong_there(screen, Field::ServeAddress, screen.serve.empty(),
                                                       "set_up_central.address_wrong"_msg),
                                  .icon = "at-sign",
                                  .length_max = address_length_max}))
            intent = Typed{Field::ServeAddress, std::move(*text)};
    if (auto stroke =
            ui.secret_field("set_up_central.code"_msg, screen.code,
                            {.kind = ui::FieldKind::Password,
                             .help = "set_up_central.code_help"_msg,
                             .error = wrong_there(screen, Field::EnrollmentCode, screen.code.empty(),
                                                  "set_up_central.code_wrong"_msg),
                             .icon = "ticket",
                             .length_max = code_length_max}))
        intent = Stroked{Field::EnrollmentCode, std::move(*stroke)};
    if (auto text = ui.field("set_up_central.fingerprint"_msg, screen.fingerprint,
                             {.kind = ui::FieldKind::Text,
                              .help = "set_up_central.fingerprint_help"_msg,
                              .error = wrong_there(screen, Field::Fingerprint, screen.fingerprint.empty(),
                                                   "set_up_central.fingerprint_wrong"_msg),
                              .icon = "shield-check",
                              .length_max = fingerprint_length_max,
                              .lines = 2}))
        intent = Typed{Field::Fingerprint, std::move(*text)};
}

void how_to_scan(ui::Ui& ui, App const& app, SetUpCentral const& screen) {
    if (screen.scanned) {
        ui.banner(ui::BannerKind::Good, "set_up_central.scanned"_msg,
                  {.text = "set_up_central.scanned_more"_msg, .icon = "scan-line"});
        return;
    }
    if (app.facts.parts.barcode_reader)
        ui.banner(ui::BannerKind::Notice, "set_up_central.scan"_msg,
                  {.text = "set_up_central.scan_more"_msg, .icon = "scan-line"});
}

ui::Text step_text(client::EnrollmentStep step) {
    switch (step) {
    case client::EnrollmentStep::MakingKey:
        return "set_up_certify.making_key"_msg;
    case client::EnrollmentStep::AskingCentral:
        return "set_up_certify.asking"_msg;
    case client::EnrollmentStep::Keeping:
        return "set_up_certify.keeping"_msg;
    }
    return "set_up_certify.asking"_msg;
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpCentral const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, SetUpCentral::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        // What was refused is read whole; with large text there is no room for both.
        bool const short_of_room = screen.failure.has_value() || low_screen(ui);
        ui.heading("set_up_central.title"_msg,
                   {.subtitle = short_of_room ? ui::Text() : "set_up_central.subtitle"_msg});
        if (screen.failure)
            set_up_problem(ui, app, *screen.failure);
        else
            how_to_scan(ui, app, screen);
        set_up_fields(ui, app, screen, intent);
        want(intent,
             ui.button("set_up_central.certify"_msg,
                       {.kind = ui::ButtonKind::Primary,
                        .busy = set_up_of(app).certifying.waiting() ? "part.checking"_msg : ui::Text()}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, SetUpCertify const&) {
    MaybeIntent intent;
    using ui::StepState;
    auto const at = static_cast<int>(set_up_of(app).step);
    auto const state = [&](int step) {
        return at > step ? StepState::Done : at == step ? StepState::Now : StepState::Next;
    };
    auto const bar = ui.frame(frame_of(app, SetUpCertify::name), [&] {
        ui.heading("set_up_certify.title"_msg, {.subtitle = "set_up_certify.subtitle"_msg});
        ui.card([&] {
            ui.progress(
                "set_up_certify.progress"_msg,
                {.fraction = -1,
                 .steps = {{.label = step_text(client::EnrollmentStep::MakingKey), .state = state(0)},
                           {.label = step_text(client::EnrollmentStep::AskingCentral), .state = state(1)},
                           {.label = step_text(client::EnrollmentStep::Keeping), .state = state(2)}}});
        });
        ui.text("set_up_certify.how_long"_msg, ui::TextKind::Secondary);
        ui.buttons(
            [&] { want(intent, ui.button("set_up_certify.cancel"_msg, {.icon = "circle-x"}), GoBack{}); });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
