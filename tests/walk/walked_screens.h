#pragma once

#include <string>
#include <vector>

namespace portico::test {

/// A screen of the kiosk, and the test cases that walk to it: by touch, and by keypad alone.
struct WalkedScreen {
    std::string screen;
    std::string by_touch;
    std::string by_keypad;
};

/// Every screen of kiosk/app/screen.h. A test compares the two, and at the end of each test case of this
/// table the screens that the programs really showed are compared with what it says: a new screen cannot
/// escape.
std::vector<WalkedScreen> const& walked_screens();

} // namespace portico::test
