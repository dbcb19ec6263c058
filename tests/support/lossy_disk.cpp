#include "tests/support/lossy_disk.h"

#include "tests/support/catch.h"
#include "tests/support/lossy_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <utility>

namespace portico::test {

namespace {

/// One machine's power, and where it fails.
struct Power {
    std::uint64_t steps = 0;
    std::optional<std::uint64_t> strike_at;
    bool strikes_once = false;
    bool on = true;
    bool struck = false;

    enum class Step : std::uint8_t {
        Done,
        Fails,
        CutHere, ///< fails, and is the one that the power cut met: it may have reached the disk in part
    };
    Step step() {
        if (!on)
            return Step::Fails;
        if (strike_at && steps >= *strike_at) {
            struck = true;
            on = strikes_once;
            strike_at.reset();
            return on ? Step::Fails : Step::CutHere;
        }
        ++steps;
        return Step::Done;
    }
};

/// What SQLite calls; there is one default file layer for the process, so one of these.
struct Layer {
    std::mutex guard;
    sqlite3_vfs* real = nullptr;
    std::map<std::string, LossyFile> files;
    std::map<std::string, Power> powers; ///< by folder; "" for all that is in none of the others
    LossyDisk::Syncs syncs = LossyDisk::Syncs::Kept;

    static bool is_in(std::string const& file, std::string const& folder) {
        return folder.empty() || (file.starts_with(folder) && file[folder.size()] == '/');
    }
    Power& power_of(std::string const& file) {
        for (auto& [folder, power] : powers)
            if (!folder.empty() && is_in(file, folder))
                return power;
        return powers[""];
    }
    /// All names of a file's folder stay as they are now.
    void sync_names(std::string const& beside) {
        auto const folder = std::filesystem::path(beside).parent_path();
        for (auto& [name, file] : files)
            if (std::filesystem::path(name).parent_path() == folder)
                file.sync_name();
    }
};

Layer& layer() {
    static Layer one;
    return one;
}

/// SQLite gives the room and keeps the pointer.
struct File {
    sqlite3_file base;
    LossyFile* lossy;        ///< null for temporary files: nobody finds them after a cut
    std::string const* name; ///< as in `Layer::files`; null with `lossy`
    Power* power;
    bool syncs_folder; ///< its first sync also syncs the folder that its name is in
    alignas(8) std::uint8_t real[1];

    sqlite3_file* inner() { return reinterpret_cast<sqlite3_file*>(static_cast<void*>(real)); }
};

File& of(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}

int close_file(sqlite3_file* file) {
    auto& inner = *of(file).inner();
    return inner.pMethods == nullptr ? SQLITE_OK : inner.pMethods->xClose(&inner);
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
    std::lock_guard const lock(layer().guard);
    if (!of(file).power->on)
        return SQLITE_IOERR_READ;
    return of(file).inner()->pMethods->xRead(of(file).inner(), to, size, offset);
}

int write(sqlite3_file* file, void const* from, int size, sqlite3_int64 offset) {
    std::lock_guard const lock(layer().guard);
    auto const step = of(file).power->step();
    if (of(file).lossy != nullptr && step != Power::Step::Fails)
        of(file).lossy->write(static_cast<std::uint64_t>(offset), static_cast<std::uint8_t const*>(from),
                              static_cast<std::size_t>(size));
    if (step != Power::Step::Done)
        return of(file).power->on ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    return of(file).inner()->pMethods->xWrite(of(file).inner(), from, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    std::lock_guard const lock(layer().guard);
    if (of(file).power->step() != Power::Step::Done)
        return SQLITE_IOERR_TRUNCATE;
    if (of(file).lossy != nullptr)
        of(file).lossy->truncate(static_cast<std::uint64_t>(size));
    return of(file).inner()->pMethods->xTruncate(of(file).inner(), size);
}

int sync(sqlite3_file* file, int /*flags*/) {
    std::lock_guard const lock(layer().guard);
    if (of(file).power->step() != Power::Step::Done)
        return SQLITE_IOERR_FSYNC;
    if (std::exchange(of(file).syncs_folder, false))
        layer().sync_names(*of(file).name);
    if (of(file).lossy != nullptr)
        of(file).lossy->sync();
    return SQLITE_OK; // the real disk need not be asked: what counts is what LossyFile holds
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return of(file).inner()->pMethods->xFileSize(of(file).inner(), size);
}
int lock_file(sqlite3_file* file, int how) {
    return of(file).inner()->pMethods->xLock(of(file).inner(), how);
}
int unlock_file(sqlite3_file* file, int how) {
    return of(file).inner()->pMethods->xUnlock(of(file).inner(), how);
}
int check_reserved(sqlite3_file* file, int* out) {
    return of(file).inner()->pMethods->xCheckReservedLock(of(file).inner(), out);
}

/// On this thread "PRAGMA synchronous" is the mutant's own.
thread_local bool sets_mutant = false;

int file_control(sqlite3_file* file, int what, void* argument) {
    if (what == SQLITE_FCNTL_PRAGMA && layer().syncs == LossyDisk::Syncs::Swallowed && !sets_mutant) {
        auto const* const words = static_cast<char**>(argument);
        if (std::string(words[1]) == "synchronous" && words[2] != nullptr)
            return SQLITE_OK; // answered here: SQLite keeps what it had
    }
    return of(file).inner()->pMethods->xFileControl(of(file).inner(), what, argument);
}

int sector_size(sqlite3_file* file) {
    return of(file).inner()->pMethods->xSectorSize(of(file).inner());
}
int characteristics(sqlite3_file* file) {
    // Nothing but what every disk does: a write harms no byte outside of it.
    static_cast<void>(file);
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}
int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    return of(file).inner()->pMethods->xShmMap(of(file).inner(), region, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return of(file).inner()->pMethods->xShmLock(of(file).inner(), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
    of(file).inner()->pMethods->xShmBarrier(of(file).inner());
}
int shm_unmap(sqlite3_file* file, int remove) {
    return of(file).inner()->pMethods->xShmUnmap(of(file).inner(), remove);
}

sqlite3_io_methods const methods = {
    2,           close_file,     read,         write,       truncate,        sync,    file_size, lock_file,
    unlock_file, check_reserved, file_control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap,   nullptr,        nullptr};

std::optional<LossyFile::Content> content_of(std::string const& path) {
    std::error_code absent;
    auto const size = std::filesystem::file_size(path, absent);
    if (absent)
        return std::nullopt;
    LossyFile::Content content(size);
    std::ifstream(path, std::ios::binary)
        .read(reinterpret_cast<char*>(content.data()), static_cast<std::streamsize>(size));
    return content;
}

int open_file(sqlite3_vfs* /*layer*/, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
    auto& here = layer();
    std::lock_guard const lock(here.guard);
    of(file).base.pMethods = nullptr;
    of(file).lossy = nullptr;
    of(file).name = nullptr;
    of(file).syncs_folder = false;
    of(file).power = &here.power_of(name != nullptr ? name : "");
    if (!of(file).power->on)
        return SQLITE_CANTOPEN;
    constexpr int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    if (name != nullptr && (flags & kept) != 0) {
        auto found = here.files.find(name);
        if (found == here.files.end())
            found = here.files.emplace(name, content_of(name)).first;
        if (!std::filesystem::exists(name) && (flags & SQLITE_OPEN_CREATE) != 0) {
            if (of(file).power->step() != Power::Step::Done)
                return SQLITE_CANTOPEN;
            found->second.create();
            // As SQLite's own layer does it (os_unix.c): not for the database itself.
            of(file).syncs_folder = (flags & SQLITE_OPEN_MAIN_DB) == 0;
        }
        of(file).lossy = &found->second;
        of(file).name = &found->first;
    }
    int const code = here.real->xOpen(here.real, name, of(file).inner(), flags, out_flags);
    if (of(file).inner()->pMethods != nullptr)
        of(file).base.pMethods = &methods;
    return code;
}

int delete_file(sqlite3_vfs* /*layer*/, char const* name, int sync_folder) {
    auto& here = layer();
    std::lock_guard const lock(here.guard);
    if (here.power_of(name).step() != Power::Step::Done)
        return SQLITE_IOERR_DELETE;
    if (auto const found = here.files.find(name); found != here.files.end()) {
        found->second.remove();
        if (sync_folder != 0)
            here.sync_names(name);
    }
    return here.real->xDelete(here.real, name, sync_folder);
}

sqlite3_vfs& file_layer() {
    static sqlite3_vfs one = [] {
        auto made = *layer().real;
        made.zName = "lossy";
        made.szOsFile = static_cast<int>(sizeof(File)) + layer().real->szOsFile;
        made.xOpen = open_file;
        made.xDelete = delete_file;
        return made;
    }();
    return one;
}

int without_sync(sqlite3* database, char const** /*message*/, void const* /*api*/) {
    sets_mutant = true;
    int const code = sqlite3_exec(database, "PRAGMA synchronous=OFF", nullptr, nullptr, nullptr);
    sets_mutant = false;
    return code;
}

} // namespace

LossyDisk::LossyDisk(Syncs syncs) {
    auto& here = layer();
    here.real = sqlite3_vfs_find("unix");
    REQUIRE(here.real != nullptr);
    here.files.clear();
    here.powers.clear();
    here.syncs = syncs;
    REQUIRE(sqlite3_vfs_register(&file_layer(), 1) == SQLITE_OK);
    if (syncs == Syncs::Swallowed)
        REQUIRE(sqlite3_auto_extension(reinterpret_cast<void (*)()>(without_sync)) == SQLITE_OK);
}

LossyDisk::~LossyDisk() {
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(without_sync));
    sqlite3_vfs_register(layer().real, 1);
    sqlite3_vfs_unregister(&file_layer());
}

void LossyDisk::add_machine(std::filesystem::path const& folder) {
    std::lock_guard const lock(layer().guard);
    layer().powers[folder.string()];
}

std::uint64_t LossyDisk::steps(std::filesystem::path const& machine) const {
    std::lock_guard const lock(layer().guard);
    return layer().powers[machine.string()].steps;
}

void LossyDisk::cut_after(std::uint64_t steps, std::filesystem::path const& machine) {
    std::lock_guard const lock(layer().guard);
    auto& power = layer().powers[machine.string()];
    power.strike_at = power.steps + steps;
    power.strikes_once = false;
}

void LossyDisk::fail_once_after(std::uint64_t steps) {
    std::lock_guard const lock(layer().guard);
    auto& power = layer().powers[""];
    power.strike_at = power.steps + steps;
    power.strikes_once = true;
}

void LossyDisk::never_fail(std::filesystem::path const& machine) {
    std::lock_guard const lock(layer().guard);
    auto& power = layer().powers[machine.string()];
    power.strike_at.reset();
    power.struck = false;
}

bool LossyDisk::struck(std::filesystem::path const& machine) const {
    std::lock_guard const lock(layer().guard);
    return layer().powers[machine.string()].struck;
}

void LossyDisk::power_on(Dice& dice, std::filesystem::path const& machine) {
    auto& here = layer();
    std::lock_guard const lock(here.guard);
    for (auto at = here.files.begin(); at != here.files.end();) {
        auto& [name, file] = *at;
        if (!Layer::is_in(name, machine.string())) {
            ++at;
            continue;
        }
        auto const& content = file.lose_power(dice);
        std::filesystem::remove(name);
        std::filesystem::remove(name + "-shm");
        if (content)
            std::ofstream(name, std::ios::binary)
                .write(reinterpret_cast<char const*>(content->data()),
                       static_cast<std::streamsize>(content->size()));
        at = here.files.erase(at);
    }
    here.powers[machine.string()] = Power{};
}

} // namespace portico::test
