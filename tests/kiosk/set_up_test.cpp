#include "kiosk/app/limits.h"
#include "kiosk/screens/device_cards.h"
#include "shared/api/set_up_label.h"
#include "tests/kiosk/sample_screens.h"
#include "tests/kiosk/state_bench.h"
#include "tests/support/must.h"

#include <set>

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;
using portico::test::must;

namespace {

std::string const right_fingerprint(64, 'a');
constexpr char const* right_code = "ABCD-EFGH-2345-MNOP";

bool is_set_up(std::string const& screen) {
    return screen.starts_with("set_up");
}

/// A kiosk that is not enrolled, at the page with what there is to do.
struct NewKiosk : Kiosk {
    explicit NewKiosk(bool central_named = false) {
        app.facts.parts = {.barcode_reader = true};
        app.set_up = SetUp{.central_named = central_named};
        app.screen = SetUpLanguage{};
        want(ChooseLanguage{"es"});
        CHECK(screen() == "set_up");
    }
    SetUp& state() { return *app.set_up; }
    SetUpCentral& page() { return std::get<SetUpCentral>(app.screen); }
    void type_code(std::string_view code) {
        for (char const each : code)
            want(Stroked{Field::EnrollmentCode, ui::KeyStroke::add(std::string_view(&each, 1))});
    }
    void type_all() {
        want(Open{Place::SetUpCentral});
        want(Typed{Field::CentralAddress, "Central.example.org"});
        want(Typed{Field::Fingerprint, right_fingerprint});
        type_code(right_code);
    }
    RequestNumber ask() {
        want(Continue{});
        REQUIRE(asked<CertifyTerminal>() != nullptr);
        REQUIRE(screen() == "set_up_certify");
        return state().certifying.request;
    }
    void answered(RequestNumber request, Result<TerminalFactsKnown> result) {
        happens(TerminalCertified{std::move(result)}, request);
    }
    void certified() {
        type_all();
        answered(ask(), TerminalFactsKnown{"terminal-1", "Sample Health Plan"});
    }
};

std::string label_text() {
    return std::string(must(api::encode_set_up_label({.enroll_at = "central.example.org:9444",
                                                      .serve_at = "desk.example.org:9443",
                                                      .code = Secret(right_code),
                                                      .fingerprint = right_fingerprint}))
                           .reveal());
}

std::vector<Intent> every_intent() {
    std::vector<Intent> all;
    for (int place = 0; place <= static_cast<int>(Place::SetUpDevices); ++place)
        all.emplace_back(Open{static_cast<Place>(place)});
    all.emplace_back(GoBack{});
    all.emplace_back(StepBack{});
    all.emplace_back(GoHome{});
    all.emplace_back(Finish{});
    all.emplace_back(Continue{});
    all.emplace_back(Retry{});
    all.emplace_back(ChooseLanguage{"es"});
    all.emplace_back(StillHere{});
    all.emplace_back(TouchTarget{1});
    all.emplace_back(PrintTestPage{});
    all.emplace_back(Typed{Field::CentralAddress, "central.example.org"});
    all.emplace_back(Speak{SpeechAct::Listen});
    return all;
}

} // namespace

TEST_CASE(
    "set-up: what is missing or cannot be meant is asked for, one after the other, and nothing is sent") {
    NewKiosk kiosk;
    kiosk.want(Open{Place::SetUpCentral});
    auto const waits_for = [&](Field field) {
        kiosk.want(Continue{});
        CHECK(kiosk.asked<CertifyTerminal>() == nullptr);
        CHECK(kiosk.screen() == "set_up_central");
        CHECK(kiosk.page().missing == field);
    };
    waits_for(Field::CentralAddress);
    kiosk.want(Typed{Field::CentralAddress, "central.example.org:99999"});
    CHECK_FALSE(kiosk.page().missing);
    waits_for(Field::CentralAddress);
    kiosk.want(Typed{Field::CentralAddress, "central.example.org"});
    kiosk.want(Typed{Field::ServeAddress, "desk/example"});
    waits_for(Field::ServeAddress);
    kiosk.want(Typed{Field::ServeAddress, ""});
    kiosk.type_code("ABCD-EFGH");
    waits_for(Field::EnrollmentCode);
    kiosk.type_code("-2345-MNOP");
    waits_for(Field::Fingerprint);
    kiosk.want(Typed{Field::Fingerprint, std::string(63, 'a')});
    waits_for(Field::Fingerprint);
}

TEST_CASE("set-up: central is asked where it was typed, at the usual ports") {
    NewKiosk kiosk;
    kiosk.type_all();
    kiosk.ask();
    auto const& question = *kiosk.asked<CertifyTerminal>();
    CHECK(question.enroll_at == "central.example.org:8444");
    CHECK(question.serve_at == "central.example.org:8443");
    CHECK(question.fingerprint == right_fingerprint);
    CHECK(question.code.reveal() == right_code);
    // A second press while the first is under way asks nobody.
    kiosk.want(Continue{});
    CHECK(kiosk.asked<CertifyTerminal>() == nullptr);
}

TEST_CASE("set-up: a configuration that names central is not overruled, by hand or by barcode") {
    NewKiosk kiosk(true);
    kiosk.happens(Scanned{label_text()});
    kiosk.ask();
    CHECK(kiosk.asked<CertifyTerminal>()->enroll_at == "central.example.org:9444");
    CHECK(kiosk.asked<CertifyTerminal>()->serve_at.empty());
}

TEST_CASE("set-up: the barcode fills in everything, and asks nobody before somebody has looked at it") {
    NewKiosk kiosk;
    kiosk.happens(Scanned{label_text()});
    CHECK(kiosk.screen() == "set_up_central");
    CHECK(kiosk.asked<CertifyTerminal>() == nullptr);
    CHECK(kiosk.page().scanned);
    kiosk.ask();
    CHECK(kiosk.asked<CertifyTerminal>()->enroll_at == "central.example.org:9444");
    CHECK(kiosk.asked<CertifyTerminal>()->serve_at == "desk.example.org:9443");
    CHECK(kiosk.asked<CertifyTerminal>()->code.reveal() == right_code);
}

TEST_CASE("set-up: another barcode is told on the page with the fields, and changes none of them") {
    NewKiosk kiosk;
    kiosk.happens(Scanned{std::string("8084012345")});
    CHECK(kiosk.screen() == "set_up");
    kiosk.type_all();
    kiosk.happens(Scanned{std::string("8084012345")});
    REQUIRE(kiosk.page().failure);
    CHECK(kiosk.page().failure->reason == "set_up_label_not_ours");
    CHECK(kiosk.page().address == "Central.example.org");
    CHECK(kiosk.page().code.reveal() == right_code);
    kiosk.want(GoBack{});
    kiosk.want(Open{Place::SetUpDevices});
    kiosk.happens(Scanned{label_text()});
    CHECK(kiosk.screen() == "set_up_devices"); // there it is a test of the reader
    CHECK(kiosk.app.devices_seen.scanned);
}

TEST_CASE("set-up: a refused code is forgotten, and what else failed leaves it for the next try") {
    NewKiosk kiosk;
    kiosk.type_all();
    kiosk.answered(kiosk.ask(), failure(ErrorKind::Unavailable, "central_unreachable"));
    REQUIRE(kiosk.screen() == "set_up_central");
    CHECK(kiosk.page().failure->reason == "central_unreachable");
    CHECK(kiosk.page().code.reveal() == right_code);
    kiosk.answered(kiosk.ask(), failure(ErrorKind::Refused, "enrollment_code_refused"));
    CHECK(kiosk.page().code.empty());
    CHECK(kiosk.page().address == "Central.example.org");
    CHECK_FALSE(kiosk.state().certified);
    kiosk.want(Continue{});
    CHECK(kiosk.page().missing == Field::EnrollmentCode);
    CHECK_FALSE(kiosk.page().failure);
}

TEST_CASE("set-up: what was taken back says nothing, unless central had done it") {
    NewKiosk kiosk;
    kiosk.type_all();
    auto const request = kiosk.ask();
    kiosk.want(GoBack{});
    CHECK(kiosk.asked<CancelWork>() != nullptr);
    CHECK(kiosk.screen() == "set_up_central");
    SECTION("nothing came of it") {
        kiosk.answered(request, failure(ErrorKind::Cancelled, "cancelled"));
        CHECK_FALSE(kiosk.page().failure);
        kiosk.ask();
    }
    SECTION("it was too late") {
        kiosk.answered(request, TerminalFactsKnown{"terminal-1", "Sample Health Plan"});
        CHECK(kiosk.screen() == "set_up");
        CHECK(kiosk.state().certified);
    }
}

TEST_CASE("set-up: an answer that comes while help is read is there afterwards") {
    NewKiosk kiosk;
    kiosk.type_all();
    auto const request = kiosk.ask();
    kiosk.want(Open{Place::Help});
    CHECK(kiosk.screen() == "set_up_help");
    kiosk.answered(request, failure(ErrorKind::TimedOut, "central_timed_out"));
    CHECK(kiosk.screen() == "set_up_help");
    kiosk.want(GoBack{});
    REQUIRE(kiosk.screen() == "set_up_central");
    CHECK(kiosk.page().failure->reason == "central_timed_out");
}

TEST_CASE("set-up: once certified it says whose this kiosk is, keeps no code, and starts once") {
    NewKiosk kiosk;
    kiosk.want(Continue{});
    CHECK(kiosk.asked<StartServing>() == nullptr); // not before
    kiosk.certified();
    CHECK(kiosk.screen() == "set_up");
    CHECK(kiosk.app.facts.plan_name == "Sample Health Plan");
    CHECK(kiosk.asked<CheckCentral>() != nullptr);
    CHECK(kiosk.app.beneath.size() == 1); // the language alone: the page with the code is gone
    kiosk.happens(CentralChecked{failure(ErrorKind::Unavailable, "central_unreachable")},
                  kiosk.state().central.request);
    CHECK_FALSE(kiosk.state().central_reached);
    kiosk.want(Retry{});
    CHECK(kiosk.asked<CheckCentral>() != nullptr);
    kiosk.happens(CentralChecked{ok()}, kiosk.state().central.request);
    CHECK(kiosk.state().central_reached);
    kiosk.want(Open{Place::SetUpCentral});
    CHECK(kiosk.screen() == "set_up"); // it is done once
    kiosk.happens(Scanned{label_text()});
    CHECK(kiosk.screen() == "set_up");
    kiosk.want(Continue{});
    CHECK(kiosk.asked<StartServing>() != nullptr);
    kiosk.want(Continue{});
    CHECK(kiosk.asked<StartServing>() == nullptr);
    kiosk.pass(set_up_idle_s * 2);
    CHECK(kiosk.asked<StartServing>() == nullptr);
}

TEST_CASE("set-up: whoever leaves it leaves no code, and a kiosk that is certified serves by itself") {
    NewKiosk kiosk;
    SECTION("before") {
        kiosk.type_all();
        kiosk.pass(set_up_idle_s - std::chrono::seconds(1));
        CHECK(kiosk.screen() == "set_up_central");
        CHECK(next_deadline(kiosk.app) == kiosk.app.last_touch + set_up_idle_s);
        kiosk.pass(std::chrono::seconds(1));
        CHECK(kiosk.screen() == "set_up_language");
        CHECK(kiosk.app.beneath.empty());
        CHECK(kiosk.app.settings == kiosk.app.defaults);
        CHECK_FALSE(next_deadline(kiosk.app)); // and stands
    }
    SECTION("while central is asked") {
        kiosk.type_all();
        kiosk.ask();
        kiosk.pass(set_up_idle_s * 2);
        CHECK(kiosk.screen() == "set_up_certify");
    }
    SECTION("after") {
        kiosk.certified();
        kiosk.pass(set_up_idle_s);
        CHECK(kiosk.asked<StartServing>() != nullptr);
    }
}

TEST_CASE("set-up: each target of the touch test counts for itself, and the test begins anew when asked") {
    NewKiosk kiosk;
    kiosk.want(TouchTarget{0});
    CHECK_FALSE(kiosk.state().touched.at(0)); // only on its page
    kiosk.want(Open{Place::SetUpTouch});
    kiosk.want(TouchTarget{4});
    kiosk.want(TouchTarget{5}); // no such
    CHECK(kiosk.state().touched == std::array<bool, touch_target_count>{false, false, false, false, true});
    kiosk.want(Retry{});
    CHECK(kiosk.state().touched == std::array<bool, touch_target_count>{});
}

TEST_CASE("set-up: a test page that is printed or not is said") {
    NewKiosk kiosk;
    kiosk.want(Open{Place::SetUpDevices});
    kiosk.want(PrintTestPage{});
    REQUIRE(kiosk.asked<PrintDeviceTest>() != nullptr);
    CHECK(kiosk.asked<PrintDeviceTest>()->language == "es");
    kiosk.want(PrintTestPage{});
    CHECK(kiosk.asked<PrintDeviceTest>() == nullptr);
    kiosk.happens(DeviceTestPrinted{failure(ErrorKind::Unavailable, "printer_offline")},
                  kiosk.state().report.doing.request);
    CHECK(kiosk.state().report.doing.failure);
    kiosk.want(PrintTestPage{});
    kiosk.happens(DeviceTestPrinted{ok()}, kiosk.state().report.doing.request);
    CHECK(kiosk.state().report.done);
}

TEST_CASE("set-up: no screen of an enrolled kiosk leads to it, by any input") {
    auto const texts = must(documents::Texts::load(
        std::filesystem::path(portico::test::source_dir()) / "assets", documents::DocumentLanguage::English));
    Now const now{MonoTime{std::chrono::hours(10)}, {}};
    std::size_t tried = 0;
    for (std::size_t which = 0; which < every_intent().size(); ++which)
        for (auto& sample : must(samples(texts))) {
            if (sample.app.set_up)
                continue;
            auto const leads_to_it = [&] {
                for (auto const& beneath : sample.app.beneath)
                    if (is_set_up(name(beneath)))
                        return true;
                return is_set_up(name(sample.app.screen)) || sample.app.set_up.has_value();
            };
            INFO(sample.name << ", intent " << which);
            (void)update(sample.app, std::move(every_intent().at(which)), now);
            CHECK_FALSE(leads_to_it());
            for (auto& event : {Scanned{label_text()}, Scanned{std::string("PORTICO-SETUP/2")}})
                (void)update(sample.app, Event{.body = event}, now);
            (void)update(sample.app,
                         Event{.body = TerminalCertified{TerminalFactsKnown{"terminal-2", "Another Plan"}}},
                         now);
            CHECK_FALSE(leads_to_it());
            CHECK(sample.app.facts.plan_name != "Another Plan");
            ++tried;
        }
    CHECK(tried > 1000);
}

TEST_CASE("set-up: of what members have nothing is reached from it") {
    for (auto& intent : every_intent()) {
        NewKiosk kiosk;
        kiosk.want(std::move(intent));
        auto const at = kiosk.screen();
        INFO(at);
        CHECK((is_set_up(at) || at == "language" || at == "text_and_color" || at == "switches" ||
               at == "listen"));
        CHECK(kiosk.app.session.token.empty());
    }
    NewKiosk kiosk;
    kiosk.insert_key();
    CHECK(kiosk.screen() == "set_up");
}

TEST_CASE("set-up: the report says of each device what the page does, and what worked stays so") {
    NewKiosk kiosk;
    kiosk.app.facts.parts.chip_reader = true;
    kiosk.app.facts.parts.headphone_jack = true;
    kiosk.app.facts.parts.letter_printer = true;
    kiosk.app.facts.sound = true;
    kiosk.want(Open{Place::SetUpDevices});
    kiosk.happens(PrinterChanged{WhichPrinter::Letter, PrinterStatus{PrinterReady{}, {}, {}}});
    kiosk.happens(
        KeyChanged{KeyReady{.product = "Key", .pin_set = true, .has_fingerprint = false, .insertion = 1}});
    kiosk.happens(KeyChanged{KeyAbsent{}});
    kiosk.happens(ChipChanged{ChipCardAbsent{.reader_present = false}});
    kiosk.happens(HeadphonesChanged{Headphones::In});
    kiosk.happens(HeadphonesChanged{Headphones::Out});
    kiosk.happens(BarcodeChanged{
        BarcodeReaderFault{error(ErrorKind::Unavailable, "barcode_reader_failed", "for the test")}});
    kiosk.want(PrintTestPage{});
    auto const* const asked = kiosk.asked<PrintDeviceTest>();
    REQUIRE(asked != nullptr);
    CHECK(asked->devices ==
          std::vector<TestedDevice>{{TestedPart::SecurityKey, TestOutcome::Works},
                                    {TestedPart::ChipCard, TestOutcome::Faulty}, // no reader is there
                                    {TestedPart::Barcode, TestOutcome::Faulty},
                                    {TestedPart::Sound, TestOutcome::Works},
                                    {TestedPart::CardPrinter, TestOutcome::NotUsed},
                                    {TestedPart::LetterPrinter, TestOutcome::Works},
                                    {TestedPart::Central, TestOutcome::NotTried}});
    CHECK(asked->language == "es");
    CHECK(tested_devices(kiosk.app) == asked->devices);
}
