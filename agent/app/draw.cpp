#include "agent/app/app.h"

namespace portico::agent {

MaybeIntent draw(ui::Ui& ui, App const& app) {
    return std::visit([&](auto const& screen) { return draw(ui, app, screen); }, app.screen);
}

} // namespace portico::agent
