#include "shared/ui/scan/scan.h"
#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

#include <algorithm>

using namespace portico;
using namespace portico::ui;

namespace {

/// Screens made of boxes, in reading order.
struct Made {
    SemanticFrame frame;

    Made& add(std::string id, Rect rect, Region region = Region::Body, Role role = Role::Button,
              int parent = -1) {
        Node node;
        node.label = id;
        node.id = std::move(id);
        node.role = role;
        node.rect = rect;
        node.region = region;
        node.parent = parent;
        node.interactive = true;
        frame.nodes.push_back(std::move(node));
        return *this;
    }
    Made& row(std::vector<std::string> const& ids, float y, Region region = Region::Body,
              Role role = Role::Button, int parent = -1) {
        float x = 0;
        for (auto const& id : ids) {
            add(id, {x, y, 90, 90}, region, role, parent);
            x += 100;
        }
        return *this;
    }
    Made& list(std::string const& name, int count, float y) {
        for (int i = 0; i < count; ++i)
            add(name + std::to_string(i + 1), {0, y + 100 * static_cast<float>(i), 900, 90}, Region::Body,
                Role::Row, 0);
        return *this;
    }
    Node& node(std::string const& id) {
        return *std::find_if(frame.nodes.begin(), frame.nodes.end(),
                             [&](Node const& n) { return n.id == id; });
    }
};

/// A page with a way back, two buttons side by side, a list, page buttons and the bars.
Made page(int rows) {
    Made made;
    made.add("finish", {900, 0, 90, 90}, Region::Top);
    made.add("back", {0, 100, 200, 90});
    made.row({"front", "reverse"}, 200);
    made.list("claim", rows, 300);
    made.row({"up", "down"}, 1500, Region::Pager);
    made.row({"language", "text", "listen", "help"}, 1800, Region::Access);
    return made;
}

std::vector<std::string> ids(SemanticFrame const& frame, ScanGroup const& group) {
    std::vector<std::string> out;
    for (auto const index : group)
        out.push_back(frame.nodes[index].id);
    return out;
}

using Ids = std::vector<std::string>;

std::vector<Ids> groups(SemanticFrame const& frame) {
    std::vector<Ids> out;
    for (auto const& group : scan_groups(frame))
        out.push_back(ids(frame, group));
    return out;
}

/// A person with two switches, on frames that stand still.
struct Scan {
    explicit Scan(SemanticFrame const& frame_in) : frame(frame_in), at(scan_begin(frame_in)) {}

    Ids lit() const { return ids(frame, scan_lit(frame, at)); }
    Scan& next(int times = 1) {
        for (int i = 0; i < times; ++i)
            at = scan_next(frame, at);
        return *this;
    }
    std::string select() {
        auto choice = scan_select(frame, at);
        at = choice.position;
        return choice.press;
    }

    SemanticFrame const& frame;
    ScanPosition at;
};

} // namespace

TEST_CASE("scan: groups are the rows of the screen, body first, then page buttons, access bar and top bar") {
    CHECK(groups(page(2).frame) == std::vector<Ids>{{"back"},
                                                    {"front", "reverse"},
                                                    {"claim1"},
                                                    {"claim2"},
                                                    {"up", "down"},
                                                    {"language", "text", "listen", "help"},
                                                    {"finish"}});
}

TEST_CASE("scan: a long list is parted into groups of nearly one size") {
    auto const eight = groups(page(8).frame);
    REQUIRE(eight.size() == 7);
    CHECK(eight[2] == Ids{"claim1", "claim2", "claim3", "claim4"});
    CHECK(eight[3] == Ids{"claim5", "claim6", "claim7", "claim8"});
    auto const thirteen = groups(page(13).frame);
    REQUIRE(thirteen.size() == 8);
    CHECK(thirteen[2].size() == 4);
    CHECK(thirteen[3].size() == 4);
    CHECK(thirteen[4].size() == 5);
    // Rows of another list, and other things, are no part of it.
    auto two = page(4);
    two.node("claim3").parent = two.node("claim4").parent = 1;
    CHECK(groups(two.frame).size() == 9);
}

TEST_CASE("scan: the rows of a keyboard come before everything else") {
    Made made;
    made.add("field", {0, 100, 900, 90}, Region::Body, Role::Field);
    made.row({"1", "2", "3"}, 1000, Region::Keyboard, Role::Key);
    made.row({"q", "w"}, 1100, Region::Keyboard, Role::Key);
    made.row({"language", "help"}, 1800, Region::Access);
    CHECK(groups(made.frame) ==
          std::vector<Ids>{{"1", "2", "3"}, {"q", "w"}, {"field"}, {"language", "help"}});
}

TEST_CASE("scan: switch 1 goes from group to group and comes round, switch 2 goes in") {
    auto const made = page(2);
    Scan scan(made.frame);
    CHECK(scan.lit() == Ids{"back"});
    CHECK(scan.next().lit() == Ids{"front", "reverse"});
    CHECK(scan.select().empty());
    CHECK(scan.lit() == Ids{"front"});
    CHECK(scan.next().lit() == Ids{"reverse"});
    CHECK(scan.select() == "reverse");
    CHECK(scan.lit() == Ids{"front", "reverse"});
    CHECK(scan.next(5).lit() == Ids{"finish"});
    CHECK(scan.next().lit() == Ids{"back"});
}

TEST_CASE("scan: one step past the last control of a group its whole group is lit again, then the next one") {
    auto const made = page(2);
    Scan scan(made.frame);
    scan.next();
    scan.select();
    CHECK(scan.next(2).lit() == Ids{"front", "reverse"});
    CHECK_FALSE(scan.at.inside);
    CHECK(scan.next().lit() == Ids{"claim1"});
}

TEST_CASE("scan: a group of one control is pressed at once") {
    auto const made = page(2);
    Scan scan(made.frame);
    CHECK(scan.select() == "back");
}

TEST_CASE("scan: after a key the scan is on the first row of keys, after a press elsewhere it stays") {
    Made made;
    made.row({"1", "2"}, 1000, Region::Keyboard, Role::Key);
    made.row({"q", "w"}, 1100, Region::Keyboard, Role::Key);
    made.row({"chip1", "chip2"}, 200);
    Scan scan(made.frame);
    scan.next();
    scan.select();
    CHECK(scan.select() == "q");
    CHECK(scan.lit() == Ids{"1", "2"});
    scan.next(2);
    scan.select();
    scan.next();
    CHECK(scan.select() == "chip2");
    CHECK(scan.lit() == Ids{"chip1", "chip2"});
}

TEST_CASE("scan: what is off, and what lies under a dialog, is never lit") {
    auto made = page(2);
    made.node("reverse").states.disabled = true;
    CHECK(groups(made.frame)[1] == Ids{"front"});
    made.row({"yes", "no"}, 900);
    made.node("yes").layer = made.node("no").layer = 1;
    CHECK(groups(made.frame) == std::vector<Ids>{{"yes", "no"}});
}

TEST_CASE(
    "scan: a place that is gone gives way to the first group, one that was turned off to what is beside it") {
    auto made = page(2);
    Scan scan(made.frame);
    scan.next(4);
    scan.select();
    scan.next();
    CHECK(scan.select() == "down");
    made.node("down").states.disabled = true; // that was the last page
    CHECK(ids(made.frame, scan_lit(made.frame, scan_settle(made.frame, scan.at))) == Ids{"up"});
    made.node("claim1").id = "other";
    CHECK(scan_settle(made.frame, {"claim1", true}) == scan_begin(made.frame));
    CHECK(scan_next(made.frame, {"claim1", true}).control == "front");
}

TEST_CASE("scan: a screen without controls lights nothing") {
    SemanticFrame const empty;
    CHECK(scan_begin(empty) == ScanPosition());
    CHECK(scan_next(empty, {"gone", true}) == ScanPosition());
    CHECK(scan_select(empty, {"gone", true}).press.empty());
    CHECK(scan_lit(empty, {}).empty());
}

TEST_CASE("scan: the presses that are counted are those that are needed, for every control") {
    auto const made = page(9);
    for (auto const& node : made.frame.nodes) {
        Scan scan(made.frame);
        int presses = 0;
        std::string pressed;
        // Group by group until it is lit, then into that group.
        for (; presses < 100 && pressed.empty(); ++presses) {
            auto const lit = scan.lit();
            bool const here = std::find(lit.begin(), lit.end(), node.id) != lit.end();
            if (here && (lit.size() > 1 || lit.front() == node.id))
                pressed = scan.select();
            else
                scan.next();
        }
        INFO(node.id);
        CHECK(pressed == node.id);
        CHECK(scan_presses(made.frame, node.id) == presses);
    }
    CHECK(scan_presses(made.frame, "nowhere") == 0);
}
