#include "kiosk/app/visit_mark.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <fstream>

using namespace portico;
using namespace portico::kiosk;

TEST_CASE(
    "visit mark: the machine is told while somebody is here, and finds nothing that a dead program left") {
    portico::test::ScratchFolder const folder;
    auto const file = folder.path / "in-visit";
    std::ofstream(file) << "left";
    {
        VisitMark const mark(folder.path);
        CHECK_FALSE(std::filesystem::exists(file));
        mark.show(true);
        mark.show(true);
        CHECK(std::filesystem::exists(file));
        mark.show(false);
        mark.show(false);
        CHECK_FALSE(std::filesystem::exists(file));
        mark.show(true);
    }
    CHECK_FALSE(std::filesystem::exists(file));
    // Where nobody asks nothing is made.
    VisitMark const nowhere(folder.path / "none");
    nowhere.show(true);
    CHECK_FALSE(std::filesystem::exists(folder.path / "none"));
}

TEST_CASE(
    "visit mark: from the first touch until the first screen is back, and in a set-up, somebody is here") {
    App app;
    CHECK_FALSE(in_visit(app));
    app.screen = SignIn{};
    CHECK(in_visit(app));
    app.screen = VisitEnd{};
    CHECK(in_visit(app));
    app.screen = OutOfOrder{};
    CHECK_FALSE(in_visit(app));
    app.screen = SetUpLanguage{};
    CHECK_FALSE(in_visit(app));
    app.screen = SetUpHub{};
    CHECK(in_visit(app));
}
