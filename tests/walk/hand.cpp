#include "tests/walk/hand.h"

#include "tests/support/catch.h"

namespace portico::test {

namespace {

/// More controls than any screen has on all its pages.
constexpr int steps_max = 300;

bool is(boost::json::object const& node, std::string const& field, std::string const& wanted) {
    auto const* found = node.if_contains(field);
    return found != nullptr && found->is_string() && found->get_string() == wanted;
}

bool has_focus(boost::json::object const& node) {
    for (auto const& state : node.at("states").as_array())
        if (state.as_string() == "focused")
            return true;
    return false;
}

} // namespace

void focus_by_keypad(Driver& screen, std::string const& field, std::string const& wanted) {
    // Past the last page Tab goes to the bars: back to the first page first, then forward over all.
    bool forward = false;
    for (int step = 0; step < steps_max; ++step) {
        auto const frame = screen.frame();
        for (auto const& node : frame.at("nodes").as_array())
            if (is(node.as_object(), field, wanted) && has_focus(node.as_object()))
                return;
        forward = forward || frame.at("page").as_int64() == 1;
        screen.key(forward ? "Tab" : "Shift+Tab");
    }
    INFO(boost::json::serialize(screen.frame()));
    FAIL("the focus never reached " << wanted);
}

void Hand::press_by(std::string const& field, std::string const& wanted) {
    if (by_ == By::Keypad) {
        focus_by_keypad(screen_, field, wanted);
        screen_.key("Enter");
    } else if (field == "key") {
        test::press_key(screen_, wanted);
    } else {
        test::press(screen_, wanted);
    }
}

void Hand::fill(std::string const& msg, std::string const& text) {
    if (by_ == By::Keypad)
        focus_by_keypad(screen_, "msg", msg);
    else
        press(msg);
    screen_.type(text);
}

void Hand::finish() {
    press("ui.bar.finish");
    screen_.wait_screen("visit_end");
    for (auto const* device : {"security_key", "chip_card"})
        screen_.device(device, "remove");
    for (auto const* printer : {"card_printer", "letter_printer"})
        screen_.device(printer, "take");
    screen_.advance(10);
    screen_.wait_screen("attract");
}

} // namespace portico::test
