#include "shared/ui/text/atlas.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <vector>

using namespace portico::ui;

namespace {

/// Pictures that a screen shows, drawn anew when the atlas no longer has them, as the text engine does.
class Pictures {
public:
    explicit Pictures(Atlas& atlas) : atlas_(atlas) {}

    int drawn = 0;

    std::size_t add(int w, int h) {
        pictures_.push_back({w, h, {}});
        return pictures_.size() - 1;
    }
    void show(std::size_t picture) {
        auto& each = pictures_[picture];
        if (atlas_.alive(each.slot))
            return;
        auto const value = value_of(picture);
        each.slot = atlas_.add(each.w, each.h, [&](std::uint8_t* pixels, int stride) {
            for (int y = 0; y < each.h; ++y)
                std::fill_n(pixels + static_cast<std::ptrdiff_t>(y) * stride, each.w, value);
        });
        ++drawn;
    }
    /// Its pixels are where its slot says.
    bool is_whole(std::size_t picture) const {
        auto const& slot = pictures_[picture].slot;
        auto const& texture = atlas_.texture(slot);
        for (int y = 0; y < slot.h; ++y)
            for (int x = 0; x < slot.w; ++x)
                if (texture.alpha[static_cast<std::size_t>((slot.y + y) * texture.width + slot.x + x)] !=
                    value_of(picture))
                    return false;
        return true;
    }

private:
    struct Picture {
        int w = 0, h = 0;
        AtlasSlot slot;
    };
    static std::uint8_t value_of(std::size_t picture) { return static_cast<std::uint8_t>(picture % 255 + 1); }

    Atlas& atlas_;
    std::vector<Picture> pictures_;
};

constexpr int side = Atlas::page_side_px;

} // namespace

TEST_CASE("atlas: texts that stay, scattered over all pages, do not make it grow with each text that goes") {
    Atlas atlas;
    Pictures pictures(atlas);
    std::vector<std::size_t> stay;
    std::size_t most = 0;
    for (int frame = 0; frame < 400; ++frame) {
        atlas.begin_frame();
        for (auto const each : stay)
            pictures.show(each);
        // A quarter of a page is shown once, and with it one more that stays.
        pictures.show(pictures.add(side, side / 4));
        if (stay.size() < 40) {
            stay.push_back(pictures.add(64, 16));
            pictures.show(stay.back());
        }
        for (auto const each : stay)
            CHECK(pictures.is_whole(each));
        most = std::max(most, atlas.pages());
    }
    CHECK(most <= Atlas::pages_soft_max + 1);
    CHECK(atlas.pages() <= Atlas::pages_soft_max + 1);
}

TEST_CASE("atlas: a screen that needs more pages has them, and is not drawn anew with each frame") {
    Atlas atlas;
    Pictures pictures(atlas);
    std::vector<std::size_t> screen(Atlas::pages_soft_max + 2);
    for (auto& each : screen)
        each = pictures.add(side, side);
    for (int frame = 0; frame < 10; ++frame) {
        atlas.begin_frame();
        for (auto const each : screen)
            pictures.show(each);
        for (auto const each : screen)
            CHECK(pictures.is_whole(each));
    }
    CHECK(pictures.drawn <= static_cast<int>(2 * screen.size()));
    CHECK(atlas.pages() == screen.size());
}

TEST_CASE("atlas: pages that go leave nothing behind in those that stay") {
    Atlas atlas;
    Pictures pictures(atlas);
    atlas.begin_frame();
    for (std::size_t i = 0; i <= Atlas::pages_soft_max; ++i)
        pictures.show(pictures.add(side, side));
    CHECK(atlas.bytes_not_zero() > 0);
    atlas.begin_frame();
    CHECK(atlas.bytes_not_zero() == 0);
    CHECK(atlas.pages() == Atlas::pages_soft_max);
}
