#include "shared/client/machine_outcome.h"

#include "shared/api/json.h"
#include "shared/domain/release.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace portico::client {

namespace {

constexpr std::size_t outcome_max_bytes = 4096;
constexpr std::size_t reason_max = 200;

/// As the file has it.
struct OutcomeFile {
    std::string version;
    std::string outcome;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(OutcomeFile, (), (version, outcome, reason))

std::string printable(std::string text) {
    text.resize(std::min(text.size(), reason_max));
    for (auto& c : text)
        c = c >= 0x20 && c < 0x7F ? c : '?';
    return text;
}

} // namespace

std::optional<api::UpdateOutcome> parse_machine_outcome(std::string_view text) {
    auto read = api::from_json<OutcomeFile>(text, api::UnknownFields::Ignore);
    if (read.has_error())
        return std::nullopt;
    auto& file = read.value();
    bool const installed = file.outcome == "installed";
    bool const unnamed = file.version.empty() && !installed;
    if ((!installed && file.outcome != "refused") ||
        (!unnamed && ReleaseVersion::parse(file.version).has_error()))
        return std::nullopt;
    return api::UpdateOutcome{file.version,
                              installed ? api::UpdateState::Installed : api::UpdateState::Refused,
                              printable(std::move(file.reason).value_or(""))};
}

std::optional<api::UpdateOutcome> read_machine_outcome(std::filesystem::path const& file) {
    int const handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (handle < 0)
        return std::nullopt;
    std::array<char, outcome_max_bytes + 1> text{};
    std::size_t size = 0;
    ssize_t got = 0;
    while (size < text.size() && (got = ::read(handle, text.data() + size, text.size() - size)) > 0)
        size += static_cast<std::size_t>(got);
    ::close(handle);
    if (got < 0 || size > outcome_max_bytes)
        return std::nullopt;
    return parse_machine_outcome({text.data(), size});
}

} // namespace portico::client
