#pragma once

#include "shared/base/encoding.h"

#include <memory>
#include <string>
#include <string_view>

namespace portico {

/// Overwrites memory in a way the compiler may not remove.
void wipe(void* data, std::size_t size);
/// Empties it and overwrites all that it has room for: a shorter text leaves the end of a longer one there.
void wipe(std::string& text);

/// Puts a new T in the place of the old one, in memory that holds nothing of it. For what assignment would
/// leave behind: the room of a vector, the small buffer of a string. What T has on the heap is wiped only
/// where the program wipes what it frees.
template <class T>
void renew(T& value) {
    std::destroy_at(&value);
    wipe(static_cast<void*>(&value), sizeof value);
    std::construct_at(&value);
}

/// A PIN, password, key or code: wiped when it goes, never copied by accident, never printable
/// (no stream operator, no conversion). Ask for `reveal()` only where it is used.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view text) { assign(text); }
    Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { other.clear(); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            clear();
            bytes_ = std::move(other.bytes_);
            other.clear();
        }
        return *this;
    }
    Secret(Secret const&) = delete;
    Secret& operator=(Secret const&) = delete;
    ~Secret() { clear(); }

    Secret clone() const { return Secret(reveal()); }
    std::string_view reveal() const { return as_text(bytes_); }
    ByteView bytes() const { return bytes_; }
    std::size_t size() const { return bytes_.size(); }
    bool empty() const { return bytes_.empty(); }
    void append(std::string_view text);
    /// Removes the last UTF-8 character, if there is one.
    void erase_last();
    void clear();

private:
    void assign(std::string_view text);
    Bytes bytes_; // a vector, not a string: no small buffer that a move would leave behind
};

/// Equal in a time that depends on the lengths only.
bool equal_constant_time(ByteView a, ByteView b);

} // namespace portico
