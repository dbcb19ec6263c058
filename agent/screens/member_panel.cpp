#include "agent/screens/member_panel.h"

#include "agent/app/app.h"
#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
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

ui::Text language_text(std::string const& code) {
    if (auto const* language = find_language(code))
        return data(std::string(language->own_name), std::string(language->code));
    return on_file(code);
}

ui::Text account_text(ui::Ui const& ui, api::CaseMember const& member) {
    auto const state = ui.catalog().find("member_account."_msgs, member.account);
    auto const why = ui.catalog().find("member_account_why."_msgs, member.account_why);
    if (!state)
        return "work.due_unknown"_msg;
    return why ? "member.account_because"_msg.with("state", ui::Text(*state)).with("why", ui::Text(*why))
               : ui::Text(*state);
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

void what_is_known(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    auto const& member = at_hand.member;
    if (at_hand.needs_glass()) {
        ui.banner(ui::BannerKind::LookAgain, "member.protected"_msg,
                  {.text = "member.protected_more"_msg, .icon = "shield"});
        act_button(ui, app, Act::BreakGlass, {.kind = ui::ButtonKind::Serious, .icon = "lock-open"}, intent);
    } else if (member.value) {
        record(ui, at_hand);
        ui.row([&] {
            act_button(ui, app, Act::RevealField, {.icon = "zoom-in"}, intent);
            if (!at_hand.revealed.empty())
                ui.pill("member.in_full"_msg, {.kind = ui::PillKind::LookAgain, .icon = "hourglass"});
        });
    } else if (member.failure) {
        case_problem_banner(ui, *member.failure, "member");
    } else {
        ui.spinner("member.loading"_msg);
    }
}

} // namespace

void draw_member(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    ui.card(
        [&] {
            ui.section("case.found_title"_msg, {.aside = case_name(ui, at_hand.item)});
            ui.text("case.found_more"_msg, ui::TextKind::Secondary);
            what_is_known(ui, app, at_hand, intent);
        },
        {.tight = true});
}

} // namespace portico::agent
