#include "kiosk/app/screen.h"
#include "shared/devices/virtual/bench_devices.h"
#include "tests/support/catch.h"
#include "tests/support/process_memory.h"
#include "tests/support/rounds.h"
#include "tests/walk/visit_steps.h"

#include <fstream>
#include <iostream>
#include <set>
#include <utility>

using namespace portico;
using namespace portico::test;

namespace {

constexpr std::uint64_t settling_events_min = 300;
constexpr std::uint64_t told_every = 2'000;
/// What may come and go: pages of lists, glyphs of other scripts, the sanitizer's own books.
constexpr double growth_max = 1.35;

template <std::size_t... I>
std::set<std::string> names(std::index_sequence<I...> /*all*/) {
    return {std::variant_alternative_t<I, kiosk::Screen>::name...};
}
std::set<std::string> const& our_screens() {
    static auto const all = names(std::make_index_sequence<std::variant_size_v<kiosk::Screen>>());
    return all;
}

double pss_mib(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/smaps_rollup");
    std::string word;
    double kib = 0;
    while (file >> word)
        if (word == "Pss:")
            file >> kib;
    return kib / 1024;
}

/// Fingers, keys, plugs and time, as a round has it.
class Vandal {
public:
    Vandal(Driver& screen, Bench::Kiosk& kiosk) : screen_(screen), kiosk_(kiosk) {}

    void act(Dice& dice) {
        auto const luck = dice.below(100);
        if (luck < 40)
            touch_a_control(dice);
        else if (luck < 65)
            done({{"do", "touch"}, {"x", dice.below(1080)}, {"y", dice.below(1920)}});
        else if (luck < 80)
            key(dice);
        else if (luck < 86)
            type(dice);
        else if (luck < 95)
            device(dice);
        else if (luck < 97)
            dice.one_in(2) ? kiosk_.cable().pull() : kiosk_.cable().plug_in();
        else
            done({{"do", "advance"}, {"seconds", dice.below(100)}});
    }
    /// As the last answer had it.
    std::string const& last_screen() const { return last_screen_; }

private:
    void done(boost::json::object const& what) {
        auto const reply = screen_.any_answer(what);
        if (auto const* shown = reply.if_contains("screen"); shown != nullptr && shown->is_string())
            last_screen_ = shown->get_string();
    }
    void touch_a_control(Dice& dice) {
        if (rects_.empty() || dice.one_in(4))
            look();
        if (rects_.empty())
            return;
        auto const& rect = rects_[dice.below(rects_.size())];
        auto const number = [&](std::size_t i) { return rect[i].to_number<double>(); };
        done({{"do", "touch"}, {"x", number(0) + number(2) / 2}, {"y", number(1) + number(3) / 2}});
    }
    /// Where the controls are now. A frame is long: they are touched where they were for a while.
    void look() {
        auto const frame = screen_.frame();
        last_screen_ = frame.at("screen").as_string();
        rects_.clear();
        for (auto const& node : frame.at("nodes").as_array())
            if (node.as_object().contains("interactive"))
                rects_.push_back(node.at("rect").as_array());
    }
    void key(Dice& dice) {
        static constexpr char const* keys[] = {"Tab",   "Shift+Tab", "Up",       "Down",      "Left",
                                               "Right", "Enter",     "Escape",   "Backspace", "Delete",
                                               "Home",  "PageUp",    "PageDown", "Space"};
        done({{"do", "key"}, {"key", keys[dice.below(std::size(keys))]}});
    }
    void type(Dice& dice) {
        static constexpr char const* texts[] = {
            "1",        "9999999999999",      "../../etc/passwd", "'; DROP TABLE x; --", "%s%n",
            "\x01\x7f", "\u202e\u0645\u0631", "\U0001F980",       "a b c d e f g h",     ""};
        done({{"do", "type"}, {"text", texts[dice.below(std::size(texts))]}});
    }
    void device(Dice& dice) {
        static auto const actions = BenchDevices::actions();
        auto const& action = actions[dice.below(actions.size())];
        done({{"do", "device"},
              {"device", action.device},
              {"action", action.action},
              {"value", dice.one_in(2) ? "" : "9" + std::to_string(dice.any())}});
    }

    Driver& screen_;
    Bench::Kiosk& kiosk_;
    std::string last_screen_;
    std::vector<boost::json::array> rects_;
};

} // namespace

TEST_CASE(
    "escape: whatever is touched, pressed, plugged and pulled, there are our screens, no end and no growth",
    "[rounds]") {
    // A small quarantine, so that the sanitizer's own memory does not hide the kiosk's.
    Bench::Settings settings;
    settings.kiosk_environment = {{"ASAN_OPTIONS", "quarantine_size_mb=4:detect_leaks=0"}};
    Bench bench(settings);
    auto const kiosk = bench.add_kiosk();
    begin_visit(kiosk->screen());
    register_with_letter(kiosk->screen(), bench.invite(alex), bench.settings().key_pin);
    Vandal vandal(kiosk->screen(), *kiosk);
    Rounds const rounds(700);
    // Pages of drawn text and the fonts' glyphs fill up with all that was ever shown: in a long run the first
    // half does that, and shows whether there is an end to it.
    auto const settling_events = std::max(settling_events_min, rounds.count() / 2);
    double settled = 0;
    for (auto const round : rounds) {
        INFO("round " << round);
        Dice dice(round);
        vandal.act(dice);
        REQUIRE(kiosk->process().running());
        REQUIRE(our_screens().contains(vandal.last_screen()));
        if (round - rounds.first() == settling_events)
            settled = pss_mib(kiosk->process().pid());
        if ((round - rounds.first()) % told_every == told_every - 1)
            std::cout << "after " << round - rounds.first() + 1 << " events "
                      << pss_mib(kiosk->process().pid()) << " MiB\n";
    }
    if (rounds.count() > 2 * settling_events_min)
        CHECK(pss_mib(kiosk->process().pid()) < settled * growth_max);
}
