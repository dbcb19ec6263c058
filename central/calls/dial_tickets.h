#pragma once

#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::central {

/// One number that one desk may have its telephone dial, once, without seeing it.
struct DialTicketRow {
    std::string id;
    std::string purpose; ///< whose part of central asked for it: "verify_caller", "waiting_line"
    std::string about;   ///< what it is for there
    std::string case_id; ///< for which case; may be empty
    StaffId staff;       ///< who asked for it
    TerminalId desk;     ///< whose telephone dials
    std::string call;    ///< id of the call at that telephone; empty: nothing was told yet
    std::string outcome; ///< as api::Dialled; empty: nothing was told yet
    std::int64_t expires_us = 0;
};

/// The rows of such tickets: a keyed hash of each, never itself, with the number sealed beside it until it is
/// of no use any more. They know nothing of why somebody is called: a purpose is its own part's. Writes run
/// inside the caller's write transaction, which is alone among those of all nodes. Errors beside those named:
/// those of the store; Corrupt "record_seal_broken".
class DialTickets {
public:
    static constexpr std::int64_t ticket_s = 120;
    /// For the call to be answered, once its number was asked for.
    static constexpr std::int64_t ring_s = 180;
    /// For who has answered to key 1.
    static constexpr std::int64_t confirm_s = 300;

    DialTickets(Vault const& vault, Clock const& clock) : vault_(vault), clock_(clock) {}

    struct Asking {
        StaffId staff;
        TerminalId desk;
        std::string_view purpose;
        std::string_view about;
        std::string_view case_id;
        std::string_view number; ///< as callable_number gives it (shared/domain/contact_rules.h)
    };
    struct Made {
        std::string id;
        std::string ticket; ///< 256 random bits in base64url: for the desk alone
    };
    /// Errors: InvalidInput "number_invalid": never a number that is not to be called.
    Result<Made> make(storage::Database& database, Asking const& asking) const;

    struct Number {
        DialTicketRow row;
        std::string number; ///< E.164
    };
    /// What the telephone of this desk dials, again too. Errors: NotFound "ticket_gone".
    Result<Number> number_of(storage::Database& database, TerminalId const& desk,
                             std::string_view ticket) const;

    struct Report {
        std::string_view ticket;
        std::string_view call;
        std::string_view outcome;
    };
    struct Reported {
        DialTicketRow row;
        bool again = false; ///< this was told before: nothing comes of it
    };
    /// How the call went, as its telephone says. Errors: NotFound "ticket_gone"; InvalidInput
    /// "dialled_unknown".
    Result<Reported> take(storage::Database& database, TerminalId const& desk, Report const& report) const;

    /// Nobody dials for this any more, nor is anything of it taken; a call that stands goes on.
    Result<void> end_about(storage::Database& database, std::string_view purpose,
                           std::string_view about) const;
    /// Whether a telephone has dialled for this since `us`, by what it said of it.
    Result<bool> was_dialled(storage::Database& database, std::string_view purpose, std::string_view about,
                             std::int64_t us) const;
    /// When a call for this case was answered last; 0: none was.
    Result<std::int64_t> answered_us(storage::Database& database, std::string const& case_id) const;

private:
    struct Found;
    Result<Found> find(storage::Database& database, TerminalId const& desk, std::string_view ticket) const;
    Bytes hash_of(TerminalId const& desk, std::string_view ticket) const;
    Result<void> forget_numbers(storage::Database& database) const;

    Vault const& vault_;
    Clock const& clock_;
};

/// NotFound "ticket_gone".
Error ticket_gone();

} // namespace portico::central
