#include "shared/domain/unlock_rules.h"
#include "tests/support/catch.h"

using namespace portico;

TEST_CASE("unlock rules: one person may, unless something says that two must") {
    UtcTime const now = from_micros(1'800'000'000'000'000);
    UnlockFacts facts;
    facts.now = now;
    CHECK(second_yes_for(facts).empty());
    SECTION("restored") {
        facts.restored = now - restored_lately;
        CHECK(second_yes_for(facts).empty());
        facts.restored = now - restored_lately + std::chrono::seconds(1);
        CHECK(second_yes_for(facts) == "restored_lately");
        // The clock went back.
        facts.restored = now + std::chrono::hours(1);
        CHECK(second_yes_for(facts) == "restored_lately");
    }
    SECTION("contact details") {
        facts.contact_changed = now - contact_changed_lately;
        CHECK(second_yes_for(facts).empty());
        facts.contact_changed = now - contact_changed_lately + std::chrono::seconds(1);
        CHECK(second_yes_for(facts) == "contact_changed_lately");
    }
    SECTION("protected record") {
        facts.protected_record = true;
        facts.restored = now;
        CHECK(second_yes_for(facts) == "protected_record");
    }
    SECTION("a proof that is weak") {
        facts.verified_by_mail = true;
        CHECK(second_yes_for(facts) == "verified_by_mail");
        facts.protected_record = true;
        facts.restored = now;
        CHECK(second_yes_for(facts) == "verified_by_mail");
    }
}

TEST_CASE("unlock rules: what somebody asks for in the member's place always takes two") {
    UnlockFacts facts;
    facts.now = from_micros(1'800'000'000'000'000);
    facts.by_representative = true;
    CHECK(second_yes_for(facts) == "representative");
    facts.verified_by_mail = true;
    CHECK(second_yes_for(facts) == "representative");
}

TEST_CASE("unlock rules: a way to reach the member that changed within thirty days changed lately") {
    UtcTime const now = from_micros(1'800'000'000'000'000);
    CHECK_FALSE(is_changed_lately({}, now));
    CHECK_FALSE(is_changed_lately(now - contact_changed_lately, now));
    CHECK(is_changed_lately(now - contact_changed_lately + std::chrono::seconds(1), now));
    CHECK(is_changed_lately(now + std::chrono::hours(1), now)); // the clock went back
}

TEST_CASE("unlock rules: the reasons that a rep may give") {
    for (auto const* word : {"mistyped", "forgotten", "another_tried", "terminal_fault"})
        CHECK(is_unlock_reason(word));
    for (auto const* word : {"", "because", "Mistyped", "mistyped "})
        CHECK_FALSE(is_unlock_reason(word));
}
