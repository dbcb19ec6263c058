#include "shared/domain/recovery_rules.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

using namespace portico;

TEST_CASE("recovery rules: the two codes never go by one way, and a mailbox never carries the first") {
    for (auto const lost : lost_words())
        for (int bits = 0; bits < 8; ++bits) {
            RecoveryReach const reach{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
            auto const ways = recovery_ways(lost, reach);
            CHECK((ways.first.empty() || ways.first != ways.second));
            CHECK(ways.first != "mail");
            CHECK((!ways.first.empty() || ways.second.empty()));
            for (auto const way : {ways.first, ways.second}) {
                CHECK((way != "text" || reach.text));
                CHECK((way != "mail" || reach.mail));
                CHECK((way != "letter" || reach.letter));
            }
        }
    CHECK(recovery_ways("password", {true, true, true}).second == "mail");
    CHECK(recovery_ways("password", {false, true, true}).first == "letter");
    CHECK(recovery_ways("password", {false, true, false}).first.empty());
    // Where the second factor is set anew, no mailbox.
    CHECK(recovery_ways("second_factor", {true, true, true}).second == "letter");
    CHECK(recovery_ways("everything", {true, true, false}).second.empty());
}

TEST_CASE("recovery rules: what was lost is no proof, and is what ends the recovery") {
    CHECK(is_second_proof("password", "totp"));
    CHECK(is_second_proof("password", "security_key"));
    CHECK_FALSE(is_second_proof("security_key", "security_key"));
    CHECK_FALSE(is_second_proof("second_factor", "totp"));
    CHECK_FALSE(is_second_proof("everything", "totp"));
    CHECK_FALSE(is_second_proof("everything", "security_key"));
    CHECK_FALSE(is_second_proof("password", "password"));
    CHECK_FALSE(is_second_proof("password", "pin"));
    CHECK(is_second_proof("everything", "staff_key"));
    CHECK(is_second_proof("security_key", "chip_card"));
    CHECK_FALSE(is_second_proof("chip_card", "chip_card"));
    CHECK_FALSE(is_second_proof("everything", "chip_card"));
    CHECK_FALSE(is_second_proof("password", "printed_card"));

    CHECK(finishes("password", "password"));
    CHECK_FALSE(finishes("password", "security_key"));
    for (auto const* thing : {"security_key", "chip_card", "printed_card"}) {
        for (auto const factor :
             {std::string_view("security_key"), std::string_view("chip_card"), nothing_new})
            CHECK(finishes(thing, factor));
        for (auto const* factor : {"password", "pin", "totp"})
            CHECK_FALSE(finishes(thing, factor));
    }
    CHECK(finishes("printed_card", "printed_card"));
    CHECK_FALSE(finishes("chip_card", "printed_card"));
    for (auto const* secret : {"password", "pin", "second_factor", "everything"}) {
        CHECK_FALSE(finishes(secret, nothing_new));
        CHECK_FALSE(finishes(secret, "printed_card"));
    }
    CHECK(finishes("second_factor", "totp"));
    CHECK_FALSE(finishes("everything", "pin"));
    CHECK_FALSE(finishes("everything", "totp"));
    CHECK_FALSE(finishes("nothing", "nothing"));
    CHECK(may_set("everything", "totp", true));
    CHECK_FALSE(may_set("everything", "totp", false));
    CHECK_FALSE(may_set("password", "totp", true));
    CHECK_FALSE(may_set("everything", "", true));

    CHECK(goes_with("everything", "chip_card"));
    CHECK_FALSE(goes_with("password", "totp"));
    CHECK_FALSE(goes_with("printed_card", "pin"));
    CHECK_FALSE(goes_with("printed_card", "chip_card"));
}

TEST_CASE("recovery rules: only what an account has can be lost") {
    std::vector<std::string> const has{"security_key", "totp"};
    CHECK(can_be_lost("second_factor", has));
    CHECK(can_be_lost("everything", has));
    CHECK_FALSE(can_be_lost("password", has));
    CHECK_FALSE(can_be_lost("totp", has)); // no word for a loss
    CHECK_FALSE(can_be_lost("everything", {}));
}

TEST_CASE(
    "recovery rules: a second factor is set anew by two people, and so is what an unlock needs two for") {
    UnlockFacts facts;
    facts.now = from_micros(1'800'000'000'000'000);
    CHECK(second_yes_for_recovery("password", facts).empty());
    CHECK(second_yes_for_recovery("security_key", facts).empty());
    CHECK(second_yes_for_recovery("second_factor", facts) == "second_factor_reset");
    CHECK(second_yes_for_recovery("everything", facts) == "second_factor_reset");
    facts.verified_by_mail = true;
    CHECK(second_yes_for_recovery("password", facts) == "verified_by_mail");
    CHECK(second_yes_for_recovery("everything", facts) == "verified_by_mail");
    facts.verified_by_mail = false;
    facts.contact_changed = facts.now - contact_changed_lately + std::chrono::seconds(1);
    CHECK(second_yes_for_recovery("pin", facts) == "contact_changed_lately");
}

TEST_CASE("recovery rules: words that are none") {
    CHECK(is_lost_word("pin"));
    CHECK(is_lost_word("printed_card"));
    CHECK_FALSE(is_lost_word(nothing_new));
    CHECK_FALSE(is_lost_word(""));
    CHECK_FALSE(is_lost_word("totp"));
    CHECK(is_recovery_reason("stolen"));
    CHECK_FALSE(is_recovery_reason("mistyped"));
}
