#include "shared/ui/text/svg_path.h"

#include <cairo.h>

#include <cctype>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <optional>
#include <string>

namespace portico::ui {
namespace {

struct Vec {
    double x = 0, y = 0;
};

class PathReader {
public:
    PathReader(cairo_t* cairo, std::string_view d) : cairo_(cairo), d_(d) {}

    void read() {
        while (skip_to_token()) {
            if (std::isalpha(static_cast<unsigned char>(d_[at_])) != 0) {
                command_ = d_[at_++];
                if (command_ == 'Z' || command_ == 'z')
                    close();
                continue;
            }
            if (!segment())
                return;
        }
    }

private:
    bool skip_to_token() {
        while (at_ < d_.size() && (std::isspace(static_cast<unsigned char>(d_[at_])) != 0 || d_[at_] == ','))
            ++at_;
        return at_ < d_.size();
    }

    double number() {
        skip_to_token();
        std::size_t end = at_;
        bool dot = false;
        if (end < d_.size() && (d_[end] == '-' || d_[end] == '+'))
            ++end;
        while (end < d_.size() &&
               (std::isdigit(static_cast<unsigned char>(d_[end])) != 0 || (d_[end] == '.' && !dot))) {
            dot = dot || d_[end] == '.';
            ++end;
        }
        double const value = std::strtod(std::string(d_.substr(at_, end - at_)).c_str(), nullptr);
        at_ = end > at_ ? end : at_ + 1;
        return value;
    }

    /// A flag of an arc is one digit, and need not be separated from what follows.
    bool flag() {
        skip_to_token();
        return at_ < d_.size() && d_[at_++] == '1';
    }

    bool relative() const { return std::islower(static_cast<unsigned char>(command_)) != 0; }
    Vec point() {
        double const x = number();
        double const y = number();
        return relative() ? Vec{now_.x + x, now_.y + y} : Vec{x, y};
    }

    void close() {
        cairo_close_path(cairo_);
        now_ = start_;
    }
    void line_to(Vec p) {
        cairo_line_to(cairo_, p.x, p.y);
        now_ = p;
    }
    void curve(Vec c1, Vec c2, Vec end) {
        cairo_curve_to(cairo_, c1.x, c1.y, c2.x, c2.y, end.x, end.y);
        handle_ = c2;
        now_ = end;
    }

    bool segment() {
        char const kind = static_cast<char>(std::toupper(static_cast<unsigned char>(command_)));
        Vec const mirrored = {2 * now_.x - handle_.x, 2 * now_.y - handle_.y};
        char const before = before_;
        before_ = kind;
        switch (kind) {
        case 'M': {
            now_ = start_ = point();
            cairo_move_to(cairo_, now_.x, now_.y);
            command_ = relative() ? 'l' : 'L';
            return true;
        }
        case 'L':
            line_to(point());
            return true;
        case 'H':
            line_to({number() + (relative() ? now_.x : 0), now_.y});
            return true;
        case 'V':
            line_to({now_.x, number() + (relative() ? now_.y : 0)});
            return true;
        case 'C': {
            Vec const c1 = point();
            Vec const c2 = point();
            curve(c1, c2, point());
            return true;
        }
        case 'S': {
            Vec const c1 = before == 'C' || before == 'S' ? mirrored : now_;
            Vec const c2 = point();
            curve(c1, c2, point());
            return true;
        }
        case 'Q': {
            Vec const c = point();
            quadratic(c, point());
            return true;
        }
        case 'T': {
            Vec const c = before == 'Q' || before == 'T' ? mirrored : now_;
            quadratic(c, point());
            return true;
        }
        case 'A':
            arc();
            return true;
        default:
            return false;
        }
    }

    void quadratic(Vec c, Vec end) {
        Vec const from = now_;
        curve({from.x + 2 * (c.x - from.x) / 3, from.y + 2 * (c.y - from.y) / 3},
              {end.x + 2 * (c.x - end.x) / 3, end.y + 2 * (c.y - end.y) / 3}, end);
        handle_ = c;
    }

    /// From end points to a centre. Source: SVG 1.1, implementation notes F.6.5 and F.6.6.
    void arc() {
        double rx = std::abs(number());
        double ry = std::abs(number());
        double const turn = number() * std::numbers::pi / 180;
        bool const large = flag();
        bool const sweep = flag();
        Vec const end = point();
        if (rx == 0 || ry == 0) {
            line_to(end);
            return;
        }
        double const c = std::cos(turn);
        double const s = std::sin(turn);
        double const dx = (now_.x - end.x) / 2;
        double const dy = (now_.y - end.y) / 2;
        double const x = c * dx + s * dy;
        double const y = -s * dx + c * dy;
        double const grow = x * x / (rx * rx) + y * y / (ry * ry);
        if (grow > 1) {
            rx *= std::sqrt(grow);
            ry *= std::sqrt(grow);
        }
        double const under = rx * rx * y * y + ry * ry * x * x;
        double factor = under == 0 ? 0 : std::sqrt(std::max(0.0, (rx * rx * ry * ry - under) / under));
        if (large == sweep)
            factor = -factor;
        double const cx = factor * rx * y / ry;
        double const cy = -factor * ry * x / rx;
        double const from = std::atan2((y - cy) / ry, (x - cx) / rx);
        double const to = std::atan2((-y - cy) / ry, (-x - cx) / rx);
        cairo_save(cairo_);
        cairo_translate(cairo_, c * cx - s * cy + (now_.x + end.x) / 2,
                        s * cx + c * cy + (now_.y + end.y) / 2);
        cairo_rotate(cairo_, turn);
        cairo_scale(cairo_, rx, ry);
        if (sweep)
            cairo_arc(cairo_, 0, 0, 1, from, to);
        else
            cairo_arc_negative(cairo_, 0, 0, 1, from, to);
        cairo_restore(cairo_);
        now_ = end;
    }

    cairo_t* cairo_;
    std::string_view d_;
    std::size_t at_ = 0;
    char command_ = 'M';
    char before_ = 'M';
    Vec now_, start_, handle_;
};

} // namespace

void add_svg_path(cairo_t* cairo, std::string_view d) {
    PathReader(cairo, d).read();
}

} // namespace portico::ui
