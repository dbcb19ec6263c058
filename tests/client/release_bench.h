#pragma once

#include "shared/api/failure.h"
#include "shared/api/json.h"
#include "shared/client/machine_outcome.h"
#include "shared/client/release_fetcher.h"
#include "shared/client/running_version.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/release_files.h"
#include "tests/support/scratch_folder.h"

#include <mutex>
#include <tuple>

/// A terminal that fetches its releases from a central of the test.
namespace portico::test {

using namespace portico::client;
using State = api::UpdateState;

/// Of a day whose midnight is in UTC.
inline UtcTime at(int hour, int minute) {
    return UtcTime{std::chrono::days(20'500) + std::chrono::hours(hour) + std::chrono::minutes(minute)};
}

/// What central answers, at the seam of the wire; its release may be changed while it is asked. Safe from any
/// thread.
class ReleaseCentral {
public:
    struct Asked {
        std::string name;
        std::int64_t offset = 0;
        bool operator<(Asked const& other) const {
            return std::tie(name, offset) < std::tie(other.name, other.offset);
        }
    };

    inline void offer(MadeRelease release) {
        std::lock_guard const lock(guard_);
        described_ = release.described();
        release_ = std::move(release);
    }
    inline void describe(api::Release release) {
        std::lock_guard const lock(guard_);
        described_ = std::move(release);
    }
    /// What is new in it since `from`, as a node that has it tells whoever kept that; `bytes` in its place
    /// are given as they are.
    inline void offer_since(std::string const& from, std::string bytes) {
        std::lock_guard const lock(guard_);
        since_ = {from, std::move(bytes)};
    }
    inline void offer_nothing() {
        std::lock_guard const lock(guard_);
        described_.reset();
    }
    void set_ahead(int hours) { ahead_s_ = hours * 3600; }
    /// Called before each piece is given, on the fetcher's thread.
    inline void on_piece(std::function<std::optional<Error>(int count)> hook) {
        std::lock_guard const lock(guard_);
        on_piece_ = std::move(hook);
    }
    inline void flip(std::string const& name, std::size_t byte) {
        std::lock_guard const lock(guard_);
        release_.files.at(name).at(byte) ^= 1;
    }

    inline Result<HttpReply> answer(HttpRequest const& request, std::stop_token const& cancel) {
        if (cancel.stop_requested())
            return error(ErrorKind::Cancelled, "cancelled");
        std::unique_lock lock(guard_);
        if (request.path == "/v1/terminal/version") {
            reports_.push_back(
                api::from_json<api::ReportVersion>(request.body, api::UnknownFields::Refuse).value());
            return reply("{}");
        }
        if (request.path.starts_with("/v1/terminal/release") &&
            request.path.find("/piece") == request.path.npos) {
            ++wanted_asked_;
            return reply(api::to_json(api::WantedRelease{offered_to(request.path), ahead_s_}));
        }
        auto const since = field(request.path, "since");
        auto const name = since.empty() ? field(request.path, "name") : "since " + since;
        auto const offset = std::stoll(field(request.path, "offset"));
        auto const length = std::stoll(field(request.path, "length"));
        auto const hook = on_piece_;
        auto const count = pieces_ + 1;
        lock.unlock();
        if (hook)
            if (auto const failure = hook(count))
                return *failure;
        if (cancel.stop_requested())
            return error(ErrorKind::Cancelled, "cancelled");
        lock.lock();
        ++pieces_;
        ++given_[{name, offset}];
        if (!since.empty() && since != since_.first)
            return error(ErrorKind::NotFound, "release_since_unknown");
        auto const& bytes = since.empty() ? release_.files.at(name) : since_.second;
        auto const piece = bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
        return reply(api::to_json(api::ReleasePiece{to_base64url(as_bytes(piece))}));
    }

    int pieces() const {
        std::lock_guard const lock(guard_);
        return pieces_;
    }
    /// How often a piece of the release's own files was given.
    std::size_t whole_pieces() const {
        std::lock_guard const lock(guard_);
        std::size_t count = 0;
        for (auto const& [asked, times] : given_)
            count += asked.name.starts_with("since ") ? 0 : static_cast<std::size_t>(times);
        return count;
    }
    int wanted_asked() const {
        std::lock_guard const lock(guard_);
        return wanted_asked_;
    }
    std::vector<api::ReportVersion> reports() const {
        std::lock_guard const lock(guard_);
        return reports_;
    }
    /// "ready 0.5.0 ": the last update that was told; "" when none was.
    std::string last_update() const {
        auto const all = reports();
        return all.empty() || !all.back().update
                   ? ""
                   : std::string(api::word_of(all.back().update->outcome)) + " " +
                         all.back().update->version + " " + all.back().update->reason;
    }
    /// How often the piece was given that was given most often.
    int most_often() const {
        std::lock_guard const lock(guard_);
        int most = 0;
        for (auto const& [asked, count] : given_)
            most = std::max(most, count);
        return most;
    }

private:
    inline static Result<HttpReply> reply(std::string body) {
        HttpReply made;
        made.status = 200;
        made.body = std::move(body);
        return made;
    }
    /// Empty when it is not there.
    inline static std::string field(std::string const& path, std::string const& name) {
        auto const found = path.find(name + "=");
        if (found == path.npos)
            return "";
        auto const begin = found + name.size() + 1;
        return path.substr(begin, path.find('&', begin) - begin);
    }

    std::optional<api::Release> offered_to(std::string const& path) const {
        auto offered = described_;
        if (offered && !since_.first.empty() && field(path, "kept") == since_.first)
            offered->since = api::ReleaseSince{since_.first, static_cast<std::int64_t>(since_.second.size())};
        return offered;
    }

    mutable std::mutex guard_;
    std::optional<api::Release> described_;
    std::pair<std::string, std::string> since_; ///< version and bytes
    MadeRelease release_;
    std::atomic<std::int64_t> ahead_s_ = 0;
    std::function<std::optional<Error>(int)> on_piece_;
    int pieces_ = 0;
    int wanted_asked_ = 0;
    std::map<Asked, int> given_;
    std::vector<api::ReportVersion> reports_;
};

class ReleaseWire final : public Transport {
public:
    explicit ReleaseWire(ReleaseCentral& central) : central_(central) {}
    Result<HttpReply> call(HttpRequest request, std::stop_token cancel) override {
        return central_.answer(request, cancel);
    }
    void forget() override {}

private:
    ReleaseCentral& central_;
};

constexpr std::size_t piece = release_piece_bytes;

/// A kiosk that runs 0.4.0, whose quiet hours are 02:00 to 04:00.
class UpdatedKiosk {
public:
    explicit UpdatedKiosk(UtcTime now = at(2, 30)) : clock(now) {}

    inline void start() {
        ReleaseFetcher::Paces paces;
        paces.look = paces.retry_min = paces.retry_max = std::chrono::milliseconds(2);
        paces.ask = paces.ask_quiet = paces.piece = std::chrono::milliseconds(0);
        fetcher.emplace(
            Central(std::make_unique<ReleaseWire>(central)),
            ReleaseFetcher::Settings{data / "release", outcome, ReleaseVersion::parse("0.4.0").value(),
                                     QuietHours::parse("02:00", "04:00").value()},
            clock, [this](Error const& failure) { complain(failure); }, paces);
    }
    void stop() { fetcher.reset(); }
    bool is_ready(MadeRelease const& release) const { return release.lies_in(data / "release" / "ready"); }
    bool has_ready() const { return std::filesystem::exists(data / "release" / "ready"); }
    /// What lies in the folder of releases.
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (auto const& entry : std::filesystem::directory_iterator(data / "release"))
            found.push_back(entry.path().filename().string());
        std::ranges::sort(found);
        return found;
    }
    /// Turns have gone by in which it could have done what it must not.
    bool looks_on() const {
        auto const seen = central.wanted_asked();
        return eventually([&] { return central.wanted_asked() > seen + 3; });
    }
    inline bool complained(std::string const& reason) {
        std::lock_guard const lock(guard_);
        return std::ranges::find(complaints_, reason) != complaints_.end();
    }
    void machine_says(std::string const& text) const {
        std::ofstream(folder.path / "new") << text;
        std::filesystem::rename(folder.path / "new", outcome);
    }

    test::ScratchFolder folder;
    std::filesystem::path data = folder.path / "data";
    std::filesystem::path outcome = folder.path / "outcome.json";
    ManualClock clock;
    ReleaseCentral central;

private:
    inline void complain(Error const& failure) {
        std::lock_guard const lock(guard_);
        complaints_.push_back(failure.reason);
    }
    std::mutex guard_;
    std::vector<std::string> complaints_;

public:
    std::optional<ReleaseFetcher> fetcher;
};

/// A data folder as the kiosk makes it before anything is fetched.
inline std::unique_ptr<UpdatedKiosk> kiosk_at(UtcTime now) {
    auto kiosk = std::make_unique<UpdatedKiosk>(now);
    std::filesystem::create_directories(kiosk->data);
    return kiosk;
}

} // namespace portico::test
