#pragma once

#include "central/core.h"
#include "central/http/server.h"

#include <atomic>
#include <functional>

namespace portico::central {

class Dispatcher;
class HealthListener;
class CheckpointWriter;
class OutboxSender;
class SilenceWatch;

/// A central that serves: the core, its threads and its listeners. Made by the `serve` command and by tests.
class Serving {
public:
    struct Options {
        ServerAddress listen;
        std::optional<ServerAddress> enrollment_listen;
        ServerLimits limits;
        std::optional<ServerAddress> health_listen = std::nullopt;
        /// A newer program has changed the database, and this one should end. From any thread, perhaps more
        /// than once.
        std::function<void()> on_superseded = {};
    };
    /// Errors: those of Core::open and Server::start; Conflict "already_serving": another process serves this
    /// folder.
    static Result<std::unique_ptr<Serving>> start(DataPlace const& place, Clock& clock,
                                                  Options const& options);
    Serving(Serving const&) = delete;
    Serving& operator=(Serving const&) = delete;
    ~Serving();

    Core& core() { return *core_; }
    Server& server() { return *server_; }
    /// "portico-central ready listen=127.0.0.1:8443 enroll=127.0.0.1:8444 fingerprint=...".
    std::string ready_line() const;
    /// Whether a load balancer should send terminals here: it has seen its store a moment ago and is not
    /// about to end.
    bool is_ready() const;
    /// Finishes what runs, takes no more.
    void drain();
    /// Shows the certificate that lies in the folder, made anew when it is about to end, if it is another
    /// than the one shown. By the hour it does so itself; not from two threads at once. Errors: those of
    /// open_identity and Server::show, and the one before stays.
    Result<bool> renew_certificate();

private:
    Serving(DataPlace place, Options options);
    Result<void> open(Clock& clock);
    void watch_changes();
    void maintain_loop();
    void judge_loop();
    /// Waits, but not longer than until this is to end, and then says true.
    bool rest(std::chrono::milliseconds time);
    bool stopping_now();
    /// A call runs only when the store admitted its terminal a moment before.
    HttpReply answer(HttpRequest const& request);

    DataPlace place_;
    Options options_;
    int lock_ = -1;
    std::unique_ptr<Core> core_;
    std::unique_ptr<Dispatcher> dispatcher_;
    std::unique_ptr<CheckpointWriter> checkpoints_;
    std::unique_ptr<OutboxSender> mail_;
    std::unique_ptr<OutboxSender> texts_;
    std::unique_ptr<SilenceWatch> silence_;
    std::unique_ptr<Server> server_;
    std::string shown_chain_pem_;
    std::unique_ptr<HealthListener> health_;
    Clock* clock_ = nullptr;
    std::atomic<bool> draining_ = false;
    std::mutex guard_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread maintenance_;
    std::thread judging_;
};

/// Takes the folder for one process until the handle is closed. Errors: Conflict "already_serving".
Result<int> lock_data(std::filesystem::path const& data);

} // namespace portico::central
