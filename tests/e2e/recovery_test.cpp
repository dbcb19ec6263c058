#include "shared/base/encoding.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/kannel.h"
#include "tests/support/mail_server.h"
#include "tests/support/text.h"
#include "tests/walk/account_steps.h"
#include "tests/walk/chip_cards.h"
#include "tests/walk/hand.h"
#include "tests/walk/locked_member.h"

#include <algorithm>
#include <optional>
#include <regex>

using namespace portico::test;

namespace {

constexpr char const* new_key = "alex-new";
constexpr char const* code_subject = "A code to get back into your account";

std::string six_digits(std::string const& text) {
    static std::regex const digits(R"(\b([0-9]{6})\b)");
    std::smatch found;
    REQUIRE(std::regex_search(text, found, digits));
    return found[1];
}

/// What a mail says: its body is sent in base64 (RFC 2045, 6.8), lines of 76.
std::string words_of_mail(std::string const& mail) {
    auto const head_end = mail.find("\n\n") != std::string::npos ? mail.find("\n\n") : mail.find("\n\r\n");
    REQUIRE(head_end != std::string::npos);
    auto body = mail.substr(head_end);
    std::erase_if(body, [](char c) { return c == '\n' || c == '\r' || c == '='; });
    std::replace(body.begin(), body.end(), '+', '-');
    std::replace(body.begin(), body.end(), '/', '_');
    auto const decoded = portico::from_base64url(body);
    REQUIRE(decoded.has_value());
    return std::string(portico::as_text(decoded.value()));
}

std::string code_in_mail(std::string const& mail) {
    return six_digits(words_of_mail(mail));
}

std::string other_than(std::string const& code) {
    return (code[0] == '9' ? '0' : static_cast<char>(code[0] + 1)) + code.substr(1);
}

/// Alex has an account with a key and a code app; a rep has them on the phone, and central sends texts and
/// mails.
struct Returning {
    Kannel kannel;
    MailServer mail;
    Bench bench{settings()};
    bool cards_are_there = lay_cards();
    LockedMember member{bench};
    std::optional<CodeApp> app;

    Returning() {
        member.sign_in_at_lobby();
        open_methods(lobby());
        press(lobby(), "methods.add_code_app");
        app = set_up_code_app(*member.office.kiosk);
        lobby().wait_shows("method.totp");
        finish_visit(lobby());
        // Without key and card: password and code app are two factors, by which the rep's caller is known.
        begin_visit(lobby());
        type_password(lobby(), alex_username, alex_passphrase);
        lobby().wait_screen("totp");
        lobby().type(app->next_code());
        press(lobby(), "part.continue");
        lobby().wait_screen("home");
        member.begin_call();
        stay();
        desk().wait_shows("member.covered");
        member.confirm(member.ask_member());
        desk().wait_shows("case.level_verified");
        lobby().wait_screen("home");
    }
    Driver& desk() { return member.desk(); }
    Driver& lobby() { return member.lobby(); }
    Driver& annex() { return member.annex(); }
    /// The member stands at the lobby's kiosk: a key that does nothing there shows it to be in use, while
    /// what is done elsewhere may take longer than a kiosk waits for who is silent.
    void stay() {
        lobby().key("Home");
        say_still_there(lobby());
    }

    /// The rep says what was lost, and why.
    void begin_at_desk(std::string const& what = "security_key") {
        desk().key("Ctrl+U");
        desk().wait_shows("recover.losses");
        CHECK(desk().is_off("recover.go"));
        desk().tap_key(what);
        desk().tap_key("lost");
        desk().key("Alt+O");
        desk().wait_shows("recover.started");
        CHECK(holds(desk().words(), "(***) ***-**01"));
        CHECK(holds(desk().words(), "a***@e***"));
        CHECK_FALSE(holds(desk().words(), "alex.sample@"));
        mail.wait_for("alex.sample@example.org", "Someone asked to get back into your account");
        desk().key("Escape");
        desk().wait_gone("recover.title");
    }
    /// At the annex: says who they are, up to where the codes are asked for.
    void say_who(std::string const& birth_digits, Hand::By by = Hand::By::Touch,
                 std::string const& language = "English") {
        Hand hand(annex(), by);
        begin_visit(annex(), language);
        hand.press("sign_in.way_back");
        annex().wait_screen("way_back");
        hand.fill("way_back.who", alex_username);
        hand.fill("register_code.birth_date", birth_digits);
        hand.press("part.continue");
        annex().wait_shows("way_back.codes");
    }
    /// Of who is not signed in: back to the name, to the ways to sign in, and away.
    void leave() {
        press(annex(), "part.back");
        annex().wait_shows("way_back.who");
        press(annex(), "part.back");
        annex().wait_screen("sign_in");
        press(annex(), "sign_in.start_over");
        annex().wait_screen("attract");
    }
    void type_codes(std::string const& first, std::string const& second) {
        press(annex(), "way_back.code");
        annex().type(first);
        press(annex(), "way_back.second");
        annex().type(second);
        press(annex(), "part.continue");
    }
    /// The member adds the first card to their account, as they would at any kiosk.
    void add_card() {
        begin_visit(annex());
        type_password(annex(), alex_username, alex_passphrase);
        annex().wait_screen("totp");
        annex().type(app->next_code());
        press(annex(), "part.continue");
        annex().wait_screen("home");
        open_methods(annex());
        press(annex(), "methods.add_chip");
        annex().wait_shows("chip.insert");
        put_card("lost");
        annex().wait_shows("method.chip_card");
        annex().device("chip_card", "remove");
        finish_visit(annex());
    }
    /// Into the slot, and its PIN.
    void put_card(std::string const& card, Hand::By by = Hand::By::Touch) {
        annex().device("chip_card", "insert", {{"value", card}});
        annex().wait_shows("chip.pin");
        annex().type(chip_pin);
        Hand(annex(), by).press("part.continue");
    }
    std::string texted(std::size_t before) { return six_digits(kannel.wait_for(before + 1).back().text); }
    std::string mailed() {
        mail.wait_for("alex.sample@example.org", code_subject);
        std::string code;
        for (int number = 0; number < mail.count(); ++number)
            if (auto const text = mail.mail(number); holds(text, code_subject))
                code = code_in_mail(text);
        REQUIRE(!code.empty());
        return code;
    }

private:
    /// At the annex: two cards that were mailed, one after the other.
    bool lay_cards() {
        (void)bench.invite(alex); // makes the account
        issue_chip_card(bench, "annex", "lost", alex, false);
        issue_chip_card(bench, "annex", "new", alex, false);
        return true;
    }
    Bench::Settings settings() const {
        Bench::Settings made;
        made.chip_card_pin = chip_pin;
        made.mail_port = mail.port();
        made.set_up_central = [this](std::filesystem::path const& data) { kannel.set_up_central(data); };
        return made;
    }
};

} // namespace

TEST_CASE("recovery: a lost key is replaced at the kiosk by two codes, and signs in no more") {
    if (Kannel::missing())
        return;
    Returning lost;
    auto& annex = lost.annex();
    auto& lobby = lost.lobby();
    auto const texts = lost.kannel.received().size();
    // Nothing is begun yet: the same page, and no code.
    lost.say_who(alex_birth_date_digits);
    lost.leave();
    finish_visit(lobby);
    lost.begin_at_desk();
    // A stranger who knows the name alone is shown the same, and sends nothing.
    lost.say_who("05181984");
    lost.leave();
    lost.say_who(alex_birth_date_digits);
    auto const first = lost.texted(texts);
    auto const second = lost.mailed();
    CHECK(lost.kannel.received().size() == texts + 1);

    lost.type_codes(first, other_than(second));
    annex.wait_shows("problem_title.recovery_refused");
    CHECK_FALSE(holds(annex.words(), "Alex"));
    lost.type_codes(first, second);
    annex.wait_screen("replace_lost");
    // The old one is as it was until there is another.
    press(annex, "replace.set_key");
    annex.wait_screen("key");
    annex.device("security_key", "insert", {{"value", new_key}});
    annex.wait_shows("key.title_register");
    key_pin_and_touch(annex, lost.bench.settings().key_pin);
    annex.wait_screen("register_done");
    CHECK(annex.shows("way_back.done"));
    annex.device("security_key", "remove");
    lost.mail.wait_for("alex.sample@example.org", "Your account was recovered");
    lost.desk().wait_shows("recovery_state.finished");
    press(annex, "register_done.go");
    annex.wait_screen("sign_in");
    sign_in_with_key(annex, lost.bench.settings().key_pin, new_key);
    finish_visit(annex);

    // Whoever has found the old one, with its PIN.
    begin_visit(lobby);
    lobby.device("security_key", "insert", {{"value", LockedMember::key_name}});
    lobby.wait_screen("key");
    key_pin_and_touch(lobby, lost.bench.settings().key_pin);
    lobby.wait_shows("key.refused");
    lobby.device("security_key", "remove");
    check_nothing_personal(lobby);
    lost.member.office.close_case();
    lost.bench.central({"audit", "verify"});
}

TEST_CASE("recovery: the member who did not ask for it stops it, and its codes open nothing") {
    if (Kannel::missing())
        return;
    Returning lost;
    auto& annex = lost.annex();
    auto& lobby = lost.lobby();
    lost.begin_at_desk();
    lost.stay();
    auto const texts = lost.kannel.received().size();
    lost.say_who(alex_birth_date_digits);
    lost.stay();
    auto const first = lost.texted(texts);
    lost.stay();
    auto const second = lost.mailed();
    press(lobby, "home.more");
    lobby.wait_screen("more");
    press(lobby, "more.methods");
    lobby.wait_shows("methods.way_back"); // before all else of the page
    press(lobby, "methods.way_back_stop");
    lobby.wait_shows("methods.way_back_stopped");
    lost.desk().wait_shows("recovery_state.stopped");
    lost.mail.wait_for("alex.sample@example.org", "Getting back into your account was stopped");
    lost.type_codes(first, second);
    annex.wait_shows("problem_title.recovery_refused");
    CHECK(annex.shows("way_back.codes"));
    lost.leave();
    // The key that was never lost.
    finish_visit(lobby);
    lost.member.sign_in_at_lobby();
    finish_visit(lobby);
}

TEST_CASE(
    "recovery: by keypad, in Spanish, a code and the code app, and a new chip card in place of a lost one") {
    if (Kannel::missing())
        return;
    Returning lost;
    auto& annex = lost.annex();
    Hand hand(annex, Hand::By::Keypad);
    lost.add_card();
    lost.begin_at_desk("chip_card");
    auto const texts = lost.kannel.received().size();
    lost.say_who(alex_birth_date_digits, Hand::By::Keypad, "Español");
    auto const first = lost.texted(texts);
    hand.press("way_back.app");
    annex.wait_shows("way_back.app_code");
    hand.fill("way_back.code", first);
    hand.fill("way_back.app_code", lost.app->next_code());
    hand.press("part.continue");
    annex.wait_screen("replace_lost");
    hand.press("replace.set_chip");
    annex.wait_shows("chip.insert");
    // The one that was lost, found again: it does not take its own place.
    lost.put_card("lost", Hand::By::Keypad);
    annex.wait_shows("problem.chip_card_registered_already");
    annex.device("chip_card", "remove");
    annex.wait_shows("chip.insert");
    lost.put_card("new", Hand::By::Keypad);
    annex.wait_screen("register_done");
    annex.device("chip_card", "remove");
    lost.desk().wait_shows("recovery_state.finished");
    hand.press("register_done.go");
    annex.wait_screen("sign_in");
    lost.put_card("lost", Hand::By::Keypad);
    annex.wait_shows("problem.chip_card_revoked");
    check_nothing_personal(annex);
    annex.device("chip_card", "remove");
    annex.wait_shows("chip.insert");
    lost.put_card("new", Hand::By::Keypad);
    annex.wait_screen("home");
    annex.device("chip_card", "remove");
    hand.finish();
}
