#pragma once

#include "shared/ui/stage.h"
#include "tests/ui/stage_support.h"

#include <string>

namespace portico::ui {

/// A stage with one of the gallery's screens.
struct Shown {
    explicit Shown(std::string const& name, Look const& look = looks().front()) : stage(look) {
        for (auto const& screen : gallery::screens())
            if (screen.name == name)
                draw = screen.draw;
        run();
    }
    bool run() {
        return stage->run([this](Ui& ui) { draw(ui, state); });
    }
    void key(Key key) {
        stage->input(KeyPressed{key});
        run();
    }
    void tap(Point at) {
        stage.tap(at);
        run();
    }
    void type(std::string const& text) {
        for (char const c : text)
            stage->input(TextTyped{std::string(1, c)});
        run();
    }
    std::string focused() const {
        for (auto const& node : stage_frame().nodes)
            if (node.states.focused)
                return node.id;
        return {};
    }
    SemanticFrame const& stage_frame() const { return const_cast<TestStage&>(stage)->frame(); }

    TestStage stage;
    gallery::State state;
    void (*draw)(Ui&, gallery::State&) = nullptr;
};

} // namespace portico::ui
