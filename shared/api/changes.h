#pragma once

#include "shared/api/domain_described.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// GET /v1/changes?after=CURSOR&wait=SECONDS&limit=N: reference data, notices and what concerns this
/// terminal, in order. A cursor that is no longer kept answers `restart = true` with the first page of
/// everything. Exactly one payload of a change is present.
namespace portico::api {

/// A technical or outage notice by function (SCOPE M6).
struct Notice {
    std::string id;
    std::string function; ///< "sign_in", "claims", "printing", "directory", "all"...
    std::string severity; ///< "notice", "look_again", "error"
    std::string text_en;
    std::string text_es;
    std::string from;  ///< UTC, RFC 3339
    std::string until; ///< empty: until taken back
};
/// Hours, phones and addresses of the plan's help.
struct ContactWay {
    std::string id;
    std::string kind; ///< "phone", "web", "address", "hours"
    std::string label_en;
    std::string label_es;
    std::string value;
};
struct Removed {
    std::string kind; ///< "provider", "plan", "notice", "contact_way"
    std::string id;
};
/// A fact for the open session on this terminal: never kept.
struct TerminalEvent {
    /// "account_unlocked", "terminal_revoked", "session_ended", "call_check" (a desk asks the member who is
    /// signed in here: GET /v1/call-check), "message_written" (staff wrote to that member: GET /v1/messages),
    /// "requests_changed" (staff asked for something on their behalf: GET /v1/requests), "line_changed" (GET
    /// /v1/call-backs/place); at desks "work_changed": what waits for staff is no longer what it was (GET
    /// /v1/work and /v1/line say what it is), "case_changed": one of the cases opened here (GET /v1/cases).
    std::string event;
    std::string ticket; ///< the lock ticket the kiosk shows; empty otherwise
};
struct Change {
    std::string cursor;
    std::optional<ProviderListing> provider;
    std::optional<InsurancePlan> plan;
    std::optional<Notice> notice;
    std::optional<ContactWay> contact_way;
    std::optional<Removed> removed;
    std::optional<TerminalEvent> event;
};
struct ChangesPage {
    std::vector<Change> changes;
    std::string cursor;   ///< give it back as `after`
    bool more = false;    ///< another page is ready now
    bool restart = false; ///< drop the replica first: this is a full copy from the beginning
};

/// The query of the call.
struct ChangesQuery {
    std::string after;     ///< cursor; empty: everything from the beginning
    std::int64_t wait = 0; ///< seconds to wait when there is nothing, 50 at most
    int limit = 200;       ///< 1-500
};

BOOST_DESCRIBE_STRUCT(ChangesQuery, (), (after, wait, limit))
BOOST_DESCRIBE_STRUCT(Notice, (), (id, function, severity, text_en, text_es, from, until))
BOOST_DESCRIBE_STRUCT(ContactWay, (), (id, kind, label_en, label_es, value))
BOOST_DESCRIBE_STRUCT(Removed, (), (kind, id))
BOOST_DESCRIBE_STRUCT(TerminalEvent, (), (event, ticket))
BOOST_DESCRIBE_STRUCT(Change, (), (cursor, provider, plan, notice, contact_way, removed, event))
BOOST_DESCRIBE_STRUCT(ChangesPage, (), (changes, cursor, more, restart))

} // namespace portico::api
