#include "shared/ui/app_loop.h"
#include "tests/support/catch.h"
#include "tests/support/notify_socket.h"
#include "tests/ui/stage_support.h"

using namespace portico;
using namespace portico::ui;
using namespace std::chrono_literals;

namespace {

/// Shows one screen, and never has a reason of its own to be woken.
class Still final : public Program {
public:
    void draw(Ui& ui) override {
        for (auto const& screen : gallery::screens())
            if (screen.name == "home")
                screen.draw(ui, state_);
    }
    void attend() override {}
    std::optional<MonoTime> next_deadline() const override { return std::nullopt; }
    bool finished() const override { return turns_left == 0; }
    void quit() override {}

    int turns_left = 1;

private:
    gallery::State state_;
};

/// Nothing happens but time: each wait takes as long as the loop allows. Counts what is shown.
class IdleBackend final : public Backend {
public:
    IdleBackend(ManualClock& clock, Still& program) : clock_(clock), program_(program) {}
    Events wait(std::optional<std::chrono::milliseconds> timeout) override {
        --program_.turns_left;
        waited_for_ever = waited_for_ever || !timeout;
        clock_.advance(timeout.value_or(1h));
        return {};
    }
    void present(Bitmap const&) override { ++presented; }
    void wake() override {}

    int presented = 0;
    bool waited_for_ever = false;

private:
    ManualClock& clock_;
    Still& program_;
};

struct Idle {
    explicit Idle(int turns) : backend(stage.clock, program) { program.turns_left = turns; }

    TestStage stage;
    Still program;
    IdleBackend backend;
};

} // namespace

TEST_CASE("app loop: an idle kiosk tells its heartbeat in time, and draws nothing for it") {
    test::NotifySocket systemd;
    systemd.variables["WATCHDOG_USEC"] = "6000000";
    auto manager = ServiceManager::from_environment([&](char const* name) { return systemd.read(name); });
    REQUIRE(manager.has_value());
    Idle idle(5);
    AppLoop loop(*idle.stage, idle.backend, idle.stage.clock);
    loop.tell(manager.value());
    auto const began = idle.stage.clock.monotonic();
    loop.run(idle.program);
    auto const heard = systemd.heard();
    REQUIRE(heard.size() == 5);
    CHECK(heard.front() == "READY=1\nWATCHDOG=1");
    CHECK(heard.back() == "WATCHDOG=1");
    CHECK(idle.stage.clock.monotonic() - began == 5 * 3s);
    CHECK_FALSE(idle.backend.waited_for_ever);
    CHECK(idle.backend.presented == 1);
}

TEST_CASE("app loop: a kiosk that nobody watches over sleeps until something happens") {
    Idle idle(1);
    AppLoop loop(*idle.stage, idle.backend, idle.stage.clock);
    loop.run(idle.program);
    CHECK(idle.backend.waited_for_ever);
    CHECK(idle.backend.presented == 1);
}
