#pragma once

#include "tests/support/rounds.h"

#include <cstdint>
#include <filesystem>

namespace portico::test {

/// The disk under every SQLite file that this process opens while it stands: writes are kept as a disk keeps
/// them
/// (`LossyFile`), and the power can be cut at any of them. Reads, locks and shared memory are SQLite's own.
/// One at a time; any thread.
///
///     LossyDisk disk;
///     ... open databases, warm up ...
///     disk.cut_after(dice.below(200));
///     ... work until something fails; close everything ...
///     disk.power_on(dice);
///     ... open again, and look ...
class LossyDisk {
public:
    enum class Syncs : std::uint8_t {
        Kept,
        Swallowed, ///< "PRAGMA synchronous" of any value is taken for OFF: the mutant that tests must catch
    };
    explicit LossyDisk(Syncs syncs = Syncs::Kept);
    LossyDisk(LossyDisk const&) = delete;
    LossyDisk& operator=(LossyDisk const&) = delete;
    ~LossyDisk();

    /// The files in and below `folder` are another machine's: its power is cut apart from the others'. In the
    /// calls below an empty path is all that is in no such folder.
    void add_machine(std::filesystem::path const& folder);

    /// Writes, truncations, removals, creations and syncs so far.
    std::uint64_t steps(std::filesystem::path const& machine = {}) const;
    /// Lets `steps` more succeed; from the next on every access fails.
    void cut_after(std::uint64_t steps, std::filesystem::path const& machine = {});
    /// As a full disk or a broken one: the step after `steps` more fails once, and all goes on.
    void fail_once_after(std::uint64_t steps);
    /// Takes back what was planned.
    void never_fail(std::filesystem::path const& machine = {});
    /// The power was cut, or the one failure came.
    bool struck(std::filesystem::path const& machine = {}) const;
    /// After all connections have gone: the files become what the disk holds, and may be opened again.
    void power_on(Dice& dice, std::filesystem::path const& machine = {});
};

} // namespace portico::test
