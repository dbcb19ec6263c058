#pragma once

#include "phone/app/config.h"
#include "phone/calls/call_table.h"
#include "phone/desk/desk_socket.h"
#include "phone/dialled/dial_sender.h"
#include "phone/keyed/keyed_sender.h"
#include "phone/softphone/softphone.h"
#include "shared/base/file_descriptor.h"

#include <functional>
#include <memory>

namespace portico::phone {

/// All of the helper: what the softphone tells and the desk asks goes through the table of calls, on one
/// thread.
class Helper {
public:
    /// To central, each its own: what is keyed waits for nothing else. None: what is keyed goes nowhere,
    /// nothing is dialled, and the desk is told that there is no keypad.
    struct Transports {
        std::unique_ptr<client::Transport> keyed;
        std::unique_ptr<client::Transport> dialled;
    };
    /// Errors: those of Softphone and DeskSocket. `clock` must outlive this.
    static Result<std::unique_ptr<Helper>> create(Config config, Transports transports, Clock const& clock);
    Helper(Helper const&) = delete;
    Helper& operator=(Helper const&) = delete;
    ~Helper() = default;

    /// Until `end` is readable.
    void run(int end);

private:
    Helper(CallTableOptions options, Clock const& clock);
    void work();
    /// To softphone, central and desk, as the table says.
    void pass_on();
    int patience_ms() const;

    Clock const& clock_;
    CallTable table_;
    TelephoneView told_;
    EventFlag answered_;
    std::unique_ptr<KeyedSender> sender_;
    std::unique_ptr<DialSender> dial_sender_;
    std::unique_ptr<DeskSocket> desk_;
    std::unique_ptr<Softphone> softphone_;
};

} // namespace portico::phone
