#include "shared/ui/ui.h"
#include "shared/ui/widgets/parts.h"

namespace portico::ui {

namespace {

constexpr std::size_t group_characters = 4;

std::string in_groups(std::string_view characters) {
    std::string text;
    for (std::size_t at = 0; at < characters.size(); at += group_characters) {
        text += at == 0 ? "" : " ";
        text += characters.substr(at, group_characters);
    }
    return text;
}

} // namespace

void Ui::secret_text(Text const& label, Secret const& value) {
    auto const& type = core_.theme.type;
    auto box = std::make_unique<Box>(Padding{0, 4}, BoxLook{});
    box->node = core_.node_of(Role::Text, label, {});
    box->node->sensitive = true;
    box->whole = true;
    auto& stack = box->add<Stack>(12.0F);
    stack.add(words(core_, label, type.body, Ink::Second));
    stack.add(words(core_, data(in_groups(value.reveal())), type.row));
    core_.parent().add(std::move(box));
}

} // namespace portico::ui
