#pragma once

#include "central/operations/staff_queue.h"
#include "central/store/vault.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"
#include "shared/storage/database.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace portico::central {

/// By what a message leaves.
enum class MessageChannel : std::uint8_t { Mail, Text };
/// "mail", "text"; ends with a zero byte.
std::string_view name(MessageChannel channel);

/// What is to leave.
struct OutboxMessage {
    MessageChannel channel = MessageChannel::Mail;
    std::string to;
    std::string subject; ///< of a mail; a text has none
    std::string text;
    /// When it is worth nothing any more: it is not sent later. 0: it is sent however late.
    std::int64_t expires_us = 0;
    std::string about = {}; ///< id of what hears when it was not sent; empty: the staff queue does
};

/// A message that waits to be sent.
struct WaitingMessage {
    std::string id;
    std::string to;
    std::string subject;
    std::string text;
    std::int64_t tries = 0;
    std::int64_t claimed_until_us = 0; ///< nobody else sends it before then
    std::int64_t expires_us = 0;       ///< as OutboxMessage
    std::string about = {};            ///< as OutboxMessage
};

/// Mails and texts that wait, sealed; `OutboxSender` sends them. Written inside the transaction of what they
/// tell of, so that both stand or neither.
///
/// Any number of nodes may send: each message is claimed in the store first, for `claim_s`. A node that dies
/// with a claim loses nothing, another sends that message when the claim has run out. So one is sent at least
/// once, and a second time only when a node ends between the server's word and its own record of it.
class Outbox {
public:
    /// How long a claim counts; longer than one try takes, clocks of two nodes a few seconds apart.
    static constexpr std::int64_t claim_s = 120;
    /// A message that could not be sent so often goes to the staff queue.
    static constexpr std::int64_t tries_max = 12;
    /// Until the next try of one that is worth something for minutes only.
    static constexpr std::int64_t perishable_pause_s = 5;

    Outbox(Clock& clock, Vault const& vault, StaffQueue const& queue)
        : clock_(clock), vault_(vault), queue_(queue) {}

    static Result<void> migrate(storage::Database& database);

    /// What messages are about hears of them, in the transaction of what happened. An empty one is not
    /// called.
    struct Listener {
        /// Whether it is still worth anything; asked before each try.
        std::function<Result<bool>(storage::Database&, std::string const& about)> is_wanted;
        /// It was not sent and will not be.
        std::function<Result<void>(storage::Database&, std::string const& about)> lost;
    };
    void set_listener(Listener listener) { listener_ = std::move(listener); }

    // All inside the caller's write transaction, but `has_due`. Errors: those of the store.

    Result<void> add(storage::Database& database, OutboxMessage const& message) const;
    /// Whether there is something to claim.
    Result<bool> has_due(storage::Database& database, MessageChannel channel) const;
    /// The oldest whose time has come, claimed. Nothing when there is none.
    Result<std::optional<WaitingMessage>> claim(storage::Database& database, MessageChannel channel) const;
    Result<void> sent(storage::Database& database, std::string const& id) const;

    enum class Failure : std::uint8_t { ForNow, ForGood };
    struct Failed {
        Failure how = Failure::ForNow;
        std::string why; ///< a reason's word
    };
    /// Tries later, with growing pauses; after `tries_max`, or for good, it goes to the staff queue, and one
    /// that is about something is told to that as lost. Nothing happens when the claim ran out and the
    /// message is another's by now.
    Result<void> failed(storage::Database& database, WaitingMessage const& message,
                        Failed const& failure) const;

private:
    Result<bool> is_worthless(storage::Database& database, WaitingMessage const& message) const;
    Result<void> give_up(storage::Database& database, WaitingMessage const& message,
                         std::string const& why) const;

    Clock& clock_;
    Vault const& vault_;
    StaffQueue const& queue_;
    Listener listener_;
};

} // namespace portico::central
