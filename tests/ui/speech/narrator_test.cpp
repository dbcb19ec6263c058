#include "shared/ui/speech/narrator.h"
#include "tests/ui/stage_support.h"

using namespace portico;
using namespace portico::ui;

namespace {

/// A small screen whose parts a test changes.
struct Screen {
    Narrator narrator{test_catalog()};
    SemanticFrame frame;

    Screen() {
        frame.screen = "claims";
        frame.language = "en";
        add(Role::Heading, "Claims").level = 1;
        add(Role::Button, "One").interactive = true;
        add(Role::Button, "Two").interactive = true;
        add(Role::Field, "ZIP code").interactive = true;
    }
    Node& add(Role role, std::string label) {
        Node node;
        node.role = role;
        node.id = label;
        node.label = std::move(label);
        node.language = "en";
        frame.nodes.push_back(std::move(node));
        return frame.nodes.back();
    }
    Node& node(std::string const& label) {
        for (auto& each : frame.nodes)
            if (each.label == label)
                return each;
        FAIL("no node " << label);
        return frame.nodes.front();
    }
    void focus(std::string const& label, bool by_key = true) {
        for (auto& each : frame.nodes) {
            each.states.focused = each.label == label;
            each.focus_ring = each.states.focused && by_key ? Rect{0, 0, 10, 10} : Rect{};
        }
    }
    std::string told() {
        auto const news = narrator.follow(frame);
        std::string out = news.phrases.empty() ? "" : news.urgency == Urgency::Interrupts ? "!" : "";
        for (auto const& phrase : news.phrases)
            out += (out.size() > 1 ? " " : "") + phrase.text;
        return out;
    }
};

} // namespace

TEST_CASE("speech: a new screen is told by its heading, and the same screen is not told again") {
    Screen screen;
    CHECK(screen.told() == "!Claims, heading.");
    CHECK(screen.told().empty());
    screen.node("Claims").label = "Claims of Alex";
    CHECK(screen.told() == "!Claims of Alex, heading.");
    screen.narrator.know(screen.frame);
    CHECK(screen.told().empty());
    screen.narrator.forget();
    CHECK(screen.told() == "!Claims of Alex, heading.");
}

TEST_CASE("speech: a focus that moves by key is told, one that came by touch is not") {
    Screen screen;
    screen.told();
    screen.focus("One");
    CHECK(screen.told() == "!One, button.");
    CHECK(screen.told().empty());
    screen.focus("Two");
    CHECK(screen.told() == "!Two, button.");
    screen.focus("One", false);
    CHECK(screen.told().empty());
    screen.focus("Two");
    screen.told();
    screen.node("Two").states.selected = true;
    CHECK(screen.told() == "!selected.");
}

TEST_CASE("speech: an assertive message interrupts, a polite one waits") {
    Screen screen;
    screen.told();
    screen.add(Role::Banner, "Saved").live = Live::Polite;
    CHECK(screen.told() == "Saved.");
    CHECK(screen.told().empty());
    screen.add(Role::Banner, "The card is stuck").live = Live::Assertive;
    CHECK(screen.told() == "!The card is stuck.");
    screen.node("Saved").value = "Thank you";
    CHECK(screen.told() == "Saved, Thank you.");
}

TEST_CASE("speech: a countdown is told at its start, every ten seconds and near its end") {
    Screen screen;
    screen.told();
    auto& countdown = screen.add(Role::Countdown, "Time left");
    countdown.live = Live::Assertive;
    std::string told_at;
    for (int left = 27; left > 0; --left) {
        screen.node("Time left").value = std::to_string(left) + " seconds";
        if (!screen.told().empty())
            told_at += std::to_string(left) + " ";
    }
    CHECK(told_at == "27 20 10 5 ");
}

TEST_CASE("speech: what is typed is told, of a secret how much") {
    Screen screen;
    screen.told();
    screen.node("ZIP code").value = "02";
    CHECK(screen.told() == "!0 2.");
    screen.node("ZIP code").value.clear();
    screen.node("ZIP code").sensitive = true;
    screen.node("ZIP code").characters = 4;
    CHECK(screen.told() == "!4 characters.");
}
