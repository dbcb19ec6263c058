#include "central/line/line_order.h"

#include "central/line/line_limits.h"

#include <algorithm>

namespace portico::central {

Result<LineOrder> LineOrder::read(storage::Database& database, CallBackRows const& call_backs,
                                  HeldCallRows const& held) {
    LineOrder order;
    for (auto const& each : TRY(call_backs.waiting(database, ordered_max)))
        order.keys_.push_back(key_of(each));
    for (auto const& each : TRY(held.waiting(database, ordered_max)))
        order.keys_.push_back(key_of(each));
    std::sort(order.keys_.begin(), order.keys_.end());
    return order;
}

std::int64_t LineOrder::place_of(LineKey const& key) const {
    return std::lower_bound(keys_.begin(), keys_.end(), key) - keys_.begin() + 1;
}

} // namespace portico::central
