#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace portico::kiosk::bench_panel {

/// A connection to a kiosk's driver socket. Calls block until the kiosk answers, at most 10 s.
class KioskLine {
public:
    /// Errors: Unavailable "kiosk_not_there".
    static Result<KioskLine> connect(std::filesystem::path const& socket);
    /// The same, once the kiosk has made its socket; waits up to 60 s for it.
    static Result<KioskLine> wait_for(std::filesystem::path const& socket);
    KioskLine(KioskLine&& other) noexcept;
    KioskLine& operator=(KioskLine&&) = delete;
    KioskLine(KioskLine const&) = delete;
    KioskLine& operator=(KioskLine const&) = delete;
    ~KioskLine();

    /// Errors: Refused "device_refused" with the kiosk's words; Unavailable "kiosk_gone".
    Result<void> device(std::string_view device, std::string_view action, std::string_view text);

private:
    explicit KioskLine(int socket) : socket_(socket) {}
    int socket_;
    std::string unread_;
};

} // namespace portico::kiosk::bench_panel
