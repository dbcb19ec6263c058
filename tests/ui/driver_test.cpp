#include "shared/ui/driver/driver.h"
#include "tests/support/catch.h"
#include "tests/ui/stage_support.h"

#include <boost/json.hpp>

#include <atomic>
#include <filesystem>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace portico;
using namespace portico::ui;
namespace json = boost::json;

namespace {

/// A program that shows the gallery's home screen and goes where its buttons say.
class Gallery final : public Program {
public:
    explicit Gallery(Clock const& clock) : clock_(clock) {}
    void draw(Ui& ui) override {
        std::string const wanted = state_.pressed == "claims" ? "claims"
                                   : state_.pressed == "more" ? "fields"
                                                              : "home";
        for (auto const& screen : gallery::screens())
            if (screen.name == wanted)
                screen.draw(ui, state_);
    }
    void attend() override {
        if (turns_to_claims > 0 && --turns_to_claims == 0)
            state_.pressed = "claims";
        if (clock_.monotonic() - started_ > std::chrono::seconds(60))
            state_.pressed = "claims";
    }
    std::optional<MonoTime> next_deadline() const override { return std::nullopt; }
    void noticed_person() override { ++persons; }
    bool finished() const override { return done; }
    void quit() override { done = true; }

    std::atomic<bool> done = false;
    std::atomic<int> persons = 0;
    /// After so many turns the other screen is there by itself.
    std::atomic<int> turns_to_claims = 0;

private:
    Clock const& clock_;
    MonoTime started_ = clock_.monotonic();
    gallery::State state_;
};

/// The program on its own thread, and a client of its driver.
class Bench {
public:
    Bench()
        : path_(std::filesystem::temp_directory_path() /
                ("portico-ui-" + std::to_string(::getpid()) + ".sock")) {
        Driver::Hooks hooks;
        hooks.advance = [this](std::chrono::microseconds by) { stage_.clock.advance(by); };
        hooks.device = [](std::string const& request) -> Result<std::string> {
            auto const asked = json::parse(request).as_object();
            if (asked.at("device") != "security_key")
                return error(ErrorKind::NotFound, "no_such_device", "no such device");
            return std::string(R"({"inserted":true})");
        };
        auto driver = Driver::open(path_, *stage_, *backend_, stage_.clock, hooks);
        REQUIRE(driver);
        driver_ = std::move(driver.value());
        thread_ = std::thread([this] {
            AppLoop loop(*stage_, *backend_, stage_.clock);
            loop.add_guest(*driver_);
            loop.run(program);
        });
        client_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.native().copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(::connect(client_, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0);
    }
    ~Bench() {
        program.done = true;
        backend_->wake();
        thread_.join();
        ::close(client_);
    }

    json::object ask(std::string line) {
        line += '\n';
        REQUIRE(::send(client_, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size()));
        std::string reply;
        char c = 0;
        while (::read(client_, &c, 1) == 1 && c != '\n')
            reply += c;
        return json::parse(reply).as_object();
    }

    TestStage stage_;
    std::unique_ptr<Backend> backend_ = make_headless_backend();
    Gallery program{stage_.clock};

private:
    std::filesystem::path path_;
    std::unique_ptr<Driver> driver_;
    std::thread thread_;
    int client_ = -1;
};

} // namespace

TEST_CASE("driver: a tap goes where a person would, and a wait sees the screen it leads to") {
    Bench bench;
    auto const tapped = bench.ask(R"({"do":"tap","role":"tile","label":"Claims and costs"})");
    CHECK(tapped.at("ok") == true);
    CHECK(bench.ask(R"({"do":"wait","screen":"claims","timeout_s":5})").at("ok") == true);
    auto const frame = bench.ask(R"({"do":"frame"})").at("frame").as_object();
    CHECK(frame.at("screen") == "claims");
    CHECK(frame.at("nodes").as_array().size() > 20);
    CHECK(bench.program.persons > 0);
}

TEST_CASE("driver: none or two matches is an error that carries the whole frame") {
    Bench bench;
    auto const none = bench.ask(R"({"do":"tap","label":"Nowhere"})");
    CHECK(none.at("ok") == false);
    CHECK(none.at("frame").at("screen") == "home");
    auto const many = bench.ask(R"({"do":"tap","role":"tile"})");
    CHECK(many.at("error") == "4 nodes match, one is needed");
    CHECK(bench.ask(R"({"do":"tap","role":"tile","msg":"gallery.claims"})").at("ok") == true);
}

TEST_CASE("driver: what takes no press cannot be tapped") {
    Bench bench;
    auto const heading = bench.ask(R"({"do":"tap","role":"heading"})");
    CHECK(heading.at("ok") == false);
}

TEST_CASE("driver: text and keys reach the field that is typed into") {
    Bench bench;
    bench.ask(R"({"do":"tap","msg":"gallery.more"})");
    CHECK(bench.ask(R"({"do":"tap","role":"field","msg":"gallery.search"})").at("ok") == true);
    CHECK(bench.ask(R"({"do":"type","text":" año"})").at("ok") == true);
    CHECK(bench.ask(R"({"do":"wait","role":"field","value":"Family doctor año"})").at("ok") == true);
    bench.ask(R"({"do":"key","key":"Backspace"})");
    CHECK(bench.ask(R"({"do":"wait","role":"field","value":"Family doctor añ"})").at("ok") == true);
    CHECK(bench.ask(R"({"do":"key","key":"NoSuchKey"})").at("ok") == false);
}

TEST_CASE("driver: a wait for something absent, and one that times out") {
    Bench bench;
    CHECK(bench.ask(R"({"do":"wait","role":"dialog","absent":true})").at("ok") == true);
    auto const late = bench.ask(R"({"do":"wait","screen":"claims","timeout_s":0.05})");
    CHECK(late.at("ok") == false);
    CHECK(late.at("error") == "timed out waiting");
}

TEST_CASE("driver: advancing the clock, moving a device, taking a screenshot") {
    Bench bench;
    CHECK(bench.ask(R"({"do":"device","device":"security_key","action":"insert"})")
              .at("device")
              .at("inserted") == true);
    CHECK(bench.ask(R"({"do":"device","device":"toaster"})").at("ok") == false);
    auto const file = std::filesystem::temp_directory_path() /
                      ("portico-driver-test-" + std::to_string(::getpid()) + ".png");
    CHECK(bench.ask(R"({"do":"screenshot","path":")" + file.string() + R"("})").at("ok") == true);
    CHECK(std::filesystem::file_size(file) > 1000);
    std::filesystem::remove(file);
    CHECK(bench.ask(R"({"do":"advance","seconds":61})").at("ok") == true);
    CHECK(bench.ask(R"({"do":"wait","screen":"claims"})").at("ok") == true);
}

TEST_CASE("driver: a tap on what goes in the moment of the press says so, and presses nothing else") {
    Bench bench;
    // One turn to aim, the next to press.
    bench.program.turns_to_claims = 2;
    auto const reply = bench.ask(R"({"do":"tap","msg":"gallery.more"})");
    CHECK(reply.at("ok") == false);
    CHECK(reply.at("frame").at("screen") == "claims");
    CHECK(reply.at("error") == "0 nodes match, one is needed");
}

TEST_CASE("driver: a line that is not a request is refused and the next one served") {
    Bench bench;
    CHECK(bench.ask("nonsense").at("ok") == false);
    CHECK(bench.ask(R"({"do":"fly"})").at("ok") == false);
    CHECK(bench.ask(R"({"do":"tap","role":"wizard"})").at("ok") == false);
    CHECK(bench.ask(R"({"do":"frame"})").at("ok") == true);
}
