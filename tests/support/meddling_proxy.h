#pragma once

#include "shared/base/file_descriptor.h"
#include "tests/central/tls_client.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace portico::test {

/// What becomes of one request on its way, or of its reply.
enum class Meddling : std::uint8_t {
    None,
    Delayed,
    RequestLost,   ///< the line ends before central has a byte of it
    RequestCut,    ///< central has a part of it
    ReplyLost,     ///< central has done it
    ReplyCut,      ///< the terminal has a part of the reply
    Repeated,      ///< central has it once more after its reply; the first reply goes back
    DoubledFirst,  ///< central has it twice at once; the first's reply goes back
    DoubledSecond, ///< the same, the second's
    HeldBack,      ///< the line ends; central has it after later requests
    Overtaken,     ///< waits until a later request of another connection has passed it
    count,
};
char const* name(Meddling meddling);

/// Stands between one terminal and central, with the keys of both: TLS ends here on either side, so that
/// whole requests can be lost, doubled, delayed and put out of order. Threads of its own.
class MeddlingProxy {
public:
    /// What to do with a request: "POST /v1/operations". Called from any thread, one at a time.
    using Plan = std::function<Meddling(std::string const& call)>;

    /// `central_keys`: the folder with central's certificate and key. `terminal`: the terminal's data folder,
    /// read at each connection, for it may not be enrolled yet: then no certificate of it is asked for, and
    /// `central_port` may be that of the enrolment listener.
    MeddlingProxy(std::uint16_t central_port, std::filesystem::path central_keys,
                  std::filesystem::path terminal, Plan plan);
    ~MeddlingProxy();
    MeddlingProxy(MeddlingProxy const&) = delete;
    MeddlingProxy& operator=(MeddlingProxy const&) = delete;

    std::uint16_t port() const { return port_; }
    /// All that is held back goes to central now, in any order; returns when it has answered.
    void deliver_held_back();

    /// What central answered, whoever heard of it.
    struct Exchange {
        std::string call;
        std::string body;
        int status = 0;                                  ///< 0: no reply
        std::chrono::steady_clock::time_point sent = {}; ///< to central, on a connection that is open
        std::chrono::steady_clock::time_point answered = {};
    };
    std::vector<Exchange> exchanges();

private:
    struct Held {
        std::string request;
        std::uint64_t after = 0; ///< so many requests were answered
    };
    class Line;

    void accept_all();
    void start_worker(std::function<void()> work);
    void serve(FileDescriptor& client);
    bool carry(Line& line, std::string const& request);
    bool answer(Line& line, std::string const& request, std::size_t bytes_max);
    RawReply exchange(std::string const& request);
    std::pair<RawReply, RawReply> exchange_doubled(std::string const& request);
    void note(Exchange exchange);
    void let_one_go();
    TlsFace face() const;
    void wait_for_overtaking();

    std::uint16_t central_port_;
    std::filesystem::path central_keys_;
    std::filesystem::path terminal_;
    Plan plan_;
    std::uint16_t port_ = 0;
    FileDescriptor listener_;
    EventFlag stopped_;

    std::mutex guard_;
    std::condition_variable moved_;
    std::set<int> open_; ///< sockets that a thread may wait on
    std::uint64_t answered_ = 0;
    bool ends_ = false;
    std::vector<Held> held_;
    std::vector<Exchange> exchanges_;
    struct Worker {
        std::shared_ptr<std::atomic<bool>> done;
        std::jthread thread;
    };
    std::vector<Worker> workers_; ///< of connections, and of what is let go late
    std::jthread acceptor_;
};

} // namespace portico::test
