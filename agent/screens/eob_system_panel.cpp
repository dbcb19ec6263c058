#include "agent/screens/eob_system_panel.h"

#include "agent/screens/case_words.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/eob_text.h"
#include "agent/screens/eob_then_panel.h"
#include "shared/terminal/eob_words.h"

#include <algorithm>

namespace portico::agent {

namespace {

void party(ui::Ui& ui, ui::Msg label, EobParty const& who) {
    if (auto const words = party_text(who); !words.empty())
        ui.fact(label, words);
}

ui::Text day(Date date) {
    return terminal::date_text(date, ui::DateLength::Short);
}

void states(ui::Ui& ui, Eob const& eob) {
    // With keys of their own: the page's head says both, too.
    ui.fact("desk_eob.claim"_msg, data(eob.claim_number), {.key = "system"});
    ui.fact("eob_system.id"_msg, data(eob.id.text()));
    ui.fact("eob_change.status"_msg,
            found_or(ui, "eob_status."_msgs, name(eob.status), "part.not_given"_msg));
    ui.fact("eob_change.outcome"_msg,
            found_or(ui, "eob_outcome."_msgs, name(eob.outcome), "part.not_given"_msg));
    ui.fact("eob_system.use"_msg,
            eob.use_is_claim ? "eob_system.use_claim"_msg : "eob_system.use_estimate"_msg);
    ui.fact("desk_eob.kind"_msg, found_or(ui, "claim_kind."_msgs, name(eob.kind), "part.not_given"_msg),
            {.key = "system"});
    ui.fact("eob_system.service"_msg, period_text(eob.service));
    ui.fact("eob_change.received"_msg, day(eob.received));
    ui.fact("eob_change.decided"_msg, day(eob.created));
}

ui::Text payment_text(Eob const& eob) {
    Adjudication payment;
    payment.amount = eob.payment_amount;
    return entry_amount(payment);
}

void parties(ui::Ui& ui, Eob const& eob) {
    ui.fact("eob_change.paid_on"_msg, day(eob.paid_on));
    ui.fact("eob_change.payment"_msg, payment_text(eob));
    if (!eob.payee_type.empty())
        ui.fact("eob_system.payee"_msg, data(eob.payee_type));
    party(ui, "desk_claims.provider"_msg, eob.provider);
    party(ui, "eob_system.facility"_msg, eob.facility);
    party(ui, "eob_system.performing"_msg, eob.performing);
    party(ui, "eob_system.insurer"_msg, eob.insurer);
    if (!eob.disposition.empty())
        ui.fact("eob_system.disposition"_msg, data(eob.disposition));
}

void head(ui::Ui& ui, Eob const& eob) {
    ui.section("act.eob_as_system"_msg);
    ui.columns([&] {
        ui.column([&] { states(ui, eob); });
        ui.column([&] { parties(ui, eob); });
    });
    if (eob.diagnoses.empty())
        return;
    ui.section("eob_system.diagnoses"_msg);
    int number = 0;
    for (auto const& diagnosis : eob.diagnoses)
        ui.keyed("diagnosis" + std::to_string(++number), [&] { ui.text(code_text(diagnosis)); });
}

/// The code as it is, with the words we or the payer have for it.
ui::Text reason_of(ui::Ui& ui, api::EobDetail const& detail, Code const& code) {
    if (code.empty())
        return {};
    auto const found =
        std::find_if(detail.reasons.begin(), detail.reasons.end(), [&](api::ReasonText const& each) {
            return each.code.system == code.system && each.code.code == code.code;
        });
    if (found == detail.reasons.end())
        return code_text(code);
    auto words = terminal::reason_text(ui, *found);
    if (words.id() == "reason.no_words")
        words = "eob_system.no_words"_msg;
    auto const system = system_name(code.system);
    return "eob_system.code_words"_msg
        .with("code", system.empty() ? code.code : code.code + " (" + system + ")")
        .with("words", std::move(words));
}

void entries(ui::Ui& ui, api::EobDetail const& detail, ui::Text const& label,
             std::vector<Adjudication> const& all) {
    if (all.empty())
        return;
    ui::TableSpec table{.header = {"eob_system.category"_msg, "eob_system.amount"_msg}, .rows = {}};
    // The reason below its amount: it may be a long sentence.
    for (auto const& entry : all)
        table.rows.push_back({.key = std::to_string(table.rows.size()),
                              .cells = {{entry_name(ui, entry)}, {entry_amount(entry), true}},
                              .note = reason_of(ui, detail, entry.reason)});
    ui.table(label, table);
}

void line_facts(ui::Ui& ui, EobLine const& line) {
    ui.fact("eob_system.code"_msg, code_text(line.service));
    int number = 0;
    for (auto const& modifier : line.modifiers)
        ui.fact("eob_system.modifiers"_msg, code_text(modifier), {.key = std::to_string(++number)});
    if (!line.place_of_service.empty())
        ui.fact("eob_system.place"_msg, code_text(line.place_of_service));
    if (line.quantity)
        ui.fact("eob_system.quantity"_msg, data(line.quantity->text()));
    ui.fact("eob_system.service"_msg, period_text(line.serviced));
    ui.fact("eob_system.network"_msg, network_text(ui, line.provider_network));
    if (line.denied)
        ui.text("eob.denied_line"_msg, ui::TextKind::Strong);
}

void line_card(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, EobLine const& line,
               std::string const& key) {
    auto const& detail = *at_hand.claims->eob.value;
    ui.keyed(key, [&] {
        case_card(ui, app, at_hand, [&] {
            ui.section("eob_system.line"_msg.with("number", line.sequence));
            line_facts(ui, line);
            entries(ui, detail, "eob_system.entries"_msg.with("number", line.sequence), line.adjudications);
        });
    });
}

void whole_claim(ui::Ui& ui, App const& app, CaseAtHand const& at_hand) {
    auto const& detail = *at_hand.claims->eob.value;
    auto const& eob = detail.eob;
    if (eob.header_adjudications.empty() && eob.totals.empty() && eob.notes.empty())
        return;
    case_card(ui, app, at_hand, [&] {
        ui.section("desk_eob.amounts"_msg);
        // The same category may stand in both.
        ui.keyed("header", [&] { entries(ui, detail, "eob_system.header"_msg, eob.header_adjudications); });
        ui.keyed("totals", [&] { entries(ui, detail, "eob_system.totals"_msg, eob.totals); });
        if (eob.notes.empty())
            return;
        ui.section("eob_system.notes"_msg);
        int number = 0;
        for (auto const& note : eob.notes)
            ui.keyed("note" + std::to_string(++number), [&] { ui.text(data(note)); });
    });
}

} // namespace

void draw_eob_as_system(ui::Ui& ui, App const& app, CaseAtHand const& at_hand) {
    auto const& eob = at_hand.claims->eob.value->eob;
    case_card(ui, app, at_hand, [&] { head(ui, eob); });
    whole_claim(ui, app, at_hand);
    int number = 0;
    for (auto const& line : eob.lines)
        line_card(ui, app, at_hand, line, "line" + std::to_string(++number));
    draw_eob_then(ui, app, at_hand);
}

} // namespace portico::agent
