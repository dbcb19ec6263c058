#include "agent/screens/eob_versions_panel.h"

#include "agent/app/acts.h"
#include "agent/screens/case_words.h"
#include "agent/screens/claims_panel.h"
#include "agent/screens/desk_parts.h"
#include "agent/screens/eob_text.h"
#include "agent/screens/eob_then_panel.h"
#include "shared/terminal/eob_words.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

namespace {

using terminal::money_or_unknown;

struct Pair {
    api::EobVersion const& older;
    api::EobVersion const& newer;
};

ui::Text version_name(api::EobReview const& review, api::EobVersion const& version) {
    return (version.eob.id == review.eob ? "eob_version.this_one"_msg : "eob_version.column"_msg)
        .with("number", version.number);
}

/// What differs is said by a word in its row, so that no colour is needed to see it.
void add_row(ui::TableSpec& table, ui::Text what, ui::Text older, ui::Text newer, bool changed) {
    table.rows.push_back({.key = std::to_string(table.rows.size()),
                          .cells = {{std::move(what)}, {std::move(older)}, {std::move(newer), changed}},
                          .flag = changed ? ui::Text("eob_version.changed"_msg) : ui::Text()});
}

ui::Text state_text(Eob const& eob) {
    return claim_state_text(eob.status, eob.outcome, eob.replaced_by.has_value());
}

/// Every amount that one of the two states, also where it is the same.
void add_amounts(ui::Ui& ui, ui::TableSpec& table, Pair const& pair) {
    for (int i = 0; i <= static_cast<int>(AmountCategory::Unmapped); ++i) {
        auto const category = static_cast<AmountCategory>(i);
        auto const was = stated_amount(pair.older.eob, category);
        auto const is = stated_amount(pair.newer.eob, category);
        if (was || is)
            add_row(table, amount_name(ui, category), money_or_unknown(was), money_or_unknown(is), was != is);
    }
}

ui::Text word_text(ui::Ui& ui, EobChangePart part, std::string const& word) {
    using enum EobChangePart;
    switch (part) {
    case Status:
        return found_or(ui, "eob_status."_msgs, word, "part.not_given"_msg);
    case Outcome:
        return found_or(ui, "eob_outcome."_msgs, word, "part.not_given"_msg);
    case Kind:
        return found_or(ui, "claim_kind."_msgs, word, "part.not_given"_msg);
    case BillingNetwork:
    case RenderingNetwork:
    case PaymentNetwork:
        return found_or(ui, "eob_network."_msgs, word, "part.not_given"_msg);
    case LineDenied:
        return word == "yes" ? "eob_change.yes"_msg : "eob_change.no"_msg;
    default:
        return word.empty() ? ui::Text("part.not_given"_msg) : data(word);
    }
}

struct Sides {
    ui::Text was;
    ui::Text is;
};
Sides sides_of(ui::Ui& ui, EobChange const& change) {
    using enum EobChangePart;
    switch (change.part) {
    case Received:
    case PaidOn:
        return {terminal::date_text(change.was_on, ui::DateLength::Short),
                terminal::date_text(change.is_on, ui::DateLength::Short)};
    case Payment:
    case Amount:
    case LineAmount:
        return {money_or_unknown(change.was), money_or_unknown(change.is)};
    case LineOther:
    case Other:
        return {"eob_change.is_other"_msg, "eob_change.is_other"_msg};
    default:
        return {word_text(ui, change.part, change.was_word), word_text(ui, change.part, change.is_word)};
    }
}

ui::Text change_name(ui::Ui& ui, EobChange const& change) {
    auto category = change.category ? amount_name(ui, *change.category) : ui::Text("part.not_given"_msg);
    auto const message = ui.catalog().find("eob_change."_msgs, name(change.part));
    return ui::Text(message.value_or("eob_change.other"_msg))
        .with("line", change.line)
        .with("category", std::move(category));
}

/// The amounts of the claim stand above already.
void add_changes(ui::Ui& ui, ui::TableSpec& table, Pair const& pair) {
    for (auto const& change : pair.newer.changes) {
        if (change.part == EobChangePart::Amount)
            continue;
        auto sides = sides_of(ui, change);
        add_row(table, change_name(ui, change), std::move(sides.was), std::move(sides.is), true);
    }
}

void compare(ui::Ui& ui, api::EobReview const& review, Pair const& pair) {
    ui::TableSpec table{.header = {"eob_version.what"_msg, version_name(review, pair.older),
                                   version_name(review, pair.newer)},
                        .rows = {}};
    table.words = true;
    auto const decided = [](api::EobVersion const& version) {
        return terminal::date_text(version.eob.created, ui::DateLength::Short);
    };
    add_row(table, "eob_change.decided"_msg, decided(pair.older), decided(pair.newer), false);
    add_row(table, "desk_claims.state"_msg, state_text(pair.older.eob), state_text(pair.newer.eob), false);
    add_amounts(ui, table, pair);
    add_changes(ui, table, pair);
    ui.table("eob_version.table"_msg, table);
    if (pair.newer.changes.empty())
        ui.text("eob_version.nothing"_msg, ui::TextKind::Secondary);
}

void versions(ui::Ui& ui, api::EobReview const& review, std::size_t newer) {
    if (newer == 0 || newer >= review.versions.size())
        return ui.text("eob_version.only"_msg);
    Pair const pair{review.versions[newer - 1], review.versions[newer]};
    ui.text("eob_version.pair"_msg.with("older", pair.older.number)
                .with("newer", pair.newer.number)
                .with("count", review.version_count),
            ui::TextKind::Secondary);
    compare(ui, review, pair);
    if (static_cast<std::size_t>(review.version_count) > review.versions.size())
        ui.text("eob_version.some"_msg, ui::TextKind::Small);
}

} // namespace

void draw_eob_versions(ui::Ui& ui, App const& app, CaseAtHand const& at_hand, MaybeIntent& intent) {
    auto const& claims = *at_hand.claims;
    case_card(ui, app, at_hand, [&] {
        ui.section("eob_version.title"_msg);
        if (draw_review_missing(ui, app, at_hand))
            return;
        // Before the table, which may be long.
        ui.row([&] {
            act_button(ui, app, Act::OlderVersion, {.icon = "chevron-left", .say_why = true}, intent);
            act_button(ui, app, Act::NewerVersion, {.icon = "chevron-right", .say_why = true}, intent);
        });
        versions(ui, *claims.review.value, claims.newer);
    });
}

} // namespace portico::agent
