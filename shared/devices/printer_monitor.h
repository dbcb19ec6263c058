#pragma once

#include "shared/devices/printer.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace portico {

/// Tells of a printer's changes. Printers do not report by themselves, so a thread of its own asks at
/// intervals.
class PrinterMonitor {
public:
    /// `printer` must outlive this.
    PrinterMonitor(Printer& printer, std::chrono::milliseconds interval);
    ~PrinterMonitor();
    PrinterMonitor(PrinterMonitor const&) = delete;
    PrinterMonitor& operator=(PrinterMonitor const&) = delete;

    /// What was last heard; PrinterOffline before the first answer. Any thread, never blocks for long.
    PrinterStatus status() const;
    /// Calls `changed` with the present status at once and on every change, from the monitor's thread. One
    /// watcher; an empty function ends it, and none runs after that.
    void watch(std::function<void(PrinterStatus const&)> changed);
    /// Asks now rather than at the next interval, as after a print was sent.
    void look_now();

private:
    void run(std::stop_token stop);

    Printer& printer_;
    std::chrono::milliseconds interval_;
    mutable std::mutex guard_;
    std::condition_variable_any wake_;
    PrinterStatus status_;
    bool look_now_ = false;
    std::mutex watch_guard_;
    std::function<void(PrinterStatus const&)> changed_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico
