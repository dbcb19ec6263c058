#pragma once

#include "kiosk/app/app.h"
#include "kiosk/app/limits.h"
#include "kiosk/screens/sample_data.h"
#include "tests/support/catch.h"

namespace portico::kiosk::test {

/// The pure state machine with a clock that is only a number.
struct Kiosk {
    App app = sample::kiosk();
    Now now{MonoTime{std::chrono::hours(10)}, {}};
    std::vector<Command> last;

    Kiosk() { app.last_touch = now.mono; }

    void want(Intent intent) { last = update(app, std::move(intent), now); }
    void happens(EventBody body, RequestNumber request = 0, std::uint64_t session = 0) {
        last = update(app, Event{.session = session, .request = request, .body = std::move(body)}, now);
    }
    /// A reply to the newest command of the present session.
    void answer(EventBody body) { happens(std::move(body), app.last_request, app.session.stamp); }
    void pass(std::chrono::seconds time) {
        now.mono += time;
        happens(Tick{});
    }
    template <class C>
    C const* asked() const {
        for (auto const& command : last)
            if (auto const* found = std::get_if<C>(&command.body))
                return found;
        return nullptr;
    }
    std::string screen() const { return name(app.screen); }

    void type_pin(char const* digits) {
        for (char const* digit = digits; *digit != '\0'; ++digit)
            want(Stroked{Field::Pin, ui::KeyStroke::add(std::string_view(digit, 1))});
    }
    static api::SessionReply session() {
        return {.token = "token",
                .assurance = Assurance::TwoFactors,
                .expires_in_s = 3600,
                .given_name = "Alex",
                .member_id_end = "0042",
                .language = "",
                .step_up_ways = {},
                .is_staff = false};
    }
    void insert_key() {
        happens(KeyChanged{
            KeyReady{.product = "Sample Key", .pin_set = true, .has_fingerprint = false, .insertion = 1}});
    }
    void sign_in_with_key() {
        want(ChooseLanguage{"en"});
        insert_key();
        type_pin("123456");
        want(Continue{});
        answer(SignedIn{session()});
    }
};

inline Error failure(ErrorKind kind, char const* reason) {
    return error(kind, reason);
}

} // namespace portico::kiosk::test
