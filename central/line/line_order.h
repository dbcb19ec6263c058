#pragma once

#include "central/line/call_back_rows.h"
#include "central/line/held_call_rows.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portico::central {

/// Where somebody stands: who has waited longest comes first, calls and call-backs alike. Of the same
/// microsecond the id decides, so that the order is one.
struct LineKey {
    std::int64_t since_us = 0;
    std::string id;

    bool operator<(LineKey const& other) const {
        return since_us != other.since_us ? since_us < other.since_us : id < other.id;
    }
};

inline LineKey key_of(CallBack const& call_back) {
    return {call_back.asked_us, call_back.id};
}
inline LineKey key_of(HeldCall const& call) {
    return {call.since_us, call.id};
}

/// The one order of all who wait at one moment: call-backs, those that rest among them, and held calls.
class LineOrder {
public:
    /// Errors: those of the store.
    static Result<LineOrder> read(storage::Database& database, CallBackRows const& call_backs,
                                  HeldCallRows const& held);
    /// From 1, of one that waits or would.
    std::int64_t place_of(LineKey const& key) const;
    std::int64_t size() const { return static_cast<std::int64_t>(keys_.size()); }

private:
    std::vector<LineKey> keys_;
};

} // namespace portico::central
