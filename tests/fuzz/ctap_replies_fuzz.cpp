// link: portico_devices
#include "shared/devices/real/fido_requests.h"
#include "shared/devices/virtual/virtual_key_slot.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace portico;
using namespace std::chrono_literals;

namespace {

constexpr char const* key_pin = "4711-sample";

/// A real software authenticator, so that what is damaged has come as far as it can: a PIN agreed upon, a
/// credential known.
struct Bench {
    VirtualKeySlot slot;
    Bytes credential_id;

    Bench() : slot(authenticator()) {
        slot.set_auto_touch(true);
        slot.insert();
        auto call = FidoCall::open(slot, slot.list().value().at(0), 10s, {}, {});
        must(call.has_value());
        auto made = fido_make_credential(call.value(), registration("user-1"), Secret(key_pin));
        must(made.has_value());
        credential_id = made.value().credential_id;
    }
    static std::shared_ptr<Authenticator> authenticator() {
        std::shared_ptr<Authenticator> made = std::move(Authenticator::create({})).value();
        made->preset_pin(key_pin);
        return made;
    }
    static MakeCredentialRequest registration(std::string const& user) {
        MakeCredentialRequest request;
        request.challenge = Bytes(32, 7);
        request.rp_id = "plan.example.org";
        request.rp_name = "Sample Health Plan";
        request.origin = "https://plan.example.org";
        request.user_id = Bytes(user.begin(), user.end());
        request.user_name = user;
        request.timeout = 40ms;
        return request;
    }
    GetAssertionRequest sign_in() const {
        GetAssertionRequest request;
        request.challenge = Bytes(32, 7);
        request.rp_id = "plan.example.org";
        request.origin = "https://plan.example.org";
        request.allow = {credential_id};
        request.timeout = 40ms;
        return request;
    }
};

/// Which report to damage, where, and to what: three bytes of the input each.
class Damage {
public:
    explicit Damage(ByteView input) : input_(input.begin(), input.end()) {}
    void operator()(HidReport& report) {
        for (std::size_t i = 0; i + 2 < input_.size(); i += 3)
            if (input_[i] % 32U == count_)
                report[input_[i + 1] % report.size()] = input_[i + 2];
        ++count_;
    }

private:
    Bytes input_;
    unsigned count_ = 0;
};

} // namespace

/// Whatever a security key answers: no crash, an error or an answer that is whole, and the key's tries are
/// its own.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static Bench bench;
    if (size < 4)
        return 0;
    bench.slot.authenticator().preset_pin(key_pin); // a damaged PIN may have cost tries
    bench.slot.set_report_filter(Damage(ByteView(data + 1, size - 1)));
    auto call = FidoCall::open(bench.slot, bench.slot.list().value().at(0), 40ms, {}, {});
    if (call.has_error())
        return 0;
    if (data[0] % 2 == 0) {
        auto const made = fido_make_credential(call.value(), Bench::registration("user-2"), Secret(key_pin));
        must(made.has_error() ? !made.error().reason.empty() : !made.value().attestation_object.empty());
    } else {
        auto const assertion = fido_get_assertion(call.value(), bench.sign_in(), Secret(key_pin));
        must(assertion.has_error() ? !assertion.error().reason.empty()
                                   : !assertion.value().signature.empty());
    }
    return 0;
}
