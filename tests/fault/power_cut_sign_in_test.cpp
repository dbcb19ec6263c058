#include "central/auth/attempts.h"
#include "tests/central/auth/auth_bench.h"
#include "tests/support/lossy_disk.h"
#include "tests/support/rounds.h"

using namespace portico;
using namespace portico::test;

namespace {

constexpr std::uint64_t steps_max = 60;
constexpr char const* other_password = "nine loud geese at noon";

/// The disk and who has an account there; central is a process that comes and goes.
struct Power {
    explicit Power(std::uint64_t round) : dice(round) {}
    Dice dice;
    LossyDisk disk;
    std::shared_ptr<AuthPlace> place = std::make_shared<AuthPlace>();

    std::unique_ptr<AuthBench> start() const { return std::make_unique<AuthBench>(place); }
    void cut(std::unique_ptr<AuthBench>& central) {
        central.reset();
        disk.power_on(dice);
        central = start();
    }
};

} // namespace

TEST_CASE("power cut: no guess is forgotten: over any number of cuts no more than five are looked at before "
          "the first wait",
          "[rounds]") {
    for (auto const round : Rounds(15)) {
        INFO("round " << round);
        Power power(round);
        auto central = power.start();
        auto const alex = central->alex();
        int looked_at = 0;
        bool waits = false;
        for (int life = 0; life < 8 && !waits; ++life) {
            power.disk.cut_after(power.dice.below(steps_max));
            auto const before = central->sign_in->hasher().evaluations();
            auto kiosk = central->terminal();
            for (int guess = 0; guess < 8 && !power.disk.struck() && !waits; ++guess)
                waits = kiosk.sign_in_card("CARD-1001", "000111").error().reason == "account_locked";
            looked_at += static_cast<int>(central->sign_in->hasher().evaluations() - before);
            power.cut(central);
        }
        CHECK(waits);
        CHECK(looked_at <= 5);
    }
}

TEST_CASE(
    "power cut: a session, a new password and a used challenge that central answered for hold afterwards",
    "[rounds]") {
    for (auto const round : Rounds(15)) {
        INFO("round " << round);
        Power power(round);
        auto central = power.start();
        auto alex = central->alex();
        auto kiosk = central->terminal();
        kiosk.carry(kiosk.sign_in(alex.key).value()).value();
        auto second = central->terminal("kiosk-2");
        auto const assertion = second.assertion(alex.key, second.challenge("security_key"));
        power.disk.cut_after(power.dice.below(steps_max));
        api::SetPassword wish;
        wish.username = alex.username;
        wish.password = Secret(other_password);
        auto with = kiosk.call();
        bool const changed = central::set_password(with, wish).has_value();
        bool const lost = power.disk.struck();
        auto second_call = second.call();
        auto const opened = central::sign_in_security_key(second_call, assertion);
        power.cut(central);

        auto again = central->terminal("kiosk-3");
        bool const old_works = again.sign_in_password(alex.username, test_password).has_value();
        bool const new_works = again.sign_in_password(alex.username, other_password).has_value();
        CHECK(old_works != new_works); // one of them, never both, never none
        if (changed)
            CHECK(new_works);
        if (!changed && !lost)
            FAIL("it was refused without a cause");
        if (opened) {
            auto other = central->terminal("kiosk-2");
            CHECK(other.carry(opened.value()).has_value());
            auto replay = other.call();
            CHECK(central::sign_in_security_key(replay, assertion).has_error());
        }
        CHECK(again.sign_in(alex.key).has_value());
    }
}
