#include "bench/central/desk_line.h"

#include "bench/support/measure.h"
#include "bench/support/stop.h"

namespace portico::bench {

DeskLine::DeskLine(std::uint16_t port, SignedInTerminal const& terminal, CallTimes* times)
    : terminal_(terminal), connection_(port, terminal.face), times_(times) {}

std::string DeskLine::exchange(std::string const& path, std::string const& request) {
    double const begun = wall_seconds();
    connection_.send(request);
    auto reply = connection_.read_reply();
    if (!reply)
        give_up(path, "the connection ended");
    if (reply->status != 200)
        give_up(path, std::to_string(reply->status) + " " + reply->body);
    if (times_ != nullptr)
        (*times_)[path].push_back((wall_seconds() - begun) * 1000);
    return std::move(reply->body);
}

void DeskLine::give_up(std::string const& path, std::string const& why) {
    stop(path + ": " + why);
}

} // namespace portico::bench
