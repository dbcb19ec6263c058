#include "central/line/held_calls.h"

#include "central/line/line_waits.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace portico::central {

namespace {

using OpenCalls = std::map<std::string, HeldCall>; // by the system's id

Result<OpenCalls> open_calls(storage::Database& database, HeldCallRows const& rows,
                             TerminalId const& system) {
    OpenCalls open;
    for (auto& each : TRY(rows.open_of(database, system))) {
        auto call = each.call;
        open.emplace(std::move(call), std::move(each));
    }
    return open;
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

Result<HeldCalls::Taken> HeldCalls::take(storage::Database& database, TerminalId const& system,
                                         std::int64_t sequence, std::vector<ToldHeldCall> const& told) const {
    TelephoneSystems const systems(line_.clock());
    Taken taken;
    taken.again = TRY(systems.judge(database, system, sequence)) == TelephoneSystems::Message::Again;
    if (taken.again)
        return taken;
    bool const was_silent = TRY(systems.hear(database, system, sequence));
    auto left = TRY(open_calls(database, line_.held(), system));
    std::vector<ToldHeldCall> added;
    for (auto const& each : told)
        if (left.erase(each.call) == 0)
            added.push_back(each);
    for (auto const& each : left) {
        auto const& call = each.second;
        // What the system was never told it cannot have put through.
        bool const through = call.rings() && call.connect_told_us != 0;
        TRY(line_.held().end(database, call.id, through ? "put_through" : "gone"));
        ++(through ? taken.put_through : taken.gone);
    }
    taken.added = added.size();
    taken.changed = was_silent || !added.empty() || !left.empty();
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
