#include "shared/api/json.h"
#include "shared/client/sync.h"
#include "shared/crypto/sealing.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/scratch_folder.h"

#include <atomic>
#include <mutex>
#include <vector>

using namespace portico;
using namespace portico::client;

namespace {

/// A central that has the same page for whoever asks.
class SamePage final : public Transport {
public:
    explicit SamePage(std::atomic<int>& asked) : asked_(asked) {}
    Result<HttpReply> call(HttpRequest /*request*/, std::stop_token /*cancel*/) override {
        ++asked_;
        api::ChangesPage page;
        page.changes.emplace_back().notice.emplace().id = "n1";
        page.cursor = "c1";
        HttpReply reply;
        reply.status = 200;
        reply.body = api::to_json(page);
        return reply;
    }
    void forget() override {}

private:
    std::atomic<int>& asked_;
};

} // namespace

TEST_CASE("sync: a page this terminal cannot keep does not make central one that refuses") {
    crypto::initialise();
    test::ScratchFolder folder;
    ManualClock clock{UtcTime{std::chrono::hours(490'000)}};
    auto replica = Replica::open(folder.path / "replica.db", clock);
    REQUIRE(replica);
    auto outbox =
        Outbox::open(folder.path / "outbox.db", crypto::SealingKeyPair::generate().public_key, clock);
    REQUIRE(outbox);
    {
        auto disk = storage::Database::open(folder.path / "replica.db");
        REQUIRE(disk);
        REQUIRE(disk.value().execute("drop table item"));
    }
    std::atomic<int> asked = 0;
    std::mutex guard;
    std::vector<Online> told;
    {
        Central central(std::make_unique<SamePage>(asked));
        Sync const sync(central, *replica.value(), *outbox.value(), {.online = [&](Online now) {
                            std::lock_guard const lock(guard);
                            told.push_back(now);
                        }});
        CHECK(test::eventually([&] { return asked >= 3; })); // the same page comes again
    }
    CHECK(told == std::vector{Online::Yes});
}
