#include "tests/phone/long_speech.h"
#include "tests/phone/phone_bench.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"

#include <atomic>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace portico;
using namespace portico::test;
using State = PhoneCall::State;

namespace {

/// What the rep hears: a sound card of ALSA's that writes into a pipe, read as fast as a loudspeaker plays.
class Ear {
public:
    explicit Ear(std::filesystem::path const& folder)
        : pipe_(folder / "ear"), config_(folder / "asound.conf") {
        REQUIRE(::mkfifo(pipe_.c_str(), 0600) == 0);
        // Open for both, so that the softphone may come and go.
        fd_ = ::open(pipe_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
        REQUIRE(fd_ >= 0);
        // As little as can be: what stands in the pipe is heard late.
        ::fcntl(fd_, F_SETPIPE_SZ, 4096);
        std::ofstream(config_) << "pcm.nowhere { type null }\npcm.ear { type file slave.pcm nowhere file \""
                               << pipe_.string() << "\" format \"raw\" }\n";
        thread_ = std::jthread([this](std::stop_token const& stop) { listen(stop); });
    }
    Ear(Ear const&) = delete;
    Ear& operator=(Ear const&) = delete;
    ~Ear() {
        thread_ = {};
        ::close(fd_);
    }
    std::string config() const { return config_.string(); }
    /// Waits until something loud is heard from now on.
    bool hears() {
        loud_ = 0;
        return eventually([&] { return loud_ > 5; });
    }
    int loud() const { return loud_; }
    /// Waits until what stood in the pipe was heard, and then so many pieces in a row without anything loud
    /// in them; forgets what was loud before.
    bool falls_silent() {
        bool const heard = eventually([&] { return unheard_bytes() == 0; }); // a pause may stand there, too
        quiet_ = 0;
        bool const silent = eventually([&] { return quiet_ >= 10; });
        loud_ = 0;
        return heard && silent;
    }

private:
    int unheard_bytes() const {
        int bytes = 0;
        REQUIRE(::ioctl(fd_, FIONREAD, &bytes) == 0);
        return bytes;
    }

    static constexpr int piece_ms = 20;
    static constexpr std::size_t piece_bytes = 320; // of 8,000 samples a second, 16 bits each

    void listen(std::stop_token const& stop) {
        auto next = std::chrono::steady_clock::now();
        while (!stop.stop_requested()) {
            std::int16_t samples[piece_bytes / 2] = {};
            pollfd entry{fd_, POLLIN, 0};
            ::poll(&entry, 1, piece_ms);
            auto const got = ::read(fd_, samples, sizeof samples);
            bool loud = false;
            for (ssize_t i = 0; i < got / 2; ++i)
                loud = loud || std::abs(samples[i]) > 500;
            loud_ += loud ? 1 : 0;
            quiet_ = loud ? 0 : quiet_ + 1;
            next = std::max(next + std::chrono::milliseconds(piece_ms), std::chrono::steady_clock::now());
            std::this_thread::sleep_until(next); // the pace of a loudspeaker
        }
    }

    std::filesystem::path pipe_, config_;
    int fd_ = -1;
    std::atomic<int> loud_ = 0;  ///< pieces
    std::atomic<int> quiet_ = 0; ///< pieces in a row
    std::jthread thread_;
};

} // namespace

TEST_CASE("ear: the rep hears the caller, nothing while the caller keys, and the caller again") {
    if (!PhoneBench::can_run())
        return;
    ScratchFolder folder;
    Ear ear(folder.path);
    PhoneBench bench({.player = "alsa,ear", .environment = {{"ALSA_CONFIG_PATH", ear.config()}}});
    auto const caller = bench.add_caller("+15550100134", write_long_speech(folder.path));
    auto const id = bench.talk(*caller);
    caller->speak(); // until the test is over, however long it takes to look
    CHECK(ear.hears());
    REQUIRE(bench.desk().start_keying(id).has_value());
    REQUIRE(bench.wait_state(id, State::Keying));
    // What was played before stands in the pipe: once it is still, it stays so until the ear is opened.
    REQUIRE(ear.falls_silent());
    caller->key_by_info('9');
    REQUIRE(bench.wait(
        [](TelephoneView const& view) { return !view.calls.empty() && view.calls[0].keyed == 1; }));
    CHECK(ear.loud() == 0);
    REQUIRE(bench.desk().stop_keying(id).has_value());
    CHECK(ear.hears());
}
