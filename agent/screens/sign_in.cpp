#include "agent/screens/sign_in.h"

#include "agent/app/acts.h"
#include "agent/screens/calls_bar.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

namespace {

constexpr int key_tries_max = 8;

ui::FrameSpec covered(char const* screen) {
    return {.screen = screen, .look = ui::FrameLook::Cover, .access_bar = false};
}

/// What can be said of a failed try at the PIN, under its field.
ui::Text pin_error(ui::Ui const& ui, KeyEntry const& entry) {
    if (!entry.doing.failure)
        return {};
    if (entry.doing.failure->reason == "key_pin_wrong" && entry.tries_left >= 0)
        return "desk_key.pin_wrong"_msg.with("count", entry.tries_left);
    return problem_text(ui, *entry.doing.failure);
}

void key_missing(ui::Ui& ui, App const& app, KeyEntry const& entry) {
    if (auto const* fault = std::get_if<KeyFault>(&app.facts.key))
        problem_banner(ui, fault->error, "key_fault");
    else if (entry.doing.failure)
        problem_banner(ui, *entry.doing.failure, "key_failure");
    ui.spinner("desk_key.waiting_key"_msg);
}

void wait_for_touch(ui::Ui& ui, MaybeIntent& intent) {
    ui.spinner("desk_key.waiting_touch"_msg);
    want(intent, ui.button("desk.cancel"_msg, {.icon = "x", .shortcut = ui::Key::Escape}), Close{});
}

void ask_pin(ui::Ui& ui, KeyEntry const& entry, KeyReady const& key, ui::Text const& go,
             MaybeIntent& intent) {
    if (!key.pin_set && !key.has_fingerprint) {
        // A key that checks nobody proves nobody: it is of no use here.
        ui.banner(ui::BannerKind::LookAgain, "desk_key.no_pin"_msg, {.text = "desk_key.no_pin_more"_msg});
        return;
    }
    if (key.pin_set)
        if (auto stroke = ui.secret_field("desk_key.pin"_msg, entry.pin,
                                          {.kind = ui::FieldKind::Password,
                                           .help = "desk_key.secret"_msg,
                                           .error = pin_error(ui, entry),
                                           .icon = "key-round",
                                           .length_max = 63,
                                           .first = true}))
            intent = Stroked{std::move(*stroke)};
    if (key.has_fingerprint)
        ui.text("desk_key.finger"_msg, ui::TextKind::Secondary);
    if (entry.tries_left >= 0 && entry.tries_left <= key_tries_max / 2)
        ui.banner(ui::BannerKind::LookAgain, "desk_key.few_tries"_msg,
                  {.text = "desk_key.few_tries_more"_msg});
    want(intent,
         ui.button(go, {.kind = ui::ButtonKind::Primary,
                        .icon = "log-in",
                        .busy = entry.doing.waiting() ? "desk_key.checking"_msg : ui::Text()}),
         Continue{});
}

/// The heading says the step that is next.
ui::Text heading_of(App const& app, KeyEntry const& entry, ui::Text pin_title) {
    if (entry.touch_wanted)
        return "desk_key.touch"_msg;
    if (!std::holds_alternative<KeyReady>(app.facts.key))
        return "desk_key.insert"_msg;
    return pin_title;
}

void key_part(ui::Ui& ui, App const& app, KeyEntry const& entry, ui::Text const& go, MaybeIntent& intent) {
    auto const* key = std::get_if<KeyReady>(&app.facts.key);
    if (entry.touch_wanted)
        wait_for_touch(ui, intent);
    else if (key == nullptr)
        key_missing(ui, app, entry);
    else
        ask_pin(ui, entry, *key, go, intent);
}

/// How the screen looks can be changed before anybody signs in.
void looks(ui::Ui& ui, App const& app, MaybeIntent& intent) {
    ui.divider();
    ui.row([&] {
        for (auto const& act : offered_acts(app)) {
            bool const of_the_look =
                act.act == Act::ChangeTheme || act.act == Act::LargerText || act.act == Act::SmallerText;
            if (of_the_look && act.off.empty())
                want(intent, ui.button(act.label, {.shortcut = act.key}), Do{act.act});
        }
    });
}

void say_why(ui::Ui& ui, EndReason why) {
    switch (why) {
    case EndReason::None:
        return;
    case EndReason::SignedOut:
        return ui.banner(ui::BannerKind::Good, "desk_ended.signed_out"_msg);
    case EndReason::TimeUp:
        return ui.banner(ui::BannerKind::Notice, "desk_ended.time_up"_msg,
                         {.text = "desk_ended.time_up_more"_msg});
    case EndReason::EndedByPlan:
        return ui.banner(ui::BannerKind::Error, "desk_ended.by_plan"_msg,
                         {.text = "desk_ended.by_plan_more"_msg, .live = ui::Live::Assertive});
    case EndReason::EndedByOther:
        return ui.banner(ui::BannerKind::Notice, "desk_ended.by_other"_msg);
    }
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, SignInPage const& screen) {
    MaybeIntent intent;
    (void)ui.frame(covered(SignInPage::name), [&] {
        ui.card([&] {
            ui.heading(heading_of(app, screen.entry, "desk_key.title"_msg));
            say_why(ui, screen.ended);
            offline_banner(ui, app, "desk.offline_sign_in"_msg);
            key_part(ui, app, screen.entry, "desk_key.sign_in"_msg, intent);
            looks(ui, app, intent);
        });
    });
    return intent;
}

MaybeIntent draw(ui::Ui& ui, App const& app, Locked const& screen) {
    MaybeIntent intent;
    (void)ui.frame(covered(Locked::name), [&] {
        ui.card([&] {
            ui.heading(heading_of(app, screen.entry, "desk_lock.title"_msg));
            ui.text("desk_lock.whose"_msg.with("name", app.session.name), ui::TextKind::Strong);
            ui.text(screen.by_itself ? "desk_lock.by_itself"_msg : "desk_lock.kept"_msg,
                    ui::TextKind::Secondary);
            offline_banner(ui, app, "desk.offline_lock"_msg);
            ring_at_lock(ui, app);
            if (screen.not_yours)
                ui.banner(ui::BannerKind::Error, "desk_lock.not_yours"_msg,
                          {.text = "desk_lock.not_yours_more"_msg.with("name", app.session.name),
                           .live = ui::Live::Assertive},
                          [&] {
                              want(intent,
                                   ui.button("desk_lock.end_other"_msg,
                                             {.kind = ui::ButtonKind::Serious, .icon = "log-out"}),
                                   EndOthers{});
                          });
            key_part(ui, app, screen.entry, "desk_lock.unlock"_msg, intent);
            looks(ui, app, intent);
        });
    });
    return intent;
}

MaybeIntent draw(ui::Ui& ui, App const&, StillThere const& screen) {
    MaybeIntent intent;
    (void)ui.frame(covered(StillThere::name), [&] {
        ui.card([&] {
            ui.heading("desk_still.title"_msg);
            ui.text("desk_still.left"_msg.with("count", screen.seconds_left), ui::TextKind::Strong);
            ui.text("desk_still.kept"_msg, ui::TextKind::Secondary);
            ui.row([&] {
                want(intent,
                     ui.button("desk_still.here"_msg,
                               {.kind = ui::ButtonKind::Primary, .safe = true, .shortcut = ui::Key::Escape}),
                     StillHere{});
                want(intent, ui.button("act.lock"_msg, {.icon = "lock", .shortcut = ui::ctrl('L')}),
                     Do{Act::LockNow});
            });
        });
    });
    return intent;
}

MaybeIntent draw(ui::Ui& ui, App const& app, OutOfOrder const& screen) {
    MaybeIntent intent;
    (void)ui.frame(covered(OutOfOrder::name), [&] {
        ui.card([&] {
            ui.heading(screen.withdrawn ? "desk_out.withdrawn"_msg : "desk_out.not_enrolled"_msg);
            ui.text(screen.withdrawn ? "desk_out.withdrawn_more"_msg : "desk_out.not_enrolled_more"_msg);
            if (!app.facts.terminal_id.empty())
                ui.fact("desk_out.number"_msg, data(app.facts.terminal_id));
            looks(ui, app, intent);
        });
    });
    return intent;
}

} // namespace portico::agent
