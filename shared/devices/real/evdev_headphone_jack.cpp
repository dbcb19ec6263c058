#include "shared/devices/real/evdev_headphone_jack.h"

#include "shared/base/file_descriptor.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/input.h>
#include <mutex>
#include <poll.h>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>

namespace portico {

namespace {

constexpr std::size_t bits_of_a_byte = 8;

bool bit(unsigned char const* bits, std::size_t index) {
    return (bits[index / bits_of_a_byte] >> (index % bits_of_a_byte) & 1U) != 0;
}

class EvdevHeadphoneJack final : public HeadphoneJack {
public:
    explicit EvdevHeadphoneJack(FileDescriptor device) : device_(std::move(device)) {
        state_ = switch_state();
        worker_ = std::jthread([this](std::stop_token const& end) { follow(end); });
    }

    Headphones state() const override {
        std::lock_guard const lock(guard_);
        return state_;
    }
    void watch(std::function<void(Headphones)> changed) override {
        std::lock_guard const lock(guard_);
        changed_ = std::move(changed);
        if (changed_)
            changed_(state_);
    }

private:
    /// Asked of the device itself: events only say "look again".
    Headphones switch_state() const {
        unsigned char bits[SW_CNT / bits_of_a_byte + 1] = {};
        if (::ioctl(device_.get(), EVIOCGSW(sizeof bits), bits) < 0)
            return Headphones::Out;
        return bit(bits, SW_HEADPHONE_INSERT) ? Headphones::In : Headphones::Out;
    }

    void tell(Headphones state) {
        std::lock_guard const lock(guard_);
        if (state == state_)
            return;
        state_ = state;
        if (changed_)
            changed_(state_);
    }

    void follow(std::stop_token const& end) {
        EventFlag stopped;
        std::stop_callback const on_stop(end, [&stopped] { stopped.signal(); });
        while (!end.stop_requested()) {
            pollfd entries[2] = {{device_.get(), POLLIN, 0}, {stopped.fd(), POLLIN, 0}};
            if (::poll(entries, 2, -1) < 0 && errno != EINTR)
                return tell(Headphones::Out);
            input_event events[16];
            while (::read(device_.get(), events, sizeof events) > 0) {
            }
            if ((entries[0].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0)
                return tell(Headphones::Out);
            tell(switch_state());
        }
    }

    FileDescriptor device_;
    mutable std::mutex guard_;
    Headphones state_ = Headphones::Out;
    std::function<void(Headphones)> changed_;
    std::jthread worker_; // last: it uses the rest
};

} // namespace

Result<std::unique_ptr<HeadphoneJack>> open_evdev_headphone_jack(std::filesystem::path const& device) {
    FileDescriptor file(::open(device.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!file.is_open())
        return error(ErrorKind::Unavailable, "headphone_jack_unreadable",
                     device.string() +
                         " cannot be read: is it there, and may the kiosk's user read it (group input)?");
    unsigned char bits[SW_CNT / bits_of_a_byte + 1] = {};
    if (::ioctl(file.get(), EVIOCGBIT(EV_SW, sizeof bits), bits) < 0 || !bit(bits, SW_HEADPHONE_INSERT))
        return error(ErrorKind::Unavailable, "headphone_jack_without_switch",
                     device.string() +
                         " is no headphone jack: name the sound card's \"Headphone\" input device "
                         "(see /proc/bus/input/devices)");
    return std::unique_ptr<HeadphoneJack>(std::make_unique<EvdevHeadphoneJack>(std::move(file)));
}

} // namespace portico
