#include "shared/base/secret.h"

#include <cstring>

namespace portico {

void wipe(void* data, std::size_t size) {
    if (size != 0)
        explicit_bzero(data, size);
}

void wipe(std::string& text) {
    text.resize(text.capacity()); // allocates nothing
    wipe(text.data(), text.size());
    text.clear();
}

void Secret::assign(std::string_view text) {
    bytes_.assign(text.begin(), text.end());
}

void Secret::append(std::string_view text) {
    // Growing in place would free the old buffer unwiped.
    Bytes grown;
    grown.reserve(bytes_.size() + text.size());
    grown.insert(grown.end(), bytes_.begin(), bytes_.end());
    grown.insert(grown.end(), text.begin(), text.end());
    clear();
    bytes_ = std::move(grown);
}

void Secret::erase_last() {
    while (!bytes_.empty()) {
        auto const last = bytes_.back();
        bytes_.back() = 0;
        bytes_.pop_back();
        if ((last & 0xC0U) != 0x80)
            break;
    }
}

void Secret::clear() {
    wipe(bytes_.data(), bytes_.size());
    bytes_.clear();
}

bool equal_constant_time(ByteView a, ByteView b) {
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        unsigned const x = a[i];
        unsigned const y = b[i];
        difference |= x ^ y;
    }
    return difference == 0;
}

} // namespace portico
