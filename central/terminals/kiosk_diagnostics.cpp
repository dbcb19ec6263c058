#include "central/terminals/kiosk_diagnostics.h"

#include "shared/api/json.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "shared/domain/release.h"

#include <algorithm>
#include <string_view>

namespace portico::central {

namespace {

constexpr std::size_t reason_size_max = 64;
constexpr std::size_t build_size_max = 64;
constexpr std::size_t cursor_size_max = 120;

Error invalid_diagnostics(std::string const& field) {
    return error(ErrorKind::InvalidInput, "diagnostics_invalid",
                 "not what a kiosk tells of itself: " + field);
}

bool is_time_or_none(std::string const& text) {
    return text.empty() || from_rfc3339(text).has_value();
}

template <class Good>
bool is_made_of(std::string_view text, std::size_t size_max, Good good) {
    return text.size() <= size_max && std::all_of(text.begin(), text.end(), good);
}

bool is_small_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_reason(std::string const& text) {
    return !text.empty() &&
           is_made_of(text, reason_size_max, [](char c) { return is_small_or_digit(c) || c == '_'; });
}

bool is_build(std::string const& text) {
    return is_made_of(text, build_size_max,
                      [](char c) { return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9'); });
}

bool is_release_or_none(std::string const& text) {
    return text.empty() || ReleaseVersion::parse(text).has_value();
}

/// As central/changes/cursor.h writes them, and as a later central may.
bool is_cursor(std::string const& text) {
    return is_made_of(text, cursor_size_max,
                      [](char c) { return is_small_or_digit(c) || c == '.' || c == '-'; });
}

bool is_fault(api::KioskFault const& fault) {
    return is_reason(fault.reason) && from_rfc3339(fault.first).has_value() &&
           from_rfc3339(fault.last).has_value() && fault.count > 0;
}

UtcTime kept_since(UtcTime now) {
    return now - std::chrono::hours(24 * diagnostics_kept_days);
}

} // namespace

Result<void> check_diagnostics(api::KioskDiagnostics const& told) {
    if (from_rfc3339(told.at).has_error())
        return invalid_diagnostics("at");
    if (told.devices.size() > tested_parts.size())
        return invalid_diagnostics("devices");
    if (!is_time_or_none(told.network.since))
        return invalid_diagnostics("network.since");
    if (!is_time_or_none(told.network.last_sync))
        return invalid_diagnostics("network.last_sync");
    if (!is_build(told.versions.build))
        return invalid_diagnostics("versions.build");
    if (!is_release_or_none(told.versions.release))
        return invalid_diagnostics("versions.release");
    if (!is_cursor(told.versions.reference_data))
        return invalid_diagnostics("versions.reference_data");
    if (told.faults.size() > api::kiosk_faults_max ||
        !std::all_of(told.faults.begin(), told.faults.end(), is_fault))
        return invalid_diagnostics("faults");
    return ok();
}

Result<void> keep_diagnostics(storage::Database& database, Clock const& clock, TerminalId const& terminal,
                              api::KioskDiagnostics const& told) {
    TRY(purge_diagnostics(database, clock.now()));
    auto insert = TRY(database.prepare("INSERT INTO terminal_diagnostics (id, terminal, received_us, told)"
                                       " VALUES ($1, $2, $3, $4)"));
    insert.bind(1, make_uuid_v7(clock)).bind(2, terminal.text()).bind(3, to_micros(clock.now()));
    TRY(insert.bind(4, api::to_json(told)).run());
    auto drop = TRY(database.prepare(
        "DELETE FROM terminal_diagnostics WHERE terminal = $1 AND id NOT IN"
        " (SELECT id FROM terminal_diagnostics WHERE terminal = $1 ORDER BY received_us DESC, id DESC"
        " LIMIT $2)"));
    return drop.bind(1, terminal.text()).bind(2, diagnostics_of_terminal_max).run();
}

Result<std::vector<KeptDiagnostics>> diagnostics_of(storage::Database& database, Clock const& clock,
                                                    TerminalId const& terminal) {
    auto query = TRY(database.prepare("SELECT received_us, told FROM terminal_diagnostics"
                                      " WHERE terminal = $1 AND received_us >= $2"
                                      " ORDER BY received_us DESC, id DESC"));
    query.bind(1, terminal.text()).bind(2, to_micros(kept_since(clock.now())));
    std::vector<KeptDiagnostics> kept;
    while (TRY(query.step()))
        kept.push_back({from_micros(query.integer(0)), query.text(1)});
    return kept;
}

Result<void> purge_diagnostics(storage::Database& database, UtcTime now) {
    auto remove = TRY(database.prepare("DELETE FROM terminal_diagnostics WHERE received_us < $1"));
    return remove.bind(1, to_micros(kept_since(now))).run();
}

} // namespace portico::central
