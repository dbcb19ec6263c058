#pragma once

#include "central/cases/case_book.h"

#include <cstdint>

namespace portico::central {

/// What holds for every way to verify a caller by phone: after too many failures nobody is verified for a
/// while, and one case at a time asks a member. The one place that decides either. Reads and writes inside
/// the caller's transaction. Errors beside those named: those of the store.
class VerificationGuard {
public:
    /// Failures within a day after which nobody is verified by phone for a day: DOMAIN, "Caller". A wrong
    /// answer to a question is one, and so are as many wrong entries of codes as one code allows, whichever
    /// codes they were: another code makes none of them undone.
    static constexpr std::int64_t failures_max = 3;
    static constexpr std::int64_t code_tries_max = 5;
    static constexpr std::int64_t freeze_s = std::int64_t{24} * 3600;

    VerificationGuard(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    /// Refused "verification_frozen", with when to try again.
    Result<void> check_not_frozen(storage::Database& database, PatientId const& patient) const;
    Result<bool> is_frozen(storage::Database& database, PatientId const& patient) const;
    /// Conflict "check_elsewhere" while another case has a question or a code that waits for this member,
    /// with when to try again.
    Result<void> check_not_elsewhere(storage::Database& database, CaseFile const& file) const;
    /// Nothing that waits for this member is answered any more.
    Result<void> end_all_of(storage::Database& database, PatientId const& patient) const;

private:
    Result<std::int64_t> frozen_until(storage::Database& database, PatientId const& patient) const;

    Vault const& vault_;
    Clock const& clock_;
};

/// `failure` with the seconds from now until then.
Error later(Error failure, std::int64_t when_us, std::int64_t now_us);

} // namespace portico::central
