// link: portico_client
#include "shared/base/encoding.h"
#include "shared/client/outbox.h"
#include "shared/crypto/sealing.h"

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

// Whatever central answers to a push, in whatever order: the outbox never loses an operation it was not told
// is settled, never counts one twice, and never fails.

using namespace portico;
using namespace portico::client;

namespace {

struct Bench {
    ManualClock clock{UtcTime{std::chrono::hours(490'000)}};
    std::filesystem::path file = std::filesystem::temp_directory_path() /
                                 ("portico-outbox-fuzz-" + std::to_string(::getpid()) + ".db");
    Bytes key;
    std::unique_ptr<Outbox> outbox;

    Bench() {
        crypto::initialise();
        key = crypto::SealingKeyPair::generate().public_key;
        auto opened = Outbox::open(file, key, clock);
        if (opened.has_error())
            std::abort();
        outbox = std::move(opened).value();
    }
};

void must(bool truth) {
    if (!truth)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Bench bench;
    static char const* const words[] = {"applied", "duplicate", "refused", "", "postponed"};
    auto& outbox = *bench.outbox;
    for (std::size_t i = 0; i + 1 < size; i += 2) {
        auto const before = outbox.counts().value();
        if (data[i] % 2 == 0 && before.waiting < 20) {
            api::Operation operation;
            operation.request_mailed_card = api::RequestMailedCard{.reason = "extra"};
            must(outbox.add(std::move(operation)).has_value());
            must(outbox.counts().value().waiting == before.waiting + 1);
            continue;
        }
        auto const batch = outbox.next_batch().value();
        must(static_cast<std::int64_t>(batch.operations.size()) == before.waiting);
        api::PushOutcomes outcomes;
        // One outcome, perhaps twice, perhaps for an id that never was.
        std::string const id = batch.operations.empty()
                                   ? std::string(as_text({data, size}))
                                   : batch.operations[data[i] % batch.operations.size()].id;
        for (int times = 0; times <= data[i + 1] % 2; ++times)
            outcomes.outcomes.push_back({id, words[data[i + 1] / 2 % 5], std::string(as_text({data, size}))});
        must(outbox.settle(outcomes).has_value());
        auto const after = outbox.counts().value();
        must(after.waiting + after.sent + after.refused == before.waiting + before.sent + before.refused);
    }
    // Held by name: a range-for over a part of a temporary reads what has gone (C++20).
    auto const refused_operations = outbox.refused().value();
    for (auto const& refused : refused_operations)
        must(outbox.forget_refused(refused.id).has_value());
    return 0;
}
