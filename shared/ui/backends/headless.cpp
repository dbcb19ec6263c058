#include "shared/ui/backend.h"

#include <condition_variable>
#include <mutex>

namespace portico::ui {
namespace {

class HeadlessBackend final : public Backend {
public:
    Events wait(std::optional<std::chrono::milliseconds> timeout) override {
        std::unique_lock lock(guard_);
        auto const woken = [this] { return woken_; };
        if (timeout)
            changed_.wait_for(lock, *timeout, woken);
        else
            changed_.wait(lock, woken);
        woken_ = false;
        return {};
    }
    void present(Bitmap const&) override {}
    void wake() override {
        {
            std::lock_guard const lock(guard_);
            woken_ = true;
        }
        changed_.notify_one();
    }

private:
    std::mutex guard_;
    std::condition_variable changed_;
    bool woken_ = false;
};

} // namespace

std::unique_ptr<Backend> make_headless_backend() {
    return std::make_unique<HeadlessBackend>();
}

} // namespace portico::ui
