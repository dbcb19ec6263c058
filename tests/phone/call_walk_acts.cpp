#include "tests/phone/call_walk.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/walk/lock_steps.h"
#include "tests/walk/looks.h"

#include <regex>

namespace portico::test {

namespace {

constexpr std::chrono::seconds keyed_max{30};
constexpr char const* eob = "eob-0000001-0002"; // a service stands on it twice

} // namespace

void CallWalk::type_wrong_pins() {
    auto& screen = kiosk();
    wait_not_busy(screen);
    auto const at = screen.screen();
    if (at == "attract") {
        screen.attempt({{"do", "tap"}, {"role", "row"}, {"label", "English"}});
    } else if (at == "sign_in") {
        screen.device("barcode", "scan", {{"value", card_}});
    } else if (at == "card_pin") {
        screen.type(wrong_card_pin);
        screen.attempt({{"do", "tap"}, {"msg", "part.continue"}});
    } else if (screen.shows("locked.open")) {
        age_wrong_tries(bench_, 3600); // the wait has passed at central, too
        screen.attempt({{"do", "tap"}, {"msg", "locked.sign_in"}});
    } else if (at == "locked" && !screen.shows("locked.until_help")) {
        screen.advance(10 * 60); // the longest of these waits is 8 minutes
    }
}

void CallWalk::answer() {
    // The same key takes a call whose case could not be opened at once.
    desk().key("F4");
}

/// The same key asks who speaks for a member who is found by now.
void CallWalk::find() {
    auto& rep = desk();
    if (rep.shows("speaker.title"))
        rep.key("Escape");
    else
        rep.key("Alt+I");
}

void CallWalk::break_glass() {
    if (desk().shows("glass.title"))
        desk().key("Alt+O");
}

void CallWalk::open_ways() {
    auto& rep = desk();
    if (rep.shows("verify_way.text_code"))
        return;
    if (rep.shows("verify_way.own_session"))
        rep.key("Escape"); // the others could not be read
    else if (!shows_any(rep, {"ways.title", "code.unheard", "code.not_keying"}))
        rep.key("Alt+V");
}

void CallWalk::send_code() {
    auto& rep = desk();
    if (rep.shows("verify_way.text_code"))
        rep.key("Alt+O"); // it is the one that is suggested
    else if (rep.shows("code.not_keying"))
        begin_keying();
    else
        open_ways();
}

/// The same key ends it: it is pressed once.
void CallWalk::begin_keying() {
    desk().key("Alt+Y");
    eventually([&] { return desk().shows("code.unheard"); });
}

std::string CallWalk::newest_code() const {
    static std::regex const six_digits("\\b[0-9]{6}\\b");
    auto const texts = kannel_.received();
    std::string newest;
    for (auto i = texts_before_; i < texts.size(); ++i)
        if (std::smatch digits;
            texts[i].to == alex_number && std::regex_search(texts[i].text, digits, six_digits))
            newest = digits[0];
    return newest;
}

void CallWalk::key_code() {
    auto& rep = desk();
    if (rep.shows("code.not_keying"))
        return begin_keying();
    if (!rep.shows("code.unheard"))
        return;
    auto const said = [&] { return shows_any(rep, {"code.lost", "code.wrong"}); };
    bool of_before = said(); // it goes with the first digit
    caller_->key(newest_code());
    eventually(
        [&] {
            bool const now = said();
            of_before = of_before && now;
            return (now && !of_before) || rep.shows("case.level_verified");
        },
        keyed_max);
}

void CallWalk::open_unlock() {
    auto& rep = desk();
    if (!rep.shows("unlock.title"))
        rep.key("Alt+U");
    else if (rep.shows("unlock.reasons"))
        rep.attempt({{"do", "tap"}, {"node_key", "mistyped"}});
    else if (!rep.shows("unlock.loading"))
        rep.key("Escape"); // it could not be read
}

void CallWalk::ask_for_unlock() {
    if (is_on(desk(), "unlock.go"))
        desk().key("Alt+O");
    else
        open_unlock();
}

void CallWalk::open_entry() {
    auto& colleague = approver();
    if (colleague.shows("asked.by")) {
        colleague.attempt({{"do", "tap"}, {"msg", "decide.unlock_yes"}});
    } else if (colleague.shows("decide.unlock_title")) {
        if (!colleague.shows("decide.loading"))
            colleague.key("Escape"); // it could not be read
    } else if (colleague.shows("work_kind.unlock_approval")) {
        // The only kind of entry that an approver sees. Each key does nothing when it is not its turn.
        colleague.key("Alt+T");
        colleague.key("Alt+D");
    }
}

void CallWalk::say_yes() {
    if (is_on(approver(), "decide.go"))
        approver().key("Alt+O");
    else
        open_entry();
}

void CallWalk::prepare_key() {
    auto& screen = kiosk();
    press(screen, "locked.sign_in");
    screen.wait_screen("sign_in");
    screen.device("security_key", "insert", {{"value", key_name}});
    screen.wait_shows("key.pin");
}

void CallWalk::sign_in() {
    auto& screen = kiosk();
    if (screen.shows("key.touch")) {
        screen.attempt({{"do", "device"}, {"device", "security_key"}, {"action", "touch"}});
    } else if (screen.shows("key.pin") && is_on(screen, "part.continue")) {
        screen.type(bench_.settings().key_pin);
        screen.attempt({{"do", "tap"}, {"msg", "part.continue"}});
        // Central is asked for a challenge before the key is.
        eventually([&] { return screen.shows("key.touch") || is_on(screen, "part.continue"); });
    } else if (screen.screen() == "sign_in") {
        screen.attempt({{"do", "tap"}, {"msg", "sign_in.key"}});
    }
}

void CallWalk::prepare_dispute() {
    auto& rep = desk();
    auto& screen = kiosk();
    // After a fault, each is back at central in a while of its own.
    until([&] { return rep.shows("desk_claims.list"); },
          [&] {
              if (!rep.shows("desk_claims.title"))
                  rep.key("Alt+L");
          });
    until([&] { return rep.shows("desk_eob.claim"); },
          [&] {
              rep.attempt({{"do", "tap"}, {"node_key", eob}});
          });
    until([&] { return rep.shows("behalf.claim_title"); }, [&] { rep.key("Alt+F"); });
    press(screen, "home.requests");
    until([&] { return screen.shows("requests.none"); },
          [&] {
              screen.attempt({{"do", "tap"}, {"msg", "part.try_again"}});
          });
}

/// At the kiosk it stands once.
void CallWalk::check_shown_request() {
    auto const words = kiosk().words();
    auto const first = words.find("A claim to check");
    CHECK(first != std::string::npos);
    CHECK(words.find("A claim to check", first + 1) == std::string::npos);
    CHECK(holds(words, "Asked for you by our staff, on the phone."));
}

void CallWalk::prepare_close() {
    check_shown_request();
    auto& rep = desk();
    caller_->hang_up();
    caller_->expect_end();
    rep.wait_gone("behalf.waiting_count", 60);
    until([&] { return rep.shows("close_case.title"); }, [&] { rep.key("Alt+E"); });
}

} // namespace portico::test
