#include "agent/app/devices.h"

#include "shared/devices/real/fido_security_key.h"
#include "shared/devices/real/telephone_link.h"
#include "shared/devices/real/udev_key_port.h"
#ifdef PORTICO_BENCH_PARTS
#include "shared/devices/virtual/bench_devices.h"
#endif

namespace portico::agent {

Devices::Devices() = default;
Devices::~Devices() {
    if (key_ != nullptr)
        stop_watching();
}

Result<std::unique_ptr<Devices>> Devices::create(Config const& config, Clock const& clock) {
    std::unique_ptr<Devices> devices(new Devices());
    if (!config.telephone_socket.empty()) {
        devices->own_telephone_ =
            std::make_unique<TelephoneLink>(TelephoneLinkOptions{config.telephone_socket});
        devices->telephone_ = devices->own_telephone_.get();
    }
#ifdef PORTICO_BENCH_PARTS
    if (config.bench()) {
        BenchDevicesOptions options;
        options.folder = config.bench_folder;
        options.key_pin = config.bench_key_pin;
        devices->bench_ = TRY(BenchDevices::create(std::move(options), clock));
        devices->key_ = &devices->bench_->security_key();
        if (devices->telephone_ == nullptr)
            devices->telephone_ = &devices->bench_->telephone();
        return devices;
    }
#endif
    (void)clock;
    auto port = TRY(UdevKeyPort::create());
    devices->own_key_ = std::make_unique<FidoSecurityKey>(*port);
    devices->port_ = std::move(port);
    devices->key_ = devices->own_key_.get();
    return devices;
}

void Devices::watch(std::function<void(Event)> post) {
    key_->watch([post](SecurityKeyState const& state) { post(Event{.body = KeyChanged{state}}); });
    if (telephone_ != nullptr)
        telephone_->watch([post](TelephoneView const& view) { post(Event{.body = TelephoneChanged{view}}); });
}

void Devices::stop_watching() {
    key_->watch({});
    if (telephone_ != nullptr)
        telephone_->watch({});
}

} // namespace portico::agent
