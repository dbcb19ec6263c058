#pragma once

#include "kiosk/screens/samples.h"
#include "shared/ui/catalog.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <filesystem>
#include <utility>
#include <vector>

namespace portico::kiosk {

/// The project's messages and every sample of every screen, loaded once a program.
inline ui::Catalog const& catalog() {
    static ui::Catalog const loaded = [] {
        auto result =
            ui::Catalog::load(std::filesystem::path(portico::test::source_dir()) / "assets/messages");
        REQUIRE(result.has_value());
        return std::move(result).value();
    }();
    return loaded;
}

inline std::vector<Sample> const& all_samples() {
    static std::vector<Sample> const all = [] {
        auto const texts =
            documents::Texts::load(std::filesystem::path(portico::test::source_dir()) / "assets",
                                   documents::DocumentLanguage::English);
        REQUIRE(texts.has_value());
        auto drawn = samples(texts.value());
        REQUIRE(drawn.has_value());
        return std::move(drawn).value();
    }();
    return all;
}

} // namespace portico::kiosk
