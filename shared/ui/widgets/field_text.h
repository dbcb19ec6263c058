#pragma once

#include "shared/ui/core.h"

#include <optional>
#include <string>
#include <string_view>

namespace portico::ui {

/// UTF-8 characters, as a person counts what was typed (code points).
std::size_t character_count(std::string_view text);

/// `value` after the edit, or nothing when it stays as it is: a character the kind does not take, a full
/// field. Moves the caret (a byte offset). Dates are kept as MM/DD/YYYY while they are typed.
std::optional<std::string> edited(std::string const& value, std::size_t& caret, Edit const& edit,
                                  FieldInfo const& field);

/// The label over a field: drawn there, but part of the field's own node.
class FieldLabel : public Element {
public:
    FieldLabel(std::unique_ptr<Words> words, std::string field)
        : words_(std::move(words)), field_(std::move(field)) {}
    float natural_width(LayoutContext& context) override { return words_->natural_width(context); }
    float min_width(LayoutContext& context) override { return words_->min_width(context); }
    float layout(LayoutContext& context, float width) override { return words_->layout(context, width); }
    void place(Rect rect) override {
        rect_ = rect;
        words_->place(rect);
    }
    void shape(FlowShape& out) const override { out.atoms.push_back({rect_.y, rect_.bottom(), true}); }
    void paint(PaintContext& context) override;

private:
    std::unique_ptr<Words> words_;
    std::string field_;
};

void tries_banner(Core& core, PinSpec const& spec);

} // namespace portico::ui
