// portico-bench-panel: the things around a kiosk, for demonstrations. Bench builds only.
#include "kiosk/bench_panel/panel.h"
#include "shared/ui/backend.h"
#include "shared/ui/catalog.h"
#include "shared/ui/stage.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>

namespace {

using namespace portico;

struct Options {
    std::string socket;
    std::string assets = "assets";
    std::string card_text;
    std::string central_port; ///< empty: no cable to pull
};

constexpr char const* usage =
    "usage: portico-bench-panel --driver SOCKET [--assets DIR] [--card TEXT]\n"
    "                           [--cable-to PORT]\n\n"
    "  --driver SOCKET  the driver socket of a running portico-kiosk\n"
    "  --assets DIR     the project's assets (default: assets)\n"
    "  --card TEXT      what the barcode reader sends when the plan card is presented\n"
    "  --cable-to PORT  lay a network cable to this port of 127.0.0.1; prints\n"
    "                   \"cable port=N\" and waits for the kiosk there\n";

Result<void> run(Options const& options) {
    std::unique_ptr<NetworkCable> cable;
    if (!options.central_port.empty()) {
        cable = TRY(NetworkCable::lay(
            static_cast<std::uint16_t>(std::strtoul(options.central_port.c_str(), nullptr, 10))));
        std::printf("cable port=%d\n", cable->port());
        std::fflush(stdout);
    }
    auto kiosk = TRY(kiosk::bench_panel::KioskLine::wait_for(options.socket));
    SystemClock const clock;
    auto const catalog = TRY(ui::Catalog::load(std::filesystem::path(options.assets) / "messages"));
    ui::StageSettings settings;
    settings.width = 720;
    settings.height = 1560;
    auto const stage =
        TRY(ui::Stage::create(catalog, clock, {.plan_name = ui::Msg("bench_panel.plan")}, settings));
    auto const backend = TRY(
        ui::make_sdl_backend({.title = "Portico bench", .width = settings.width, .height = settings.height}));
    kiosk::bench_panel::Panel panel(kiosk, cable.get(), {.card_text = options.card_text});
    ui::AppLoop loop(*stage, *backend, clock);
    loop.run(panel);
    return ok();
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    std::span<char*> const arguments(argv, static_cast<std::size_t>(argc));
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        std::string const name = arguments[i];
        if (name == "--help") {
            std::fputs(usage, stdout);
            return 0;
        }
        std::string* target = name == "--driver"     ? &options.socket
                              : name == "--assets"   ? &options.assets
                              : name == "--card"     ? &options.card_text
                              : name == "--cable-to" ? &options.central_port
                                                     : nullptr;
        if (target == nullptr || i + 1 >= arguments.size()) {
            std::fprintf(stderr, "portico-bench-panel: what is \"%s\"?\n\n%s", name.c_str(), usage);
            return 2;
        }
        *target = arguments[++i];
    }
    if (options.socket.empty()) {
        std::fputs(usage, stderr);
        return 2;
    }
    auto const outcome = run(options);
    if (outcome.has_error()) {
        std::fprintf(stderr, "portico-bench-panel: %s\n", outcome.error().message.c_str());
        return 1;
    }
    return 0;
}
