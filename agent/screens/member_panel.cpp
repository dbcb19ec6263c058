#include "agent/screens/member_panel.h"

#include "agent/app/app.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/recovery_dialog.h"
#include "agent/screens/work_words.h"
#include "shared/base/language.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

namespace {

ui::Text on_file(std::string const& value) {
    return value.empty() ? ui::Text("member.not_on_file"_msg) : data(value);
}

/// As it stands masked: what tells one record from another, and no value in full.
ui::Text masked(api::CaseMember const& member, std::string const& field) {
    if (field == "name")
        return on_file(member.given_name + (member.given_name.empty() ? "" : " ") + member.family_initial);
    if (field == "birth_date")
        return on_file(member.birth_year);
    if (field == "member_id")
        return member.member_id_end.empty() ? ui::Text("member.not_on_file"_msg)
                                            : "member.ends_in"_msg.with("end", member.member_id_end);
    if (field == "phone")
        return on_file(member.phone);
    if (field == "email")
        return on_file(member.email);
    return member.has_postal_address ? "member.on_file"_msg : "member.not_on_file"_msg;
}

void field_fact(ui::Ui& ui, CaseAtHand const& at_hand, std::string const& field) {
    for (auto const& each : at_hand.revealed)
        if (each.field == field)
            return ui.fact(case_field_text(ui, field), on_file(each.value),
                           {.key = field, .icon = "zoom-in"});
    ui.fact(case_field_text(ui, field), masked(*at_hand.member.value, field),
            {.key = field, .strong = false});
}

ui::Text account_text(ui::Ui const& ui, api::CaseMember const& member) {
    auto const state = account_state_text(ui, member.account);
    auto const why = ui.catalog().find("member_account_why."_msgs, member.account_why);
    return why ? "member.account_because"_msg.with("state", state).with("why", ui::Text(*why)) : state;
}

void record(ui::Ui& ui, CaseAtHand const& at_hand) {
    auto const& member = *at_hand.member.value;
    ui.columns([&] {
        ui.column([&] {
            for (auto const& field : case_fields())
                field_fact(ui, at_hand, field);
        });
        ui.column([&] {
            ui.fact("member.covered"_msg,
                    member.covered ? "member.covered_yes"_msg : "member.covered_no"_msg);
            ui.fact("member.account"_msg, account_text(ui, member));
            ui.fact("member.language"_msg, language_text(member.language));
        });
    });
}

/// What became of the unlock that was asked for, with the next step.
void unlock_state(ui::Ui& ui, CaseAtHand const& at_hand) {
    auto const& state = at_hand.item.unlock;
    auto const say = [&](ui::BannerKind kind, ui::Text const& title, ui::Text const& text) {
        ui.banner(kind, title, {.text = text, .key = "unlock", .live = ui::Live::Assertive});
    };
    if (state == "waiting")
        ui.banner(ui::BannerKind::Notice,
                  at_hand.unlock_until.empty()
                      ? ui::Text("unlock.waiting"_msg)
                      : "unlock.waiting_until"_msg.with("time", time_text(at_hand.unlock_until)),
                  {.text = "unlock.waiting_more"_msg, .icon = "hourglass", .key = "unlock"});
    else if (state == "refused")
        say(ui::BannerKind::Error, "unlock.refused"_msg, "unlock.refused_more"_msg);
    else if (state == "expired")
        say(ui::BannerKind::LookAgain, "unlock.expired"_msg, "unlock.expired_more"_msg);
    else if (state == "withdrawn")
        say(ui::BannerKind::LookAgain, "unlock.withdrawn"_msg, "unlock.withdrawn_more"_msg);
    else if (state == "unlocked" && !at_hand.locked_out())
        ui.pill("unlock.unlocked"_msg, {.kind = ui::PillKind::Good, .icon = "lock-open"});
}

void what_is_known(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    auto const& member = at_hand.member;
    if (at_hand.needs_glass()) {
        ui.banner(ui::BannerKind::LookAgain, "member.protected"_msg,
                  {.text = "member.protected_more"_msg, .icon = "shield"});
        act_button(ui, app, Act::BreakGlass, {.kind = ui::ButtonKind::Serious, .icon = "lock-open"}, intent);
    } else if (member.value) {
        record(ui, at_hand);
        unlock_state(ui, at_hand);
        recovery_state(ui, at_hand);
        bool const is_next = at_hand.verified() && at_hand.item.unlock != "refused";
        ui.row(
            [&] {
                act_button(ui, app, Act::UnlockAccount,
                           {.kind = is_next ? ui::ButtonKind::Primary : ui::ButtonKind::Secondary,
                            .icon = "lock-open",
                            .say_why = true},
                           intent);
                act_button(ui, app, Act::RecoverAccount, {.icon = "key-round"}, intent);
                act_button(ui, app, Act::ShowClaims, {.icon = "receipt-text", .say_why = true}, intent);
                act_button(ui, app, Act::ActForMember, {.icon = "list"}, intent);
                act_button(ui, app, Act::RevealField, {.icon = "zoom-in"}, intent);
                if (!at_hand.revealed.empty())
                    ui.pill("member.in_full"_msg, {.kind = ui::PillKind::LookAgain, .icon = "hourglass"});
            },
            {.align = ui::Align::Start});
    } else if (member.failure) {
        case_problem_banner(ui, *member.failure, "member");
    } else {
        ui.spinner("member.loading"_msg);
    }
}

} // namespace

void draw_member(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    case_card(ui, app, at_hand, [&] {
        ui.section("case.found_title"_msg, {.aside = case_name(ui, at_hand.item)});
        what_is_known(ui, app, at_hand, intent);
    });
}

} // namespace portico::agent
