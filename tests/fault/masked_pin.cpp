#include "tests/fault/masked_pin.h"

#include "shared/base/file_descriptor.h"
#include "shared/base/uuid.h"

#include <algorithm>
#include <cinttypes>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace portico::test {

namespace {

constexpr std::uint8_t mask = 0xA5;
constexpr std::size_t pin_digits = 8; // as many as any card takes

} // namespace

MaskedPin::MaskedPin() : masked_(random_bytes(pin_digits)) {
    for (auto& byte : masked_)
        byte = static_cast<std::uint8_t>(('0' + byte % 10) ^ mask);
}

Secret MaskedPin::open() const {
    char text[pin_digits];
    for (std::size_t i = 0; i < pin_digits; ++i)
        text[i] = static_cast<char>(masked_[i] ^ mask);
    Secret pin(std::string_view(text, pin_digits));
    wipe(text, sizeof text);
    return pin;
}

namespace {

/// Looks through what the process could write to: nothing else can hold a PIN that was made while it ran.
bool stands_in(pid_t process, std::string_view word) {
    auto const folder = "/proc/" + std::to_string(process);
    FileDescriptor const memory(::open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
    std::ifstream maps(folder + "/maps");
    std::vector<char> bytes;
    std::uint64_t looked_at = 0;
    bool found = false;
    for (std::string line; std::getline(maps, line);) {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        char rights[5] = "";
        // A sanitizer reserves terabytes for itself.
        constexpr std::uint64_t region_max = 1ULL << 32U;
        if (std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64 " %4s", &begin, &end, rights) != 3 ||
            rights[0] != 'r' || rights[1] != 'w' || end - begin > region_max)
            continue;
        constexpr std::uint64_t piece = 4U << 20U;
        for (auto at = begin; at < end; at += piece) {
            bytes.resize(std::min(piece + word.size(), end - at));
            auto const got = pread(memory.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
            if (got <= 0)
                continue;
            looked_at += static_cast<std::uint64_t>(got);
            found = found ||
                    memmem(bytes.data(), static_cast<std::size_t>(got), word.data(), word.size()) != nullptr;
        }
    }
    if (looked_at < 1'000'000)
        throw std::runtime_error("the other process cannot be looked into");
    return found;
}

} // namespace

/// A copy of this process stands still meanwhile and is looked through: what we look for is not in there.
bool MaskedPin::stands_in_memory() const {
    auto const copy = fork();
    if (copy < 0)
        throw std::runtime_error("no second process to look into");
    if (copy == 0)
        while (true)
            pause();
    auto const pin = open();
    bool const found = stands_in(copy, pin.reveal());
    kill(copy, SIGKILL);
    waitpid(copy, nullptr, 0);
    return found;
}

} // namespace portico::test
