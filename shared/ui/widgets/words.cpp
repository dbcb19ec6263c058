#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"

namespace portico::ui {

void Ui::heading(Text const& title, HeadingSpec const& spec) {
    auto const& type = core_.theme.type;
    auto& tree = core_.tree;
    Container* pinned = core_.open.back();
    if (tree.dialog && pinned == tree.dialog->body.get())
        pinned = tree.dialog->pinned.get();
    else if (pinned == tree.body.get())
        pinned = tree.pinned.get();
    auto words_ = text_node(core_, Role::Heading, title, spec.display ? type.display : type.title, Ink::Main,
                            spec.align);
    words_->node->level = 1;
    words_->full_width = spec.align != Align::Start;
    words_->solid = pinned == tree.pinned.get() && landscape();
    Element const& added = pinned->add(std::move(words_));
    bool const stays = pinned == tree.pinned.get() || (tree.dialog && pinned == tree.dialog->pinned.get());
    tree.heading = title;
    if (!stays)
        tree.flow_heading = &added;
    if (spec.subtitle.empty() && spec.aside.empty() && spec.pill.empty())
        return;
    // A wide screen has room for all of it on one line.
    bool const beside = pinned == tree.pinned.get() && landscape();
    Container& below = beside ? *pinned : core_.parent();
    auto& row = below.add<Line>(20.0F, Align::Center, 8.0F);
    row.grow = beside ? 1 : 0;
    row.along = spec.align;
    if (!spec.subtitle.empty()) {
        auto subtitle = text_node(core_, Role::Text, spec.subtitle, type.body, Ink::Second, spec.align);
        subtitle->solid = beside || !spec.pill.empty();
        row.add(std::move(subtitle));
    }
    if (!spec.pill.empty()) {
        auto pill = pill_box(core_, spec.pill, PillKind::Good, spec.pill_icon);
        pill->node = core_.node_of(Role::Pill, spec.pill);
        row.add(std::move(pill));
    }
    if (!spec.aside.empty()) {
        row.add<Gap>(Size{0, 0}, 1.0F);
        row.add(text_node(core_, Role::Text, spec.aside, type.body, Ink::Second));
    }
}

void Ui::section(Text const& title, SectionSpec const& spec) {
    auto const& type = core_.theme.type;
    auto heading = text_node(core_, Role::Section, title, type.section);
    heading->node->level = 2;
    if (spec.aside.empty() && spec.icon.empty()) {
        heading->keep_with_next = true;
        core_.parent().add(std::move(heading));
        return;
    }
    auto& row = core_.parent().add<Line>(16.0F, Align::Center, 4.0F);
    row.keep_with_next = true;
    if (!spec.icon.empty())
        row.add<Icon>(spec.icon, icon_size(core_.theme, 44));
    row.add(std::move(heading));
    if (spec.aside.empty())
        return;
    row.add<Gap>(Size{0, 0}, 1.0F);
    row.add(text_node(core_, Role::Text, spec.aside, type.small, Ink::Second));
}

void Ui::text(Text const& text, TextKind kind, Align align) {
    auto const& type = core_.theme.type;
    FontToken font = type.body;
    Ink ink = Ink::Main;
    switch (kind) {
    case TextKind::Body:
        break;
    case TextKind::Secondary:
        ink = Ink::Second;
        break;
    case TextKind::Small:
        font = type.small;
        ink = Ink::Second;
        break;
    case TextKind::Strong:
        font.weight = 700;
        break;
    case TextKind::Row:
        font = type.row;
        break;
    case TextKind::Amount:
        font = type.amount_large;
        break;
    case TextKind::Display:
        font = type.display;
        break;
    }
    auto element = text_node(core_, Role::Text, text, font, ink, align);
    element->solid = kind == TextKind::Amount;
    element->full_width = align != Align::Start;
    core_.parent().add(std::move(element));
}

void Ui::fact(Text const& label, Text const& value, FactSpec const& spec) {
    auto const& type = core_.theme.type;
    Node node = core_.node_of(Role::Text, label, spec.key);
    node.value = core_.resolve(value).text;
    auto box = std::make_unique<Box>(Padding{0, 4}, BoxLook{});
    box->node = std::move(node);
    box->whole = true;
    auto& row = box->add<Line>(24.0F, Align::Start, 0.0F);
    auto& name = row.add<Line>(20.0F, Align::Center, 0.0F);
    name.wrap = false;
    name.grow = 1;
    if (!spec.icon.empty())
        name.add<Icon>(spec.icon, icon_size(core_.theme, 36));
    name.add(words(core_, label, type.body, Ink::Second)).grow = 1;
    FontToken strong = type.body;
    strong.weight = spec.strong ? 600 : 400;
    row.add(words(core_, value, strong));
    core_.parent().add(std::move(box));
}

void Ui::pill(Text const& text, PillSpec const& spec) {
    auto box = pill_box(core_, text, spec.kind, spec.icon);
    box->node = core_.node_of(Role::Pill, text, spec.key);
    auto& row = core_.parent().add<Line>(0.0F);
    row.add(std::move(box));
}

} // namespace portico::ui
