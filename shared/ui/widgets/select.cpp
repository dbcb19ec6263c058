#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"

namespace portico::ui {

std::optional<std::size_t> Ui::select(Text const& label, std::vector<Text> const& options,
                                      std::size_t selected, SelectSpec const& spec) {
    auto const& theme = core_.theme;
    Node node = core_.node_of(Role::Select, label, spec.key);
    if (selected < options.size())
        node.value = core_.resolve(options[selected]).text;
    std::string const id = node.id;
    PressLook look;
    look.rest = {theme.color.surface, theme.color.ink, theme.color.edge};
    look.pressed = theme.color.secondary_pressed;
    look.stroke = theme.stroke.control;
    auto press = std::make_unique<Press>(core_, std::move(node), look, Padding{28, 14});
    press->height_min = theme.target_min;
    auto& row = press->add<Line>(12.0F, Align::Center, 0.0F);
    FontToken strong = theme.type.body;
    strong.size -= 2;
    FontToken plain = strong;
    strong.weight = 700;
    auto& texts = row.add<Line>(10.0F, Align::Center, 0.0F);
    texts.grow = 1;
    texts.add(words(core_, label, plain));
    if (selected < options.size())
        texts.add(words(core_, options[selected], strong));
    row.add<Icon>("chevron-down", icon_size(theme, 36));
    core_.parent().add(std::move(press));
    if (core_.take(id))
        core_.open_select = id;
    if (core_.open_select != id)
        return std::nullopt;
    // Its choices lie over the screen until one is taken.
    std::optional<std::size_t> chosen;
    std::string const suffix = core_.key_suffix;
    core_.key_suffix.clear();
    auto saved = std::move(core_.open);
    core_.open.clear();
    dialog(label, {.key = id}, [&] {
        list([&] {
            for (std::size_t i = 0; i < options.size(); ++i) {
                RowButtonSpec option;
                option.key = id + ":" + std::to_string(i);
                option.chevron = false;
                option.selected = i == selected;
                if (row_button(options[i], option))
                    chosen = i;
            }
        });
        if (button("ui.select.cancel"_msg, {.key = id, .safe = selected >= options.size()}))
            core_.open_select.clear();
    });
    core_.open = std::move(saved);
    core_.key_suffix = suffix;
    if (chosen)
        core_.open_select.clear();
    if (chosen == selected)
        return std::nullopt;
    return chosen;
}

} // namespace portico::ui
