#pragma once

#include "shared/api/describe.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portico::central {

/// One entry of the audit: who did what to whose data, under which factors, and what was decided. Names of
/// fields, never values. Kept six years. Source: 45 CFR 164.312(b), 164.316.
struct AuditRecord {
    std::int64_t sequence = 0; ///< counts from 1 without gaps, one chain a node; set by the log
    std::string previous;      ///< hash of the entry before, hexadecimal; empty for the first; set by the log
    std::string at;            ///< UTC, RFC 3339 with microseconds; set by the log
    std::string node;          ///< which central; set by the log
    std::string build;         ///< version of the program; set by the log
    std::string terminal;      ///< empty: an operator's command
    std::string actor;         ///< account id, staff id, "operator:<user>"; empty: nobody was signed in
    std::string role;          ///< "member", "operator", "nobody"; of staff their roles, blank between
    std::string session;
    std::vector<std::string> factors; ///< "security_key", "pin"...
    std::string assurance;            ///< of the session at that moment
    std::string subject;              ///< patient id the data is about, or the thing acted on
    std::string action;               ///< "eob_read", "sign_in_key"...
    std::vector<std::string> fields;  ///< names of what was shown or changed
    std::string reason;               ///< refused: why; else the reason or case given
    std::string decision;             ///< "allowed", "refused", "failed"
    std::string approver;             ///< second approver, where a rule wants one
    std::string operation;            ///< operation id
};
BOOST_DESCRIBE_STRUCT(AuditRecord, (),
                      (sequence, previous, at, node, build, terminal, actor, role, session, factors,
                       assurance, subject, action, fields, reason, decision, approver, operation))

} // namespace portico::central
