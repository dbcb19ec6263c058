#pragma once

#include "shared/ui/core.h"
#include "shared/ui/layout/element.h"

#include <memory>
#include <string>
#include <vector>

namespace portico::ui {

/// One key: what it types, or what it does.
struct KeySpec {
    enum class Does : std::uint8_t {
        Type,
        Erase,
        Shift,
        Symbols,
        Accents,
        Letters,
        Space,
        Enter,
        PinLetters,
        Nothing
    };
    Does does = Does::Type;
    std::string types = {};
    Text label = {};
    std::string icon = {};
    float weight = 1;
};

/// Rows of keys that keep their places in every language: never mirrored, never wrapped, never cut by a page.
class Keys : public Container {
public:
    Keys(std::vector<std::vector<float>> weights, float key_height, float gap)
        : weights_(std::move(weights)), key_height_(key_height), gap_(gap) {}
    float natural_width(LayoutContext&) override { return 968; }
    float min_width(LayoutContext&) override { return 400; }
    float layout(LayoutContext& context, float width) override;
    void place(Rect rect) override;
    void shape(FlowShape& out) const override { shape_whole(out); }
    void paint(PaintContext& context) override;
    std::optional<Node> node;

private:
    std::vector<std::vector<float>> weights_;
    float key_height_, gap_;
};

/// The keyboard at the bottom of the screen with the layout of the field that is typed into.
std::unique_ptr<Element> docked_keyboard(Core& core);
/// Three by four: digits with erase at the end and, when offered, the way to the letters.
std::unique_ptr<Keys> digit_keys(Core& core, std::string const& field, bool lights_up, float key_height,
                                 std::optional<KeySpec> corner);
std::unique_ptr<Keys> letter_keys(Core& core, FieldInfo const& field, bool lights_up, float key_height);

} // namespace portico::ui
