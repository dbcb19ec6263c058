#include "phone/desk/desk_socket.h"

namespace portico::phone {

namespace {

/// Whoever connects is asked who they are: the file's mode need not say it too, and the desk is another user.
constexpr mode_t anyones_socket = 0666;

} // namespace

Result<std::unique_ptr<DeskSocket>> DeskSocket::create(std::filesystem::path path, uid_t desk_user,
                                                       Listener listener) {
    auto door = TRY(LocalListener::open(std::move(path), anyones_socket));
    return std::unique_ptr<DeskSocket>(new DeskSocket(std::move(door), desk_user, std::move(listener)));
}

DeskSocket::DeskSocket(LocalListener door, uid_t desk_user, Listener listener)
    : door_(std::move(door)), desk_user_(desk_user), listener_(std::move(listener)) {}

void DeskSocket::wait_for(std::vector<pollfd>& entries) const {
    entries.push_back({door_.fd(), POLLIN, 0});
    if (desk_.is_open())
        entries.push_back({desk_.fd(), desk_.wanted(), 0});
}

void DeskSocket::work() {
    // What the desk said last comes before its end, and its end before another one's beginning.
    if (desk_.is_open()) {
        auto const received = desk_.receive([this](std::string_view bytes) {
            return lines_.feed(bytes, [this](std::string_view line) -> Result<void> {
                listener_.command(TRY(command_from_wire(line)));
                return ok();
            });
        });
        if (received.has_error() || desk_.flush().has_error())
            leave();
    }
    greet();
}

void DeskSocket::greet() {
    while (auto caller = door_.accept()) {
        auto const peer = caller->peer();
        bool const may = peer.has_value() && peer.value().user == desk_user_;
        if (!may || desk_.is_open()) {
            auto const refusal = error(may ? ErrorKind::Conflict : ErrorKind::Forbidden, "telephone_refused");
            static_cast<void>(
                caller->send(to_wire({TelephoneFault{refusal}, {}}))); // they may be gone already
            continue;
        }
        desk_ = std::move(*caller);
        tell(listener_.view());
    }
}

void DeskSocket::tell(TelephoneView const& view) {
    if (desk_.is_open() && desk_.send(to_wire(view)).has_error())
        leave();
}

void DeskSocket::leave() {
    desk_.close();
    lines_.clear();
    listener_.left();
}

} // namespace portico::phone
