#include "tests/kiosk/state_bench.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

TEST_CASE("visit: a key is pushed in, its PIN typed, and the member's page is asked for") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"es"});
    CHECK(kiosk.screen() == "sign_in");
    CHECK(kiosk.app.settings.language == "es");
    kiosk.insert_key();
    CHECK(kiosk.screen() == "key");
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    auto const* sign_in = kiosk.asked<SignInWithKey>();
    REQUIRE(sign_in != nullptr);
    CHECK(sign_in->pin.reveal() == "123456");
    CHECK(std::get<KeySignIn>(kiosk.app.screen).pin.empty());
    kiosk.answer(TouchWanted{});
    CHECK(std::get<KeySignIn>(kiosk.app.screen).touch_wanted);
    kiosk.answer(SignedIn{Kiosk::session()});
    CHECK(kiosk.screen() == "home");
    CHECK(kiosk.asked<FetchHome>() != nullptr);
    CHECK(kiosk.app.beneath.empty());
}

TEST_CASE("visit: a second press while the first is under way asks nothing again") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.insert_key();
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    kiosk.want(Continue{});
    CHECK(kiosk.asked<SignInWithKey>() == nullptr);
}

TEST_CASE("visit: a wrong key PIN is cleared and its tries left are shown") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.insert_key();
    kiosk.type_pin("1111");
    kiosk.want(Continue{});
    auto wrong = failure(ErrorKind::Refused, "key_pin_wrong");
    wrong.tries_left = 5;
    kiosk.answer(SignedIn{wrong});
    auto const& key = std::get<KeySignIn>(kiosk.app.screen);
    CHECK(key.tries_left == 5);
    CHECK(key.pin.empty());
    CHECK(!key.doing.waiting());
    kiosk.happens(KeyChanged{KeyAbsent{}});
    CHECK(std::get<KeySignIn>(kiosk.app.screen).tries_left == -1);
}

TEST_CASE("visit: a locked account shows how long, takes the unlock of its own ticket alone, and may stand") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.insert_key();
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    auto locked = failure(ErrorKind::Locked, "account_locked");
    locked.retry_after_s = 0;
    locked.ticket = "ticket-7";
    kiosk.answer(SignedIn{locked});
    REQUIRE(kiosk.screen() == "locked");
    kiosk.pass(std::chrono::seconds(600));
    CHECK(kiosk.screen() == "locked");
    kiosk.happens(CentralTold{{.event = "account_unlocked", .ticket = "ticket-8"}});
    CHECK(!std::get<LockedOut>(kiosk.app.screen).unlocked);
    kiosk.happens(CentralTold{{.event = "account_unlocked", .ticket = "ticket-7"}});
    CHECK(std::get<LockedOut>(kiosk.app.screen).unlocked);
    kiosk.pass(locked_screen_max_s);
    CHECK(kiosk.screen() == "visit_end");
}

TEST_CASE("visit: a lock of minutes counts down by itself") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.insert_key();
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    auto locked = failure(ErrorKind::Locked, "account_locked");
    locked.retry_after_s = 120;
    kiosk.answer(SignedIn{locked});
    CHECK(std::get<LockedOut>(kiosk.app.screen).minutes_left == 2);
    kiosk.pass(std::chrono::seconds(61));
    CHECK(std::get<LockedOut>(kiosk.app.screen).minutes_left == 1);
    kiosk.pass(std::chrono::seconds(60));
    CHECK(std::get<LockedOut>(kiosk.app.screen).unlocked);
}

TEST_CASE("session: after 60 seconds the page is covered, and one tap brings it back") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.pass(std::chrono::seconds(59));
    CHECK(kiosk.screen() == "home");
    kiosk.pass(std::chrono::seconds(1));
    REQUIRE(kiosk.screen() == "still_there");
    CHECK(std::get<StillThere>(kiosk.app.screen).seconds_left == 30);
    kiosk.pass(std::chrono::seconds(29));
    CHECK(std::get<StillThere>(kiosk.app.screen).seconds_left == 1);
    kiosk.happens(PersonNoticed{});
    CHECK(kiosk.screen() == "still_there");
    kiosk.want(StillHere{});
    CHECK(kiosk.screen() == "home");
    for (int i = 0; i < 10; ++i) {
        kiosk.pass(std::chrono::seconds(61));
        REQUIRE(kiosk.screen() == "still_there");
        kiosk.want(StillHere{});
        REQUIRE(kiosk.screen() == "home");
    }
}

TEST_CASE("session: nobody answers the countdown: all is wiped and central is told") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.happens(KeyChanged{KeyAbsent{}});
    auto const stamp = kiosk.app.session.stamp;
    kiosk.pass(idle_timeout_s);
    kiosk.pass(idle_countdown_s);
    CHECK(kiosk.screen() == "visit_end");
    CHECK(kiosk.asked<CoverAndForget>() != nullptr);
    REQUIRE(kiosk.asked<EndSession>() != nullptr);
    CHECK(kiosk.last.front().token == "token");
    CHECK(kiosk.app.session.stamp == stamp + 1);
    CHECK(kiosk.app.session.token.empty());
    CHECK(kiosk.app.session.given_name.empty());
    CHECK(kiosk.app.beneath.empty());
    kiosk.pass(goodbye_s);
    CHECK(kiosk.screen() == "attract");
    CHECK(kiosk.app.settings == kiosk.app.defaults);
}

TEST_CASE("session: after 20 minutes it ends whatever is done") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    for (int i = 0; i < 40; ++i) {
        kiosk.pass(std::chrono::seconds(29));
        kiosk.happens(PersonNoticed{});
    }
    CHECK(kiosk.screen() == "home");
    kiosk.pass(std::chrono::seconds(41));
    REQUIRE(kiosk.screen() == "visit_end");
    CHECK(std::get<VisitEnd>(kiosk.app.screen).reason == EndReason::TimeUp);
}

TEST_CASE("session: a result for a former visit is never shown to the next person") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    auto const request = kiosk.app.last_request;
    auto const stamp = kiosk.app.session.stamp;
    kiosk.want(Finish{});
    kiosk.happens(KeyChanged{KeyAbsent{}});
    kiosk.want(Continue{});
    kiosk.sign_in_with_key();
    auto late = sample::home();
    late.name.given = "Former";
    kiosk.happens(Loaded<api::Home>{late}, request, stamp);
    CHECK(!std::get<Home>(kiosk.app.screen).home.value);
    // Nor under the number of another request of this one.
    kiosk.happens(Loaded<api::Home>{late}, request, kiosk.app.session.stamp);
    CHECK(!std::get<Home>(kiosk.app.screen).home.value);
}

TEST_CASE("session: a key, card or paper left behind keeps the goodbye standing until it is taken") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.happens(
        PrinterChanged{WhichPrinter::Card,
                       {.state = PrinterReady{}, .supply_percent = {}, .output = PrinterOutput::Waiting}});
    kiosk.want(Finish{});
    kiosk.pass(std::chrono::seconds(30));
    CHECK(kiosk.screen() == "visit_end");
    kiosk.happens(KeyChanged{KeyAbsent{}});
    CHECK(kiosk.screen() == "visit_end");
    kiosk.happens(PrinterChanged{
        WhichPrinter::Card, {.state = PrinterReady{}, .supply_percent = {}, .output = PrinterOutput::Taken}});
    CHECK(kiosk.screen() == "attract");
}

TEST_CASE("session: a page that needs more offers another way and comes back to itself") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.app.session.assurance = Assurance::OneFactor;
    kiosk.want(OpenClaim{EobId("03"), "Sample Clinic"});
    kiosk.answer(Loaded<api::EobDetail>{failure(ErrorKind::StepUpNeeded, "step_up_needed")});
    REQUIRE(kiosk.screen() == "sign_in");
    CHECK(std::get<SignIn>(kiosk.app.screen).step_up);
    kiosk.want(Open{Place::KeySignIn});
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    kiosk.answer(SignedIn{Kiosk::session()});
    CHECK(kiosk.screen() == "eob");
    auto const* fetch = kiosk.asked<FetchEob>();
    REQUIRE(fetch != nullptr);
    CHECK(fetch->id == EobId("03"));
}

TEST_CASE("session: one that central has ended ends here too") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.answer(Loaded<api::Home>{failure(ErrorKind::Unauthenticated, "session_unknown")});
    REQUIRE(kiosk.screen() == "visit_end");
    CHECK(std::get<VisitEnd>(kiosk.app.screen).reason == EndReason::EndedByPlan);
}

TEST_CASE("network: a page that could not be had says so and is had on trying again") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.happens(OnlineChanged{client::Online::No});
    kiosk.answer(Loaded<api::Home>{failure(ErrorKind::Unavailable, "central_unreachable")});
    CHECK(std::get<Home>(kiosk.app.screen).home.failure.has_value());
    kiosk.happens(OnlineChanged{client::Online::Yes});
    kiosk.want(Retry{});
    CHECK(kiosk.asked<FetchHome>() != nullptr);
    kiosk.answer(Loaded<api::Home>{sample::home()});
    CHECK(std::get<Home>(kiosk.app.screen).home.value.has_value());
}

TEST_CASE("eob: a finding is disputed with one tap, and is answered only when it is on the disk") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(OpenClaim{EobId("03"), "Sample Clinic"});
    kiosk.answer(Loaded<api::EobDetail>{sample::eob()});
    kiosk.want(AnswerFinding{FindingKind::DuplicateLine, true});
    auto const* keep = kiosk.asked<KeepOperation>();
    REQUIRE(keep != nullptr);
    REQUIRE(keep->operation.dispute_finding.has_value());
    CHECK(keep->operation.dispute_finding->answer == "check_it");
    CHECK(keep->operation.session_token == "token");
    CHECK(std::get<EobPage>(kiosk.app.screen).answered.empty());
    kiosk.answer(OperationKept{failure(ErrorKind::Full, "disk_full")});
    CHECK(std::get<EobPage>(kiosk.app.screen).answered.empty());
    kiosk.want(AnswerFinding{FindingKind::DuplicateLine, true});
    kiosk.answer(OperationKept{std::string("id")});
    CHECK(std::get<EobPage>(kiosk.app.screen).answered.size() == 1);
}

TEST_CASE("card: printing is not cut off by the idle countdown, and an unknown outcome says so") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(Open{Place::Card});
    kiosk.answer(Loaded<api::IdCardReply>{sample::card()});
    CHECK(kiosk.asked<RenderCard>() != nullptr);
    kiosk.want(PrintCard{});
    REQUIRE(kiosk.screen() == "card_print");
    CHECK(kiosk.asked<IssueCard>() != nullptr);
    kiosk.answer(PrintMoved{PrintStage::Printing, {}});
    kiosk.pass(std::chrono::seconds(90));
    CHECK(kiosk.screen() == "card_print");
    kiosk.answer(PrintMoved{PrintStage::Unknown, {}});
    CHECK(std::get<CardPrint>(kiosk.app.screen).stage == PrintStage::Unknown);
    kiosk.pass(idle_timeout_s);
    CHECK(kiosk.screen() == "still_there");
}

TEST_CASE("contact: only what was changed is sent, with what stood there before") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(Open{Place::Contact});
    kiosk.answer(Loaded<api::ContactDetails>{sample::contact()});
    kiosk.want(Continue{});
    REQUIRE(kiosk.screen() == "contact_edit");
    kiosk.want(Typed{Field::AddressZip, "0299"});
    kiosk.want(Continue{});
    CHECK(kiosk.asked<KeepOperation>() == nullptr);
    CHECK(std::get<ContactEdit>(kiosk.app.screen).wrong == Field::AddressZip);
    kiosk.want(Typed{Field::AddressZip, "02999"});
    kiosk.want(Typed{Field::Phone, "617-555-0177"});
    kiosk.want(Continue{});
    auto const* keep = kiosk.asked<KeepOperation>();
    REQUIRE(keep != nullptr);
    auto const& change = *keep->operation.change_contact_details;
    CHECK(!change.address.has_value());
    CHECK(change.old_phone == "617-555-0142");
    CHECK(change.phone == "617-555-0177");
    kiosk.answer(OperationKept{std::string("id")});
    CHECK(kiosk.screen() == "contact");
}

TEST_CASE("contact: an address that the form cannot show as it is written on file is no change of its own") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(Open{Place::Contact});
    auto on_file = sample::contact();
    on_file.address.lines = {"12 Sample Street", "Apartment 7", "Back entrance"};
    on_file.address.state = "ma";
    kiosk.answer(Loaded<api::ContactDetails>{on_file});
    kiosk.want(Continue{});
    kiosk.want(Typed{Field::Phone, "617-555-0177"});
    kiosk.want(Continue{});
    auto const* keep = kiosk.asked<KeepOperation>();
    REQUIRE(keep != nullptr);
    CHECK_FALSE(keep->operation.change_contact_details->address);
    CHECK(keep->operation.change_contact_details->phone == "617-555-0177");
}

TEST_CASE("requests: a change on hold is taken back after a question, and the list is read anew once that "
          "was sent") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.want(Open{Place::Requests});
    kiosk.answer(Loaded<api::Requests>{sample::requests_on_hold()});
    kiosk.want(AskWithdraw{"4"});
    kiosk.want(ConfirmWithdraw{false});
    CHECK(kiosk.asked<KeepOperation>() == nullptr);
    kiosk.want(AskWithdraw{"4"});
    CHECK(std::get<Requests>(kiosk.app.screen).withdrawing == "4");
    kiosk.want(ConfirmWithdraw{true});
    auto const* keep = kiosk.asked<KeepOperation>();
    REQUIRE(keep != nullptr);
    REQUIRE(keep->operation.withdraw_request.has_value());
    CHECK(keep->operation.withdraw_request->operation_id == "4");
    CHECK(keep->operation.session_token == "token");
    kiosk.answer(OperationKept{std::string("id")});
    CHECK(std::get<Requests>(kiosk.app.screen).withdrawal_kept);
    kiosk.happens(OutboxChanged{{.waiting = 1}});
    CHECK(kiosk.asked<FetchRequests>() == nullptr);
    kiosk.happens(OutboxChanged{{.waiting = 0}});
    CHECK(kiosk.asked<FetchRequests>() != nullptr);
    CHECK_FALSE(std::get<Requests>(kiosk.app.screen).withdrawal_kept);
}

TEST_CASE("requests: taking a change back needs two factors, and offers the step") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.app.session.assurance = Assurance::OneFactor;
    kiosk.want(Open{Place::Requests});
    kiosk.answer(Loaded<api::Requests>{sample::requests_on_hold()});
    kiosk.want(AskWithdraw{"4"});
    REQUIRE(kiosk.screen() == "sign_in");
    CHECK(std::get<SignIn>(kiosk.app.screen).step_up);
}

TEST_CASE("card scan: a foreign barcode is refused with its reason, and one of ours asks for its PIN") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::CardScan});
    kiosk.happens(Scanned{std::string("4006381333931")});
    REQUIRE(std::get<CardScan>(kiosk.app.screen).failure.has_value());
    kiosk.happens(Scanned{failure(ErrorKind::InvalidInput, "barcode_too_long")});
    CHECK(std::get<CardScan>(kiosk.app.screen).failure->reason == "barcode_too_long");
    CHECK(kiosk.screen() == "card_scan");
}

TEST_CASE("terminal: when the plan takes its certificate back it serves nobody") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    kiosk.happens(CentralTold{{.event = "terminal_revoked", .ticket = ""}});
    CHECK(kiosk.screen() == "out_of_order");
    CHECK(kiosk.app.session.token.empty());
}

TEST_CASE(
    "doctors: what was found makes room for itself, and the search can be changed with its words kept") {
    Kiosk kiosk;
    kiosk.want(ChooseLanguage{"en"});
    kiosk.want(Open{Place::FindDoctor});
    kiosk.want(Typed{Field::DoctorWords, "family"});
    kiosk.want(Continue{});
    REQUIRE(kiosk.asked<SearchDoctors>() != nullptr);
    kiosk.answer(Loaded<client::ProvidersFound>{sample::doctors()});
    CHECK(std::get<FindDoctor>(kiosk.app.screen).searched);
    SECTION("a filter asks again by itself") {
        kiosk.want(Picked{Choice::DoctorAccepting, 0});
        CHECK(kiosk.asked<SearchDoctors>() != nullptr);
    }
    SECTION("changing it keeps what was typed and forgets what was found") {
        kiosk.want(ClearSearch{});
        auto const& find = std::get<FindDoctor>(kiosk.app.screen);
        CHECK(!find.searched);
        CHECK(find.words == "family");
        CHECK(!find.found.value);
    }
    SECTION("a doctor of the own list opens although the search is another now") {
        kiosk.want(OpenDoctor{"1"});
        kiosk.want(ToggleDoctor{"1"});
        REQUIRE(kiosk.app.session.doctors.size() == 1);
        kiosk.want(GoBack{});
        kiosk.want(ClearSearch{});
        kiosk.want(Open{Place::MyDoctors});
        kiosk.want(OpenDoctor{"1"});
        CHECK(kiosk.screen() == "doctor");
        kiosk.want(ToggleDoctor{"1"});
        CHECK(kiosk.app.session.doctors.empty());
    }
}
