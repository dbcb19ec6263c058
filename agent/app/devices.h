#pragma once

#include "agent/app/config.h"
#include "agent/app/event.h"
#include "shared/base/clock.h"
#include "shared/devices/security_key.h"
#include "shared/devices/telephone.h"

#include <functional>
#include <memory>

namespace portico {
#ifdef PORTICO_BENCH_PARTS
class BenchDevices;
#endif
class KeyPort;
} // namespace portico

namespace portico::agent {

/// The security key and the telephone of a desk, real or of a bench, told of in events.
class Devices {
public:
    /// Errors: those of the port. A key that is merely not there is no error.
    static Result<std::unique_ptr<Devices>> create(Config const& config, Clock const& clock);
    ~Devices();
    Devices(Devices const&) = delete;
    Devices& operator=(Devices const&) = delete;

    void watch(std::function<void(Event)> post);
    void stop_watching();

    SecurityKey& key() { return *key_; }
    /// Nothing where this desk has none that can be worked from here.
    Telephone* telephone() { return telephone_; }
#ifdef PORTICO_BENCH_PARTS
    BenchDevices* bench() {
        return bench_.get();
    }
#endif

private:
    Devices();

#ifdef PORTICO_BENCH_PARTS
    std::unique_ptr<BenchDevices> bench_;
#endif
    std::unique_ptr<KeyPort> port_;
    std::unique_ptr<SecurityKey> own_key_;
    SecurityKey* key_ = nullptr;
    std::unique_ptr<Telephone> own_telephone_;
    Telephone* telephone_ = nullptr;
};

} // namespace portico::agent
