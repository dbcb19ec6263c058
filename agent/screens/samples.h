#pragma once

#include "agent/app/app.h"
#include "shared/ui/stage.h"

#include <string>
#include <vector>

namespace portico::agent {

/// A screen in one of its states, with made-up people, for the audit and the screenshots.
struct Sample {
    std::string name; ///< "work", "work_offline": file names of the screenshots
    App app;
};

/// At least one for every screen. Obviously synthetic, and always the same.
std::vector<Sample> samples();

/// Every way a desk can look: language, theme, text size, screen.
std::vector<ui::StageSettings> all_looks();
/// "en-dark-200-1366x768"
std::string name_of(ui::StageSettings const& look);

} // namespace portico::agent
