#pragma once

#include "shared/api/domain_described.h"

#include <cstdint>
#include <string>
#include <vector>

/// How a kiosk does, for the plan's IT. Nothing of anybody: of the types here every text is a word or name of
/// ours, a build id, a version, a cursor of central's or a time, and central refuses all others.
namespace portico::api {

/// What a kiosk hears of central.
enum class CentralSeen : std::uint8_t {
    Unknown, ///< it has just started
    Answers,
    Silent,
    Refuses, ///< central answers, but not with what was asked
    Withdrawn,
    WrongTime, ///< central's certificate is not valid at the kiosk's time
};

struct KioskNetwork {
    CentralSeen central = CentralSeen::Unknown;
    std::string since = {};     ///< RFC 3339, that it is so; empty: not known
    std::string last_sync = {}; ///< RFC 3339, when the reference data was known to be complete; empty: never
    std::int64_t central_ahead_s = 0; ///< central's time less the kiosk's own; 0 below 20 s
};
/// Sizes in bytes; -1: cannot be told.
struct KioskDisk {
    std::int64_t free = -1; ///< where the kiosk keeps its data
    std::int64_t size = -1;
    std::int64_t outbox = -1;
    std::int64_t reference_data = -1;
};
struct KioskVersions {
    std::string build = {};          ///< shared/base/build_id.h
    std::string release = {};        ///< as POST /v1/terminal/version tells it; empty: not told
    std::string reference_data = {}; ///< central's cursor (`ChangesPage::cursor`); empty: none yet
    std::int64_t providers = -1;     ///< in the directory; -1: cannot be told
};
/// Counts; -1: cannot be told.
struct KioskQueue {
    std::int64_t waiting = -1; ///< operations, for central
    std::int64_t refused = -1; ///< ... that nobody has seen yet
    std::int64_t sent = -1;    ///< ... ever
    std::int64_t cards_open = -1;
    std::int64_t prints_unknown = -1; ///< the printer may still hold them
};
/// What failed at the kiosk itself since its program began. Not what was refused to somebody.
struct KioskFault {
    std::string reason = {}; ///< snake_case
    std::string first = {};  ///< RFC 3339, to the minute
    std::string last = {};
    std::int64_t count = 0;
    bool operator==(KioskFault const&) const = default;
};
inline constexpr std::size_t kiosk_faults_max = 20;

/// POST /v1/terminal/diagnostics, by a kiosk where a staff member with the right "service_kiosk" is signed
/// in. Kept for 30 days. Errors: Unauthenticated "session_needed"; Forbidden "kiosk_only", "staff_only",
/// "right_missing"; InvalidInput "diagnostics_invalid" (the message names the field).
struct KioskDiagnostics {
    std::string at = {}; ///< RFC 3339
    std::vector<TestedDevice> devices = {};
    KioskNetwork network = {};
    KioskDisk disk = {};
    KioskVersions versions = {};
    KioskQueue queue = {};
    std::vector<KioskFault> faults = {}; ///< `kiosk_faults_max` at most
};

BOOST_DESCRIBE_ENUM(CentralSeen, Unknown, Answers, Silent, Refuses, Withdrawn, WrongTime)
BOOST_DESCRIBE_STRUCT(KioskNetwork, (), (central, since, last_sync, central_ahead_s))
BOOST_DESCRIBE_STRUCT(KioskDisk, (), (free, size, outbox, reference_data))
BOOST_DESCRIBE_STRUCT(KioskVersions, (), (build, release, reference_data, providers))
BOOST_DESCRIBE_STRUCT(KioskQueue, (), (waiting, refused, sent, cards_open, prints_unknown))
BOOST_DESCRIBE_STRUCT(KioskFault, (), (reason, first, last, count))
BOOST_DESCRIBE_STRUCT(KioskDiagnostics, (), (at, devices, network, disk, versions, queue, faults))

} // namespace portico::api
