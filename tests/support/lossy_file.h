#pragma once

#include "tests/support/rounds.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace portico::test {

/// One name on a disk that promises no more than a disk does: what was synced stays; of the rest, after a
/// power cut, any part may be there and any part not, in any order, a write torn at sectors, the last at any
/// byte. Names follow their file: a name made and synced stays; names made and deleted since come and go in
/// order.
class LossyFile {
public:
    using Content = std::vector<std::uint8_t>;

    /// As it is found: all of it durable. Nothing: there is no such file.
    explicit LossyFile(std::optional<Content> found) : durable_(std::move(found)) {}

    void create();
    void write(std::uint64_t offset, std::uint8_t const* data, std::size_t size);
    void truncate(std::uint64_t size);
    void remove();
    /// What there is now stays.
    void sync();
    /// Whether there is such a name stays as it is now; what is in the file need not.
    void sync_name();

    /// What the disk holds when the power comes back; from now on all of it is durable.
    std::optional<Content> const& lose_power(Dice& dice);

private:
    struct Change {
        enum class Kind : std::uint8_t { Create, Write, Truncate, Remove } kind;
        std::uint64_t offset = 0; ///< of Truncate: the size
        Content data;
    };
    /// How much of what was not synced has reached the disk.
    enum class Luck : std::uint8_t { Nothing, Everything, Prefix, AnyWrites, AnySectors, count };

    /// Makes or takes away the name.
    static bool names(Change const& change);
    static void apply(std::optional<Content>& content, Change const& change);
    static void apply_sectors(Content& content, Change const& change, Dice& dice);

    std::optional<Content> durable_;
    std::vector<Change> pending_;
};

} // namespace portico::test
