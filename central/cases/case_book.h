#pragma once

#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// What one staff member does for one caller, without its note.
struct CaseFile {
    std::string id;
    StaffId opened_by;
    StaffId owner;
    std::string reason;
    std::string channel;
    std::int64_t opened_us = 0;
    std::int64_t tries = 0;    ///< of its owner, that found nobody
    PatientId patient;         ///< empty: nobody was found yet
    std::string authority;     ///< by which the caller speaks for them; empty: as the member themselves
    PatientId prover;          ///< whose proofs count: the member, or who speaks for them (Speaker::prover)
    std::int64_t bound_us = 0; ///< when they were found
    std::int64_t closed_us = 0;
    std::int64_t verified_us = 0; ///< 0: its owner has not been shown that the caller is `prover`, or not
                                  ///< within `verified_for_s`
    std::string verified_way;     ///< by what, while `verified_us` stands: as api::CaseItem::verified_way
    /// A mailbox is opened by others more easily than a telephone or a sign-in with two factors.
    bool is_verified_weakly() const { return verified_way == "mail_code"; }
    /// Facts find a member and verify nobody.
    std::string level() const { return patient.empty() ? "" : verified_us == 0 ? "identified" : "verified"; }
};

/// How long a caller counts as verified: a call, and no second one a day later in a case left open.
inline constexpr std::int64_t verified_for_s = std::int64_t{30} * 60;

/// Whoever does something with a case, and whether they may take over what another has.
struct CaseWorker {
    StaffId staff;
    TerminalId terminal;
    bool takes = false;
};

/// How a case stood for one staff member at a moment that may be over.
struct CaseThen {
    PatientId patient;
    std::string authority;        ///< by which the caller spoke then; empty: as the member
    bool verified = false;        ///< they had been shown that the caller is who spoke then
    bool surely_verified = false; ///< by a proof that is not the weaker one
};

/// The rows of cases. Writes run inside the caller's write transaction, which is alone among those of all
/// nodes: of two that take or close the same case one does. Errors beside those named: those of the store.
class CaseBook {
public:
    /// A desk that opens more than it closes is no desk.
    static constexpr std::int64_t open_max = 50;
    static constexpr std::size_t note_characters_max = 2000;

    CaseBook(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    /// The new case's id. Errors: InvalidInput "case_reason_unknown", "case_channel_unknown"; TooMany
    /// "cases_open_many".
    Result<std::string> open(storage::Database& database, CaseWorker const& worker, std::string_view reason,
                             std::string_view channel) const;
    /// What somebody has open, the oldest first.
    Result<std::vector<CaseFile>> open_of(storage::Database& database, StaffId const& staff) const;
    /// Open cases about this member, or in which they speak for another, whoever has them, the newest first.
    Result<std::vector<CaseFile>> open_about(storage::Database& database, PatientId const& patient,
                                             std::int64_t most) const;
    /// An open case of the worker's own. Errors: NotFound "case_unknown": not there, or another's of which
    /// the worker knows nothing; Conflict "case_closed"; "case_not_yours": of one that they opened or may
    /// take.
    Result<CaseFile> own(storage::Database& database, CaseWorker const& worker, std::string const& id) const;
    /// As `own`, whoever has it.
    Result<CaseFile> known(storage::Database& database, CaseWorker const& worker,
                           std::string const& id) const;
    /// Errors: NotFound "case_unknown"; Conflict "case_closed"; Refused "own_matter".
    Result<CaseFile> take(storage::Database& database, CaseWorker const& worker, std::string const& id) const;
    /// Errors: as `own`; InvalidInput "case_reason_unknown".
    Result<CaseFile> set_reason(storage::Database& database, CaseWorker const& worker, std::string const& id,
                                std::string_view reason) const;
    struct Ending {
        std::string_view outcome;
        std::string_view note;
    };
    /// Errors: as `own`; InvalidInput "case_outcome_unknown", "note_long", "note_invalid".
    Result<CaseFile> close(storage::Database& database, CaseWorker const& worker, std::string const& id,
                           Ending const& ending) const;
    /// For good. The case must be the worker's own, and nobody's yet.
    Result<void> bind(storage::Database& database, CaseFile& file, PatientId const& patient) const;
    struct Speaking {
        std::string authority; ///< empty: the caller is the member
        PatientId prover;
    };
    /// Who the caller says they are, from now on: what was shown of whoever spoke before is nothing.
    Result<void> set_speaker(storage::Database& database, CaseFile& file, Speaking const& speaking) const;
    /// Whoever has the case now has been shown that the caller is `prover`. A weaker way adds nothing to a
    /// stronger one that stands.
    Result<void> set_verified(storage::Database& database, CaseFile const& file, std::string_view way) const;
    /// A case that somebody had at a moment, and what they had been shown until then; what came after it
    /// counts for nothing. Errors: NotFound "case_unknown": not there, not theirs then, or about nobody yet;
    /// Conflict "case_closed_before".
    Result<CaseThen> then(storage::Database& database, StaffId const& staff, std::string const& id,
                          UtcTime at) const;
    /// Closed, or somebody was found or verified in it after `since_us`: the caller was there. False for
    /// none.
    Result<bool> is_worked_on(storage::Database& database, std::string const& id,
                              std::int64_t since_us) const;
    /// An open case and whoever has it, without asking who asks. Errors: Conflict "case_closed"; NotFound
    /// "case_unknown".
    Result<CaseFile> open_case(storage::Database& database, std::string const& id) const;

private:
    Result<CaseFile> find(storage::Database& database, std::string const& id) const;
    Result<CaseFile> read(storage::Statement const& row) const;

    Vault const& vault_;
    Clock const& clock_;
};

/// NotFound "case_unknown".
Error case_unknown();

} // namespace portico::central
