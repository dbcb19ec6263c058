// portico-bench-panel: the things around a kiosk, for demonstrations. Bench builds only.
#include "kiosk/bench_panel/panel.h"
#include "kiosk/bench_panel/printed_card.h"
#include "shared/base/broken_pipe.h"
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
    std::string printed_cards;
    std::string central_port; ///< empty: no cable to pull
};

constexpr char const* usage =
    "usage: portico-bench-panel --driver SOCKET [--assets DIR]\n"
    "                           [--printed-cards FOLDER] [--cable-to PORT]\n\n"
    "  --driver SOCKET  the driver socket of a running portico-kiosk\n"
    "  --assets DIR     the project's assets (default: assets)\n"
    "  --printed-cards FOLDER  where the kiosk's card printer leaves its cards: the last one is what\n"
    "                   is held under the barcode reader\n"
    "  --cable-to PORT  lay a network cable to this port of 127.0.0.1; prints\n"
    "                   \"cable port=N\" and waits for the kiosk there\n";

Result<void> run(Options const& options) {
    std::unique_ptr<NetworkCable> cable;
    if (!options.central_port.empty()) {
        cable = TRY(NetworkCable::lay(
            static_cast<std::uint16_t>(std::strtoul(options.central_port.c_str(), nullptr, 10))));
        std::printf("cable port=%d\n", cable->port());
        static_cast<void>(std::fflush(stdout));
    }
    auto kiosk = TRY(kiosk::bench_panel::KioskLine::wait_for(options.socket));
    SystemClock const clock;
    auto const catalog = TRY(ui::Catalog::load(std::filesystem::path(options.assets) / "messages"));
    ui::StageSettings settings;
    settings.width = 1000;
    settings.height = 1600;
    auto const stage =
        TRY(ui::Stage::create(catalog, clock, {.plan_name = ui::Msg("bench_panel.plan")}, settings));
    auto const backend = TRY(ui::make_sdl_backend({.title = "Portico bench",
                                                   .width = settings.width,
                                                   .height = settings.height,
                                                   .place = ui::WindowPlace::RightOfTwo}));
    kiosk::bench_panel::Panel panel(kiosk, cable.get(), {.read_card = [&options] {
                                        return kiosk::bench_panel::read_last_card(options.printed_cards);
                                    }});
    ui::AppLoop loop(*stage, *backend, clock);
    loop.run(panel);
    return ok();
}

} // namespace

int main(int argc, char** argv) {
    portico::ignore_broken_pipes();
    Options options;
    std::span<char*> const arguments(argv, static_cast<std::size_t>(argc));
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        std::string const name = arguments[i];
        if (name == "--help") {
            static_cast<void>(std::fputs(usage, stdout));
            return 0;
        }
        std::string* target = name == "--driver"          ? &options.socket
                              : name == "--assets"        ? &options.assets
                              : name == "--printed-cards" ? &options.printed_cards
                              : name == "--cable-to"      ? &options.central_port
                                                          : nullptr;
        if (target == nullptr || i + 1 >= arguments.size()) {
            static_cast<void>(
                std::fprintf(stderr, "portico-bench-panel: what is \"%s\"?\n\n%s", name.c_str(), usage));
            return 2;
        }
        *target = arguments[++i];
    }
    if (options.socket.empty()) {
        static_cast<void>(std::fputs(usage, stderr));
        return 2;
    }
    auto const outcome = run(options);
    if (outcome.has_error()) {
        static_cast<void>(std::fprintf(stderr, "portico-bench-panel: %s\n", outcome.error().message.c_str()));
        return 1;
    }
    return 0;
}
