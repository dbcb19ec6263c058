#include "central/line/held_calls.h"

#include "central/line/line_waits.h"
#include "shared/base/clock.h"

#include <tuple>

namespace portico::central {

namespace {

/// That its caller had hung up may be known to a system a moment later than that it has left. Whoever says it
/// of a talk that is over later than that changes nothing.
constexpr std::int64_t late_hang_up_us = minute_us;

Result<HeldCalls::OpenCalls> open_calls(storage::Database& database, HeldCallRows const& rows,
                                        TerminalId const& system) {
    HeldCalls::OpenCalls open;
    for (auto& each : TRY(rows.open_of(database, system))) {
        auto call = each.call;
        open.emplace(std::move(call), std::move(each));
    }
    return open;
}

/// What the system was never told it cannot have tried.
bool was_tried(HeldCall const& call) {
    return call.rings() && call.connect_told_us != 0;
}

} // namespace

Result<void> HeldCalls::add_all(storage::Database& database, TerminalId const& system,
                                std::vector<ToldHeldCall> added) const {
    if (added.empty())
        return ok();
    auto const& rows = line_.held();
    std::vector<LineKey> new_ones;
    for (auto const& each : added)
        if (auto row = TRY(rows.add(database, system, each)); row.is_new)
            new_ones.push_back({each.since_us, std::move(row.id)});
    auto const order = TRY(line_.order(database));
    auto const waits = TRY(measured_waits(database, line_.clock()));
    for (auto const& key : new_ones) {
        auto const place = order.place_of(key);
        TRY(rows.set_told(database, key.id, place, estimate_wait(waits, place)));
    }
    return ok();
}

/// Leaves in `left` those of which no word came; those that are new come back.
Result<std::vector<ToldHeldCall>> HeldCalls::take_told(storage::Database& database, OpenCalls& left,
                                                       std::vector<ToldHeldCall> const& told,
                                                       Taken& taken) const {
    std::vector<ToldHeldCall> added;
    for (auto const& each : told) {
        auto const known = left.find(each.call);
        if (known == left.end()) {
            added.push_back(each);
            continue;
        }
        auto const& call = known->second;
        // A word of another desk, or of a try before this one, is none of this one.
        if (was_tried(call) && !each.refused.empty() && each.refused == call.extension) {
            TRY(line_.held().set_waiting(database, call.id));
            taken.refused.push_back(call.id);
        }
        left.erase(known);
    }
    return added;
}

Result<void> HeldCalls::take_left(storage::Database& database, OpenCalls const& left,
                                  std::set<std::string> const& hung_up, Taken& taken) const {
    for (auto const& [id, call] : left) {
        bool const through = was_tried(call) && hung_up.count(id) == 0;
        TRY(line_.held().end(database, call.id, through ? "put_through" : "gone"));
        ++(through ? taken.put_through : taken.gone);
    }
    return ok();
}

Result<void> HeldCalls::take_late(storage::Database& database, TerminalId const& system,
                                  std::set<std::string> const& hung_up, Taken& taken) const {
    auto const since_us = to_micros(line_.clock().now()) - late_hang_up_us;
    for (auto const& id : hung_up)
        if (TRY(line_.held().set_hung_up(database, system, id, since_us)))
            ++taken.gone;
    return ok();
}

Result<HeldCalls::Taken> HeldCalls::take(storage::Database& database, TerminalId const& system,
                                         Message const& told) const {
    TelephoneSystems const systems(line_.clock());
    Taken taken;
    taken.again = TRY(systems.judge(database, system, told.sequence)) == TelephoneSystems::Message::Again;
    if (taken.again)
        return taken;
    bool const was_silent = TRY(systems.hear(database, system, told.sequence));
    auto left = TRY(open_calls(database, line_.held(), system));
    auto added = TRY(take_told(database, left, told.calls, taken));
    TRY(take_left(database, left, told.hung_up, taken));
    TRY(take_late(database, system, told.hung_up, taken));
    taken.added = added.size();
    taken.changed =
        was_silent || !added.empty() || !taken.refused.empty() || taken.put_through + taken.gone > 0;
    TRY(add_all(database, system, std::move(added)));
    return taken;
}

Result<std::vector<api::HeldCallPlace>> HeldCalls::places(storage::Database& database,
                                                          TerminalId const& system,
                                                          std::vector<ToldHeldCall> const& told) const {
    auto const open = TRY(open_calls(database, line_.held(), system));
    auto const order = TRY(line_.order(database));
    auto const waits = TRY(measured_waits(database, line_.clock()));
    std::vector<api::HeldCallPlace> places;
    for (auto const& each : told) {
        auto const found = open.find(each.call);
        if (found == open.end())
            continue;
        auto const& call = found->second;
        api::HeldCallPlace place;
        place.call = call.call;
        if (call.rings()) {
            place.connect = call.extension;
            TRY(line_.held().set_connect_told(database, call.id));
        } else {
            auto const at = order.place_of(key_of(call));
            place.place = static_cast<int>(at);
            if (auto const wait = estimate_wait(waits, at))
                std::tie(place.wait_min, place.wait_max) = std::pair(wait->least, wait->most);
        }
        places.push_back(std::move(place));
    }
    return places;
}

} // namespace portico::central
