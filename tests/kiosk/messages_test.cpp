#include "tests/kiosk/state_bench.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

/// A member who is signed in, at home, with two new messages.
struct Visitor : Kiosk {
    Visitor() {
        sign_in_with_key();
        answer_all();
    }
    /// Answers what was asked for: home, and whether a desk wants to know.
    void answer_all() {
        auto const commands = std::move(last);
        last.clear();
        for (auto const& command : commands)
            if (std::holds_alternative<FetchHome>(command.body))
                happens(Loaded<api::Home>{two_new()}, command.request, app.session.stamp);
    }
    static api::Home two_new() {
        auto home = sample::home();
        home.unread_message_count = 2;
        return home;
    }
    int unread() {
        if (auto const* home = std::get_if<Home>(&app.screen))
            return home->home.value->unread_message_count;
        for (auto const& each : app.beneath)
            if (auto const* home = std::get_if<Home>(&each))
                return home->home.value->unread_message_count;
        return -1;
    }
    void list() {
        want(Open{Place::Messages});
        answer(Loaded<api::Messages>{sample::messages()});
    }
    Messages& messages() {
        if (auto* shown = std::get_if<Messages>(&app.screen))
            return *shown;
        return std::get<Messages>(app.beneath.back());
    }
};

} // namespace

TEST_CASE("messages: one is read in full, central is told, and home counts one less") {
    Visitor kiosk;
    REQUIRE(kiosk.unread() == 2);
    kiosk.want(Open{Place::Messages});
    REQUIRE(kiosk.asked<FetchMessages>() != nullptr);
    kiosk.answer(Loaded<api::Messages>{sample::messages()});
    kiosk.want(OpenMessage{"7"});
    CHECK(kiosk.screen() == "message");
    REQUIRE(kiosk.asked<ReadMessage>() != nullptr);
    CHECK(kiosk.asked<ReadMessage>()->message == "7");
    CHECK(kiosk.unread() == 2); // not before central knows
    kiosk.answer(MessageRead{"7", ok()});
    CHECK(kiosk.unread() == 1);
    kiosk.answer(MessageRead{"7", ok()});
    CHECK(kiosk.unread() == 1);
    kiosk.want(GoBack{});
    CHECK(kiosk.screen() == "messages");
    CHECK_FALSE(kiosk.messages().messages.value->messages.front().read_at.empty());
    // Read again, central is not told again.
    kiosk.want(OpenMessage{"7"});
    CHECK(kiosk.asked<ReadMessage>() == nullptr);
    CHECK(kiosk.screen() == "message");
}

TEST_CASE("messages: one that central could not be told of is new still") {
    Visitor kiosk;
    kiosk.list();
    kiosk.want(OpenMessage{"7"});
    kiosk.answer(MessageRead{"7", failure(ErrorKind::Unavailable, "central_unreachable")});
    CHECK(kiosk.screen() == "message");
    CHECK(kiosk.unread() == 2);
    kiosk.want(GoBack{});
    kiosk.want(OpenMessage{"7"});
    CHECK(kiosk.asked<ReadMessage>() != nullptr);
}

TEST_CASE("messages: only one of the list is opened") {
    Visitor kiosk;
    kiosk.list();
    kiosk.want(OpenMessage{"6"});
    CHECK(kiosk.screen() == "messages");
    CHECK(kiosk.asked<ReadMessage>() == nullptr);
}

TEST_CASE("messages: one that is written while the member is there counts at once, wherever they are") {
    Visitor kiosk;
    kiosk.want(Open{Place::FindDoctor});
    kiosk.happens(CentralTold{{.event = "message_written", .ticket = {}}});
    REQUIRE(kiosk.asked<FetchHome>() != nullptr);
    auto home = sample::home();
    home.unread_message_count = 3;
    kiosk.answer(Loaded<api::Home>{home});
    CHECK(kiosk.screen() == "find_doctor");
    CHECK(kiosk.unread() == 3);
    kiosk.want(GoBack{});
    kiosk.list();
    kiosk.happens(CentralTold{{.event = "message_written", .ticket = {}}});
    CHECK(kiosk.asked<FetchMessages>() != nullptr);
    CHECK(kiosk.asked<FetchHome>() != nullptr);
    // The page of one that is read is left alone.
    kiosk.answer(Loaded<api::Messages>{sample::messages()});
    kiosk.want(OpenMessage{"5"});
    kiosk.happens(CentralTold{{.event = "message_written", .ticket = {}}});
    CHECK(kiosk.screen() == "message");
}

TEST_CASE("messages: nobody who is not signed in, and no staff member, is told of any") {
    Kiosk nobody;
    nobody.happens(CentralTold{{.event = "message_written", .ticket = {}}});
    CHECK(nobody.asked<FetchHome>() == nullptr);
    CHECK(nobody.asked<FetchMessages>() == nullptr);
    Visitor kiosk;
    kiosk.app.session.staff = true;
    kiosk.happens(CentralTold{{.event = "message_written", .ticket = {}}});
    CHECK(kiosk.asked<FetchHome>() == nullptr);
    kiosk.app.session.staff = false;
    kiosk.want(Finish{});
    kiosk.happens(CentralTold{{.event = "message_written", .ticket = {}}});
    CHECK(kiosk.asked<FetchHome>() == nullptr);
}

TEST_CASE("messages: a late list of a former visit is never shown, and a weaker session steps up") {
    Visitor kiosk;
    kiosk.want(Open{Place::Messages});
    auto const request = kiosk.app.last_request;
    auto const stamp = kiosk.app.session.stamp;
    kiosk.want(Finish{});
    kiosk.happens(Loaded<api::Messages>{sample::messages()}, request, stamp);
    CHECK(kiosk.screen() == "visit_end");

    Visitor weaker;
    weaker.want(Open{Place::Messages});
    weaker.answer(Loaded<api::Messages>{failure(ErrorKind::StepUpNeeded, "step_up_needed")});
    CHECK(weaker.screen() == "sign_in");
}

TEST_CASE("requests: what staff asked for meanwhile is read at once") {
    Visitor kiosk;
    kiosk.happens(CentralTold{{.event = "requests_changed", .ticket = {}}});
    CHECK(kiosk.asked<FetchRequests>() == nullptr); // the list is not shown
    kiosk.want(Open{Place::Requests});
    kiosk.answer(Loaded<api::Requests>{sample::requests()});
    kiosk.happens(CentralTold{{.event = "requests_changed", .ticket = {}}});
    CHECK(kiosk.asked<FetchRequests>() != nullptr);
}

TEST_CASE("EOB: a paper copy is asked for once a visit, and is written down before that is said") {
    Visitor kiosk;
    kiosk.want(OpenClaim{EobId("03"), "Riverside Sample Clinic"});
    kiosk.want(MailEob{});
    CHECK(kiosk.asked<KeepOperation>() == nullptr); // it is not read yet
    kiosk.answer(Loaded<api::EobDetail>{sample::eob()});
    kiosk.want(MailEob{});
    REQUIRE(kiosk.asked<KeepOperation>() != nullptr);
    CHECK(kiosk.asked<KeepOperation>()->operation.request_mailed_eob->eob_id == "03");
    CHECK(kiosk.asked<KeepOperation>()->operation.session_token == "token");
    CHECK_FALSE(kiosk.asked<KeepOperation>()->operation.on_behalf_case);
    auto& page = std::get<EobPage>(kiosk.app.screen);
    CHECK_FALSE(page.mail_kept);
    auto const request = kiosk.app.last_request;
    kiosk.want(MailEob{});
    CHECK(kiosk.asked<KeepOperation>() == nullptr);
    kiosk.happens(OperationKept{failure(ErrorKind::Full, "disk_full")}, request, kiosk.app.session.stamp);
    CHECK_FALSE(page.mail_kept);
    CHECK(page.mailing.failure->reason == "disk_full");
    kiosk.want(MailEob{});
    kiosk.answer(OperationKept{std::string("op-1")});
    CHECK(page.mail_kept);
    kiosk.want(MailEob{});
    CHECK(kiosk.asked<KeepOperation>() == nullptr);
}
