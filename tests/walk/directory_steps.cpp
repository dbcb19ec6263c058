#include "tests/walk/directory_steps.h"

#include "tests/walk/visit_steps.h"

namespace portico::test {

void open_listing_report(Driver& screen) {
    begin_visit(screen);
    press(screen, "sign_in.find_doctor");
    screen.wait_screen("find_doctor");
    press(screen, "find.words");
    screen.type("family");
    press(screen, "find.go");
    screen.wait_shows("find.count");
    screen.tap_key(first_listing(screen));
    screen.wait_screen("doctor");
    press(screen, "doctor.report");
    screen.wait_screen("report_listing");
}

} // namespace portico::test
