#pragma once

#include "tests/kiosk/sample_screens.h"
#include "tests/kiosk/state_bench.h"

#include <algorithm>

namespace portico::kiosk::test {

inline api::CallCheck question(char const* check = "check-1") {
    auto asked = sample::call_check();
    asked.check = check;
    return asked;
}

/// Alex, signed in by a key, whom a desk asks.
struct Asked : Kiosk {
    Asked() { sign_in_with_key(); }

    void event() { happens(CentralTold{{.event = "call_check", .ticket = ""}}); }
    /// The event, and central's answer to what the kiosk then asks.
    void asks(api::CallCheck const& check = question()) {
        event();
        REQUIRE(asked<FetchCallCheck>() != nullptr);
        answer(Loaded<api::CallCheck>{check});
    }
    void type(Field field, char const* digits) {
        for (char const* digit = digits; *digit != '\0'; ++digit)
            want(Stroked{field, ui::KeyStroke::add(std::string_view(digit, 1))});
    }
    CallCheckPage const& page() const { return std::get<CallCheckPage>(app.screen); }
    bool shows() const { return std::holds_alternative<CallCheckPage>(app.screen); }
    std::size_t pages() const {
        auto const is_page = [](Screen const& screen) {
            return std::holds_alternative<CallCheckPage>(screen);
        };
        return static_cast<std::size_t>(std::count_if(app.beneath.begin(), app.beneath.end(), is_page)) +
               (shows() ? 1 : 0);
    }
    void print_card() {
        want(Open{Place::Card});
        answer(Loaded<api::IdCardReply>{sample::card()});
        want(PrintCard{});
        REQUIRE(screen() == "card_print");
        print = app.last_request;
    }
    void print_moves(PrintStage stage) { happens(PrintMoved{stage, {}}, print, app.session.stamp); }

    RequestNumber print = 0;
};

} // namespace portico::kiosk::test
