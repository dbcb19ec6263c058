#pragma once

#include "shared/devices/real/key_port.h"
#include "shared/devices/virtual/authenticator.h"
#include "shared/devices/virtual/ctap_hid.h"

#include <atomic>
#include <condition_variable>
#include <thread>

namespace portico {

/// A USB port to plug software authenticators into, one at a time. Gives libfido2 a socket that carries
/// 64-byte CTAPHID reports. All calls from any thread.
class VirtualKeySlot final : public KeyPort {
public:
    /// Starts empty; without a key, the first insertion must bring one.
    explicit VirtualKeySlot(std::shared_ptr<Authenticator> authenticator = {});
    ~VirtualKeySlot() override;

    void insert();
    /// Another key than the one before. Errors: Conflict "key_inserted" when the port is taken.
    Result<void> insert(std::shared_ptr<Authenticator> other);
    void remove();
    /// Pulled out and carried off: the port no longer knows it. The next insertion must bring a key.
    void take_away();
    bool inserted() const;
    /// A finger on the key. Errors: Refused "key_not_waiting" when it is not blinking just now.
    Result<void> touch();
    /// True: a finger lies on the key all the time.
    void set_auto_touch(bool on);
    /// True while the key blinks.
    bool touch_wanted() const { return touch_wanted_; }
    /// Blocks until the key blinks; false when `timeout` passed first.
    bool wait_touch_wanted(std::chrono::milliseconds timeout) const;
    /// How long the key itself waits for a finger.
    void set_touch_timeout(std::chrono::milliseconds timeout) { touch_timeout_ms_ = timeout.count(); }

    /// Faults for tests. Pulls the key out when `reports` more have passed either way; negative: never.
    void remove_after(int reports) { reports_left_ = reports; }
    /// Changes each report on its way to the host.
    void set_report_filter(std::function<void(HidReport&)> filter);

    /// The key that is in the port, or was last.
    Authenticator& authenticator() const;

    Result<std::vector<PluggedKey>> list() override;
    void wait_for_change(std::stop_token stop) override;
    Result<FileDescriptor> open(std::string const& path) override;
    bool writes_report_number() const override { return false; }

private:
    friend class VirtualKeySession;

    bool pass_report();
    void cut_wire();

    void plug_in();

    std::shared_ptr<Authenticator> authenticator_;
    mutable std::mutex guard_;
    mutable std::condition_variable_any changed_;
    bool inserted_ = false;
    std::uint64_t insertions_ = 0;
    std::uint64_t version_ = 0;
    std::uint64_t version_seen_ = 0;
    std::shared_ptr<std::function<void(HidReport&)>> filter_; ///< shared: it may count
    std::shared_ptr<FileDescriptor> wire_; ///< the device's end, while a session has it open
    EventFlag touched_;
    std::atomic<bool> auto_touch_ = false;
    std::atomic<bool> touch_wanted_ = false;
    std::atomic<std::int64_t> touch_timeout_ms_ = 30'000;
    std::atomic<int> reports_left_ = -1;
    std::jthread server_;
};

} // namespace portico
