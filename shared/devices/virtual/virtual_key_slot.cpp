#include "shared/devices/virtual/virtual_key_slot.h"

#include "shared/base/wipe_stack.h"
#include "shared/devices/virtual/virtual_key_session.h"

#include <sys/socket.h>
#include <tuple>

namespace portico {

VirtualKeySlot::VirtualKeySlot(std::shared_ptr<Authenticator> authenticator)
    : authenticator_(std::move(authenticator)) {}

VirtualKeySlot::~VirtualKeySlot() {
    std::lock_guard const lock(guard_);
    cut_wire();
}

/// Both ends see it: the session ends, and so does the host's call.
void VirtualKeySlot::cut_wire() {
    if (wire_)
        shutdown(wire_->get(), SHUT_RDWR);
    wire_.reset();
}

void VirtualKeySlot::insert() {
    std::shared_ptr<Authenticator> last;
    {
        std::lock_guard const lock(guard_);
        last = authenticator_;
    }
    if (last)
        std::ignore = insert(std::move(last)).has_error(); // in already: nothing to do
}

Result<void> VirtualKeySlot::insert(std::shared_ptr<Authenticator> other) {
    auto const taken =
        error(ErrorKind::Conflict, "key_inserted", "a virtual security key is plugged in already");
    if (inserted())
        return taken;
    // Without our lock: a session that was just cut may hold the key's, and want ours.
    other->power_cycle();
    std::lock_guard const lock(guard_);
    if (inserted_)
        return taken;
    authenticator_ = std::move(other);
    plug_in();
    return ok();
}

Authenticator& VirtualKeySlot::authenticator() const {
    std::lock_guard const lock(guard_);
    return *authenticator_;
}

void VirtualKeySlot::plug_in() {
    inserted_ = true;
    ++insertions_;
    ++version_;
    changed_.notify_all();
}

void VirtualKeySlot::remove() {
    std::lock_guard const lock(guard_);
    if (!inserted_)
        return;
    inserted_ = false;
    ++version_;
    cut_wire();
    changed_.notify_all();
}

void VirtualKeySlot::take_away() {
    remove();
    std::lock_guard const lock(guard_);
    if (!inserted_)
        authenticator_.reset();
}

bool VirtualKeySlot::inserted() const {
    std::lock_guard const lock(guard_);
    return inserted_;
}

Result<void> VirtualKeySlot::touch() {
    if (!touch_wanted_)
        return error(ErrorKind::Refused, "key_not_waiting", "the security key is not waiting for a finger");
    touched_.signal();
    return ok();
}

void VirtualKeySlot::set_auto_touch(bool on) {
    auto_touch_ = on;
    if (on && touch_wanted_)
        touched_.signal();
}

bool VirtualKeySlot::wait_touch_wanted(std::chrono::milliseconds timeout) const {
    std::unique_lock lock(guard_);
    return changed_.wait_for(lock, timeout, [this] { return touch_wanted_.load(); });
}

void VirtualKeySlot::set_report_filter(std::function<void(HidReport&)> filter) {
    std::lock_guard const lock(guard_);
    filter_ = filter ? std::make_shared<std::function<void(HidReport&)>>(std::move(filter)) : nullptr;
}

Result<std::vector<PluggedKey>> VirtualKeySlot::list() {
    std::lock_guard const lock(guard_);
    std::vector<PluggedKey> keys;
    if (inserted_)
        keys.push_back({"virtual", "Sample security key", std::to_string(insertions_)});
    return keys;
}

void VirtualKeySlot::wait_for_change(std::stop_token stop) {
    std::unique_lock lock(guard_);
    changed_.wait(lock, std::move(stop), [this] { return version_ != version_seen_; });
    version_seen_ = version_;
}

Result<FileDescriptor> VirtualKeySlot::open(std::string const& /*path*/) {
    // The host has closed its end of an earlier session, so that its thread is done or about to be.
    server_ = {};
    std::lock_guard const lock(guard_);
    int ends[2] = {-1, -1};
    if (!inserted_ || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return error(ErrorKind::Unavailable, "key_unplugged", "the virtual security key is not inserted");
    wire_ = std::make_shared<FileDescriptor>(ends[1]);
    // Made here, not on its thread: what it hears belongs to this insertion.
    auto session = std::make_shared<VirtualKeySession>(*this, wire_, authenticator_);
    server_ = std::jthread([session] {
        session->serve();
        // A real key keeps its owner's name to itself; this one's commands have been on this stack, and the
        // C library keeps the stack of a thread that ended for the next one.
        wipe_unused_stack();
    });
    return FileDescriptor(ends[0]);
}

bool VirtualKeySlot::pass_report() {
    if (reports_left_ < 0)
        return true;
    if (reports_left_-- > 0)
        return true;
    remove();
    return false;
}

} // namespace portico
