#include "shared/api/set_up_label.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/meddling_proxy.h"
#include "tests/support/places.h"
#include "tests/support/process_memory.h"
#include "tests/support/text.h"
#include "tests/walk/hand.h"

#include <csignal>
#include <fstream>
#include <sstream>

using namespace portico::test;

namespace {

/// What `terminal add` prints for a technician.
struct Invitation {
    std::string terminal;
    std::string code;
    std::string fingerprint;
};

std::string line_value(std::string const& text, std::string const& name) {
    auto const at = text.find(name + "=");
    REQUIRE(at != std::string::npos);
    auto const begin = at + name.size() + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
}

Invitation invite(Bench& bench, std::vector<std::string> const& more = {}) {
    std::vector<std::string> command{"terminal", "add", "--name", "lobby"};
    command.insert(command.end(), more.begin(), more.end());
    auto const printed = bench.central(std::move(command));
    return {line_value(printed, "terminal"), line_value(printed, "code"), line_value(printed, "fingerprint")};
}

std::string enroll_address(std::uint16_t port) {
    return "127.0.0.1:" + std::to_string(port);
}

/// A code or a fingerprint that differs in its last character.
std::string with_another_end(std::string text) {
    text.back() = text.back() == '2' ? '3' : '2';
    return text;
}

void to_central(Hand& hand, std::string const& language = "en") {
    hand.screen().wait_screen("set_up_language");
    hand.press_key(language);
    hand.screen().wait_screen("set_up");
    hand.press("set_up.central");
    hand.screen().wait_screen("set_up_central");
}

void types(Hand& hand, std::string const& address, std::string const& code, std::string const& fingerprint) {
    hand.fill("set_up_central.address", address);
    hand.fill("set_up_central.code", code);
    hand.fill("set_up_central.fingerprint", fingerprint);
}

/// Into a field that holds another text.
void types_anew(Hand& hand, std::string const& field, std::size_t old_size, std::string const& text) {
    hand.press(field);
    for (std::size_t i = 0; i < old_size; ++i)
        hand.screen().key("Backspace");
    hand.screen().type(text);
}

/// The hub says whose this kiosk is, and it is started.
void is_certified_and_starts(Hand& hand) {
    hand.screen().wait_shows("set_up.certified");
    CHECK(hand.screen().words().find("Sample Health Plan") != std::string::npos);
    hand.press("set_up.start");
    hand.screen().wait_screen("attract");
}

/// Terminals of central's that run a kiosk, by state.
std::map<std::string, int> terminals(Bench& bench) {
    std::map<std::string, int> states;
    std::istringstream lines(bench.central({"terminal", "list"}));
    std::string line;
    std::getline(lines, line); // the head
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        std::string id;
        std::string state;
        words >> id >> state;
        ++states[state];
    }
    return states;
}

std::string content_of(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What a camera sees of the QR code that central wrote.
std::string seen_in(std::filesystem::path const& svg) {
    auto const picture = svg.string() + ".png";
    REQUIRE(run({"rsvg-convert", "--width", "600", "--output", picture, svg.string()}).exit_code == 0);
    auto const seen = run({"ZXingReader", "-format", "QRCode", picture}).output;
    auto const begin = seen.find('"', seen.find("Text:")) + 1;
    REQUIRE(begin != 0);
    return seen.substr(begin, seen.find('"', begin) - begin);
}

std::map<std::string, std::string> host_faults(std::map<std::string, std::string> of) {
    of["LD_PRELOAD"] = bin_dir() + "/host_faults.so";
    of["ASAN_OPTIONS"] = "verify_asan_link_order=0";
    return of;
}

/// The row of a device: what it is, and what is said of it. Empty while it is not there.
boost::json::object row_of(Driver& screen, std::string const& device) {
    auto const frame = screen.frame();
    for (auto const& each : frame.at("nodes").as_array()) {
        auto const* key = each.as_object().if_contains("key");
        if (key != nullptr && key->as_string() == device)
            return each.as_object();
    }
    return {};
}

std::string said_of(Driver& screen, std::string const& device) {
    auto const row = row_of(screen, device);
    auto const* said = row.if_contains("value");
    return said == nullptr ? std::string() : std::string(said->as_string());
}

/// The row of a device says "works", in the screen's language.
bool works(Driver& screen, std::string const& device) {
    auto const row = row_of(screen, device);
    auto const* label = row.if_contains("label");
    std::string const text(label == nullptr ? "" : label->as_string().c_str());
    return text.ends_with(": works") || text.ends_with(": funciona");
}

void tests_touch_and_devices(Hand& hand) {
    auto& screen = hand.screen();
    hand.press("set_up.touch");
    screen.wait_screen("set_up_touch");
    for (auto const* target : {"0", "1", "2", "3"})
        hand.press_key(target);
    CHECK_FALSE(screen.shows("set_up_touch.all"));
    hand.press_key("4");
    screen.wait_shows("set_up_touch.all");
    hand.press("part.ok");
    screen.wait_screen("set_up");
    hand.press("set_up.devices");
    screen.wait_screen("set_up_devices");
    CHECK_FALSE(works(screen, "set_up_devices.key"));
    screen.device("security_key", "insert");
    CHECK(eventually([&] { return works(screen, "set_up_devices.key"); }));
    screen.device("security_key", "remove");
    CHECK(eventually([&] {
        auto const said = said_of(screen, "set_up_devices.key");
        return said == "A key was read." || said == "Se leyó una llave.";
    }));
    CHECK(works(screen, "set_up_devices.key"));
    CHECK_FALSE(works(screen, "set_up_devices.barcode"));
    screen.device("barcode", "scan", {{"value", "anything at all"}});
    CHECK(eventually([&] { return works(screen, "set_up_devices.barcode"); }));
    hand.press("set_up_devices.test_page");
    screen.wait_shows("set_up_devices.test_page_sent");
    hand.press("part.back");
    screen.wait_screen("set_up");
}

} // namespace

TEST_CASE("set-up: by touch, in English, a new kiosk refuses what is wrong, is certified, and serves") {
    Bench bench;
    auto const invitation = invite(bench);
    auto const kiosk = bench.add_new_kiosk();
    Hand hand(kiosk->screen(), Hand::By::Touch);
    auto& screen = hand.screen();
    screen.wait_screen("set_up_language");
    hand.press("ui.bar.help");
    screen.wait_screen("set_up_help");
    hand.press("part.back");
    hand.press_key("en");
    screen.wait_screen("set_up");
    CHECK(screen.is_off("set_up.start"));
    tests_touch_and_devices(hand);
    hand.press("set_up.central");
    screen.wait_screen("set_up_central");
    hand.press("set_up_central.certify");
    CHECK(screen.words().find("Please fill this in first.") != std::string::npos);
    screen.wait_screen("set_up_central"); // asks nobody for anything

    // Central stands still: the page waits, and is left.
    bench.central_process().signal(SIGSTOP);
    auto const wrong_fingerprint = with_another_end(invitation.fingerprint);
    auto const wrong_code = with_another_end(invitation.code);
    types(hand, enroll_address(bench.enroll_port()), wrong_code, wrong_fingerprint);
    hand.press("set_up_central.certify");
    screen.wait_screen("set_up_certify");
    hand.press("set_up_certify.cancel");
    screen.wait_screen("set_up_central");
    bench.central_process().signal(SIGCONT);

    // A wrong fingerprint: the code goes to nobody. It counts as no try at a code.
    hand.press("set_up_central.fingerprint"); // the button stands on its page
    REQUIRE(eventually([&] { return !screen.is_off("set_up_central.certify"); }));
    hand.press("set_up_central.certify");
    screen.wait_shows("set_up_problem_title.central_not_trusted");
    CHECK(terminals(bench) == std::map<std::string, int>{{"invited", 1}});
    types_anew(hand, "set_up_central.fingerprint", wrong_fingerprint.size(), invitation.fingerprint);
    hand.press("set_up_central.certify");
    screen.wait_shows("set_up_problem_title.enrollment_code_refused");
    CHECK(terminals(bench) == std::map<std::string, int>{{"invited", 1}});
    // The refused code is gone from its field.
    hand.fill("set_up_central.code", invitation.code);
    CHECK(screen.words().find(invitation.code) == std::string::npos);
    hand.press("set_up_central.certify");
    is_certified_and_starts(hand);
    CHECK(terminals(bench) == std::map<std::string, int>{{"active", 1}});

    // It serves: what comes from central is there.
    hand.press_key("en");
    screen.wait_screen("sign_in");
    CHECK_FALSE(screen.shows("part.network_out"));

    CHECK(found_in_memory(kiosk->process().pid(), {invitation.code, wrong_code}).empty());
    CHECK(found_in_files(kiosk->folder().string(), {invitation.code, wrong_code}).empty());
    kiosk->kill();
    kiosk->start(); // and waits for attract
    CHECK_FALSE(std::filesystem::exists(kiosk->folder() / "data" / "enrolling.key"));
}

TEST_CASE("set-up: by keypad, in Spanish, a new kiosk reads all of it from central's QR code") {
    Bench::Settings settings;
    settings.kiosk_names_central = false;
    Bench bench(std::move(settings));
    auto const file = bench.folder() / "kiosk.svg";
    auto const kiosk = bench.add_new_kiosk();
    auto const invitation =
        invite(bench, {"--qr", file.string(), "--enroll-at", enroll_address(bench.enroll_port()),
                       "--serve-at", enroll_address(bench.port())});
    CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    auto const label = seen_in(file);
    CHECK(label.find(invitation.code) != std::string::npos);

    Hand hand(kiosk->screen(), Hand::By::Keypad);
    auto& screen = hand.screen();
    screen.wait_screen("set_up_language");
    hand.press("ui.bar.help");
    screen.wait_screen("set_up_help");
    hand.press("part.back");
    hand.press_key("es");
    screen.wait_screen("set_up");
    tests_touch_and_devices(hand);
    screen.device("barcode", "scan", {{"value", "8084012345"}}); // no label: nothing moves
    screen.device("barcode", "scan", {{"value", label}});
    screen.wait_screen("set_up_central");
    screen.wait_shows("set_up_central.scanned");
    CHECK(screen.words().find(invitation.code) == std::string::npos);
    bench.central_process().signal(SIGSTOP);
    hand.press("set_up_central.certify");
    screen.wait_screen("set_up_certify");
    bench.central_process().signal(SIGCONT);
    is_certified_and_starts(hand);
    CHECK(terminals(bench) == std::map<std::string, int>{{"active", 1}});
    // Where central serves was in the code, and is known after a restart.
    kiosk->kill();
    kiosk->start();
    begin_visit(kiosk->screen());
    CHECK_FALSE(kiosk->screen().shows("part.network_out"));
}

TEST_CASE("set-up: a central that cannot be reached is said so, and the same code works when it is back") {
    Bench bench;
    auto const invitation = invite(bench);
    auto const kiosk = bench.add_new_kiosk();
    Hand hand(kiosk->screen(), Hand::By::Touch);
    to_central(hand);
    bench.kill_central();
    types(hand, enroll_address(bench.enroll_port()), invitation.code, invitation.fingerprint);
    hand.press("set_up_central.certify");
    hand.screen().wait_shows("set_up_problem_title.central_unreachable");
    bench.start_central();
    hand.press("set_up_central.certify");
    is_certified_and_starts(hand);
}

TEST_CASE("set-up: at the port where central serves nobody is certified, and the page asks for the port") {
    Bench bench;
    auto const invitation = invite(bench);
    auto const kiosk = bench.add_new_kiosk();
    Hand hand(kiosk->screen(), Hand::By::Touch);
    to_central(hand);
    types(hand, enroll_address(bench.port()), invitation.code, invitation.fingerprint);
    hand.press("set_up_central.certify");
    hand.screen().wait_shows("set_up_problem_title.terminal_refused");
    CHECK(terminals(bench) == std::map<std::string, int>{{"invited", 1}});
}

TEST_CASE("set-up: an address for service where nobody serves is told before the code is spent") {
    Bench::Settings settings;
    settings.kiosk_names_central = false;
    Bench bench(std::move(settings));
    auto const invitation = invite(bench);
    auto const kiosk = bench.add_new_kiosk();
    Hand hand(kiosk->screen(), Hand::By::Touch);
    to_central(hand);
    types(hand, enroll_address(bench.enroll_port()), invitation.code, invitation.fingerprint);
    auto const wrong = enroll_address(bench.enroll_port()); // where nobody is served
    hand.fill("set_up_central.serve", wrong);
    hand.press("set_up_central.certify");
    hand.screen().wait_shows("set_up_problem_title.serving_unreachable");
    CHECK(terminals(bench) == std::map<std::string, int>{{"invited", 1}});
    types_anew(hand, "set_up_central.serve", wrong.size(), enroll_address(bench.port()));
    hand.press("set_up_central.certify");
    is_certified_and_starts(hand);
}

TEST_CASE(
    "set-up: central dies between its answer and what the kiosk writes, and the same code gives the same "
    "certificate") {
    Bench bench;
    auto const invitation = invite(bench);
    auto const kiosk = bench.add_new_kiosk();
    int asked = 0;
    MeddlingProxy proxy(
        bench.enroll_port(), bench.data() / "keys", kiosk->folder() / "data",
        [&](std::string const&) { return ++asked == 1 ? Meddling::ReplyLost : Meddling::None; });
    Hand hand(kiosk->screen(), Hand::By::Touch);
    to_central(hand);
    types(hand, enroll_address(proxy.port()), invitation.code, invitation.fingerprint);
    hand.press("set_up_central.certify");
    hand.screen().wait_shows("set_up_problem_title.central_unreachable");
    CHECK(terminals(bench) == std::map<std::string, int>{{"active", 1}}); // central has done it
    bench.kill_central();
    bench.start_central();
    SECTION("in the same program") {
        hand.press("set_up_central.certify");
        is_certified_and_starts(hand);
    }
    SECTION("after the kiosk was cut off too") {
        kiosk->kill();
        kiosk->start({}, "set_up_language");
        Hand again(kiosk->screen(), Hand::By::Touch);
        to_central(again);
        types(again, enroll_address(proxy.port()), invitation.code, invitation.fingerprint);
        again.press("set_up_central.certify");
        is_certified_and_starts(again);
    }
    CHECK(terminals(bench) == std::map<std::string, int>{{"active", 1}});
    CHECK(asked == 2);
}

TEST_CASE("set-up: a full disk is told before the code is spent, and with room the same code works") {
    Bench bench;
    auto const invitation = invite(bench);
    auto const kiosk = bench.add_new_kiosk();
    kiosk->kill();
    auto const flag = bench.folder() / "disk-full";
    kiosk->start(host_faults({{"HOST_FULL_DISK_FOLDER", (kiosk->folder() / "data").string()},
                              {"HOST_FULL_DISK_FLAG", flag.string()}}),
                 "set_up_language");
    std::ofstream(flag) << "full\n";
    Hand hand(kiosk->screen(), Hand::By::Touch);
    to_central(hand);
    types(hand, enroll_address(bench.enroll_port()), invitation.code, invitation.fingerprint);
    hand.press("set_up_central.certify");
    hand.screen().wait_shows("set_up_problem_title.terminal_disk_full");
    CHECK(terminals(bench) == std::map<std::string, int>{{"invited", 1}});
    std::filesystem::remove(flag);
    hand.press("set_up_central.certify");
    is_certified_and_starts(hand);
}

TEST_CASE("set-up: a kiosk whose clock was never set says what it shows, and sends no code") {
    Bench bench;
    auto const invitation = invite(bench);
    auto const kiosk = bench.add_new_kiosk();
    kiosk->kill();
    constexpr long year_s = 365L * 24 * 3600;
    kiosk->start(host_faults({{"HOST_CLOCK_OFFSET_S", std::to_string(-year_s)}}), "set_up_language");
    Hand hand(kiosk->screen(), Hand::By::Touch);
    to_central(hand);
    types(hand, enroll_address(bench.enroll_port()), invitation.code, invitation.fingerprint);
    hand.press("set_up_central.certify");
    hand.screen().wait_shows("set_up_problem_title.clock_wrong");
    CHECK(terminals(bench) == std::map<std::string, int>{{"invited", 1}});
    // Nothing of the code is in what the program says of itself.
    CHECK(content_of(kiosk->folder() / "kiosk.log").find(invitation.code) == std::string::npos);
}
