#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"
#include "shared/api/set_up_label.h"

#include <algorithm>

namespace portico::kiosk {

namespace {

/// What "Continue" cannot go on with: nothing stands there, or no such thing.
std::optional<Field> not_yet_typed(SetUp const& set_up, SetUpCentral const& screen) {
    if (!api::central_address(screen.address, api::enroll_port_usual))
        return Field::CentralAddress;
    if (!set_up.central_named && !screen.serve.empty() &&
        !api::central_address(screen.serve, api::serve_port_usual))
        return Field::ServeAddress;
    if (!api::is_enrollment_code(screen.code.reveal()))
        return Field::EnrollmentCode;
    if (!api::certificate_fingerprint(screen.fingerprint))
        return Field::Fingerprint;
    return std::nullopt;
}

/// Of what `not_yet_typed` has nothing against.
CertifyTerminal question_of(SetUp const& set_up, SetUpCentral const& screen) {
    CertifyTerminal question{.enroll_at =
                                 api::central_address(screen.address, api::enroll_port_usual).value(),
                             .fingerprint = api::certificate_fingerprint(screen.fingerprint).value(),
                             .code = screen.code.clone()};
    if (!set_up.central_named)
        question.serve_at = screen.serve.empty()
                                ? api::at_port(question.enroll_at, api::serve_port_usual)
                                : api::central_address(screen.serve, api::serve_port_usual).value();
    return question;
}

/// Everything that was on the way to it goes, and what was typed with it.
void show_hub(Turn& turn) {
    turn.app.beneath.clear();
    turn.app.beneath.emplace_back(SetUpLanguage{});
    turn.replace(SetUpHub{});
}

/// The page that waits, on top or under help that was opened over it.
void close_certify(App& app) {
    std::erase_if(app.beneath, [](Screen const& each) { return std::holds_alternative<SetUpCertify>(each); });
    if (std::holds_alternative<SetUpCertify>(app.screen) && !app.beneath.empty()) {
        app.screen = std::move(app.beneath.back());
        app.beneath.pop_back();
    }
}

void start_serving(Turn& turn) {
    if (std::exchange(turn.app.set_up->started, true))
        return;
    turn.ask(StartServing{});
}

/// Of whoever tests devices here: a set-up, or a technician at a kiosk that serves.
Sending* report_of(Turn& turn) {
    if (turn.app.set_up)
        return &turn.app.set_up->report;
    auto* const page = turn.find<Diagnostics>();
    return page != nullptr ? &page->report : nullptr;
}

bool typed_or_chosen(App const& app) {
    return !std::holds_alternative<SetUpLanguage>(app.screen) || !(app.settings == app.defaults);
}

} // namespace

bool open_in_set_up(Turn& turn, Place place) {
    if (!turn.app.set_up)
        return false;
    switch (place) {
    case Place::Language:
        // The first screen is one.
        return turn.on_top<SetUpLanguage>();
    case Place::TextAndColor:
    case Place::Switches:
        return false;
    case Place::Help:
        if (!turn.on_top<SetUpHelp>())
            turn.open(SetUpHelp{});
        return true;
    case Place::SetUpCentral:
        if (!turn.app.set_up->certified && !turn.app.set_up->certifying.waiting())
            turn.open(SetUpCentral{});
        return true;
    case Place::SetUpTouch:
        turn.open(SetUpTouch{});
        return true;
    case Place::SetUpDevices:
        turn.open(SetUpDevices{});
        return true;
    default:
        return true; // nothing of what members have
    }
}

void enter(Turn& turn, SetUpHub&) {
    auto& set_up = turn.app.set_up;
    if (set_up && set_up->certified && !set_up->central.waiting())
        set_up->central.begin(turn.ask(CheckCentral{}));
}

void enter(Turn& turn, SetUpTouch&) {
    if (turn.app.set_up)
        turn.app.set_up->touched = {};
}

void enter(Turn& turn, SetUpDevices&) {
    auto& set_up = turn.app.set_up;
    if (set_up && set_up->certified && !set_up->central.waiting())
        set_up->central.begin(turn.ask(CheckCentral{}));
}

void proceed(Turn& turn, SetUpHub&) {
    if (turn.app.set_up && turn.app.set_up->certified)
        start_serving(turn);
}

void proceed(Turn& turn, SetUpCentral& screen) {
    auto& set_up = turn.app.set_up;
    if (!set_up || set_up->certified || set_up->certifying.waiting())
        return;
    screen.failure.reset();
    screen.missing = not_yet_typed(*set_up, screen);
    if (screen.missing)
        return;
    auto question = question_of(*set_up, screen);
    set_up->step = client::EnrollmentStep::MakingKey;
    set_up->certifying.begin(turn.ask(std::move(question)));
    turn.open(SetUpCertify{});
}

void on_set_up_scan(Turn& turn, Scan const& scan) {
    auto& set_up = *turn.app.set_up;
    turn.app.devices_seen.scanned = true;
    // There it is enough that something was read.
    if (turn.on_top<SetUpDevices>() || set_up.certified || set_up.certifying.waiting())
        return;
    auto label =
        scan.has_value() ? api::parse_set_up_label(scan.value()) : Result<api::SetUpLabel>(scan.error());
    if (!turn.on_top<SetUpCentral>()) {
        if (label.has_error())
            return;
        show_hub(turn);
        turn.open(SetUpCentral{});
    }
    auto& screen = std::get<SetUpCentral>(turn.app.screen);
    screen.missing.reset();
    screen.failure.reset();
    screen.scanned = label.has_value();
    if (label.has_error()) {
        screen.failure = label.error();
        return;
    }
    screen.address = std::move(label.value().enroll_at);
    screen.serve = set_up.central_named ? std::string() : std::move(label.value().serve_at);
    screen.fingerprint = std::move(label.value().fingerprint);
    screen.code = std::move(label.value().code);
}

void note_devices(App& app) {
    if (!app.set_up && !app.session.service)
        return;
    auto& seen = app.devices_seen;
    seen.key_read = seen.key_read || std::holds_alternative<KeyReady>(app.facts.key);
    seen.chip_read = seen.chip_read || std::holds_alternative<ChipCardReady>(app.facts.chip);
    seen.headphones_in = seen.headphones_in || app.facts.headphones == Headphones::In;
}

void on_certify_moved(Turn& turn, RequestNumber request, CertifyMoved& event) {
    if (turn.app.set_up && turn.app.set_up->certifying.request == request)
        turn.app.set_up->step = event.step;
}

void on_certified(Turn& turn, RequestNumber request, TerminalCertified& event) {
    App& app = turn.app;
    if (!app.set_up)
        return;
    if (event.result.has_value()) {
        // Also when nobody waits any more: it was taken back too late, and this kiosk is the plan's.
        app.set_up->certifying = {};
        app.set_up->certified = true;
        app.facts.terminal_id = event.result.value().terminal_id;
        app.facts.plan_name = event.result.value().plan_name;
        close_certify(app);
        return show_hub(turn);
    }
    auto const& failure = event.result.error();
    if (!app.set_up->certifying.take(request, &failure))
        return;
    close_certify(app);
    auto* const screen = turn.find<SetUpCentral>();
    if (screen == nullptr || failure.reason == "cancelled")
        return;
    screen->failure = failure;
    // A code that was refused is of no use to anybody.
    if (failure.reason == "enrollment_code_refused")
        screen->code.clear();
}

void on_central_checked(Turn& turn, RequestNumber request, CentralChecked& event) {
    auto& set_up = turn.app.set_up;
    auto const* failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (set_up && set_up->central.take(request, failure))
        set_up->central_reached = failure == nullptr;
}

void on_device_test(Turn& turn, RequestNumber request, DeviceTestPrinted& event) {
    auto const* failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (auto* const report = report_of(turn))
        report->take(request, failure);
}

void touch_target(Turn& turn, std::size_t target) {
    if (turn.app.set_up && turn.on_top<SetUpTouch>() && target < touch_target_count)
        turn.app.set_up->touched.at(target) = true;
}

void print_device_test(Turn& turn) {
    auto* const report = report_of(turn);
    if (report == nullptr || report->waiting())
        return;
    report->begin(turn.ask(
        PrintDeviceTest{.language = turn.app.settings.language, .devices = tested_devices(turn.app)}));
}

bool tick_set_up(Turn& turn) {
    auto& set_up = turn.app.set_up;
    if (!set_up)
        return false;
    if (set_up->started || set_up->certifying.waiting() ||
        turn.now.mono - turn.app.last_touch < set_up_idle_s)
        return true;
    // Whoever did this has gone: members are not to wait for it, and a code is not to stand here.
    if (set_up->certified)
        start_serving(turn);
    else if (typed_or_chosen(turn.app))
        turn.attract();
    return true;
}

std::optional<MonoTime> set_up_deadline(App const& app) {
    auto const& set_up = *app.set_up;
    bool const waits = set_up.certified || typed_or_chosen(app);
    if (set_up.started || set_up.certifying.waiting() || !waits)
        return std::nullopt;
    return app.last_touch + set_up_idle_s;
}

} // namespace portico::kiosk
