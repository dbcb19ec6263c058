#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/places.h"
#include "tests/walk/effects.h"
#include "tests/walk/hand.h"

#include <filesystem>
#include <fstream>

using namespace portico::test;

namespace {

/// A disk that is full while a file stands beside it.
class Disk {
public:
    explicit Disk(std::string name) : flag_(folder_.path / (name + "-full")) {}
    std::map<std::string, std::string> environment(std::filesystem::path const& of) const {
        return {{"LD_PRELOAD", bin_dir() + "/host_faults.so"},
                {"HOST_FULL_DISK_FOLDER", of.string()},
                {"HOST_FULL_DISK_FLAG", flag_.string()},
                {"ASAN_OPTIONS", "verify_asan_link_order=0"}};
    }
    void fill() const { std::ofstream(flag_) << "full\n"; }
    void make_room() const { std::filesystem::remove(flag_); }

private:
    ScratchFolder folder_;
    std::filesystem::path flag_;
};

} // namespace

TEST_CASE("full disk: the kiosk says that it cannot keep it, does nothing by half, and goes on when there is "
          "room") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    begin_visit(kiosk->screen());
    register_with_letter(kiosk->screen(), bench.invite(alex), bench.settings().key_pin);
    kiosk->kill();
    Disk const disk("kiosk");
    kiosk->start(disk.environment(kiosk->folder() / "data"));
    auto& screen = kiosk->screen();
    begin_visit(screen);
    sign_in_with_key(screen, bench.settings().key_pin);
    screen.wait_shows("home.year");
    open_claim(screen, "eob-0000001-0002");
    screen.wait_shows("eob.check_it");

    disk.fill();
    press(screen, "eob.check_it");
    screen.wait_shows("problem_title.other");
    CHECK(screen.words().find("This kiosk has no room left. Please ask at the desk.") != std::string::npos);
    CHECK(screen.shows("eob.check_it")); // not "We have your answer"
    press(screen, "part.claims");
    press(screen, "part.home");
    screen.wait_shows("home.year");
    // A card issue whose journal cannot be written is not begun.
    press(screen, "home.card");
    screen.wait_shows("id_card.front_picture");
    press(screen, "id_card.print");
    screen.wait_shows("card_print.failed");
    CHECK(screen.words().find("no room left") != std::string::npos);
    CHECK(cards_printed(*kiosk) == 0);
    press(screen, "card_print.ok");
    screen.wait_shows("home.year");

    disk.make_room();
    open_claim(screen, "eob-0000001-0002");
    screen.wait_shows("eob.check_it");
    press(screen, "eob.check_it");
    screen.wait_shows("eob.answered");
    CHECK(eventually([&] { return count_in_queue(bench, "finding_disputed") != 0; }));
    CHECK(count_in_queue(bench, "finding_disputed") == 1);
    press(screen, "part.claims");
    press(screen, "part.home");
    screen.wait_shows("home.year");
    check_prints_one_card(*kiosk);
}

TEST_CASE("full disk: central shows nothing that it cannot record, keeps nothing by half, and goes on when "
          "there is room") {
    Disk const disk("central");
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    auto& screen = kiosk->screen();
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    bench.stop_central();
    bench.set_central_environment(disk.environment(bench.data()));
    bench.start_central();
    screen.wait_gone("part.network_out", 60);
    screen.wait_screen("home");
    open_claim(screen, "eob-0000001-0002");
    screen.wait_shows("eob.check_it");
    press(screen, "part.claims");
    press(screen, "part.home");
    screen.wait_screen("home");

    disk.fill();
    // Without its audit record nothing personal is shown.
    press(screen, "home.requests");
    screen.wait_shows("part.try_again", 60);
    CHECK_FALSE(screen.shows("requests.list"));
    press(screen, "part.back");
    // What needs no answer is kept meanwhile.
    press(screen, "home.more");
    screen.wait_screen("more");
    press(screen, "more.mail_card");
    screen.wait_screen("mail_card");
    press(screen, "mail_card.send");
    screen.wait_shows("mail_card.done");
    press(screen, "part.ok");
    press(screen, "part.home");
    screen.wait_screen("home");

    disk.make_room();
    press(screen, "home.requests");
    screen.wait_shows("requests.title");
    auto const listed = [&] {
        if (screen.shows("request.request_mailed_card"))
            return true;
        press(screen, "part.back");
        screen.wait_screen("home");
        press(screen, "home.requests");
        screen.wait_gone("requests.loading", 60);
        return screen.shows("request.request_mailed_card");
    };
    CHECK(eventually(listed));
    CHECK(count_in_queue(bench, "mailed_card") == 1);
    CHECK(count_in_queue(bench, "operation_refused") == 0);
    bench.central({"audit", "verify"});
}
