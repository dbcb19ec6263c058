#pragma once

#include "shared/base/file_descriptor.h"
#include "shared/devices/local_socket.h"
#include "shared/devices/past_calls.h"
#include "shared/devices/telephone.h"
#include "shared/devices/telephone_wire.h"
#include "shared/devices/watched_state.h"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <thread>

namespace portico {

struct TelephoneLinkOptions {
    std::filesystem::path socket; ///< the helper's, such as /run/portico-phone/desk.sock
    /// How soon a helper that is not there is looked for again.
    std::chrono::milliseconds retry_interval{500};
};

/// A desk's telephone as its helper (portico-phone) works it: the softphone's own events, digits among them,
/// stay there. It may come and go; when it goes, the calls end as "failed".
class TelephoneLink final : public Telephone {
public:
    explicit TelephoneLink(TelephoneLinkOptions options);
    ~TelephoneLink() override;

    TelephoneView view() const override { return view_.get(); }
    void watch(std::function<void(TelephoneView const&)> changed) override {
        view_.watch(std::move(changed));
    }
    Result<void> answer(std::string const& call) override;
    Result<void> hold(std::string const& call) override;
    Result<void> resume(std::string const& call) override;
    Result<void> hang_up(std::string const& call) override;
    Result<void> transfer(std::string const& call, std::string const& to) override;
    Result<void> start_keying(std::string const& call) override;
    Result<void> stop_keying(std::string const& call) override;
    Result<void> dial(std::string const& ticket) override;

private:
    Result<void> command(TelephoneCommand command);
    void run(std::stop_token stop);
    /// Until the helper goes or the program ends.
    void serve(LocalSocket& helper, std::stop_token const& stop);
    Result<void> step(LocalSocket& helper, WireLines& lines);
    Result<void> send_commands(LocalSocket& helper);
    void show(TelephoneView view);
    void lose(std::string const& reason);

    TelephoneLinkOptions options_;
    WatchedState<TelephoneView> view_;
    std::mutex guard_; ///< of what follows
    bool connected_ = false;
    std::string commands_; ///< for the helper
    PastCalls past_;
    EventFlag wake_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico
