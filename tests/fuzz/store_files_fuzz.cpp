// link: portico_client
#include "shared/client/outbox.h"
#include "shared/client/replica.h"
#include "shared/crypto/sealing.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

// A kiosk opens its files as it finds them: after a power cut, on a worn disk, or changed by who has the
// disk. The input is what was changed in a file that was good.

using namespace portico;
using namespace portico::client;

namespace {

void must(bool truth) {
    if (!truth)
        std::abort();
}

std::string read(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// In memory where there is such a place: waiting for a disk is not what is tried here.
std::filesystem::path scratch() {
    std::filesystem::path const memory = "/dev/shm";
    return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

struct Bench {
    ManualClock clock{UtcTime{std::chrono::hours(490'000)}};
    std::filesystem::path folder = scratch() / ("portico-store-fuzz-" + std::to_string(::getpid()));
    std::filesystem::path outbox_file = folder / "outbox.db";
    std::filesystem::path replica_file = folder / "replica.db";
    Bytes key;
    std::string good_outbox;
    std::string good_replica;

    Bench() {
        crypto::initialise();
        key = crypto::SealingKeyPair::generate().public_key;
        fresh();
        must(use_outbox());
        must(use_replica());
        good_outbox = read(outbox_file);
        good_replica = read(replica_file);
    }
    ~Bench() { std::filesystem::remove_all(folder); }

    void fresh() const {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    /// True when all went well; an error is an answer as well.
    bool use_outbox() {
        auto opened = Outbox::open(outbox_file, key, clock);
        if (opened.has_error())
            return false;
        auto& outbox = *opened.value();
        bool whole = true;
        api::Operation operation;
        operation.request_mailed_card = api::RequestMailedCard{.reason = "extra"};
        auto const added = outbox.add(std::move(operation));
        whole = added.has_value() && outbox.counts().has_value() && outbox.refused().has_value();
        auto const batch = outbox.next_batch();
        if (batch.has_error() || batch.value().operations.empty())
            return false;
        auto const& first = batch.value().operations.front().id;
        return outbox.settle({{{first, "refused", "x"}}}).has_value() && whole;
    }
    bool use_replica() {
        auto opened = Replica::open(replica_file, clock);
        if (opened.has_error())
            return false;
        auto& replica = *opened.value();
        api::ChangesPage page;
        page.cursor = "5";
        api::Change change;
        change.cursor = "5";
        change.provider = ProviderListing{};
        change.provider->id = "role-1/location-1";
        change.provider->name = "Sample Clinic";
        page.changes.push_back(change);
        change.provider.reset();
        change.notice =
            api::Notice{"notice-1", "claims", "notice", "Text.", "Texto.", "2026-01-01T00:00:00Z", ""};
        page.changes.push_back(change);
        bool const applied = replica.apply(page).has_value();
        bool const found = replica.find_providers({.words = "sample", .zip5 = "02101"}).has_value();
        bool const read = replica.cursor().has_value() && replica.notices().has_value() &&
                          replica.contact_ways().has_value() &&
                          replica.provider("role-1/location-1").has_value() &&
                          replica.provider_count().has_value() && replica.caught_up_at().has_value();
        return applied && found && read;
    }
};

/// Four bytes of the input each: where (in 24 bits), and what stands there then. The first byte says how much
/// is cut off at the end.
std::string changed(std::string file, ByteView input) {
    for (std::size_t i = 1; i + 3 < input.size(); i += 4) {
        auto const at = std::size_t{input[i]} << 16U | std::size_t{input[i + 1]} << 8U | input[i + 2];
        file[at % file.size()] = static_cast<char>(input[i + 3]);
    }
    if (!input.empty() && input[0] != 0)
        file.resize(file.size() - file.size() * input[0] / 512);
    return file;
}

void put(std::filesystem::path const& file, std::string const& bytes) {
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Bench bench;
    ByteView const input(data, size);
    bench.fresh();
    put(bench.outbox_file, changed(bench.good_outbox, input));
    put(bench.replica_file, changed(bench.good_replica, input));
    static_cast<void>(bench.use_outbox());
    if (!bench.use_replica()) {
        // It may be deleted, and fills again.
        bench.fresh();
        must(bench.use_replica());
    }
    return 0;
}
