#include "kiosk/app/limits.h"
#include "kiosk/screens/device_cards.h"
#include "shared/api/json.h"
#include "tests/kiosk/state_bench.h"

#include <set>

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

namespace {

KeyReady technicians_key(std::uint64_t insertion = 1) {
    return {.product = "Sample Key", .pin_set = true, .has_fingerprint = false, .insertion = insertion};
}

Measures some_measures(std::int64_t waiting = 2) {
    Measures measures;
    measures.complete_at = UtcTime(std::chrono::hours(400'000));
    measures.queue.waiting = waiting;
    measures.versions.build = "0123456789abcdef";
    return measures;
}

/// A kiosk in service where a technician has signed in with their key.
struct ServicedKiosk : Kiosk {
    ServicedKiosk() {
        now.utc = UtcTime(std::chrono::hours(492'000));
        app.facts.parts = {.chip_reader = true,
                           .barcode_reader = true,
                           .headphone_jack = true,
                           .card_printer = true,
                           .letter_printer = true};
    }
    static api::SessionReply technician() {
        auto reply = session();
        reply.is_staff = true;
        reply.services_kiosk = true;
        reply.given_name = "Robin";
        return reply;
    }
    void key_and_pin() {
        want(ChooseLanguage{"es"});
        insert_key();
        type_pin("123456");
        want(Continue{});
        REQUIRE(asked<SignInWithKey>() != nullptr);
    }
    void sign_in() {
        key_and_pin();
        answer(SignedIn{technician()});
        REQUIRE(screen() == "diagnostics");
    }
    void measured(Measures measures = some_measures()) {
        happens(Loaded<Measures>{std::move(measures)}, page().measures.request, app.session.stamp);
    }
    Diagnostics& page() { return std::get<Diagnostics>(app.screen); }
    TestOutcome outcome(TestedPart part) const {
        for (auto const& each : tested_devices(app))
            if (each.part == part)
                return each.outcome;
        FAIL("no such device");
        return TestOutcome::NotUsed;
    }
};

std::vector<std::string> fault_reasons(App const& app) {
    std::vector<std::string> reasons;
    for (auto const& fault : app.faults)
        reasons.push_back(fault.reason);
    return reasons;
}

} // namespace

TEST_CASE("diagnostics: a technician's key opens the page and nothing else, and nothing of them is kept") {
    ServicedKiosk kiosk;
    kiosk.sign_in();
    CHECK(kiosk.asked<Measure>() != nullptr);
    CHECK(kiosk.app.session.given_name.empty());
    CHECK(kiosk.app.beneath.empty());
    CHECK(kiosk.app.settings.language == "es");
    std::set<std::string> seen;
    for (int place = 0; place <= static_cast<int>(Place::SetUpDevices); ++place) {
        kiosk.want(Open{static_cast<Place>(place)});
        seen.insert(kiosk.screen());
        CHECK(kiosk.asked<FetchHome>() == nullptr);
        if (kiosk.screen() != "diagnostics")
            kiosk.want(GoBack{});
        REQUIRE(kiosk.screen() == "diagnostics");
    }
    CHECK(seen == std::set<std::string>{"diagnostics", "help", "language", "switches", "text_and_color"});
    kiosk.want(Open{Place::Help});
    kiosk.want(GoHome{});
    CHECK(kiosk.screen() == "diagnostics");
    // What desks and members cause elsewhere opens nothing here.
    for (auto const* event : {"call_check", "message_written", "requests_changed", "line_changed"}) {
        kiosk.happens(CentralTold{{event, ""}});
        CHECK(kiosk.screen() == "diagnostics");
        CHECK(kiosk.last.empty());
    }
}

TEST_CASE(
    "diagnostics: the page ends when the key comes out, by Finish, by idling and when central ends it") {
    ServicedKiosk kiosk;
    kiosk.sign_in();
    kiosk.measured();
    SECTION("another key is in, which was not asked for its PIN") {
        kiosk.happens(KeyChanged{technicians_key(2)});
        CHECK(kiosk.screen() == "visit_end");
    }
    SECTION("the key comes out") {
        kiosk.happens(KeyChanged{KeyAbsent{}});
        CHECK(kiosk.screen() == "attract");
    }
    SECTION("the key comes out while the page is covered") {
        kiosk.pass(idle_timeout_s);
        REQUIRE(kiosk.screen() == "still_there");
        kiosk.happens(KeyChanged{KeyAbsent{}});
        CHECK(kiosk.screen() == "attract");
    }
    SECTION("the key comes out while help is open, and the report lies in the printer") {
        PrinterStatus status{PrinterReady{}, {}, {}};
        status.output = PrinterOutput::Waiting;
        kiosk.happens(PrinterChanged{WhichPrinter::Letter, status});
        kiosk.want(Open{Place::Help});
        kiosk.happens(KeyChanged{KeyAbsent{}});
        CHECK(kiosk.screen() == "visit_end");
    }
    SECTION("Finish") {
        kiosk.want(Finish{});
        CHECK(kiosk.screen() == "visit_end");
    }
    SECTION("nobody touches anything") {
        kiosk.pass(idle_timeout_s);
        CHECK(kiosk.screen() == "still_there");
        kiosk.pass(idle_countdown_s);
        CHECK(kiosk.screen() == "visit_end");
    }
    SECTION("central says that the account is closed") {
        kiosk.happens(CentralTold{{"session_ended", ""}});
        CHECK(kiosk.screen() == "visit_end");
    }
    CHECK(kiosk.asked<EndSession>() != nullptr);
    CHECK(kiosk.asked<CoverAndForget>() != nullptr);
    CHECK_FALSE(kiosk.app.session.signed_in());
    CHECK_FALSE(kiosk.app.session.service);
    CHECK(kiosk.app.beneath.empty());
}

TEST_CASE("diagnostics: nobody but a technician with their key in the kiosk gets there") {
    ServicedKiosk kiosk;
    kiosk.key_and_pin();
    SECTION("the key went while central was asked") {
        kiosk.app.facts.key = KeyAbsent{};
        kiosk.answer(SignedIn{ServicedKiosk::technician()});
        CHECK(kiosk.screen() == "attract");
        CHECK(kiosk.asked<EndSession>() != nullptr);
    }
    SECTION("staff who do not look after kiosks") {
        auto staff = ServicedKiosk::technician();
        staff.services_kiosk = false;
        kiosk.answer(SignedIn{staff});
        CHECK(kiosk.screen() == "key");
        CHECK(std::get<KeySignIn>(kiosk.app.screen).doing.failure->reason == "staff_key");
    }
    SECTION("central refuses") {
        kiosk.answer(SignedIn{failure(ErrorKind::Refused, "staff_key")});
        CHECK(kiosk.screen() == "key");
    }
    SECTION("central is not there to say whose key it is") {
        kiosk.answer(SignedIn{failure(ErrorKind::Unavailable, "central_unreachable")});
        CHECK(kiosk.screen() == "key");
    }
    CHECK_FALSE(kiosk.app.session.signed_in());
    CHECK_FALSE(kiosk.app.session.service);
}

TEST_CASE("diagnostics: a member's session has no page, report or message to central, whatever is wanted") {
    Kiosk kiosk;
    kiosk.sign_in_with_key();
    REQUIRE(kiosk.screen() == "home");
    kiosk.want(TellCentral{});
    CHECK(kiosk.last.empty());
    kiosk.want(PrintTestPage{});
    CHECK(kiosk.last.empty());
    CHECK(kiosk.screen() == "home");
    // Its key may come out as ever.
    kiosk.happens(KeyChanged{KeyAbsent{}});
    CHECK(kiosk.screen() == "home");
}

TEST_CASE("diagnostics: what a device does is seen at once, and what was tried stays tried") {
    ServicedKiosk kiosk;
    kiosk.app.devices_seen = {.key_read = true, .chip_read = true, .scanned = true, .headphones_in = true};
    kiosk.sign_in();
    CHECK(kiosk.outcome(TestedPart::SecurityKey) == TestOutcome::Works);
    // Of before this session nothing counts.
    CHECK(kiosk.outcome(TestedPart::ChipCard) == TestOutcome::NotTried);
    CHECK(kiosk.outcome(TestedPart::Barcode) == TestOutcome::NotTried);
    kiosk.happens(Scanned{Scan("anything at all")});
    CHECK(kiosk.screen() == "diagnostics");
    CHECK(kiosk.outcome(TestedPart::Barcode) == TestOutcome::Works);
    kiosk.happens(ChipChanged{ChipCardReady{}});
    kiosk.happens(ChipChanged{ChipCardAbsent{}});
    CHECK(kiosk.screen() == "diagnostics");
    CHECK(kiosk.outcome(TestedPart::ChipCard) == TestOutcome::Works);
    kiosk.happens(ChipChanged{ChipCardAbsent{.reader_present = false}});
    CHECK(kiosk.outcome(TestedPart::ChipCard) == TestOutcome::Faulty);
    kiosk.happens(PrinterChanged{WhichPrinter::Card,
                                 PrinterStatus{PrinterStopped{{PrinterCondition::MediaJam}}, {}, {}}});
    CHECK(kiosk.outcome(TestedPart::CardPrinter) == TestOutcome::Faulty);
    CHECK(kiosk.outcome(TestedPart::Central) == TestOutcome::Works);
    kiosk.happens(OnlineChanged{client::Online::No});
    CHECK(kiosk.screen() == "diagnostics"); // it stands as long as the key is in
    CHECK(kiosk.outcome(TestedPart::Central) == TestOutcome::Faulty);
}

TEST_CASE("diagnostics: figures are looked up anew every ten seconds while the page is seen") {
    ServicedKiosk kiosk;
    kiosk.sign_in();
    CHECK(next_deadline(kiosk.app) == kiosk.now.mono + idle_timeout_s); // one look is under way
    kiosk.measured();
    CHECK(next_deadline(kiosk.app) == kiosk.now.mono + measures_max_s);
    kiosk.pass(measures_max_s - std::chrono::seconds(1));
    CHECK(kiosk.asked<Measure>() == nullptr);
    kiosk.pass(std::chrono::seconds(1));
    CHECK(kiosk.asked<Measure>() != nullptr);
    kiosk.measured(some_measures(3));
    CHECK(kiosk.page().measures.value->queue.waiting == 3);
    // It keeps nobody here: who walks off is asked for in time.
    kiosk.pass(idle_timeout_s - measures_max_s);
    CHECK(kiosk.screen() == "still_there");
    kiosk.pass(measures_max_s);
    CHECK(kiosk.asked<Measure>() == nullptr);
}

TEST_CASE("diagnostics: the report is printed, once at a time, and the page says what became of it") {
    ServicedKiosk kiosk;
    kiosk.sign_in();
    kiosk.want(PrintTestPage{});
    auto const* const asked = kiosk.asked<PrintDeviceTest>();
    REQUIRE(asked != nullptr);
    CHECK(asked->language == "es");
    CHECK(asked->devices == tested_devices(kiosk.app));
    auto const request = kiosk.app.last_request;
    kiosk.want(PrintTestPage{});
    CHECK(kiosk.asked<PrintDeviceTest>() == nullptr);
    kiosk.happens(DeviceTestPrinted{failure(ErrorKind::Unavailable, "printer_offline")}, request,
                  kiosk.app.session.stamp);
    CHECK(kiosk.page().report.doing.failure);
    CHECK_FALSE(kiosk.page().report.done);
    kiosk.want(PrintTestPage{});
    kiosk.answer(DeviceTestPrinted{ok()});
    CHECK(kiosk.page().report.done);
}

TEST_CASE("diagnostics: central is told what the page says, and nothing before there are figures") {
    ServicedKiosk kiosk;
    kiosk.happens(OnlineChanged{client::Online::No});
    kiosk.now.utc += std::chrono::minutes(5);
    kiosk.happens(OnlineChanged{client::Online::Yes});
    kiosk.sign_in();
    kiosk.want(TellCentral{});
    CHECK(kiosk.asked<SendDiagnostics>() == nullptr);
    kiosk.measured();
    kiosk.want(TellCentral{});
    auto const* const asked = kiosk.asked<SendDiagnostics>();
    REQUIRE(asked != nullptr);
    auto const& told = asked->told;
    CHECK(told.at == "2026-02-16T00:05:00.000000Z");
    CHECK(told.devices == tested_devices(kiosk.app));
    CHECK(told.network.central == api::CentralSeen::Answers);
    CHECK(told.network.since == "2026-02-16T00:05:00.000000Z");
    CHECK(told.network.last_sync == "2015-08-19T16:00:00.000000Z");
    CHECK(told.queue.waiting == 2);
    CHECK(told.faults == std::vector<api::KioskFault>{{"central_silent", "2026-02-16T00:00:00.000000Z",
                                                       "2026-02-16T00:00:00.000000Z", 1}});
    auto const request = kiosk.app.last_request;
    kiosk.want(TellCentral{});
    CHECK(kiosk.asked<SendDiagnostics>() == nullptr); // one is under way
    kiosk.happens(DiagnosticsSent{failure(ErrorKind::Unavailable, "central_unreachable")}, request,
                  kiosk.app.session.stamp);
    CHECK(kiosk.page().telling.doing.failure);
    kiosk.want(TellCentral{});
    kiosk.answer(DiagnosticsSent{ok()});
    CHECK(kiosk.page().telling.done);
    // The role was taken away meanwhile: the session is over.
    kiosk.want(TellCentral{});
    kiosk.answer(DiagnosticsSent{failure(ErrorKind::Unauthenticated, "session_ended")});
    CHECK(kiosk.screen() == "visit_end");
}

TEST_CASE("diagnostics: of a member's visit before it nothing is told, whatever went wrong in it") {
    std::string const canary = "Quillontra Zephyrwood 77 Marzipan Crescent";
    ServicedKiosk kiosk;
    // Every text that a visit has, in the state and in each failure of it.
    kiosk.want(ChooseLanguage{"en"});
    kiosk.insert_key();
    kiosk.type_pin("123456");
    kiosk.want(Continue{});
    auto member = Kiosk::session();
    member.token = member.given_name = member.member_id_end = canary;
    kiosk.answer(SignedIn{member});
    REQUIRE(kiosk.screen() == "home");
    api::Home home;
    home.name = {canary, canary};
    kiosk.answer(Loaded<api::Home>{home});
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Internal); ++kind) {
        auto broken = error(static_cast<ErrorKind>(kind),
                            "claims_" + std::string(name(static_cast<ErrorKind>(kind))), canary);
        broken.ticket = canary;
        kiosk.happens(Loaded<api::ClaimsPage>{broken});
        kiosk.happens(PrintMoved{PrintStage::Failed, broken});
        kiosk.happens(OperationKept{broken});
        auto odd = broken;
        odd.reason = canary; // as no central of ours would write it
        kiosk.happens(Loaded<api::EobDetail>{odd});
    }
    kiosk.happens(KeyChanged{KeyFault{error(ErrorKind::Unavailable, "key_unreadable", canary)}});
    kiosk.happens(ChipChanged{ChipCardFault{error(ErrorKind::Corrupt, "card_unreadable", canary)}});
    kiosk.happens(Scanned{Scan(canary)});
    kiosk.want(Finish{});
    kiosk.want(Continue{});
    REQUIRE(kiosk.screen() == "attract");
    kiosk.happens(KeyChanged{KeyAbsent{}});
    kiosk.happens(ChipChanged{ChipCardAbsent{}});

    kiosk.sign_in();
    kiosk.measured();
    kiosk.want(TellCentral{});
    auto const* const asked = kiosk.asked<SendDiagnostics>();
    REQUIRE(asked != nullptr);
    auto const json = api::to_json(asked->told);
    for (auto const* word : {"Quillontra", "Zephyrwood", "77", "Marzipan", "Robin", "token"}) {
        INFO(word << " in " << json);
        CHECK(json.find(word) == std::string::npos);
    }
    // The kiosk's own faults alone: what was refused to the member would say something of them.
    CHECK(fault_reasons(kiosk.app) ==
          std::vector<std::string>{"claims_unavailable", "claims_timed_out", "claims_corrupt", "claims_full",
                                   "claims_internal", "unnamed_fault", "key_unreadable", "card_unreadable"});
}

TEST_CASE("diagnostics: of faults the last twenty kinds are kept, each with how often and when last") {
    ServicedKiosk kiosk;
    auto const fails = [&](std::string const& reason) {
        kiosk.happens(OperationKept{error(ErrorKind::Full, reason, "for the test")});
        kiosk.now.utc += std::chrono::seconds(90);
    };
    fails("first");
    for (std::size_t i = 1; i < api::kiosk_faults_max; ++i)
        fails("fault_" + std::to_string(i));
    fails("first"); // again: it is the latest now
    fails("one_more");
    auto const reasons = fault_reasons(kiosk.app);
    CHECK(reasons.size() == api::kiosk_faults_max);
    CHECK(std::find(reasons.begin(), reasons.end(), "fault_1") == reasons.end());
    CHECK(reasons.back() == "one_more");
    auto const& first = kiosk.app.faults.at(reasons.size() - 2);
    CHECK(first.reason == "first");
    CHECK(first.count == 2);
    CHECK(first.last - first.first == std::chrono::minutes(30));
    CHECK(std::chrono::floor<std::chrono::minutes>(first.last) == first.last);
}

TEST_CASE(
    "diagnostics: a printer that this kiosk has not is no fault, and one that stands as it stood none anew") {
    ServicedKiosk kiosk;
    kiosk.app.facts.parts.card_printer = false;
    kiosk.happens(PrinterChanged{WhichPrinter::Card, PrinterStatus{PrinterOffline{}, {}, {}}});
    CHECK(kiosk.app.faults.empty());
    PrinterStatus const stopped{
        PrinterStopped{{PrinterCondition::MediaEmpty, PrinterCondition::CoverOpen}}, {}, {}};
    kiosk.happens(PrinterChanged{WhichPrinter::Letter, stopped});
    kiosk.happens(PrinterChanged{WhichPrinter::Letter, stopped});
    kiosk.happens(PrinterChanged{WhichPrinter::Letter, PrinterStatus{PrinterOffline{}, {}, {}}});
    CHECK(fault_reasons(kiosk.app).size() == 3);
    CHECK(kiosk.app.faults.front().count == 1);
}
