#include "shared/base/uuid.h"
#include "tests/central/recovery/recovery_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// A member in a visit of their own, whose two codes are there.
struct LostAnswer {
    explicit LostAnswer(char const* lost = "password") {
        REQUIRE(call.start_reason(lost) == "started");
        member.visit = visit();
        REQUIRE(member.begin().empty());
        text = member.text();
        mail = member.mail();
    }
    std::string visit() { return make_uuid_v7(bench.clock); }
    Result<api::SessionReply> prove(ReturningMember& by) {
        return by.try_prove(ReturningMember::typed(text, mail));
    }
    std::string refusal(ReturningMember& by) {
        auto const outcome = prove(by);
        return outcome.has_error() ? outcome.error().reason : "";
    }
    std::int64_t open_sessions() {
        return bench.number(
            "SELECT count(*) FROM auth_session WHERE ended_us IS NULL AND terminal = 'kiosk-1'");
    }

    RecoveryBench bench;
    RecoveryCall call{bench};
    ReturningMember member{bench};
    std::string text, mail;
};

} // namespace

TEST_CASE(
    "recovery: a proof whose answer was lost is told of the same session, which sets anew what was lost") {
    LostAnswer is;
    auto const first = must(is.prove(is.member));
    auto const again = must(is.prove(is.member));
    CHECK(again.token == first.token);
    CHECK(again.sets_anew == "password");
    CHECK(is.open_sessions() == 1);
    REQUIRE(is.member.prove(ReturningMember::typed(is.text, is.mail)).empty());
    CHECK(is.member.set_password().empty());
    CHECK(is.call.state().state == "finished");
    // And then by nothing that was shown before.
    is.member.terminal.drop();
    CHECK(is.refusal(is.member) == "recovery_refused");
    CHECK(is.bench.number("SELECT count(*) FROM recovery_proof") == 0);
}

TEST_CASE("recovery: a proof that was shown already opens nothing at another kiosk, or in another visit") {
    LostAnswer is;
    must(is.prove(is.member));
    ReturningMember elsewhere(is.bench, "kiosk-2");
    elsewhere.visit = is.member.visit;
    CHECK(is.refusal(elsewhere) == "recovery_refused");
    ReturningMember watcher(is.bench);
    watcher.visit = is.visit();
    CHECK(is.refusal(watcher) == "recovery_refused");
    watcher.visit.reset();
    CHECK(is.refusal(watcher) == "recovery_refused");
    watcher.visit = "not one";
    CHECK(is.refusal(watcher) == "visit_invalid");
    // None of these cost a try, and the member may ask still.
    CHECK(is.call.state().tries_left == recovery_tries_max);
    CHECK(is.prove(is.member).has_value());
}

TEST_CASE("recovery: another code in the same visit is another proof") {
    LostAnswer is;
    must(is.prove(is.member));
    auto const wrong = is.text == "000000" ? "000001" : "000000";
    CHECK(is.member.prove(wrong, is.mail) == "recovery_refused");
    CHECK(is.member.prove(is.text, wrong) == "recovery_refused");
    CHECK(is.member.prove(is.mail, is.text) == "recovery_refused");
    CHECK(is.member.prove(is.text, is.mail, "totp") == "recovery_refused");
}

TEST_CASE("recovery: nothing is told again of a session that is over, nor when the codes had run out") {
    LostAnswer is;
    REQUIRE(is.member.prove(ReturningMember::typed(is.text, is.mail)).empty());
    SECTION("signed out") {
        must(is.bench.sessions->end(is.member.terminal.caller().session->id));
    }
    SECTION("ten minutes later") {
        is.bench.clock.advance(recovery_code_lives);
    }
    SECTION("stopped") {
        CHECK(is.call.withdraw().empty());
    }
    is.member.terminal.drop();
    CHECK(is.refusal(is.member) == "recovery_refused");
}

TEST_CASE("recovery: a key is shown anew for an answer that was lost, and a code app's code is not") {
    SECTION("a key") {
        LostAnswer is;
        auto const first = must(is.member.try_prove(is.member.by_key(is.text, is.bench.alex.key)));
        WebauthnKey strange;
        CHECK(is.member.try_prove(is.member.by_key(is.text, strange)).has_error());
        auto const again = must(is.member.try_prove(is.member.by_key(is.text, is.bench.alex.key)));
        CHECK(again.token == first.token);
    }
    SECTION("a code app") {
        LostAnswer is("pin");
        auto const app = is.bench.add_app();
        auto const shown = is.bench.app_code(app);
        auto const first = must(is.member.try_prove(ReturningMember::typed(is.text, shown, "totp")));
        auto const again = must(is.member.try_prove(ReturningMember::typed(is.text, shown, "totp")));
        CHECK(again.token == first.token);
    }
}
