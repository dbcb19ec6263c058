#pragma once

#include "shared/base/language.h"
#include "shared/ui/stage.h"

#include <string>
#include <vector>

namespace portico::kiosk {

/// One way a screen can look: language, theme, text size, orientation.
struct Look {
    ui::StageSettings settings;

    std::string name() const {
        return settings.language + "-" + ui::name(settings.theme) + "-" +
               std::to_string(settings.text_percent) +
               (settings.width > settings.height ? "-landscape" : "-portrait");
    }
};

/// The whole matrix that the audit walks and the screenshots show.
inline std::vector<Look> all_looks() {
    std::vector<Look> looks;
    for (auto const& language : offered_languages())
        for (auto const theme : {ui::ThemeName::Light, ui::ThemeName::HighContrast})
            for (int const percent : {100, 150, 200})
                for (bool const landscape : {false, true})
                    looks.push_back({{.width = landscape ? 1920 : 1080,
                                      .height = landscape ? 1080 : 1920,
                                      .language = std::string(language.code),
                                      .theme = theme,
                                      .text_percent = percent,
                                      .reduced_motion = true}});
    return looks;
}

} // namespace portico::kiosk
