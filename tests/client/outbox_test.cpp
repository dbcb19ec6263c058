#include "shared/api/json.h"
#include "shared/base/uuid.h"
#include "shared/client/outbox.h"
#include "shared/crypto/sealing.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <fstream>
#include <iterator>

using namespace portico;
using namespace portico::client;

namespace {

struct Bench {
    test::ScratchFolder folder;
    ManualClock clock{UtcTime{std::chrono::hours(490'000)}};
    crypto::SealingKeyPair keys = [] {
        crypto::initialise();
        return crypto::SealingKeyPair::generate();
    }();

    std::unique_ptr<Outbox> open() {
        auto outbox = Outbox::open(folder.path / "outbox.db", keys.public_key, clock);
        REQUIRE(outbox.has_value());
        return std::move(outbox).value();
    }
    static api::Operation mailed_card() {
        api::Operation operation;
        operation.session_token = "secret-session-token";
        operation.request_mailed_card = api::RequestMailedCard{.reason = "damaged"};
        return operation;
    }
};

std::string all_bytes(std::filesystem::path const& folder) {
    std::string bytes;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    return bytes;
}

} // namespace

TEST_CASE(
    "outbox: an operation waits sealed, nothing of it can be read on the terminal, and central opens it") {
    Bench bench;
    auto outbox = bench.open();
    auto const id = outbox->add(Bench::mailed_card());
    REQUIRE(id.has_value());
    auto const bytes = all_bytes(bench.folder.path);
    CHECK(bytes.find("secret-session-token") == std::string::npos);
    CHECK(bytes.find("damaged") == std::string::npos);
    CHECK(bytes.find(id.value()) != std::string::npos);

    auto const batch = outbox->next_batch();
    REQUIRE(batch.value().operations.size() == 1);
    auto const sealed = from_base64url(batch.value().operations[0].sealed);
    auto const opened = crypto::open_sealed(bench.keys, sealed.value());
    REQUIRE(opened.has_value());
    auto const read = api::from_json<api::Operation>(opened.value().reveal(), api::UnknownFields::Refuse);
    REQUIRE(read.has_value());
    CHECK(read.value().id == id.value());
    CHECK(read.value().sequence == 1);
    CHECK(read.value().session_token == "secret-session-token");
    CHECK(read.value().request_mailed_card->reason == "damaged");
}

TEST_CASE("outbox: it outlives the program, in order, and numbers go on") {
    Bench bench;
    std::string first;
    {
        auto outbox = bench.open();
        first = outbox->add(Bench::mailed_card()).value();
    }
    auto outbox = bench.open();
    auto const second = outbox->add(Bench::mailed_card()).value();
    auto const batch = outbox->next_batch().value();
    REQUIRE(batch.operations.size() == 2);
    CHECK(batch.operations[0].id == first);
    CHECK(batch.operations[1].id == second);
    CHECK(outbox->counts().value() == OutboxCounts{2, 0, 0});
}

TEST_CASE(
    "outbox: applied and duplicate ones go, a refused one leaves its reason until a person has seen it") {
    Bench bench;
    auto outbox = bench.open();
    auto const a = outbox->add(Bench::mailed_card()).value();
    auto const b = outbox->add(Bench::mailed_card()).value();
    auto const c = outbox->add(Bench::mailed_card()).value();
    api::PushOutcomes const outcomes{
        {{a, "applied", ""}, {b, "duplicate", ""}, {c, "refused", "too_many_cards"}}};
    REQUIRE(outbox->settle(outcomes).has_value());
    CHECK(outbox->counts().value() == OutboxCounts{0, 2, 1});
    SECTION("the same reply once more changes nothing") {
        REQUIRE(outbox->settle(outcomes).has_value());
        CHECK(outbox->counts().value() == OutboxCounts{0, 2, 1});
    }
    auto const refused = outbox->refused().value();
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].id == c);
    CHECK(refused[0].reason == "too_many_cards");
    REQUIRE(outbox->forget_refused(c).has_value());
    CHECK(outbox->counts().value().refused == 0);
}

TEST_CASE("outbox: an outcome nobody knows settles nothing, and what was not answered for is sent again") {
    Bench bench;
    auto outbox = bench.open();
    auto const a = outbox->add(Bench::mailed_card()).value();
    auto const b = outbox->add(Bench::mailed_card()).value();
    REQUIRE(outbox->settle({{{a, "postponed", ""}}}).has_value());
    auto const batch = outbox->next_batch().value();
    REQUIRE(batch.operations.size() == 2);
    CHECK(batch.operations[1].id == b);
}

TEST_CASE("outbox: an id that waits already is not added twice") {
    Bench bench;
    auto outbox = bench.open();
    auto operation = Bench::mailed_card();
    operation.id = make_uuid_v7(bench.clock);
    auto again = operation;
    CHECK(outbox->add(std::move(operation)).has_value());
    CHECK(outbox->add(std::move(again)).has_value());
    CHECK(outbox->counts().value().waiting == 1);
    // Nor does it spend a number, which central would miss.
    CHECK(outbox->add(Bench::mailed_card()).has_value());
    auto const batch = outbox->next_batch().value();
    REQUIRE(batch.operations.size() == 2);
    auto const plain =
        crypto::open_sealed(bench.keys, from_base64url(batch.operations[1].sealed).value()).value();
    CHECK(api::from_json<api::Operation>(plain.reveal(), api::UnknownFields::Refuse).value().sequence == 2);
}

TEST_CASE("outbox: a batch is at most what central takes") {
    Bench bench;
    auto outbox = bench.open();
    for (int i = 0; i < push_operations_max + 5; ++i)
        REQUIRE(outbox->add(Bench::mailed_card()).has_value());
    CHECK(outbox->next_batch().value().operations.size() == push_operations_max);
}

TEST_CASE("outbox: how one stands can be told: it waits, was refused and why, or is settled") {
    using Where = OperationStanding::Where;
    Bench bench;
    auto outbox = bench.open();
    std::vector<std::string> ids;
    for (int i = 0; i < 3; ++i)
        ids.push_back(outbox->add(Bench::mailed_card()).value());
    ids.emplace_back("of nobody");
    REQUIRE(
        outbox->settle({{{ids[1], "refused", "mailed_card_limit"}, {ids[2], "applied", ""}}}).has_value());
    auto const standing = outbox->standing(ids);
    REQUIRE(standing.has_value());
    REQUIRE(standing.value().size() == 4);
    CHECK(standing.value()[0].where == Where::Waiting);
    CHECK(standing.value()[1].where == Where::Refused);
    CHECK(standing.value()[1].reason == "mailed_card_limit");
    CHECK(standing.value()[2].where == Where::Settled);
    CHECK(standing.value()[3].where == Where::Settled);
    for (std::size_t i = 0; i < ids.size(); ++i)
        CHECK(standing.value()[i].id == ids[i]);
    // Seen by a person it is settled; and none asked for is none told.
    REQUIRE(outbox->forget_refused(ids[1]).has_value());
    CHECK(outbox->standing({ids[1]}).value().front().where == Where::Settled);
    CHECK(outbox->standing({}).value().empty());
}
