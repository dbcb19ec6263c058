#include "tests/fault/allocation_fault.h"
#include "tests/fault/raw_reports.h"
#include "tests/fault/sync_desk.h"
#include "tests/support/rounds.h"

#include "shared/base/out_of_memory.h"

using namespace portico;
using namespace portico::test;

namespace {

/// What a person at a kiosk does when told that it did not work: once more. A kiosk itself ends where memory
/// ends (its visit is over, it is started again); its outbox must not mind.
template <class Action>
auto once_more(Action action) {
    auto outcome = or_out_of_memory(action);
    return outcome.has_error() ? action() : std::move(outcome);
}

/// Reports from outbox to central's queue, each with allocation `nth` failing. How many it made.
struct Reports {
    std::uint64_t one(std::uint64_t nth) {
        std::optional<Result<std::string>> id;
        std::optional<Result<bool>> pushed;
        std::uint64_t count = 0;
        {
            AllocationFault const fault(nth);
            id = once_more([&] {
                ++attempted;
                return desk.add();
            });
            pushed = once_more([&] { return desk.push(false); });
            count = fault.count();
        }
        REQUIRE(id->has_value());
        done.insert(id->value());
        REQUIRE(pushed->has_value());
        return count;
    }

    SyncDesk desk;
    std::set<std::string> done;
    std::size_t attempted = 0;
};

/// One terminal's calls to a real central over TLS: an operation, and what is read with an audit record.
class Calls {
public:
    Calls()
        : terminal_(bench.enroll()),
          token_(bench.sign_in(terminal_, PatientId("alex"), Assurance::TwoFactors)) {}

    std::string operation() { return push_of_report(bench, terminal_, ++number_); }
    RawReply push(TlsClient& client, std::string const& operation) {
        client.send(operation);
        return client.read_reply().value_or(RawReply{});
    }
    RawReply read(TlsClient& client) {
        client.send(ServingBench::get("/v1/requests", token_));
        return client.read_reply().value_or(RawReply{});
    }
    TlsFace const& face() const { return terminal_.face; }
    std::int64_t number() const { return number_; }

    ServingBench bench;

private:
    BenchTerminal terminal_;
    std::string token_;
    std::int64_t number_ = 0;
};

/// Its answer, or that there was no memory for one, or a connection that ended.
void check_answer(RawReply const& reply) {
    INFO(reply.head << reply.body);
    CHECK((reply.status == 200 || reply.status == 503 || reply.status == 0));
    if (reply.status == 503)
        CHECK(reply.body.find("out_of_memory") != std::string::npos);
}

/// All of them once when there are as many rounds; few rounds are spread over all.
std::uint64_t spread(std::uint64_t round, std::uint64_t whole) {
    constexpr std::uint64_t prime = 7919;
    return round * prime % whole;
}

constexpr std::uint64_t none = ~std::uint64_t{0};

} // namespace

TEST_CASE(
    "allocation: whichever fails once on the way of an operation, it is said, can be repeated, and counts "
    "once",
    "[rounds]") {
    REQUIRE(AllocationFault::libraries_are_counted());
    Reports reports;
    reports.desk.open().value();
    static_cast<void>(reports.one(none)); // statements are prepared
    auto const whole = reports.one(none);
    CHECK(whole > 100);
    Rounds const rounds(300);
    for (auto const round : rounds) {
        INFO("round " << round << " of " << whole);
        static_cast<void>(reports.one(spread(round, whole)));
    }
    check_all_arrived(reports.desk, reports.done, reports.attempted);
}

TEST_CASE("allocation: whichever fails once in a central that serves, that call alone is refused or cut, and "
          "may be "
          "repeated",
          "[rounds]") {
    Calls calls;
    auto const one = [&](std::uint64_t nth) {
        auto const operation = calls.operation();
        std::uint64_t count = 0;
        {
            AllocationFault const fault(nth, AllocationFault::Threads::Others);
            TlsClient client(calls.bench.port(), calls.face());
            check_answer(calls.push(client, operation));
            check_answer(calls.read(client));
            count = fault.count();
        }
        TlsClient client(calls.bench.port(), calls.face());
        CHECK(calls.push(client, operation).status == 200);
        CHECK(calls.read(client).status == 200);
        return count;
    };
    static_cast<void>(one(none));
    auto const whole = one(none);
    CHECK(whole > 100);
    Rounds const rounds(100);
    for (auto const round : rounds) {
        INFO("round " << round << " of " << whole);
        static_cast<void>(one(spread(round, whole)));
    }
    calls.bench.serving->drain();
    CHECK(number_of(calls.bench, "SELECT count(*) FROM operation") == calls.number());
}
