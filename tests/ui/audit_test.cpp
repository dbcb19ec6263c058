#include "shared/ui/audit.h"
#include "shared/ui/core.h"
#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

#include <algorithm>

using namespace portico;
using namespace portico::ui;

namespace {

Node control(std::string id, Rect rect) {
    Node node;
    node.id = std::move(id);
    node.msg = "gallery.send";
    node.role = Role::Button;
    node.label = node.id;
    node.language = "en";
    node.interactive = true;
    node.rect = node.clip = rect;
    return node;
}

SemanticFrame sound() {
    SemanticFrame frame;
    frame.screen = "made";
    frame.language = "en";
    frame.size = {1080, 1920};
    Node heading = control("heading", {56, 200, 400, 66});
    heading.role = Role::Heading;
    heading.level = 1;
    heading.interactive = false;
    heading.runs = {{{56, 200, 300, 66}, rgb(0x000000), rgb(0xFFFFFF), 56}};
    frame.nodes = {heading, control("a", {56, 300, 300, 104}), control("b", {56, 424, 300, 104})};
    return frame;
}

/// The rules that a frame breaks.
std::vector<std::string> broken(SemanticFrame const& frame) {
    std::vector<std::string> rules;
    for (auto const& finding : audit(frame, test_catalog(), {84, 44, 10}))
        rules.push_back(finding.rule);
    return rules;
}

using Rules = std::vector<std::string>;

} // namespace

TEST_CASE("audit: a sound screen has no findings") {
    CHECK(broken(sound()).empty());
}

TEST_CASE("audit: each rule finds its fault") {
    auto frame = sound();
    SECTION("no label") {
        frame.nodes[1].label = " ";
        CHECK(broken(frame) == Rules{"label"});
    }
    SECTION("no language") {
        frame.nodes[1].language.clear();
        CHECK(broken(frame) == Rules{"label"});
    }
    SECTION("two controls of one name") {
        frame.nodes[2].label = frame.nodes[1].label;
        CHECK(broken(frame) == Rules{"unique_name"});
        frame.nodes[2].value = "March 3";
        CHECK(broken(frame).empty());
    }
    SECTION("a target too low") {
        frame.nodes[1].rect.h = 83;
        CHECK(broken(frame) == Rules{"target_size"});
    }
    SECTION("a key smaller than the floor") {
        Node keyboard = frame.nodes[0];
        keyboard.id = "keyboard";
        keyboard.role = Role::Keyboard;
        keyboard.level = 0;
        keyboard.runs.clear();
        frame.nodes.insert(frame.nodes.begin() + 1, keyboard);
        frame.nodes[2].role = Role::Key;
        frame.nodes[2].parent = 1;
        frame.nodes[2].rect.w = 60;
        CHECK(broken(frame).empty());
        frame.nodes[2].rect.w = 40;
        CHECK(broken(frame) == Rules{"target_size"});
    }
    SECTION("grey text") {
        frame.nodes[0].runs[0].ink = rgb(0x555555);
        CHECK(broken(frame) == Rules{"contrast"});
    }
    SECTION("a text past its box") {
        frame.nodes[0].runs[0].rect.w = 420;
        CHECK(broken(frame) == Rules{"cut"});
    }
    SECTION("a control past the screen") {
        frame.nodes[1].rect.x = 900;
        CHECK(broken(frame) == Rules{"cut"});
    }
    SECTION("controls over each other") {
        frame.nodes[2].rect.y = 390;
        CHECK(broken(frame) == Rules{"overlap"});
    }
    SECTION("texts over each other") {
        frame.nodes[1].runs = {{{56, 310, 100, 44}, rgb(0), rgb(0xFFFFFF), 32},
                               {{56, 340, 100, 44}, rgb(0), rgb(0xFFFFFF), 32}};
        CHECK(broken(frame) == Rules{"overlap"});
    }
    SECTION("no heading") {
        frame.nodes[0].level = 2;
        CHECK(broken(frame) == Rules{"heading"});
    }
    SECTION("two headings") {
        frame.nodes.push_back(frame.nodes[0]);
        frame.nodes.back().runs.clear();
        frame.nodes.back().id = "heading 2";
        CHECK(broken(frame) == Rules{"heading"});
    }
    SECTION("words that are in no catalog") {
        frame.nodes[1].msg = "gallery.nowhere";
        CHECK(broken(frame) == Rules{"catalog"});
        frame.nodes[1].is_data = true;
        CHECK(broken(frame).empty());
    }
    SECTION("off without a reason") {
        frame.nodes[1].states.disabled = true;
        CHECK(broken(frame) == Rules{"described"});
        frame.nodes[1].described_by = 0;
        CHECK(broken(frame).empty());
    }
    SECTION("a secret that is told") {
        frame.nodes[1].sensitive = true;
        frame.nodes[1].value = "1234";
        CHECK(broken(frame) == Rules{"problem"});
    }
    SECTION("a fault of the description") {
        frame.problems = {"the id stands twice: a"};
        CHECK(broken(frame) == Rules{"problem"});
    }
}

TEST_CASE("audit: a control that keys cannot reach is found") {
    TestStage stage;
    // The button is only there while nothing has the focus: no key ever gets to it.
    auto const findings = audit_all(*stage, [&](Ui& ui) {
        ui.frame({.screen = "shy"}, [&] {
            ui.heading("gallery.home"_msg);
            ui.button("gallery.send"_msg);
            bool const shy = std::none_of(stage->frame().nodes.begin(), stage->frame().nodes.end(),
                                          [](Node const& node) { return node.states.focused; });
            if (shy)
                ui.button("gallery.print"_msg);
        });
    });
    auto const found = std::any_of(findings.begin(), findings.end(), [](AuditFinding const& f) {
        return f.rule == "focus" && f.node == "gallery.print";
    });
    INFO(findings.size());
    CHECK(found);
}

TEST_CASE("audit: a page that Down does not leave is found, and a control that has the focus holds none") {
    auto const stays = [](bool pulled_back) {
        TestStage stage;
        auto const findings = audit_all(
            *stage,
            [&](Ui& ui) {
                if (pulled_back)
                    stage->core().pages.clear();
                ui.frame({.screen = "long"}, [&] {
                    ui.heading("gallery.home"_msg);
                    for (int i = 0; i < 40; ++i)
                        ui.row_button(data("Row " + std::to_string(i)), {.key = std::to_string(i)});
                });
            },
            AuditWalk::Pages);
        CHECK(stage->frame().pages > 1);
        return std::any_of(findings.begin(), findings.end(),
                           [](AuditFinding const& each) { return each.rule == "pages"; });
    };
    CHECK_FALSE(stays(false));
    CHECK(stays(true));
}

TEST_CASE("audit: Page Down goes on from a page whose control has the focus, and Page Up comes back") {
    TestStage stage;
    auto const draw = [](Ui& ui) {
        ui.frame({.screen = "long"}, [&] {
            ui.heading("gallery.home"_msg);
            for (int i = 0; i < 40; ++i)
                ui.row_button(data("Row " + std::to_string(i)), {.key = std::to_string(i)});
        });
    };
    stage->run(draw);
    stage->core().handle_key(Key::Tab);
    stage->run(draw);
    for (auto const& node : stage->frame().nodes)
        if (node.label == "Row 0")
            stage->core().focus = node.id;
    stage->core().shown_for.clear();
    stage->run(draw);
    REQUIRE(stage->frame().page == 1);
    stage->core().handle_key(Key::PageDown);
    stage->run(draw);
    CHECK(stage->frame().page == 2);
    stage->run(draw);
    CHECK(stage->frame().page == 2);
    stage->core().handle_key(Key::PageUp);
    stage->run(draw);
    CHECK(stage->frame().page == 1);
}
