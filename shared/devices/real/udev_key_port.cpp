#include "shared/devices/real/udev_key_port.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fido.h>
#include <libudev.h>
#include <poll.h>
#include <sys/stat.h>

namespace portico {

namespace {

constexpr std::size_t keys_max = 8;

/// A device node is made anew at each insertion: its change time and inode tell two insertions apart.
std::string instance_of(std::string const& path) {
    struct stat about {};
    if (stat(path.c_str(), &about) != 0)
        return {};
    return std::to_string(about.st_ino) + "." + std::to_string(about.st_ctim.tv_sec) + "." +
           std::to_string(about.st_ctim.tv_nsec);
}

} // namespace

Result<std::unique_ptr<UdevKeyPort>> UdevKeyPort::create() {
    auto* context = udev_new();
    auto* monitor = context == nullptr ? nullptr : udev_monitor_new_from_netlink(context, "udev");
    if (monitor == nullptr ||
        udev_monitor_filter_add_match_subsystem_devtype(monitor, "hidraw", nullptr) < 0 ||
        udev_monitor_enable_receiving(monitor) < 0) {
        udev_monitor_unref(monitor);
        udev_unref(context);
        return error(ErrorKind::Unavailable, "udev_unavailable",
                     "cannot watch for security keys through udev");
    }
    return std::unique_ptr<UdevKeyPort>(new UdevKeyPort(context, monitor));
}

UdevKeyPort::~UdevKeyPort() {
    udev_monitor_unref(monitor_);
    udev_unref(context_);
}

Result<std::vector<PluggedKey>> UdevKeyPort::list() {
    auto* infos = fido_dev_info_new(keys_max);
    std::size_t found = 0;
    std::vector<PluggedKey> keys;
    bool const known = infos != nullptr && fido_dev_info_manifest(infos, keys_max, &found) == FIDO_OK;
    for (std::size_t i = 0; i < found; ++i) {
        auto const* info = fido_dev_info_ptr(infos, i);
        char const* product = fido_dev_info_product_string(info);
        std::string const path = fido_dev_info_path(info);
        keys.push_back({path, product == nullptr ? "" : product, instance_of(path)});
    }
    fido_dev_info_free(&infos, keys_max);
    if (!known)
        return error(ErrorKind::Unavailable, "key_unreadable",
                     "cannot ask which security keys are plugged in");
    // hidraw numbers only say so much, the time the node was made says which came last.
    std::ranges::stable_sort(keys, std::greater{}, [](PluggedKey const& key) {
        struct stat about {};
        return stat(key.path.c_str(), &about) == 0 ? std::pair{about.st_ctim.tv_sec, about.st_ctim.tv_nsec}
                                                   : std::pair<std::int64_t, std::int64_t>{};
    });
    return keys;
}

void UdevKeyPort::wait_for_change(std::stop_token stop) {
    EventFlag stopped;
    std::stop_callback const on_stop(stop, [&stopped] { stopped.signal(); });
    pollfd entries[2] = {{udev_monitor_get_fd(monitor_), POLLIN, 0}, {stopped.fd(), POLLIN, 0}};
    while (poll(entries, 2, -1) < 0 && errno == EINTR) {
    }
    // The events only say "look again".
    while (auto* device = udev_monitor_receive_device(monitor_))
        udev_device_unref(device);
}

Result<FileDescriptor> UdevKeyPort::open(std::string const& path) {
    FileDescriptor fd(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    if (!fd.is_open() && (errno == EACCES || errno == EPERM))
        return error(ErrorKind::Unavailable, "key_unreadable",
                     "no right to open the security key's device: is the udev rule for FIDO keys installed?");
    struct stat about {};
    if (!fd.is_open() || fstat(fd.get(), &about) != 0 || !S_ISCHR(about.st_mode))
        return error(ErrorKind::Unavailable, "key_unplugged", "the security key's device cannot be opened");
    return fd;
}

} // namespace portico
