#pragma once

#include "shared/base/result.h"
#include "shared/ui/catalog.h"
#include "shared/ui/stage.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace portico::terminal {

/// A screen in one of its states, by the name of its picture.
struct Shown {
    std::string name; ///< "eob", "eob_no_amounts"
    ui::Stage::Draw draw;
};
/// One way that screens can look, by its name.
struct NamedLook {
    std::string name; ///< "es-light-150-portrait"
    ui::StageSettings settings;
};
struct Pictures {
    std::string title; ///< of index.html
    std::vector<NamedLook> looks;
    /// The screens in the words of a language.
    std::function<Result<std::vector<Shown>>(std::string const& language)> screens;
};

/// Every screen in every look, as PNG files with an index.html to look through them. Errors: those of
/// `screens`; NotFound "no_screenshots" when there is nothing to take; Full when the folder cannot be
/// written.
Result<void> take_pictures(ui::Catalog const& catalog, std::filesystem::path const& folder,
                           Pictures const& pictures);

} // namespace portico::terminal
