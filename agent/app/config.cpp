#include "agent/app/config.h"

#include "shared/base/language.h"
#include "shared/config/reader.h"

namespace portico::agent {

namespace {

constexpr config::Range widths{1366, 3840};
constexpr config::Range heights{768, 2160};

void read_bench(config::Reader& reader, Config& config) {
#ifdef PORTICO_BENCH_PARTS
    config.bench_folder = reader.text("bench.folder", "");
    config.bench_key_pin = reader.text("bench.key_pin", "");
#else
    (void)reader;
    (void)config;
#endif
}

ui::ThemeName theme_of(std::string const& word) {
    return word == "dark"            ? ui::ThemeName::Dark
           : word == "high_contrast" ? ui::ThemeName::HighContrast
                                     : ui::ThemeName::Light;
}

} // namespace

Result<Config> load_config(std::filesystem::path const& file) {
    auto reader = TRY(config::Reader::open(file));
    Config config;
    config.data = reader.text("data");
    config.assets = reader.text("assets", "/usr/share/portico");
    config.central = reader.text("central");
    std::vector<std::string> languages;
    for (auto const& language : offered_languages())
        if (language.is_complete())
            languages.emplace_back(language.code);
    config.language = reader.word("language", languages, "en");
    config.theme = theme_of(reader.word("theme", {"light", "dark", "high_contrast"}, "light"));
    config.text_percent = static_cast<int>(reader.integer("text_percent", {100, 200}, 100));
    config.width = static_cast<int>(reader.integer("screen.width", widths, config.width));
    config.height = static_cast<int>(reader.integer("screen.height", heights, config.height));
    config.fullscreen = reader.boolean("screen.fullscreen", true);
    config.telephone_socket = reader.text("telephone.socket", "");
    if (!config.central.starts_with("https://"))
        reader.refuse("central", "an address that begins with https://");
    if (config.width <= config.height)
        reader.refuse("screen.width", "more than screen.height");
    read_bench(reader, config);
    TRY(reader.finish());
    return config;
}

} // namespace portico::agent
