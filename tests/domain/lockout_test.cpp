#include "shared/domain/lockout.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {
constexpr LockoutPolicy policy;
UtcTime at(std::int64_t seconds) {
    return from_micros(1'700'000'000'000'000 + seconds * 1'000'000);
}
LockoutState failed(int times, UtcTime when) {
    LockoutState state;
    for (int i = 0; i < times; ++i)
        state = after_failure(state, when);
    return state;
}
std::int64_t wait_s(LockoutState const& state, UtcTime now) {
    auto const result = may_try(policy, state, now);
    return result ? -1 : result.error().retry_after_s;
}
} // namespace

TEST_CASE("lockout: four wrong tries make nobody wait") {
    CHECK(may_try(policy, {}, at(0)));
    CHECK(may_try(policy, failed(4, at(0)), at(0)));
}

TEST_CASE("lockout: five wrong tries wait 30 s, and each further one twice as long") {
    CHECK(wait_s(failed(5, at(0)), at(0)) == 30);
    CHECK(wait_s(failed(6, at(0)), at(0)) == 60);
    CHECK(wait_s(failed(7, at(0)), at(0)) == 120);
    CHECK(wait_s(failed(8, at(0)), at(0)) == 240);
    CHECK(wait_s(failed(9, at(0)), at(0)) == 480);
    auto const refused = may_try(policy, failed(5, at(0)), at(0));
    CHECK(refused.error().kind == ErrorKind::Locked);
    CHECK(refused.error().reason == "account_locked");
}

TEST_CASE("lockout: the wait counts from the last wrong try and ends on its second") {
    auto const state = failed(5, at(0));
    CHECK(wait_s(state, at(1)) == 29);
    CHECK(wait_s(state, at(29)) == 1);
    CHECK(wait_s(state, at(0) + std::chrono::microseconds(1)) == 30); // rounded up, never early
    CHECK(may_try(policy, state, at(30)));
}

TEST_CASE("lockout: the wait is never longer than an hour") {
    LockoutPolicy many = policy;
    many.lock_failures = 100;
    CHECK(lockout_wait_s(many, 11) == 1920);
    CHECK(lockout_wait_s(many, 12) == 3600); // 3840 otherwise
    CHECK(lockout_wait_s(many, 99) == 3600);
}

TEST_CASE("lockout: ten wrong tries lock until recovery, however long one waits") {
    auto const state = failed(10, at(0));
    auto const refused = may_try(policy, state, at(100'000'000));
    REQUIRE(refused.has_error());
    CHECK(refused.error().kind == ErrorKind::Locked);
    CHECK(refused.error().retry_after_s == 0);
    CHECK(may_try(policy, failed(11, at(0)), at(100'000'000)).has_error());
}

TEST_CASE("lockout: a clock that goes back shortens no wait and forgets no failure") {
    auto const state = failed(5, at(1000));
    CHECK(wait_s(state, at(0)) == 30);
    auto const next = after_failure(state, at(0));
    CHECK(next.failures == 6);
    CHECK(next.last_failure == at(1000));
}

TEST_CASE("lockout: the tries left are told until the next wait") {
    CHECK(lockout_tries_left(policy, {}) == 5);
    CHECK(lockout_tries_left(policy, failed(4, at(0))) == 1);
    CHECK(lockout_tries_left(policy, failed(5, at(0))) == 1);
    CHECK(lockout_tries_left(policy, failed(9, at(0))) == 1);
    CHECK(lockout_tries_left(policy, failed(10, at(0))) == 0);
}
