#include "agent/app/config.h"
#include "agent/app/devices.h"
#include "agent/app/effects.h"
#include "agent/app/limits.h"
#include "agent/app/program.h"
#include "agent/handover/call_command.h"
#include "agent/handover/call_desk.h"
#include "agent/program/usage.h"
#include "shared/base/service_manager.h"
#include "shared/base/swap.h"
#include "shared/base/uuid.h"
#include "shared/crypto/sealing.h"
#include "shared/terminal/connection.h"
#include "shared/terminal/options.h"
#include "shared/ui/catalog.h"

#include <string_view>
#ifdef PORTICO_BENCH_PARTS
#include "agent/driver/screenshots.h"
#include "shared/terminal/driver/device_hook.h"
#endif

#include <algorithm>
#include <cstdlib>

namespace portico::agent {
namespace {

constexpr terminal::Named named{"portico-agent", "agent", PORTICO_VERSION, usage};

std::chrono::milliseconds drawn_spread() {
    auto const random = random_bytes(2);
    return look_spread_max_ms * (random[0] * 256 + random[1]) / 65536;
}

client::SyncListener listener_for(std::function<void(Event)> const& post) {
    return {
        .online = [post](client::Online online) { post(Event{.body = OnlineChanged{online}}); },
        .outbox = [post](client::OutboxCounts const& counts) { post(Event{.body = OutboxChanged{counts}}); },
        .replica = {},
        .event =
            [post](api::TerminalEvent const& event) {
                post(Event{.body = CentralTold{event, drawn_spread()}});
            }};
}

Result<std::unique_ptr<ui::Backend>> open_backend(terminal::Options const& options, Config const& config,
                                                  std::string const& title) {
    if (options.headless)
        return ui::make_headless_backend();
    return ui::make_sdl_backend(
        {.title = title, .width = config.width, .height = config.height, .fullscreen = config.fullscreen});
}

ui::StageSettings stage_settings(Config const& config) {
    ui::StageSettings settings;
    settings.width = config.width;
    settings.height = config.height;
    settings.language = config.language;
    settings.theme = config.theme;
    settings.density = ui::Density::Desk;
    settings.text_percent = config.text_percent;
    return settings;
}

Attended attended(App const& app) {
    return {.by_a_rep = app.session.signed_in(),
            .room = handed_over_max - std::min(app.calls.handed_over_now(), handed_over_max),
            .heard = app.calls.handed_over};
}

/// A desk without it is a desk all the same: only `portico-agent call` does not reach it.
std::unique_ptr<CallDesk> take_handed_calls(Clock const& clock, std::function<void(Event)> const& post) {
    auto const socket = handover_socket();
    if (socket.has_error())
        return nullptr;
    auto opened = CallDesk::open(socket.value(), clock, [post](HandedCall const& call) {
        post(Event{.body = CallHandedOver{call.from, call.to}});
    });
    if (opened.has_value())
        return std::move(opened).value();
    terminal::complain(named, opened.error());
    return nullptr;
}

Result<void> run_desk(terminal::Options const& options, Config const& config) {
    SystemClock clock;
    client::CentralClock central_clock(clock);
    auto const enrollment = client::load_enrollment(config.data);
    std::string const plan_name =
        enrollment.has_value() ? enrollment.value().plan_name : std::string("Portico");
    auto const catalog = TRY(ui::Catalog::load(config.assets / "messages"));
    auto devices = TRY(Devices::create(config, clock));
    auto backend = TRY(open_backend(options, config, plan_name));
    ui::Brand brand{.plan_name = ui::data(plan_name)};
#ifdef PORTICO_BENCH_PARTS
    if (config.bench() || !options.driver.empty())
        brand.bench_notice = terminal::bench_notice();
#endif
    auto stage = TRY(ui::Stage::create(catalog, clock, brand, stage_settings(config)));

    Mailbox<Event> mailbox([&] { backend->wake(); });
    auto const post = [&](Event event) { mailbox.post(std::move(event)); };
    App app;
    app.settings = {config.language, config.theme, config.text_percent};
    app.facts.plan_name = plan_name;
    if (enrollment.has_value()) {
        app.facts.terminal_id = enrollment.value().terminal_id;
    } else {
        terminal::complain(named, enrollment.error());
        app.screen = OutOfOrder{};
    }
    Program program(std::move(app), *stage, *backend, central_clock, mailbox);

    std::optional<terminal::Connection> connection;
    std::unique_ptr<client::Sync> sync;
    std::unique_ptr<Effects> effects;
    if (enrollment.has_value()) {
        connection =
            TRY(terminal::open_connection(config.central, config.data, enrollment.value(), central_clock,
                                          [](Error const& failure) { terminal::complain(named, failure); }));
        sync = std::make_unique<client::Sync>(connection->own_central, *connection->replica,
                                              *connection->outbox, listener_for(post));
        effects = std::make_unique<Effects>(Services{.central = connection->central,
                                                     .sync = sync.get(),
                                                     .key = devices->key(),
                                                     .telephone = devices->telephone(),
                                                     .outbox = *connection->outbox,
                                                     .clock = central_clock},
                                            post);
        program.use(*effects);
    }
    devices->watch(post);
    auto const calls = take_handed_calls(clock, post);
    if (calls)
        program.watch([&calls = *calls](App const& seen) { calls.set_attended(attended(seen)); });

    auto manager = TRY(ServiceManager::from_environment(&std::getenv));
    ui::AppLoop loop(*stage, *backend, clock);
    loop.tell(manager);
#ifdef PORTICO_BENCH_PARTS
    std::unique_ptr<ui::Driver> driver;
    if (!options.driver.empty()) {
        ui::Driver::Hooks hooks;
        hooks.advance = [&clock](std::chrono::microseconds by) { clock.advance(by); };
        hooks.device = terminal::device_hook(devices->bench());
        driver = TRY(ui::Driver::open(options.driver, *stage, *backend, clock, std::move(hooks)));
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
        return take_screenshots(options.assets, options.folder, options.screen, options.look);
#endif
    crypto::initialise();
    auto const config = TRY(load_config(options.config));
    if (options.what == terminal::Options::Do::Enroll)
        return terminal::enroll(named, options, config.data);
    auto const swap = check_no_swap_in_clear();
#ifdef PORTICO_BENCH_PARTS
    if (swap.has_error())
        terminal::complain(named, swap.error()); // a machine for trying things out is nobody's desk
#else
    TRY(swap);
#endif
    return run_desk(options, config);
}

} // namespace
} // namespace portico::agent

int main(int count, char** words) {
    using namespace portico;
    if (count > 1 && std::string_view(words[1]) == "call")
        return agent::call_command(count - 2, words + 2);
    return terminal::run_program(agent::named, count, words, agent::run);
}
