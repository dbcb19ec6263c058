// link: portico_devices
#include "shared/devices/real/ipp_status.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace {

ssize_t give(void* context, ipp_uchar_t* buffer, std::size_t size) {
    auto& rest = *static_cast<std::span<std::uint8_t const>*>(context);
    auto const count = std::min(size, rest.size());
    std::copy_n(rest.begin(), count, buffer);
    rest = rest.subspan(count);
    return static_cast<ssize_t>(count);
}

} // namespace

/// Whatever a printer answers: no crash, and never a stopped printer without a reason.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::span<std::uint8_t const> rest(data, size);
    auto* reply = ippNew();
    if (ippReadIO(&rest, give, 1, nullptr, reply) == IPP_STATE_DATA) {
        auto const status = portico::ipp_printer_status(reply);
        if (auto const* stopped = std::get_if<portico::PrinterStopped>(&status.state))
            if (stopped->conditions.empty())
                std::abort();
        if (status.supply_percent.value_or(0) < 0 || status.supply_percent.value_or(0) > 100)
            std::abort();
        auto const newest = portico::ipp_newest_job(reply, "ticket");
        if (newest)
            portico::ipp_job_state(newest->second, status.state);
    }
    ippDelete(reply);
    return 0;
}
