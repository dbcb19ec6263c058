#include "tests/contract/held_call_walk.h"

#include "shared/api/held_calls.h"
#include "shared/api/waiting_line.h"
#include "tests/support/must.h"

#include <utility>

namespace portico::test {

using namespace portico::central;

void walk_held_call(ApiBench& api) {
    auto const desk = api.terminal;
    auto& core = api.bench.core();
    must(core.store->write([&](storage::Database& database) {
        return core.terminals->set_extension(database, desk.id, "201");
    }));
    auto const system = api.bench.enroll("telephone_system");
    auto const session = std::exchange(api.token, "");
    api.terminal = system;
    std::int64_t sequence = 0;
    api::HeldCall const call{"1732917128.4", to_rfc3339(api.bench.clock.now()), "+16175550177", "es"};
    auto const tell = [&](std::vector<api::HeldCall> const& calls) {
        return api.post<api::HeldCallPlaces>("/v1/line/calls", api::HeldCalls{++sequence, calls}).calls;
    };
    CHECK(tell({call}).at(0).place == 1);
    api.terminal = desk;
    api.token = session;
    CHECK(api.get<api::WaitingLine>("/v1/line").holding == 1);
    CHECK(api.post<api::CallBackTaken>("/v1/line/next", api::NextCallBack{}).kind == "held_call");
    api.token.clear();
    api.terminal = system;
    CHECK(tell({call}).at(0).connect == "201");
    CHECK(tell({}).empty());
    api.terminal = desk;
    api.token = session;
    CHECK(api.get<api::WaitingLine>("/v1/line").last_held_state == "put_through");
}

} // namespace portico::test
