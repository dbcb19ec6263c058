#pragma once

#include "shared/devices/local_socket.h"
#include "shared/devices/telephone_wire.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <poll.h>
#include <vector>

namespace portico::phone {

/// Where the desk comes to: the one user that may, one desk at a time. One thread, which polls.
class DeskSocket {
public:
    struct Listener {
        std::function<TelephoneView()> view; ///< for a desk that has come
        std::function<void(TelephoneCommand const&)> command;
        std::function<void()> left;
    };
    /// `desk_user`: the user whose programs are served. Errors: those of LocalListener.
    static Result<std::unique_ptr<DeskSocket>> create(std::filesystem::path path, uid_t desk_user,
                                                      Listener listener);
    DeskSocket(DeskSocket const&) = delete;
    DeskSocket& operator=(DeskSocket const&) = delete;
    ~DeskSocket() = default;

    void wait_for(std::vector<pollfd>& entries) const;
    void work();
    /// To the desk, if one is there.
    void tell(TelephoneView const& view);

private:
    DeskSocket(LocalListener door, uid_t desk_user, Listener listener);
    void greet();
    void leave();

    LocalListener door_;
    uid_t desk_user_;
    Listener listener_;
    LocalSocket desk_;
    WireLines lines_;
};

} // namespace portico::phone
