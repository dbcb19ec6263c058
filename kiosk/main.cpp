#include "kiosk/app/config.h"
#include "kiosk/app/devices.h"
#include "kiosk/app/effects.h"
#include "kiosk/app/program.h"
#include "kiosk/app/set_up_effects.h"
#include "kiosk/app/sound.h"
#include "kiosk/app/visit_mark.h"
#include "kiosk/app/wedge_backend.h"
#include "kiosk/program/usage.h"
#include "shared/base/service_manager.h"
#include "shared/base/swap.h"
#include "shared/client/release_fetcher.h"
#include "shared/client/running_version.h"
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
/// What a kiosk is called whose plan is not known.
constexpr char const* unnamed_plan = "Portico";

/// Everything that needs the terminal's identity.
struct Terminal {
    terminal::Connection connection;
    std::unique_ptr<CardJournal> card_journal;
    std::unique_ptr<CardJournal> letter_journal;
    documents::AllTexts texts;
};

std::string const& central_url(Config const& config, client::Enrollment const& enrollment) {
    return config.central.empty() ? enrollment.serve_url : config.central;
}

Result<std::unique_ptr<Terminal>> open_terminal(Config const& config, client::Enrollment const& enrollment,
                                                client::CentralClock& clock) {
    auto connection =
        TRY(terminal::open_connection(central_url(config, enrollment), config.data, enrollment, clock,
                                      [](Error const& failure) { terminal::complain(named, failure); }));
    return std::make_unique<Terminal>(
        Terminal{.connection = std::move(connection),
                 .card_journal = TRY(open_card_journal(config.data / "cards.db")),
                 .letter_journal = TRY(open_card_journal(config.data / "letters.db")),
                 .texts = TRY(documents::AllTexts::load(config.assets))});
}

Result<ReleaseVersion> running_version(Config const& config) {
    return client::running_version(config.machine / "etc/os-release", PORTICO_VERSION);
}

/// Nothing where this kiosk is updated in another way.
Result<std::unique_ptr<client::ReleaseFetcher>>
open_fetcher(Config const& config, client::Enrollment const& enrollment, client::CentralClock& clock) {
    if (!config.update_quiet)
        return std::unique_ptr<client::ReleaseFetcher>();
    auto https = TRY(client::Https::open(central_url(config, enrollment), enrollment.identity));
    https->tell_time(clock);
    client::ReleaseFetcher::Settings settings{.folder = config.data / "release",
                                              .outcome = config.machine / "run/portico-update/outcome.json",
                                              .running = TRY(running_version(config)),
                                              .quiet = *config.update_quiet};
    return std::make_unique<client::ReleaseFetcher>(
        client::Central(std::move(https)), std::move(settings), clock,
        [](Error const& failure) { terminal::complain(named, failure); });
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

/// What a person stands before, be it in a set-up or for members: made once, so that the one goes over into
/// the other without a new window, and whoever drives it keeps the line.
struct Front {
    terminal::Options const& options;
    Config const& config;
    SystemClock& clock;
    ui::Catalog const& catalog;
    Devices& devices;
    ui::Backend& backend;
    ui::Stage& stage;
    ui::AppLoop& loop;
    VisitMark const& mark;
    Sound* sound;      ///< nothing: this kiosk is silent
    Facts first_facts; ///< what is so whoever stands here
};

ui::Brand brand_of(terminal::Options const& options, Config const& config, std::string const& plan_name) {
    ui::Brand brand{.plan_name = ui::data(plan_name)};
#ifdef PORTICO_BENCH_PARTS
    if (config.bench() || !options.driver.empty())
        brand.bench_notice = terminal::bench_notice();
#else
    (void)options;
    (void)config;
#endif
    return brand;
}

App first_app(Front const& front, std::string const& plan_name) {
    App app;
    app.defaults.language = front.config.language;
    app.defaults.switches.hold_off_ms = static_cast<int>(front.config.switch_hold_off_ms);
    app.settings = app.defaults;
    app.facts = front.first_facts;
    app.facts.plan_name = plan_name;
    return app;
}

KioskParts parts_of(Config const& config) {
    bool const bench = config.bench(); // has all of them
    return {.chip_reader = bench || !config.card_module.empty(),
            .barcode_reader = bench || config.barcode_kind != "none",
            .headphone_jack = bench || !config.headphones_device.empty(),
            .card_printer = bench || !config.card_printer.empty(),
            .letter_printer = bench || !config.letter_printer.empty()};
}

/// The first boot: until this kiosk is certified and started, or its window is closed. True: it is to serve.
Result<bool> run_set_up(Front& front) {
    auto const texts = TRY(documents::AllTexts::load(front.config.assets));
    Mailbox<Event> mailbox([&] { front.backend.wake(); });
    auto const post = [&](Event event) { mailbox.post(std::move(event)); };
    auto app = first_app(front, unnamed_plan);
    app.set_up = SetUp{.central_named = !front.config.central.empty()};
    app.screen = SetUpLanguage{};
    app.last_touch = front.clock.monotonic();
    SetUpEffects effects({.data = front.config.data,
                          .central = front.config.central,
                          .letter_printer = front.devices.letter_printer(),
                          .texts = texts,
                          .clock = front.clock},
                         post);
    Program program(std::move(app), front.stage, front.backend, front.clock, mailbox);
    program.use(effects);
    program.tell_visits([&](bool visit) { front.mark.show(visit); });
    std::optional<Voice> voice;
    if (front.sound != nullptr)
        program.use(voice.emplace(front.catalog, front.sound->speaker()));
    front.devices.watch(post);
    front.loop.run(program);
    front.devices.stop_watching();
    // Nothing of it is left in what was drawn or in what a field held.
    front.stage.forget_personal();
    return program.app().set_up->started;
}

/// For members, or "out of order".
Result<void> run_service(Front& front, Result<client::Enrollment> const& enrollment) {
    bool const serves = enrollment.has_value();
    std::string const plan_name = serves ? enrollment.value().plan_name : std::string(unnamed_plan);
    front.stage.set_brand(brand_of(front.options, front.config, plan_name));
    front.mark.show(false); // a set-up before this has ended
    client::CentralClock central_clock(front.clock);
    Mailbox<Event> mailbox([&] { front.backend.wake(); });
    auto const post = [&](Event event) { mailbox.post(std::move(event)); };
    auto app = first_app(front, plan_name);
    if (serves) {
        app.facts.terminal_id = enrollment.value().terminal_id;
    } else {
        terminal::complain(named, enrollment.error());
        app.screen = OutOfOrder{};
    }
    Program program(std::move(app), front.stage, front.backend, central_clock, mailbox);
    std::optional<Voice> voice;
    if (front.sound != nullptr)
        program.use(voice.emplace(front.catalog, front.sound->speaker()));

    std::unique_ptr<Terminal> terminal;
    std::unique_ptr<client::Sync> sync;
    std::unique_ptr<client::ReleaseFetcher> fetcher;
    std::unique_ptr<Effects> effects;
    if (serves) {
        terminal = TRY(open_terminal(front.config, enrollment.value(), central_clock));
        sync = std::make_unique<client::Sync>(terminal->connection.own_central, *terminal->connection.replica,
                                              *terminal->connection.outbox, listener_for(post));
        fetcher = TRY(open_fetcher(front.config, enrollment.value(), central_clock));
        Services services{.central = terminal->connection.central,
                          .outbox = *terminal->connection.outbox,
                          .replica = *terminal->connection.replica,
                          .sync = sync.get(),
                          .key = front.devices.key(),
                          .chip = front.devices.chip(),
                          .card_printer = front.devices.card_printer(),
                          .letter_printer = front.devices.letter_printer(),
                          .card_journal = *terminal->card_journal,
                          .letter_journal = *terminal->letter_journal,
                          .texts = terminal->texts,
                          .clock = central_clock,
                          .plan_name = plan_name,
                          .data = front.config.data,
                          .terminal_id = enrollment.value().terminal_id,
                          .central_url = central_url(front.config, enrollment.value()),
                          .release = TRY(running_version(front.config)).text(),
                          .central_clock = &central_clock};
        // Before anyone stands here: what a crash left open is told to central, and never printed again.
        recover_card_issues(services, {});
        effects = std::make_unique<Effects>(std::move(services), post);
        program.use(*effects);
        post(Event{.body = ReferenceMoved{}});
    }
    program.tell_visits([&](bool visit) {
        front.mark.show(visit);
        if (fetcher)
            fetcher->visit(visit);
    });
    front.devices.watch(post);
    front.loop.run(program);
    front.devices.stop_watching();
    return ok();
}

/// The identity, and where central serves. Errors: as client::load_enrollment; Unavailable "central_unnamed".
Result<client::Enrollment> enrollment_of(Config const& config) {
    auto enrollment = TRY(client::load_enrollment(config.data));
    if (config.central.empty() && enrollment.serve_url.empty())
        return error(ErrorKind::Unavailable, "central_unnamed",
                     "the configuration names no central, and the enrolment kept none");
    return enrollment;
}

Result<void> run_kiosk(terminal::Options const& options, Config const& config) {
    SystemClock clock;
    auto const catalog = TRY(ui::Catalog::load(config.assets / "messages"));
    auto devices = TRY(Devices::create(config, clock));
    auto enrollment = enrollment_of(config);
    std::string const plan_name =
        enrollment.has_value() ? enrollment.value().plan_name : std::string(unnamed_plan);
    auto backend = TRY(open_backend(options, config, plan_name));
    if (devices->wedge() != nullptr)
        backend = std::make_unique<WedgeBackend>(std::move(backend), *devices->wedge());

    ui::StageSettings settings;
    settings.width = config.landscape ? 1920 : 1080;
    settings.height = config.landscape ? 1080 : 1920;
    settings.language = config.language;
    settings.scan.keys = config.switch_keys;
    auto stage = TRY(ui::Stage::create(catalog, clock, brand_of(options, config, plan_name), settings));
    Facts facts;
    facts.languages = config.languages;
    facts.bench = config.bench();
    facts.parts = parts_of(config);
    auto const sound = sound_of(options, catalog, facts);

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
    VisitMark const mark(config.machine / "run/portico-kiosk");
    Front front{.options = options,
                .config = config,
                .clock = clock,
                .catalog = catalog,
                .devices = *devices,
                .backend = *backend,
                .stage = *stage,
                .loop = loop,
                .mark = mark,
                .sound = sound.get(),
                .first_facts = std::move(facts)};
    // Only where there is none: one that cannot be read is for somebody to look at, and asks nobody for a
    // code.
    if (enrollment.has_error() && enrollment.error().reason == "terminal_identity_missing") {
        if (!TRY(run_set_up(front)))
            return ok();
        enrollment = enrollment_of(config);
    }
    return run_service(front, enrollment);
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
