#include "kiosk/app/config.h"
#include "kiosk/app/devices.h"
#include "kiosk/app/effects.h"
#include "kiosk/app/program.h"
#include "kiosk/app/sound.h"
#include "kiosk/app/wedge_backend.h"
#include "kiosk/program/usage.h"
#include "shared/base/service_manager.h"
#include "shared/base/swap.h"
#include "shared/crypto/sealing.h"
#include "shared/terminal/connection.h"
#include "shared/terminal/options.h"
#include "shared/ui/catalog.h"
#ifdef PORTICO_BENCH_PARTS
#include "kiosk/driver/bench.h"
#include "kiosk/driver/screenshots.h"
#include "shared/terminal/driver/device_hook.h"
#endif

#include <cstdlib>

namespace portico::kiosk {
namespace {

constexpr terminal::Named named{"portico-kiosk", "kiosk", PORTICO_VERSION, usage};

/// Everything that needs the terminal's identity.
struct Terminal {
    terminal::Connection connection;
    std::unique_ptr<CardJournal> card_journal;
    std::unique_ptr<CardJournal> letter_journal;
    documents::AllTexts texts;
};

Result<std::unique_ptr<Terminal>> open_terminal(Config const& config, client::Enrollment const& enrollment,
                                                client::CentralClock& clock) {
    auto connection = TRY(terminal::open_connection(config.central, config.data, enrollment, clock));
    return std::make_unique<Terminal>(
        Terminal{.connection = std::move(connection),
                 .card_journal = TRY(open_card_journal(config.data / "cards.db")),
                 .letter_journal = TRY(open_card_journal(config.data / "letters.db")),
                 .texts = TRY(documents::AllTexts::load(config.assets))});
}

client::SyncListener listener_for(std::function<void(Event)> const& post) {
    return {
        .online = [post](client::Online online) { post(Event{.body = OnlineChanged{online}}); },
        .outbox = [post](client::OutboxCounts const& counts) { post(Event{.body = OutboxChanged{counts}}); },
        .replica = [post] { post(Event{.body = ReferenceMoved{}}); },
        .event = [post](api::TerminalEvent const& event) { post(Event{.body = CentralTold{event}}); }};
}

Result<std::unique_ptr<ui::Backend>> open_backend(terminal::Options const& options, Config const& config,
                                                  std::string const& title) {
    if (options.headless)
        return ui::make_headless_backend();
    return ui::make_sdl_backend(
        {.title = title,
         .width = config.landscape ? 1920 : 1080,
         .height = config.landscape ? 1080 : 1920,
         .fullscreen = config.fullscreen,
         .place = config.bench_beside_panel ? ui::WindowPlace::LeftOfTwo : ui::WindowPlace::Center});
}

/// A kiosk without sound serves all the same; the access bar says why "Listen" is off.
std::unique_ptr<Sound> sound_of(terminal::Options const& options, ui::Catalog const& catalog, Facts& facts) {
    auto sound = open_sound(options.headless, catalog.languages());
    if (sound.has_error()) {
        terminal::complain(named, sound.error());
        return nullptr;
    }
    facts.sound = true;
    facts.voices = sound.value()->voices(catalog.languages());
    return std::move(sound).value();
}

Result<void> run_kiosk(terminal::Options const& options, Config const& config) {
    SystemClock clock;
    client::CentralClock central_clock(clock);
    auto const enrollment = client::load_enrollment(config.data);
    std::string const plan_name =
        enrollment.has_value() ? enrollment.value().plan_name : std::string("Portico");

    auto const catalog = TRY(ui::Catalog::load(config.assets / "messages"));
    auto devices = TRY(Devices::create(config, clock));
    auto backend = TRY(open_backend(options, config, plan_name));
    if (devices->wedge() != nullptr)
        backend = std::make_unique<WedgeBackend>(std::move(backend), *devices->wedge());

    ui::StageSettings settings;
    settings.width = config.landscape ? 1920 : 1080;
    settings.height = config.landscape ? 1080 : 1920;
    settings.language = config.language;
    settings.scan.keys = config.switch_keys;
    ui::Brand brand{.plan_name = ui::data(plan_name)};
#ifdef PORTICO_BENCH_PARTS
    if (config.bench() || !options.driver.empty())
        brand.bench_notice = terminal::bench_notice();
#endif
    auto stage = TRY(ui::Stage::create(catalog, clock, brand, settings));

    Mailbox<Event> mailbox([&] { backend->wake(); });
    auto const post = [&](Event event) { mailbox.post(std::move(event)); };
    App app;
    app.defaults.language = config.language;
    app.defaults.switches.hold_off_ms = static_cast<int>(config.switch_hold_off_ms);
    app.settings = app.defaults;
    app.facts.plan_name = plan_name;
    app.facts.languages = config.languages;
    if (enrollment.has_value())
        app.facts.terminal_id = enrollment.value().terminal_id;
    app.facts.bench = config.bench();
    auto const sound = sound_of(options, catalog, app.facts);
    if (enrollment.has_error()) {
        terminal::complain(named, enrollment.error());
        app.screen = OutOfOrder{};
    }
    Program program(std::move(app), *stage, *backend, central_clock, mailbox);
    std::optional<Voice> voice;
    if (sound != nullptr)
        program.use(voice.emplace(catalog, sound->speaker()));

    std::unique_ptr<Terminal> terminal;
    std::unique_ptr<client::Sync> sync;
    std::unique_ptr<Effects> effects;
    if (enrollment.has_value()) {
        terminal = TRY(open_terminal(config, enrollment.value(), central_clock));
        sync = std::make_unique<client::Sync>(terminal->connection.own_central, *terminal->connection.replica,
                                              *terminal->connection.outbox, listener_for(post));
        Services services{.central = terminal->connection.central,
                          .outbox = *terminal->connection.outbox,
                          .replica = *terminal->connection.replica,
                          .sync = sync.get(),
                          .key = devices->key(),
                          .chip = devices->chip(),
                          .card_printer = devices->card_printer(),
                          .letter_printer = devices->letter_printer(),
                          .card_journal = *terminal->card_journal,
                          .letter_journal = *terminal->letter_journal,
                          .texts = terminal->texts,
                          .clock = central_clock,
                          .plan_name = plan_name};
        // Before anyone stands here: what a crash left open is told to central, and never printed again.
        recover_card_issues(services, {});
        effects = std::make_unique<Effects>(std::move(services), post);
        program.use(*effects);
        post(Event{.body = ReferenceMoved{}});
    }
    devices->watch(post);

    auto manager = TRY(ServiceManager::from_environment(&std::getenv));
    ui::AppLoop loop(*stage, *backend, clock);
    loop.tell(manager);
#ifdef PORTICO_BENCH_PARTS
    std::unique_ptr<ui::Driver> driver;
    if (!options.driver.empty()) {
        driver = TRY(open_driver(options.driver, *stage, *backend, clock, devices->bench(), sound.get()));
        loop.add_guest(*driver);
    }
#endif
    loop.run(program);
    devices->stop_watching();
    return ok();
}

Result<void> run(terminal::Options const& options) {
#ifdef PORTICO_BENCH_PARTS
    if (options.what == terminal::Options::Do::Screenshots)
        return take_screenshots(options.assets, options.folder, {options.screen, options.look});
#endif
    crypto::initialise();
    auto const config = TRY(load_config(options.config));
    if (options.what == terminal::Options::Do::Enroll)
        return terminal::enroll(named, options, config.data);
    auto const swap = check_no_swap_in_clear();
#ifdef PORTICO_BENCH_PARTS
    if (swap.has_error())
        terminal::complain(named, swap.error()); // a machine for trying things out is nobody's kiosk
#else
    TRY(swap);
#endif
    return run_kiosk(options, config);
}

} // namespace
} // namespace portico::kiosk

int main(int count, char** words) {
    using namespace portico;
    return terminal::run_program(kiosk::named, count, words, kiosk::run);
}
