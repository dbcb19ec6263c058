#pragma once

#include "agent/app/command.h"
#include "agent/app/event.h"
#include "shared/client/central.h"
#include "shared/client/sync.h"
#include "shared/devices/telephone.h"
#include "shared/terminal/calls.h"
#include "shared/terminal/workers.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace portico::agent {

/// Threads that carry out commands: one may wait for a finger while others read.
inline constexpr int worker_count = 3;
/// What goes to the disk of this desk waits for no call to central, and keeps its order.
inline constexpr int disk_worker_count = 1;

/// What commands are carried out with. All of it outlives the effects.
struct Services {
    client::Central& central;
    client::Sync* sync = nullptr; ///< told when a call finds central gone or back
    SecurityKey& key;
    Telephone* telephone = nullptr; ///< none: there is no telephone that can be worked from here
    client::Outbox& outbox;
    Clock const& clock;
};

/// One command on its way: what it was asked with, and where its answers go.
struct Job {
    Services& services;
    std::function<void(Event)> const& post;
    std::uint64_t session = 0;
    RequestNumber request = 0;
    std::string token = {};
    std::stop_token session_ended = {};
    std::stop_token given_up = {}; ///< the rep went back, or the session ended

    client::With with() const { return {.token = token, .cancel = session_ended}; }
    template <class Body>
    void reply(Body body) const {
        post(Event{.session = session, .request = request, .body = std::move(body)});
    }
    template <class T>
    Result<T> heard(Result<T> result) const {
        return terminal::heard(services.sync, std::move(result));
    }
};

/// Carries out commands on worker threads and posts what comes of them, stamped with the session that asked.
class Effects {
public:
    Effects(Services services, std::function<void(Event)> post);
    ~Effects();
    Effects(Effects const&) = delete;
    Effects& operator=(Effects const&) = delete;

    /// Never blocks. UI thread.
    void run(Command command);

private:
    void end_session(std::string token);

    Services services_;
    std::function<void(Event)> post_;
    std::stop_source session_;
    std::stop_source given_up_;
    std::stop_source shutdown_;
    terminal::Workers workers_{worker_count}; // last: they use everything above
    terminal::Workers disk_{disk_worker_count};
};

} // namespace portico::agent
