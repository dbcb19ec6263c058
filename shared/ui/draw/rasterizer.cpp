#include "shared/ui/draw/rasterizer.h"

#include "shared/ui/draw/blend.h"
#include "shared/ui/draw/texture.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace portico::ui {
namespace {

struct Clip {
    int left, top, right, bottom;
};

std::uint32_t channel(ImU32 color, unsigned shift) {
    return (color >> shift) & 0xFFU;
}

int first_pixel(float edge) {
    return static_cast<int>(std::ceil(edge - 0.5F));
}

class Target {
public:
    Target(Bitmap& bitmap, Clip clip) : bitmap_(bitmap), clip_(clip) {}

    std::uint32_t* row(int y) {
        return bitmap_.pixels.data() + static_cast<std::ptrdiff_t>(y) * bitmap_.width;
    }
    Clip const& clip() const { return clip_; }

    void fill(int x0, int y0, int x1, int y1, ImU32 color) {
        x0 = std::max(x0, clip_.left);
        x1 = std::min(x1, clip_.right);
        y0 = std::max(y0, clip_.top);
        y1 = std::min(y1, clip_.bottom);
        Paint const ink{channel(color, IM_COL32_R_SHIFT), channel(color, IM_COL32_G_SHIFT),
                        channel(color, IM_COL32_B_SHIFT)};
        std::uint32_t const alpha = channel(color, IM_COL32_A_SHIFT);
        if (x0 >= x1)
            return;
        for (int y = y0; y < y1; ++y)
            blend_row(row(y) + x0, static_cast<std::size_t>(x1 - x0), ink, alpha);
    }

private:
    Bitmap& bitmap_;
    Clip clip_;
};

/// A triangle of one colour, or with the colours of its corners mixed. Pixels whose middle lies inside are
/// drawn; edges shared by two triangles are computed alike, so that no pixel is drawn twice or left out.
void triangle(Target& target, ImDrawVert const& a, ImDrawVert const& b, ImDrawVert const& c) {
    ImDrawVert const* v[3] = {&a, &b, &c};
    auto const above = [](ImDrawVert const* p, ImDrawVert const* q) {
        return p->pos.y < q->pos.y || (p->pos.y == q->pos.y && p->pos.x < q->pos.x);
    };
    if (above(v[1], v[0]))
        std::swap(v[0], v[1]);
    if (above(v[2], v[1]))
        std::swap(v[1], v[2]);
    if (above(v[1], v[0]))
        std::swap(v[0], v[1]);
    auto const cross = [](ImVec2 p, ImVec2 q, ImVec2 r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    };
    float const area = cross(v[0]->pos, v[1]->pos, v[2]->pos);
    if (area == 0)
        return;
    auto const& clip = target.clip();
    bool const flat = a.col == b.col && b.col == c.col;
    int const y0 = std::max(first_pixel(v[0]->pos.y), clip.top);
    int const y1 = std::min(first_pixel(v[2]->pos.y), clip.bottom);
    auto const edge_x = [](ImVec2 p, ImVec2 q, float y) {
        return p.x + (y - p.y) * (q.x - p.x) / (q.y - p.y);
    };

    // How a channel changes to the right: the same everywhere in the triangle.
    float step[4] = {};
    float base[4][3] = {};
    constexpr unsigned shifts[4] = {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT, IM_COL32_A_SHIFT};
    if (!flat) {
        for (int i = 0; i < 4; ++i) {
            for (int j = 0; j < 3; ++j)
                base[i][j] = static_cast<float>(channel(v[j]->col, shifts[i]));
            step[i] = ((base[i][1] - base[i][0]) * (v[2]->pos.y - v[0]->pos.y) -
                       (base[i][2] - base[i][0]) * (v[1]->pos.y - v[0]->pos.y)) /
                      area;
        }
    }
    for (int y = y0; y < y1; ++y) {
        float const middle = static_cast<float>(y) + 0.5F;
        bool const upper = middle < v[1]->pos.y;
        float const long_x = edge_x(v[0]->pos, v[2]->pos, middle);
        float const short_x =
            upper ? edge_x(v[0]->pos, v[1]->pos, middle) : edge_x(v[1]->pos, v[2]->pos, middle);
        int const x0 = std::max(first_pixel(std::min(long_x, short_x)), clip.left);
        int const x1 = std::min(first_pixel(std::max(long_x, short_x)), clip.right);
        if (x0 >= x1)
            continue;
        if (flat) {
            target.fill(x0, y, x1, y + 1, a.col);
            continue;
        }
        float at[4];
        float const along = (middle - v[0]->pos.y) / (v[2]->pos.y - v[0]->pos.y);
        for (int i = 0; i < 4; ++i)
            at[i] = base[i][0] + (base[i][2] - base[i][0]) * along +
                    step[i] * (static_cast<float>(x0) + 0.5F - long_x);
        auto* pixels = target.row(y);
        for (int x = x0; x < x1; ++x) {
            std::uint32_t byte[4];
            for (int i = 0; i < 4; ++i) {
                byte[i] = static_cast<std::uint32_t>(std::clamp(at[i] + 0.5F, 0.0F, 255.0F));
                at[i] += step[i];
            }
            blend(pixels[x], {byte[0], byte[1], byte[2]}, byte[3]);
        }
    }
}

/// Two triangles that are an upright rectangle, as AddRectFilled and AddImage make them.
bool is_rectangle(ImDrawVert const* v, ImDrawIdx const* i) {
    if (i[0] != i[3] || i[2] != i[4])
        return false;
    auto const& a = v[i[0]];
    auto const& b = v[i[1]];
    auto const& c = v[i[2]];
    auto const& d = v[i[5]];
    return a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x &&
           a.col == b.col && b.col == c.col && c.col == d.col;
}

void image(Target& target, ImDrawVert const& from, ImDrawVert const& to, Texture const& texture) {
    auto const& clip = target.clip();
    int const x = static_cast<int>(std::lround(from.pos.x));
    int const y = static_cast<int>(std::lround(from.pos.y));
    int const u = static_cast<int>(std::lround(from.uv.x * static_cast<float>(texture.width)));
    int const v = static_cast<int>(std::lround(from.uv.y * static_cast<float>(texture.height)));
    int const w = std::min(static_cast<int>(std::lround(to.pos.x)) - x, texture.width - u);
    int const h = std::min(static_cast<int>(std::lround(to.pos.y)) - y, texture.height - v);
    Paint const ink{channel(from.col, IM_COL32_R_SHIFT), channel(from.col, IM_COL32_G_SHIFT),
                    channel(from.col, IM_COL32_B_SHIFT)};
    std::uint32_t const alpha = channel(from.col, IM_COL32_A_SHIFT);
    int const left = std::max(x, clip.left);
    int const right = std::min(x + w, clip.right);
    if (left >= right)
        return;
    for (int py = std::max(y, clip.top); py < std::min(y + h, clip.bottom); ++py) {
        auto* pixels = target.row(py);
        auto const offset = static_cast<std::ptrdiff_t>(v + py - y) * texture.width + u - x;
        if (!texture.alpha.empty()) {
            auto const* coverage = texture.alpha.data() + offset;
            blend_covered(pixels + left, coverage + left, static_cast<std::size_t>(right - left), ink, alpha);
        } else {
            auto const* color = texture.color.data() + offset;
            for (int px = left; px < right; ++px) {
                // Premultiplied: what is below shows through by the rest.
                std::uint32_t const rest = 255 - (color[px] >> 24U);
                std::uint32_t const below = pixels[px];
                auto const mix = [&](unsigned shift) {
                    return std::min(255U, ((color[px] >> shift) & 0xFFU) +
                                              over_255(((below >> shift) & 0xFFU) * rest));
                };
                pixels[px] = 0xFF000000U | mix(16) << 16U | mix(8) << 8U | mix(0);
            }
        }
    }
}

Clip clip_of(ImVec4 const& r, Bitmap const& target) {
    return {std::max(0, static_cast<int>(std::lround(r.x))), std::max(0, static_cast<int>(std::lround(r.y))),
            std::min(target.width, static_cast<int>(std::lround(r.z))),
            std::min(target.height, static_cast<int>(std::lround(r.w)))};
}

void draw_command(Bitmap& bitmap, ImDrawList const& list, ImDrawCmd const& command, void const* plain) {
    Target target(bitmap, clip_of(command.ClipRect, bitmap));
    ImDrawVert const* vertices = list.VtxBuffer.Data + command.VtxOffset;
    ImDrawIdx const* indices = list.IdxBuffer.Data + command.IdxOffset;
    bool const textured = command.GetTexID() != plain;
    unsigned i = 0;
    while (i + 3 <= command.ElemCount) {
        auto const* index = indices + i;
        bool const rectangle = i + 6 <= command.ElemCount && is_rectangle(vertices, index);
        if (rectangle && textured) {
            image(target, vertices[index[0]], vertices[index[2]],
                  *static_cast<Texture const*>(command.GetTexID()));
        } else if (rectangle) {
            auto const& a = vertices[index[0]].pos;
            auto const& c = vertices[index[2]].pos;
            target.fill(first_pixel(std::min(a.x, c.x)), first_pixel(std::min(a.y, c.y)),
                        first_pixel(std::max(a.x, c.x)), first_pixel(std::max(a.y, c.y)),
                        vertices[index[0]].col);
        } else if (!textured) {
            triangle(target, vertices[index[0]], vertices[index[1]], vertices[index[2]]);
        }
        i += rectangle ? 6 : 3;
    }
}

void mix_in(std::uint64_t& hash, void const* bytes, std::size_t size) {
    auto const* at = static_cast<unsigned char const*>(bytes);
    std::uint64_t word = 0;
    for (; size >= sizeof word; size -= sizeof word, at += sizeof word) {
        std::memcpy(&word, at, sizeof word);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 29U;
    }
    word = size;
    std::memcpy(&word, at, size);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32U;
}

} // namespace

void rasterize(ImDrawData const& data, Bitmap& target, void const* plain) {
    for (int n = 0; n < data.CmdListsCount; ++n) {
        ImDrawList const& list = *data.CmdLists[n];
        for (ImDrawCmd const& command : list.CmdBuffer)
            if (command.UserCallback == nullptr && command.ElemCount > 0)
                draw_command(target, list, command, plain);
    }
}

std::uint64_t fingerprint(ImDrawData const& data) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (int n = 0; n < data.CmdListsCount; ++n) {
        ImDrawList const& list = *data.CmdLists[n];
        mix_in(hash, list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
        for (ImDrawCmd const& command : list.CmdBuffer) {
            mix_in(hash, &command.ClipRect, sizeof command.ClipRect);
            mix_in(hash, &command.TextureId, sizeof command.TextureId);
            mix_in(hash, &command.ElemCount, sizeof command.ElemCount);
        }
    }
    return hash;
}

} // namespace portico::ui
