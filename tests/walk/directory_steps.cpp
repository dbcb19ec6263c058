#include "tests/walk/directory_steps.h"

#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/walk/visit_steps.h"

namespace portico::test {

void search_until_found(Driver& screen, std::function<void()> const& go) {
    go();
    bool const found = eventually([&] {
        screen.wait_gone("find.searching");
        if (screen.shows("find.count"))
            return true;
        press_key(screen, "asked");
        go();
        return false;
    });
    INFO(screen.words());
    REQUIRE(found);
}

void search_directory(Driver& screen) {
    press(screen, "find.words");
    screen.type("family");
    search_until_found(screen, [&] { press(screen, "find.go"); });
}

void open_listing_report(Driver& screen) {
    begin_visit(screen);
    press(screen, "sign_in.find_doctor");
    screen.wait_screen("find_doctor");
    search_directory(screen);
    screen.tap_key(first_listing(screen));
    screen.wait_screen("doctor");
    press(screen, "doctor.report");
    screen.wait_screen("report_listing");
}

} // namespace portico::test
