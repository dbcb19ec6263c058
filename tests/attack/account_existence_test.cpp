#include "central/auth/account_desk.h"
#include "central/http/http_message.h"
#include "tests/central/auth/chip_bench.h"
#include "tests/support/rounds.h"
#include "tests/support/sql_trace.h"

#include <array>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// What the one who tries is told, as it leaves central. A lock ticket is random by nature.
std::string told(Result<api::SessionReply> const& outcome) {
    if (outcome.has_value())
        return "signed in";
    auto problem = outcome.error();
    problem.ticket = problem.ticket.empty() ? "" : std::string(problem.ticket.size(), 't');
    auto const reply = failure_reply(problem);
    return std::to_string(reply.status) + " " + std::to_string(reply.retry_after_s) + " " + reply.body;
}

/// What a call cost, as far as it can be counted.
struct Work {
    std::int64_t hashes = 0;
    SqlTrace::Counts statements;
    bool operator==(Work const&) const = default;
    std::string text() const {
        std::string all = std::to_string(hashes) + " hashes";
        for (auto const& [sql, count] : statements)
            all += "\n  " + std::to_string(count) + " x " + sql;
        return all;
    }
};

/// One after the other: who has an account with everything, is disabled, has a card and no account, is
/// nobody.
struct FourKinds {
    FourKinds() {
        must(desk.disable(must(desk.find("patient-2"))));
        give_card(bench.services, PatientId("patient-3"), "CARD-1003");
    }

    Work work_of(auto&& call) {
        auto const before = bench.sign_in->hasher().evaluations() + bench.sign_in->hasher().spent();
        SqlTrace::take();
        call();
        return {bench.sign_in->hasher().evaluations() + bench.sign_in->hasher().spent() - before,
                SqlTrace::take()};
    }
    /// From a terminal of its own: a terminal may only guess so often.
    auto password(std::string const& username, std::string const& password) {
        return bench.terminal("kiosk-" + std::to_string(++terminals_)).sign_in_password(username, password);
    }
    auto pin(std::string const& card, std::string const& pin) {
        return bench.terminal("kiosk-" + std::to_string(++terminals_)).sign_in_card(card, pin);
    }

    SqlTrace const trace;
    AuthBench bench;
    MemberAccount alex = bench.alex();
    MemberAccount robin = bench.robin();
    AccountDesk desk{*bench.sign_in};

private:
    int terminals_ = 0;
};

} // namespace

TEST_CASE("account existence: try for try, through waits and lock, nobody is answered as somebody is") {
    FourKinds kinds;
    std::array const names{kinds.alex.username, kinds.robin.username, std::string("nobody.here"),
                           std::string()};
    std::array const cards{kinds.alex.card_number, kinds.robin.card_number, std::string("CARD-1003"),
                           std::string("CARD-9999")};
    for (int attempt = 1; attempt <= 12; ++attempt) {
        INFO("try " << attempt);
        auto const* guess = attempt == 1 ? "" : "not the right words";
        auto const first_name = told(kinds.password(names[0], guess));
        for (auto const& name : names)
            if (name != names[0])
                CHECK(told(kinds.password(name, guess)) == first_name);
        kinds.bench.clock.advance(std::chrono::minutes(attempt % 3 == 0 ? 0 : 61));
    }
    must(kinds.desk.unlock(must(kinds.desk.find("patient-1"))));
    for (int attempt = 1; attempt <= 12; ++attempt) {
        INFO("try " << attempt);
        auto const* guess = attempt == 1 ? "" : "000111";
        auto const first_card = told(kinds.pin(cards[0], guess));
        for (auto const& card : cards)
            if (card != cards[0])
                CHECK(told(kinds.pin(card, guess)) == first_card);
        kinds.bench.clock.advance(std::chrono::minutes(attempt % 3 == 0 ? 0 : 61));
    }
    // The right secret of a disabled account is as a wrong one.
    CHECK(told(kinds.password(kinds.robin.username, test_password)) ==
          told(kinds.password("nobody.there", test_password)));
    // Without a PIN a card identifies, and a disabled account's does not.
    auto kiosk = kinds.bench.terminal();
    CHECK(told(kiosk.sign_in_card("CARD-1002", {})) == told(kiosk.sign_in_card("CARD-9998", {})));
}

TEST_CASE("account existence: a key of nobody, of a disabled account and of another say the same") {
    FourKinds kinds;
    auto kiosk = kinds.bench.terminal();
    WebauthnKey stranger;
    stranger.user_handle = kinds.alex.key.user_handle;
    auto const unknown = told(kiosk.sign_in(stranger));
    CHECK(told(kiosk.sign_in(kinds.robin.key)) == unknown);
    CHECK(told(kiosk.sign_in(kinds.alex.key, {.break_signature = true})) == unknown);
    kinds.alex.key.user_handle = Bytes(32, 9);
    CHECK(told(kiosk.sign_in(kinds.alex.key)) == unknown);
}

// Who shows a genuine card has one of the plan's: it must not tell what became of its owner's account.
TEST_CASE("account existence: a chip card of another, unknown, not yet added, or of a disabled account says "
          "the same") {
    ChipBench bench;
    auto const robin = bench.robin();
    auto const chip = Chip::ec();
    auto const say = [&](Chip const& signer, Bytes const& certificate) {
        return told(bench.show(signer, certificate, "ecdsa_sha256"));
    };
    auto const of_alex = bench.issue(chip);
    auto const others_signature = say(Chip::ec(), of_alex);
    CHECK(others_signature.find("sign_in_refused") != std::string::npos);
    auto const sent = Chip::ec();
    CHECK(say(sent, bench.issue(sent, false)) == others_signature);
    auto const robins = Chip::ec();
    auto const of_robin = bench.issue(robins, true, "patient-2");
    CHECK(say(robins, of_robin) == "signed in");
    must(bench.desk.disable(must(bench.desk.find("patient-2"))));
    CHECK(say(robins, of_robin) == others_signature);
    // Issued with the plan's key and on nobody's record.
    auto const unknown = Chip::ec();
    CHECK(say(unknown, certified_by_stolen_authority(bench, unknown)) == others_signature);
}

// A code from an app is asked for only after the password: who has no session learns nothing by one.
TEST_CASE(
    "account existence: a one-time code without a session before it is refused alike, whoever is named") {
    FourKinds kinds;
    auto kiosk = kinds.bench.terminal();
    auto const code = [&] {
        auto with = kiosk.call();
        return told(sign_in_totp(with, {Secret("123456")}));
    };
    auto const before = code();
    CHECK(before.find("session_needed") != std::string::npos);
    static_cast<void>(kiosk.sign_in_password(kinds.alex.username, "not the right words"));
    CHECK(code() == before);
    static_cast<void>(kiosk.sign_in_password("nobody.here", "not the right words"));
    CHECK(code() == before);
}

TEST_CASE(
    "account existence: a code that is unknown, used, another's or of a disabled account is refused alike") {
    FourKinds kinds;
    auto kiosk = kinds.bench.terminal();
    auto const redeem_with = [&](Secret const& code, std::string const& birth_date) {
        auto with = kiosk.call();
        return told(register_with_code(with, {code.clone(), birth_date}));
    };
    auto const unknown = redeem_with(Secret("AAAA-AAAA-AAAA"), "1980-02-03");
    CHECK(redeem_with(Secret(""), "1980-02-03") == unknown);
    // Whoever has an account already, and who is disabled.
    CHECK(redeem_with(invite(kinds.bench.services, PatientId("patient-1")), "1980-02-03") == unknown);
    CHECK(redeem_with(invite(kinds.bench.services, PatientId("patient-2")), "1975-11-30") == unknown);
    // The letter without its birth date, and a staff member's with one.
    CHECK(redeem_with(invite(kinds.bench.services, PatientId("patient-3")), "1999-01-01") == unknown);
    CHECK(redeem_with(invite_staff(kinds.bench.services, "Sam Desk"), "1980-02-03") == unknown);
}

TEST_CASE("account existence: with staff beside, an unknown card and a disabled account are refused alike") {
    FourKinds kinds;
    auto kiosk = kinds.bench.terminal();
    auto staff = open_staff(kinds.bench.services, kiosk, "Sam Desk");
    auto const unknown = told(kiosk.register_in_person("CARD-9999", staff));
    CHECK(told(kiosk.register_in_person(kinds.robin.card_number, staff)) == unknown);
}

// Time is what work takes: the same statements run and as many hashes are made for who is there and who is
// not. A clock judges no test.
TEST_CASE("account existence: each try costs the same work for nobody as for somebody", "[rounds]") {
    FourKinds kinds;
    for (auto const round : Rounds(300)) {
        Dice dice(round);
        must(kinds.desk.unlock(must(kinds.desk.find("patient-1"))));
        auto const nobody = "nobody-" + std::to_string(round);
        bool const by_pin = dice.one_in(2);
        // Now and then through the wait.
        for (auto tries = dice.one_in(20) ? 7 : 1; tries > 0; --tries) {
            auto const secret = std::to_string(100'000 + dice.below(300'000)); // none of these is the PIN
            std::string told_somebody;
            std::string told_nobody;
            auto const ask = [&](std::string const& who, std::string& reply) {
                return kinds.work_of(
                    [&] { reply = told(by_pin ? kinds.pin(who, secret) : kinds.password(who, secret)); });
            };
            auto const somebody_first = dice.one_in(2);
            Work of_somebody;
            Work of_nobody;
            for (bool const somebody : {somebody_first, !somebody_first})
                (somebody ? of_somebody : of_nobody) =
                    somebody ? ask(by_pin ? kinds.alex.card_number : kinds.alex.username, told_somebody)
                             : ask(nobody, told_nobody);
            if (told_somebody != told_nobody || !(of_somebody == of_nobody))
                FAIL("round " << round << "\n"
                              << told_somebody << "\n"
                              << told_nobody << "\n"
                              << of_somebody.text() << "\n"
                              << of_nobody.text());
        }
    }
}

// An account that its own member's guesses have locked is found by one guess of somebody else, if that takes
// less.
TEST_CASE(
    "account existence: a locked, a disabled and an open account cost a guess at their password the same") {
    FourKinds kinds;
    for (int i = 0; i < 5; ++i)
        CHECK(kinds.password(kinds.alex.username, "not the right words").has_error());
    auto const work = [&](std::string const& username) {
        return kinds.work_of([&] { CHECK(kinds.password(username, "guess").has_error()); });
    };
    auto const locked = work(kinds.alex.username);
    auto const nobody = work("nobody.here");
    auto const disabled = work(kinds.robin.username);
    INFO(locked.text() << "\n" << nobody.text() << "\n" << disabled.text());
    CHECK(locked == nobody);
    CHECK(disabled == nobody);
    CHECK(nobody.hashes == 1);
    CHECK(nobody.statements.size() > 5);
}
