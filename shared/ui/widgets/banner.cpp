#include "shared/ui/ui.h"
#include "shared/ui/widgets/field_text.h"
#include "shared/ui/widgets/parts.h"

namespace portico::ui {
namespace {

constexpr float text_width_hint = 400;

/// Texts of a banner: they keep a readable width, so that actions go below instead.
class BannerText : public Stack {
public:
    BannerText() : Stack(4.0F) { grow = 1; }
    float min_width(LayoutContext& context) override {
        return std::max(Stack::min_width(context),
                        std::min(context.theme.grown(text_width_hint), natural_width(context)));
    }
};

Tone banner_tone(Theme const& theme, BannerKind kind) {
    switch (kind) {
    case BannerKind::Good:
        return theme.color.good;
    case BannerKind::LookAgain:
        return theme.color.look_again;
    case BannerKind::Error:
        return theme.color.error;
    case BannerKind::Notice:
        return theme.color.notice;
    }
    return theme.color.notice;
}

char const* banner_icon(BannerKind kind) {
    switch (kind) {
    case BannerKind::Good:
        return "circle-check";
    case BannerKind::LookAgain:
        return "flag";
    case BannerKind::Error:
        return "circle-alert";
    case BannerKind::Notice:
        return "info";
    }
    return "info";
}

std::unique_ptr<Box> banner_box(Core& core, BannerKind kind, Text const& title, BannerSpec const& spec) {
    auto const& theme = core.theme;
    Tone const tone = banner_tone(theme, kind);
    BoxLook look;
    look.fill = tone.ground;
    look.edge = tone.edge;
    look.stroke = theme.stroke.banner;
    look.radius = theme.radius.control + 4;
    auto box = std::make_unique<Box>(Padding{32, 20}, look);
    box->tone = tone;
    box->node = core.node_of(Role::Banner, title, spec.key);
    box->node->value = core.resolve(spec.text).text;
    box->node->live = spec.live;
    auto& row = box->add<Line>(24.0F, Align::Center, 20.0F);
    auto& said = row.add<Line>(24.0F);
    said.wrap = false;
    said.grow = 1;
    said.add<Icon>(spec.icon.empty() ? banner_icon(kind) : spec.icon, icon_size(theme, 44));
    auto texts = std::make_unique<BannerText>();
    FontToken font = theme.type.body;
    font.weight = 700;
    texts->add(words(core, title, font));
    if (!spec.text.empty())
        texts->add(words(core, spec.text, theme.type.small));
    said.add(std::move(texts));
    return box;
}

} // namespace

void Ui::banner(BannerKind kind, Text const& title, BannerSpec const& spec, Body body) {
    auto box = banner_box(core_, kind, title, spec);
    auto& row = static_cast<Line&>(box->child());
    if (body) {
        auto grid = std::make_unique<Grid>(3, core_.theme.target_gap, true);
        grid->justify = true;
        grid->grow = 0.001F;
        core_.open.push_back(grid.get());
        body();
        core_.open.pop_back();
        // One action stands beside the words where it fits; two stand below.
        if (grid->children().size() > 1)
            grid->whole_line = true;
        if (!grid->empty())
            row.add(std::move(grid));
    } else {
        box->whole = true;
    }
    core_.parent().add(std::move(box));
}

void tries_banner(Core& core, PinSpec const& spec) {
    BannerSpec banner;
    banner.text = spec.error_more;
    banner.live = Live::Assertive;
    auto box = banner_box(core, BannerKind::Error, spec.error, banner);
    box->whole = true;
    if (spec.tries_left >= 0 && spec.tries_max > 0) {
        int const left = spec.tries_left;
        int const all = std::min(spec.tries_max, 12);
        float const pitch = 26;
        static_cast<Line&>(box->child())
            .add<Drawing>(Size{pitch * static_cast<float>(all) - 8, 44}, [=](PaintContext& context, Rect r) {
                for (int i = 0; i < all; ++i) {
                    Rect const pip{r.x + pitch * static_cast<float>(i), r.y, 18, r.h};
                    if (i < left)
                        context.painter.fill(pip, context.ink, 9);
                    else
                        context.painter.outline(pip, context.ink, 3, 9);
                }
            });
    }
    core.parent().add(std::move(box));
}

} // namespace portico::ui
