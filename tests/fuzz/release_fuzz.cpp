// link: portico_client
#include "shared/client/machine_outcome.h"
#include "shared/client/quiet_hours.h"
#include "shared/client/release_folder.h"
#include "shared/domain/release.h"

#include <cstdint>
#include <cstdlib>

using namespace portico;

namespace {

/// What was read of a release's sums comes back from what it is written as.
void check_sums(std::string_view text) {
    auto const read = parse_release_sums(text);
    if (read.has_error())
        return;
    std::string written;
    for (auto const& file : read.value()) {
        if (file.name.find('/') != std::string::npos || file.name.front() == '.' || file.sha256.size() != 32)
            std::abort();
        written += to_hex(file.sha256) + "  " + file.name + "\n";
    }
    auto const again = parse_release_sums(written);
    if (again.has_error() || again.value() != read.value())
        std::abort();
    static_cast<void>(version_of_names(read.value()));
}

/// A version is its own text, and no path.
void check_version(std::string_view text) {
    auto const version = ReleaseVersion::parse(text);
    if (version.has_value() &&
        (version.value().text() != text || text.find_first_not_of("0123456789.") != text.npos ||
         text.find("..") != text.npos))
        std::abort();
}

/// Whatever the machine has written: what comes of it is what central takes.
void check_outcome(std::string_view text) {
    auto const outcome = client::parse_machine_outcome(text);
    if (!outcome)
        return;
    bool const known =
        outcome->outcome == api::UpdateState::Installed || outcome->outcome == api::UpdateState::Refused;
    bool const unnamed = outcome->version.empty() && outcome->outcome == api::UpdateState::Refused;
    bool const versioned = ReleaseVersion::parse(outcome->version).has_value();
    if (!known || (!versioned && !unnamed) || outcome->reason.size() > 200)
        std::abort();
    for (char c : outcome->reason)
        if (c < 0x20 || c >= 0x7F)
            std::abort();
}

} // namespace

/// SHA256SUMS of a release, outcome.json of the machine, and the words beside them.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    check_sums(text);
    check_version(text);
    check_outcome(text);
    static_cast<void>(client::QuietHours::parse(text, "04:00"));
    static_cast<void>(
        client::check_release({std::string(text), {{std::string(text), 1, std::string(text)}}}));
    return 0;
}
