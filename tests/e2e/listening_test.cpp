#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/walk/visit_steps.h"

#include <filesystem>
#include <poll.h>

using namespace portico::test;

namespace {

/// A person who does not see the screen: hears what is said, and has four arrows and select.
class Listener {
public:
    explicit Listener(Driver& kiosk) : kiosk_(kiosk) {}

    /// What was said since the last time.
    std::string hear() {
        std::string all;
        auto const reply = kiosk_.command({{"do", "speech"}});
        std::string now;
        for (auto const& phrase : reply.at("speech").as_array()) {
            auto const text = std::string(phrase.as_object().at("text").as_string());
            now += (now.empty() ? "" : " ") + text;
            all += text + "\n";
        }
        if (!now.empty())
            last_ = now; // a control says its name, then where it stands: both are it
        heard_ += all;
        return all;
    }

    /// Waits until these words are said.
    void hear_until(std::string const& words) {
        auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        std::string recent;
        while (std::chrono::steady_clock::now() < end) {
            recent += hear();
            if (recent.find(words) != std::string::npos)
                return;
            ::poll(nullptr, 0, 50);
        }
        INFO("heard: " << recent);
        FAIL("never heard \"" << words << "\"");
    }

    /// Moves about, row by row, until the control with the focus says `name`.
    void go_to(std::string const& name) {
        hear();
        last_.clear(); // what was read of the screen is no control's name
        std::string walk;
        for (int row = 0; row < 40; ++row) {
            for (auto const* way : {"Right", "Left"}) {
                // Until nothing is said: that was the end of the row.
                do {
                    walk += last_ + " | ";
                    if (is(name))
                        return;
                } while (move(way));
            }
            move("Down");
        }
        INFO("heard on the way: " << walk);
        FAIL("no control is called \"" << name << "\"");
    }

    void select() { kiosk_.key("Enter"); }
    void go_to_and_select(std::string const& name) {
        go_to(name);
        select();
    }
    std::string const& last() const { return last_; }
    std::string const& all() const { return heard_; }

private:
    bool is(std::string const& name) const {
        return name.size() == 1 ? last_ == name : last_.find(name) != std::string::npos;
    }
    bool move(char const* way) {
        kiosk_.key(way);
        return !hear().empty();
    }

    Driver& kiosk_;
    std::string last_;
    std::string heard_;
};

std::string focused_label(Driver& screen) {
    auto const frame = screen.frame();
    for (auto const& node : frame.at("nodes").as_array())
        for (auto const& state : node.as_object().at("states").as_array())
            if (state.as_string() == "focused")
                return std::string(node.as_object().at("label").as_string());
    FAIL("nothing has the focus");
    return {};
}

} // namespace

TEST_CASE("listening: a member who sees nothing signs in with a key and hears the claims, by arrows alone") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_screen("home");
    finish_visit(screen);

    Listener member(screen);
    CHECK(member.hear().empty());
    screen.device("headphones", "plug");
    member.hear_until("Speech is on");
    member.go_to_and_select("English");
    member.hear_until("How do you want to sign in?");
    screen.device("security_key", "insert");
    member.hear_until("Enter your security key PIN");
    for (char const digit : bench.settings().key_pin)
        member.go_to_and_select(std::string(1, digit));
    member.go_to_and_select("Continue");
    member.hear_until("Touch your key now");
    screen.device("security_key", "touch");
    member.hear_until("Hello, Alex");
    // The secret was heard as keys that had the focus and as a count; never as one word.
    CHECK(member.all().find(bench.settings().key_pin) == std::string::npos);
    CHECK(member.all().find("4 characters") != std::string::npos);
    member.go_to_and_select("Claims and costs");
    member.hear_until("Claims and costs, heading");
    member.go_to("dollars");
    CHECK(member.last().find(focused_label(screen)) != std::string::npos);
    CHECK(screen.screen() == "claims");

    auto const wav = kiosk->folder() / "heard.wav";
    // The voice is behind what is to be said.
    CHECK(eventually([&] {
        screen.command({{"do", "speech"}, {"wav", wav.string()}});
        return std::filesystem::file_size(wav) > 100'000;
    }));

    // Pulled out: silent at once, whatever comes.
    screen.device("headphones", "unplug");
    member.hear();
    screen.key("Down");
    finish_visit(screen);
    CHECK(member.hear().empty());
}
