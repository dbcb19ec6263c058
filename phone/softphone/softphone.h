#pragma once

#include "phone/softphone/mqtt.h"
#include "phone/softphone/softphone_event.h"
#include "phone/softphone/softphone_files.h"
#include "phone/softphone/softphone_process.h"
#include "shared/base/clock.h"
#include "shared/devices/local_socket.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <poll.h>
#include <vector>

namespace portico::phone {

struct SoftphoneOptions {
    std::filesystem::path program; ///< baresip
    std::filesystem::path folder;  ///< of its files and its control socket; this user's alone
    SoftphoneSettings settings;
};

/// The softphone's process and the one channel on which it is controlled: a Unix socket in a folder that is
/// ours alone, where it connects to us, so that nobody else hears what it tells or commands it. It is started
/// again when it ends, after pauses that grow. One thread, which polls.
class Softphone {
public:
    struct Listener {
        std::function<void()> started; ///< it takes commands
        std::function<void()> stopped;
        std::function<void(SoftphoneEvent const&)> event;
        std::function<void(SoftphoneResponse const&)> response;
    };
    /// Errors: those of LocalListener and the files. `clock` must outlive this.
    static Result<std::unique_ptr<Softphone>> create(SoftphoneOptions options, Listener listener,
                                                     Clock const& clock);
    Softphone(Softphone const&) = delete;
    Softphone& operator=(Softphone const&) = delete;
    ~Softphone() = default;

    void wait_for(std::vector<pollfd>& entries) const;
    /// What has come, and what is due; never blocks for long.
    void work();
    /// When `work` is due even if nothing comes.
    std::optional<MonoTime> next_work() const;
    void send(SoftphoneCommand const& command);

private:
    Softphone(SoftphoneOptions options, Listener listener, LocalListener control, Clock const& clock);
    std::filesystem::path control_path() const;
    void start();
    void stop();
    void greet();
    Result<void> take(MqttPacket const& packet);
    void tell(MqttPacket const& packet);

    SoftphoneOptions options_;
    Listener listener_;
    LocalListener control_;
    Clock const& clock_;
    std::optional<SoftphoneProcess> process_;
    LocalSocket socket_;
    MqttReader reader_;
    bool started_ = false;
    MonoTime started_at_{};
    MonoTime next_start_{}; ///< when there is no process
    std::chrono::milliseconds pause_;
};

} // namespace portico::phone
