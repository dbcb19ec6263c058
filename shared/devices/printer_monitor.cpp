#include "shared/devices/printer_monitor.h"

namespace portico {

PrinterMonitor::PrinterMonitor(Printer& printer, std::chrono::milliseconds interval)
    : printer_(printer), interval_(interval),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

PrinterMonitor::~PrinterMonitor() = default;

PrinterStatus PrinterMonitor::status() const {
    std::lock_guard const lock(guard_);
    return status_;
}

void PrinterMonitor::watch(std::function<void(PrinterStatus const&)> changed) {
    std::lock_guard const lock(watch_guard_);
    changed_ = std::move(changed);
    if (changed_)
        changed_(status());
}

void PrinterMonitor::look_now() {
    std::lock_guard const lock(guard_);
    look_now_ = true;
    wake_.notify_all();
}

void PrinterMonitor::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        auto status = printer_.status(stop);
        if (stop.stop_requested())
            return; // a cancelled question is no answer
        {
            std::lock_guard const watch_lock(watch_guard_);
            bool changed = false;
            {
                std::lock_guard const lock(guard_);
                changed = !(status_ == status);
                status_ = status;
            }
            if (changed && changed_)
                changed_(status);
        }
        std::unique_lock lock(guard_);
        wake_.wait_for(lock, stop, interval_, [this] { return look_now_; });
        look_now_ = false;
    }
}

} // namespace portico
