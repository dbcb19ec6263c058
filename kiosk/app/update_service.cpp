#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"
#include "shared/base/rfc3339.h"

namespace portico::kiosk {

namespace {

std::string time_or_none(std::optional<UtcTime> const& at) {
    return at ? to_rfc3339(*at) : std::string();
}

bool service_key_in(App const& app) {
    auto const* const ready = std::get_if<KeyReady>(&app.facts.key);
    return ready != nullptr && ready->insertion == app.session.service_key;
}

/// What the page says, as central keeps it.
api::KioskDiagnostics told_by(App const& app, Measures const& measures, UtcTime now) {
    api::KioskDiagnostics told;
    told.at = to_rfc3339(now);
    told.devices = tested_devices(app);
    told.network = {.central = central_seen(app.facts.online),
                    .since = time_or_none(app.facts.online_since),
                    .last_sync = time_or_none(measures.complete_at),
                    .central_ahead_s = measures.central_ahead_s};
    told.disk = measures.disk;
    told.versions = measures.versions;
    told.queue = measures.queue;
    for (auto const& fault : app.faults)
        told.faults.push_back({fault.reason, to_rfc3339(fault.first), to_rfc3339(fault.last), fault.count});
    return told;
}

} // namespace

api::CentralSeen central_seen(client::Online online) {
    switch (online) {
    case client::Online::Yes:
        return api::CentralSeen::Answers;
    case client::Online::No:
        return api::CentralSeen::Silent;
    case client::Online::Refused:
        return api::CentralSeen::Refuses;
    case client::Online::Withdrawn:
        return api::CentralSeen::Withdrawn;
    case client::Online::WrongTime:
        return api::CentralSeen::WrongTime;
    case client::Online::Unknown:
        break;
    }
    return api::CentralSeen::Unknown;
}

void begin_service(Turn& turn, api::SessionReply const& reply) {
    auto& app = turn.app;
    auto const* const ready = std::get_if<KeyReady>(&app.facts.key);
    app.session.token = reply.token;
    // It went while central was asked: whoever had it is not here.
    if (ready == nullptr)
        return turn.attract();
    app.session.staff = true;
    app.session.service = true;
    app.session.service_key = ready->insertion;
    app.session.ends_at = turn.now.mono + std::min<std::chrono::seconds>(
                                              session_max_s, std::chrono::seconds(reply.expires_in_s));
    app.devices_seen = {};
    note_devices(app);
    app.beneath.clear();
    turn.replace(Diagnostics{});
}

bool kept_from_service(Turn& turn, Place place) {
    if (!turn.app.session.service)
        return false;
    switch (place) {
    case Place::Help:
    case Place::Language:
    case Place::TextAndColor:
    case Place::Switches:
        return false;
    default:
        return true; // nothing of what members have
    }
}

bool end_service_without_key(Turn& turn) {
    if (!turn.app.session.service)
        return false;
    if (service_key_in(turn.app))
        return true;
    // Nobody has to be told goodbye, unless something of theirs lies here.
    if (turn.app.facts.anything_left())
        turn.end_visit(EndReason::Finished);
    else
        turn.attract();
    return true;
}

void enter(Turn& turn, Diagnostics& screen) {
    screen.measured_at = turn.now.mono;
    if (!screen.measures.waiting())
        screen.measures.begin(turn.ask(Measure{}));
}

void on_measures(Turn& turn, RequestNumber request, Result<Measures>& result) {
    if (auto* const page = turn.find<Diagnostics>())
        page->measures.take(request, result);
}

void tell_central(Turn& turn) {
    auto* const page = std::get_if<Diagnostics>(&turn.app.screen);
    if (page == nullptr || !page->measures.value || page->telling.waiting())
        return;
    page->telling.begin(turn.ask(SendDiagnostics{told_by(turn.app, *page->measures.value, turn.now.utc)}));
}

void on_diagnostics_sent(Turn& turn, RequestNumber request, DiagnosticsSent& event) {
    auto* const page = turn.find<Diagnostics>();
    auto const* failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (page != nullptr && page->telling.take(request, failure) && failure != nullptr)
        handled_as_sign_in(turn, *failure);
}

void tick_service(Turn& turn) {
    auto const due = service_deadline(turn.app);
    if (due && turn.now.mono >= *due)
        turn.enter_top();
}

std::optional<MonoTime> service_deadline(App const& app) {
    auto const* const page = std::get_if<Diagnostics>(&app.screen);
    if (page == nullptr || page->measures.waiting())
        return std::nullopt;
    return page->measured_at + measures_max_s;
}

} // namespace portico::kiosk
