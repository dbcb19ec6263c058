#include "shared/devices/key_entry.h"

#include <utility>

namespace portico {

KeyEntry::Came KeyEntry::press(char key) {
    if (count() == entry_digits)
        return Came::Nothing;
    if (key == '*' || key == '#') {
        digits_.clear();
        return Came::Dropped;
    }
    if (key < '0' || key > '9')
        return Came::Nothing;
    digits_.append(std::string_view(&key, 1));
    return count() == entry_digits ? Came::Complete : Came::Digit;
}

Secret KeyEntry::take() {
    return std::move(digits_);
}

} // namespace portico
