#include "tests/central/auth/auth_bench.h"
#include "tests/support/rounds.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// As many as central hashes at a time and lets wait: more would be sent away before they are counted.
constexpr std::uint64_t thread_count = 8;

/// One wrong guess at Alex's account, from a terminal of its own, over one of the two ways that guess.
Error guess(AuthBench& bench, MemberAccount const& alex, std::uint64_t round) {
    Dice dice(round);
    auto kiosk = bench.terminal("kiosk-" + std::to_string(round));
    if (dice.one_in(2))
        return kiosk.sign_in_password(alex.username, "guess " + std::to_string(dice.below(1'000'000)))
            .error();
    constexpr std::array cards{"CARD-1001", "card-1001", "card 1001"};
    auto pin = std::to_string(100'000 + dice.below(900'000));
    if (pin == test_pin)
        pin = "000111";
    return kiosk.sign_in_card(cards[dice.below(cards.size())], pin).error();
}

/// All of these guesses at once.
void guess_in_parallel(AuthBench& bench, MemberAccount const& alex, std::uint64_t first,
                       std::uint64_t count) {
    std::atomic<std::uint64_t> next = first;
    std::atomic<int> sent_away = 0;
    {
        std::vector<std::jthread> threads;
        for (std::uint64_t i = 0; i < thread_count; ++i)
            threads.emplace_back([&] {
                for (auto round = next++; round < first + count; round = next++)
                    sent_away += guess(bench, alex, round).kind == ErrorKind::TooMany ? 1 : 0;
            });
    }
    // Each was held against the counter, not against the length of a queue.
    CHECK(sent_away == 0);
}

} // namespace

// All rounds of one run are guesses at one account: PORTICO_ROUNDS=0:10000 makes ten thousand.
TEST_CASE("parallel guesses: of all that come at once, over both ways, five are looked at before the wait",
          "[rounds]") {
    Rounds const rounds(3'000);
    AuthBench bench;
    auto const alex = bench.alex();
    auto& hasher = bench.sign_in->hasher();
    guess_in_parallel(bench, alex, rounds.first(), rounds.count());
    CHECK(hasher.evaluations() == static_cast<std::int64_t>(std::min<std::uint64_t>(rounds.count(), 5)));
    if (rounds.count() < 5)
        return;
    auto kiosk = bench.terminal();
    CHECK(kiosk.sign_in_card(alex.card_number, test_pin).error().reason == "account_locked");
    CHECK(kiosk.sign_in_password(alex.username, test_password).has_error());
    CHECK(hasher.evaluations() == 5);

    // The wait is over: as many come again, and one of them is looked at.
    bench.clock.advance(std::chrono::seconds(31));
    guess_in_parallel(bench, alex, rounds.first() + rounds.count(),
                      std::min<std::uint64_t>(rounds.count(), 200));
    CHECK(hasher.evaluations() == 6);
}
