#include "tests/phone/faulty_lines.h"

#include "tests/support/must.h"

namespace portico::test {

FaultyLines::FaultyLines(std::uint16_t central_port, std::filesystem::path central_keys)
    : central_port_(central_port), central_keys_(std::move(central_keys)) {}

std::uint16_t FaultyLines::lay(std::filesystem::path const& data) {
    Line line;
    line.proxy = std::make_unique<MeddlingProxy>(central_port_, central_keys_, data,
                                                 [this](std::string const& call) { return fate(call); });
    line.cable = must(NetworkCable::lay(line.proxy->port()));
    lines_.push_back(std::move(line));
    return lines_.back().cable->port();
}

void FaultyLines::cut() {
    for (auto& line : lines_)
        line.cable->pull();
}

void FaultyLines::restore() {
    for (auto& line : lines_)
        line.cable->plug_in();
}

void FaultyLines::set_doubling(bool doubling) {
    std::lock_guard const lock(guard_);
    doubling_ = doubling;
}

void FaultyLines::lose_next_reply(std::string call) {
    std::lock_guard const lock(guard_);
    loses_next_ = true;
    loses_ = std::move(call);
    lost_ = false;
}

bool FaultyLines::take_lost() {
    std::lock_guard const lock(guard_);
    loses_next_ = false;
    return std::exchange(lost_, false);
}

Meddling FaultyLines::fate(std::string const& call) {
    std::lock_guard const lock(guard_);
    bool const does = loses_.empty() ? call.starts_with("POST ") : call == loses_;
    if (loses_next_ && does) {
        loses_next_ = false;
        lost_ = true;
        return Meddling::ReplyLost;
    }
    if (!doubling_ || call == "GET /v1/changes")
        return Meddling::None;
    // A sign-in that comes twice at once is two of which one is refused; that the other was heard of is what
    // `lose_next_reply` has.
    return call.starts_with("POST /v1/sign-in") ? Meddling::Repeated : Meddling::DoubledSecond;
}

} // namespace portico::test
