#pragma once

#include "tests/support/process.h"
#include "tests/support/scratch_folder.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::test {

/// Kannel on loopback as docs/operations.md sets it up, over its own fake message center: Debian's packages
/// kannel (bearerbox, smsbox) and kannel-extras (fakesmsc). Texts to +1999... its message center refuses.
class Kannel {
public:
    static constexpr char const* username = "portico";
    static constexpr char const* password = "text gateway of this test";

    /// Debian's packages are not here: the test that asks says so and is skipped. Where CI is set it fails.
    static bool missing();
    /// Returns when it takes texts.
    Kannel();

    /// Has central, whose folder this is, send its texts by it; for `Bench::Settings::set_up_central`.
    void set_up_central(std::filesystem::path const& data) const;

    /// Of its sendsms interface.
    std::string url() const;
    std::filesystem::path const& folder() const { return folder_.path; }

    // What may happen to it. Each returns when it has.
    void stop_gateway(); ///< smsbox: nobody answers at `url`
    void start_gateway();
    void restart();

    struct Text {
        std::string from;
        std::string to;
        std::string text; ///< UTF-8, its parts put together
    };
    /// What the message center has got, whole texts alone.
    std::vector<Text> received() const;
    /// Waits for so many; fails the test when they do not come.
    std::vector<Text> wait_for(std::size_t count) const;

private:
    void start_core();
    void start_center();

    ScratchFolder folder_;
    int admin_port_ = 0;
    int box_port_ = 0;
    int center_port_ = 0;
    int send_port_ = 0;
    std::optional<Process> core_;
    std::optional<Process> gateway_;
    std::optional<Process> center_;
    std::string got_before_; ///< by message centers before this one
};

} // namespace portico::test
