#include "tests/walk/switches.h"

#include "tests/support/catch.h"

#include <algorithm>

namespace portico::test {

namespace {

using boost::json::object;

/// More than any control of one page takes.
constexpr int presses_for_one_max = 60;

bool is(object const& node, std::string const& field, std::string const& wanted) {
    auto const* found = node.if_contains(field);
    return found != nullptr && found->is_string() && found->get_string() == wanted;
}

bool takes_presses(object const& node) {
    auto const* interactive = node.if_contains("interactive");
    return interactive != nullptr && interactive->get_bool();
}

object const* find(object const& frame, std::string const& field, std::string const& wanted) {
    for (auto const& node : frame.at("nodes").as_array())
        if (takes_presses(node.get_object()) && is(node.get_object(), field, wanted))
            return &node.get_object();
    return nullptr;
}

object const& lit_node(object const& frame) {
    for (auto const& node : frame.at("nodes").as_array())
        for (auto const& state : node.at("states").as_array())
            if (state.as_string() == "focused")
                return node.get_object();
    INFO(boost::json::serialize(frame));
    FAIL("nothing is lit");
    return frame;
}

bool lies_in(object const& inner, object const& outer) {
    auto const at = [](object const& node, std::size_t i) { return node.at("rect").at(i).as_int64(); };
    return at(inner, 0) >= at(outer, 0) - 1 && at(inner, 1) >= at(outer, 1) - 1 &&
           at(inner, 0) + at(inner, 2) <= at(outer, 0) + at(outer, 2) + 1 &&
           at(inner, 1) + at(inner, 3) <= at(outer, 1) + at(outer, 3) + 1;
}

} // namespace

void Switches::next() {
    screen_.advance(1);
    screen_.key(next_);
    ++presses_;
}

void Switches::select() {
    screen_.advance(1);
    screen_.key(select_);
    ++presses_;
}

std::string Switches::lit() {
    return std::string(lit_node(screen_.frame()).at("label").as_string());
}

void Switches::press_by(std::string const& field, std::string const& wanted) {
    for (int presses = 0; presses < presses_for_one_max; ++presses) {
        auto const frame = screen_.frame();
        auto const* target = find(frame, field, wanted);
        // On another page: the way there is the page button.
        if (target == nullptr)
            target = find(frame, "msg", "ui.page.down");
        INFO(wanted << " is not on " << boost::json::serialize(frame));
        REQUIRE(target != nullptr);
        auto const& lit = lit_node(frame);
        bool const alone = lit.at("id") == target->at("id");
        bool const in_group = is(lit, "role", "group") && lies_in(*target, lit);
        if (!alone && !in_group) {
            next();
            continue;
        }
        bool const done = alone && is(*target, field, wanted);
        select();
        if (!done)
            continue;
        most_ = std::max(most_, presses + 1);
        return;
    }
    INFO(boost::json::serialize(screen_.frame()));
    FAIL("the switches never reached " << wanted);
}

void Switches::press(std::string const& msg) {
    press_by("msg", msg);
}

void Switches::press_key(std::string const& key) {
    press_by("key", key);
}

void Switches::type(std::string const& text) {
    for (char const c : text)
        press_by("label", std::string(1, c));
}

} // namespace portico::test
