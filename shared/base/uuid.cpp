#include "shared/base/uuid.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <sys/random.h>
#include <tuple>

namespace portico {

Bytes random_bytes(std::size_t count) {
    Bytes bytes(count);
    std::size_t done = 0;
    while (done < count) {
        auto const got = getrandom(bytes.data() + done, count - done, 0);
        if (got < 0 && errno == EINTR)
            continue; // more than 256 bytes may be interrupted by a signal
        if (got < 0) {
            std::ignore = std::fputs("the system gives no random bytes\n", stderr);
            std::abort();
        }
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

std::string make_uuid_v7(Clock const& clock) {
    // The 12 bits after the version count up within a millisecond (RFC 9562, 6.2, method 1).
    static std::mutex guard;
    static std::int64_t last_ms = 0;
    static std::uint32_t sequence = 0;

    auto random = random_bytes(10);
    auto ms = to_micros(clock.now()) / 1000;
    std::uint32_t count = 0;
    {
        std::lock_guard const lock(guard);
        // Also when the clock stepped back: follow it rather than run ahead of it.
        if (ms > last_ms || last_ms - ms > 1000) {
            last_ms = ms;
            sequence = static_cast<std::uint32_t>(random[8] << 3U);
        } else if (++sequence > 0xFFF) {
            ++last_ms;
            sequence = 0;
        }
        ms = last_ms;
        count = sequence;
    }
    Bytes id;
    for (int shift = 40; shift >= 0; shift -= 8)
        id.push_back(
            static_cast<std::uint8_t>(static_cast<std::uint64_t>(ms) >> static_cast<unsigned>(shift)));
    id.push_back(static_cast<std::uint8_t>(0x70U | (count >> 8U)));
    id.push_back(static_cast<std::uint8_t>(count));
    id.push_back(static_cast<std::uint8_t>(0x80U | (random[0] & 0x3FU)));
    id.insert(id.end(), random.begin() + 1, random.begin() + 8);
    auto const hex = to_hex(id);
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) +
           "-" + hex.substr(20);
}

bool is_uuid_v7(std::string_view text) {
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < 36; ++i) {
        bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
        char const c = text[i];
        bool const hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !hex)
            return false;
    }
    return text[14] == '7' && (text[19] == '8' || text[19] == '9' || text[19] == 'a' || text[19] == 'b');
}

std::int64_t uuid_v7_time_ms(std::string_view text) {
    if (!is_uuid_v7(text))
        return 0;
    auto const hex = std::string(text.substr(0, 8)) + std::string(text.substr(9, 4));
    return std::strtoll(hex.c_str(), nullptr, 16);
}

} // namespace portico
