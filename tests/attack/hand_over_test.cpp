// The next member in line. Members with words of their own in every field come and go in one kiosk; a second
// after each has left, none of these words is in its memory, on its screen, in its speech or in its files.
// What a crash would leave is `fault.core dump`.

#include "tests/support/catch.h"
#include "tests/support/plan_files.h"
#include "tests/support/process_memory.h"
#include "tests/support/rounds.h"
#include "tests/walk/account_steps.h"

#include <array>
#include <chrono>
#include <set>

using namespace portico::test;

namespace {

constexpr std::chrono::milliseconds wiped_within{1000};

/// Nobody is called so, and no two share a word.
struct Guest {
    MadeUpMember member;
    Person person;
    std::string provider;
    std::string eob_id;
    std::string typed; ///< into a field, by finger

    std::vector<std::string> words() const {
        return {member.given, member.family,   member.street, provider,
                eob_id,       person.username, typed,         alex_pin};
    }
};

Guest guest(std::string const& sound) {
    Guest made;
    made.member = {"patient-" + sound, "Quillon" + sound, "Zephyrwood-" + sound, "77 " + sound + " Crescent"};
    made.person = {made.member.patient, made_up_birth_date_digits, "quillo." + sound, "key-of-" + sound};
    made.provider = "Obsidian " + sound + " Clinic";
    made.eob_id = "eob-" + sound + "-77";
    made.typed = sound + " Pomegranate Way";
    return made;
}

std::vector<Guest> const& guests() {
    static std::vector<Guest> const all{guest("brelvish"), guest("cadrunto"), guest("dwimvosk"),
                                        guest("ephlarno")};
    return all;
}

/// One kiosk through all rounds: what the first left behind would still be there for the last.
class Lobby {
public:
    Lobby() : bench_(settings()), kiosk_(bench_.add_kiosk()) {}

    Driver& screen() { return kiosk_->screen(); }

    void visit(Dice& dice, Guest const& who) {
        bool const listens = dice.one_in(3);
        if (listens)
            screen().device("headphones", "plug");
        begin_visit(screen());
        come_in(who);
        screen().wait_shows("home.year");
        CHECK_FALSE(found_in_memory(kiosk_->process().pid(), {who.member.given}).empty()); // it can be found
        // On a slow machine that took so long that the kiosk asks whether somebody is still there.
        screen().key("Home"); // somebody is, from now on
        say_still_there(screen());
        screen().wait_screen("home");
        look_around(dice, who);
        leave(dice);
        if (listens)
            screen().device("headphones", "unplug");
    }

    void check_nothing_is_left(Guest const& who) {
        static_cast<void>(said()); // what was said while the member stood there
        auto const words = who.words();
        std::vector<std::string> left;
        auto const end = std::chrono::steady_clock::now() + wiped_within;
        // A look may take longer than that. What counts is one that began after it.
        for (bool counts = false; !counts;) {
            counts = std::chrono::steady_clock::now() >= end;
            left = found_in_memory(kiosk_->process().pid(), words);
            counts = counts || left.empty();
        }
        check_empty(left);
        check_empty(found_in_files((kiosk_->folder() / "data").string(), words));
        for (auto const& text : {boost::json::serialize(screen().frame()), said()})
            for (auto const& word : words)
                CHECK(text.find(word) == std::string::npos);
        screen().advance(60);
        screen().wait_screen("attract");
    }

private:
    static Bench::Settings settings() {
        Bench::Settings settings;
        settings.members = 1;
        settings.change_plan = [](std::filesystem::path const& plan) {
            for (auto const& each : guests()) {
                add_member(plan, each.member);
                add_resources(
                    plan / "ExplanationOfBenefit.ndjson",
                    {eob({.id = each.eob_id, .patient = each.member.patient, .provider = each.provider})});
            }
        };
        return settings;
    }

    static void check_empty(std::vector<std::string> const& found) {
        std::string all;
        for (auto const& each : found)
            all += each + "\n";
        INFO(all);
        CHECK(found.empty());
    }

    std::string said() { return boost::json::serialize(screen().command({{"do", "speech"}}).at("speech")); }

    void come_in(Guest const& who) {
        auto const& pin = bench_.settings().key_pin;
        if (registered_.insert(who.member.patient).second)
            register_person(screen(), who.person, bench_.invite(who.member.patient), pin);
        else
            sign_in_with_key(screen(), pin, who.person.key);
    }

    /// Some of what a member does, each ending on a screen from which one can leave.
    void look_around(Dice& dice, Guest const& who) {
        if (dice.one_in(2)) {
            open_claim(screen(), who.eob_id);
            screen().wait_shows("eob.where");
            if (dice.one_in(2)) {
                press(screen(), "eob.print");
                screen().wait_shows("letter.done");
                screen().device("letter_printer", "take");
                press(screen(), "letter.ok");
                screen().wait_screen("eob");
            }
            if (dice.one_in(2))
                return; // walks off with the claim on the screen
            press(screen(), "part.claims");
            press(screen(), "part.home");
            screen().wait_shows("home.year");
        }
        if (dice.one_in(2)) {
            press(screen(), "home.card");
            screen().wait_shows("id_card.front_picture");
            if (dice.one_in(2))
                return;
            press(screen(), "part.home");
            screen().wait_shows("home.year");
        }
        type_second_line(screen(), who.typed);
        if (dice.one_in(2)) {
            press(screen(), "contact_edit.save");
            screen().wait_shows("contact.kept");
        }
    }

    void leave(Dice& dice) {
        if (dice.one_in(2)) {
            screen().tap("ui.bar.finish");
        } else {
            // With speech a visit waits longer: until it ends.
            for (int wait = 0; wait < 10 && screen().screen() != "visit_end"; ++wait)
                screen().advance(40);
        }
        screen().wait_screen("visit_end");
        // This software key lives in the kiosk's own memory, and knows its owner.
        screen().device("security_key", "remove");
    }

    Bench bench_;
    std::unique_ptr<Bench::Kiosk> kiosk_;
    std::set<std::string> registered_;
};

} // namespace

TEST_CASE(
    "hand-over: a second after a member has left nothing of them is in memory, on screen, in speech or in "
    "files",
    "[rounds]") {
    Lobby lobby;
    for (auto const round : Rounds(1)) {
        INFO("round " << round);
        Dice dice(round);
        auto const& who = guests()[round % guests().size()];
        lobby.visit(dice, who);
        lobby.check_nothing_is_left(who);
    }
}
