#include "shared/client/release_fetcher.h"

#include "shared/api/json.h"
#include "shared/base/uuid.h"
#include "shared/client/machine_outcome.h"

#include <algorithm>

namespace portico::client {

namespace {

constexpr std::int64_t day_s = 24L * 3600;

/// By up to half longer, at random: a plan's kiosks all have the same quiet hours.
std::chrono::milliseconds spread(std::chrono::milliseconds pause) {
    auto const random = random_bytes(2);
    return pause + pause * (random[0] * 256 + random[1]) / (2 * 65536);
}

/// What it is, however it can be fetched.
std::string files_of(api::Release release) {
    release.since.reset();
    return api::to_json(release);
}

bool is_of_disk(Error const& failure) {
    return failure.reason == "disk_full" || failure.reason == "disk_failed";
}

} // namespace

ReleaseFetcher::ReleaseFetcher(Central central, Settings settings, Clock const& clock,
                               std::function<void(Error const&)> failed, Paces paces)
    : central_(std::move(central)), folder_(settings.folder), settings_(std::move(settings)), clock_(clock),
      failed_(std::move(failed)), paces_(paces), thread_([this](std::stop_token const& stop) { run(stop); }) {
}

ReleaseFetcher::~ReleaseFetcher() {
    thread_.request_stop();
    thread_.join();
}

void ReleaseFetcher::visit(bool on) {
    {
        std::lock_guard const lock(guard_);
        if (visiting_ == on)
            return;
        visiting_ = on;
        free_again_ = !on;
        if (on)
            call_.request_stop();
    }
    changed_.notify_all();
}

void ReleaseFetcher::run(std::stop_token const& stop) {
    while (!stop.stop_requested())
        wait(stop, pause_after(turn(stop)));
}

std::chrono::milliseconds ReleaseFetcher::pause_after(Result<void> const& outcome) {
    // What somebody's coming has ended is no failure.
    if (outcome.has_value() || outcome.error().kind == ErrorKind::Cancelled) {
        if (outcome.has_value()) {
            failures_ = 0;
            complained_of_.clear();
        }
        return paces_.look;
    }
    auto const& failure = outcome.error();
    if (failure.reason != complained_of_) {
        complained_of_ = failure.reason;
        failed_(failure);
    }
    // Another node may have what this one has not: the next call makes a new connection.
    if (failure.reason == "release_not_here")
        central_.forget();
    auto pause = paces_.retry_min;
    for (int i = 0; i < failures_ && pause < paces_.retry_max; ++i)
        pause *= 2;
    ++failures_;
    auto const told = std::chrono::seconds(std::max<std::int64_t>(0, failure.retry_after_s));
    return spread(
        std::clamp<std::chrono::milliseconds>(told, std::min(pause, paces_.retry_max), paces_.retry_max));
}

void ReleaseFetcher::wait(std::stop_token const& stop, std::chrono::milliseconds time) {
    std::unique_lock lock(guard_);
    changed_.wait_for(lock, stop, time, [this] { return free_again_; });
    free_again_ = false;
}

std::stop_token ReleaseFetcher::next_call(std::stop_token const& stop) {
    std::lock_guard const lock(guard_);
    call_ = std::stop_source();
    if (visiting_ || stop.stop_requested())
        call_.request_stop();
    return call_.get_token();
}

bool ReleaseFetcher::is_quiet() const {
    return settings_.quiet.contains(clock_.now(), ahead_);
}

bool ReleaseFetcher::may_go_on(std::stop_token const& stop) {
    if (stop.stop_requested() || !is_quiet())
        return false;
    std::lock_guard const lock(guard_);
    return !visiting_;
}

std::optional<api::UpdateOutcome> ReleaseFetcher::update() const {
    // The machine has the last word, but not on what it has not been given yet.
    bool const of_another = machine_ && own_ && machine_->version != own_->version;
    return machine_ && !of_another ? machine_ : own_;
}

void ReleaseFetcher::set_own(api::UpdateState state, std::string reason) {
    own_ = api::UpdateOutcome{wanted_->version, state, std::move(reason)};
}

bool ReleaseFetcher::wants() const {
    bool const is_done =
        own_ && (own_->outcome == api::UpdateState::Ready || own_->outcome == api::UpdateState::Refused);
    if (!wanted_ || is_done || (machine_ && machine_->version == wanted_->version))
        return false;
    auto const version = ReleaseVersion::parse(wanted_->version);
    return version.has_value() && version.value() > settings_.running &&
           gave_up_night_ != settings_.quiet.night_of(clock_.now(), ahead_);
}

void ReleaseFetcher::listen_to_machine() {
    machine_ = read_machine_outcome(settings_.outcome);
    if (!machine_ || !machine_->version.empty())
        return;
    // Of one that it has not even believed a version it says only that it refused it: the one that it took
    // from ready/, which it has emptied after it said so.
    if (own_ && own_->outcome == api::UpdateState::Ready && !folder_.has_ready())
        set_own(api::UpdateState::Refused, machine_->reason);
    machine_.reset();
}

Result<void> ReleaseFetcher::turn(std::stop_token const& stop) {
    // Ends with the thread what next_call has made for it.
    std::stop_callback const end(stop, [this] {
        std::lock_guard const lock(guard_);
        call_.request_stop();
    });
    {
        std::lock_guard const lock(guard_);
        if (visiting_)
            return ok();
    }
    listen_to_machine();
    TRY(report(stop));
    TRY(ask(stop));
    if (may_go_on(stop) && wants())
        TRY(fetch(stop));
    return report(stop);
}

Result<void> ReleaseFetcher::report(std::stop_token const& stop) {
    api::ReportVersion const now{settings_.running.text(), update()};
    auto const text = api::to_json(now);
    if (text == told_ && told_at_ && clock_.monotonic() - *told_at_ < paces_.report)
        return ok();
    TRY(central_.report_version(next_call(stop), now));
    told_ = text;
    told_at_ = clock_.monotonic();
    return ok();
}

Result<void> ReleaseFetcher::ask(std::stop_token const& stop) {
    auto const night = settings_.quiet.night_of(clock_.now(), ahead_);
    auto const every = is_quiet() ? paces_.ask_quiet : paces_.ask;
    if (asked_at_ && clock_.monotonic() - *asked_at_ < every && night == asked_night_)
        return ok();
    auto reply = TRY(central_.wanted_release(next_call(stop), {folder_.kept().version()}));
    asked_at_ = clock_.monotonic();
    asked_night_ = night;
    // No clock on earth is further from UTC.
    ahead_ = std::chrono::seconds(std::clamp(reply.ahead_s, -day_s, day_s));
    return take(std::move(reply.release));
}

Result<void> ReleaseFetcher::take(std::optional<api::Release> wanted) {
    if (auto const readable = wanted ? check_release(*wanted) : ok(); readable.has_error()) {
        own_.reset();
        if (ReleaseVersion::parse(wanted->version).has_value())
            own_ = {wanted->version, api::UpdateState::NotFetched, readable.error().reason};
        wanted_.reset();
        return readable.error();
    }
    bool const same = wanted && wanted_ && files_of(*wanted) == files_of(*wanted_);
    wanted_ = std::move(wanted);
    if (!same) {
        own_.reset();
        gave_up_night_.reset();
        fetch_ = {};
        tries_ = 0;
    }
    if (!wanted_)
        return folder_.forget_others("");
    auto const version = TRY(ReleaseVersion::parse(wanted_->version));
    TRY(folder_.forget_others(version > settings_.running ? wanted_->version : ""));
    if (version < settings_.running)
        set_own(api::UpdateState::NotFetched, "older_than_running");
    else if (version > settings_.running && folder_.is_ready(*wanted_))
        set_own(api::UpdateState::Ready);
    return ok();
}

Result<void> ReleaseFetcher::fetch(std::stop_token const& stop) {
    set_own(api::UpdateState::Downloading);
    TRY(report(stop));
    auto const outcome = fetch_release(central_, folder_, *wanted_, fetch_,
                                       {.may_go_on = [&] { return may_go_on(stop); },
                                        .next_call = [&] { return next_call(stop); },
                                        .rest =
                                            [&] {
                                                failures_ = 0; // it goes on
                                                wait(stop, paces_.piece);
                                            }});
    if (outcome.has_error())
        return after(outcome.error(), stop);
    set_own(api::UpdateState::Ready);
    return ok();
}

Result<void> ReleaseFetcher::after(Error const& failure, std::stop_token const& stop) {
    if (failure.reason == "sum_wrong" && ++tries_ < tries_max)
        return failure; // its file was thrown away, and comes anew
    if (failure.reason == "sum_wrong" || failure.reason == "sums_differ")
        return give_up(failure.reason + " " + failure.message, stop);
    if (is_of_disk(failure)) {
        folder_.kept().drop(); // it only spares the next fetch
        failed_(failure);
        return give_up(failure.reason, stop);
    }
    if (failure.kind == ErrorKind::NotFound)
        asked_at_.reset(); // it is to have another by now
    return failure;
}

Result<void> ReleaseFetcher::give_up(std::string const& reason, std::stop_token const& stop) {
    // Room for what the terminal keeps for members comes first, and what is wrong is of no use.
    folder_.throw_away(wanted_->version);
    gave_up_night_ = settings_.quiet.night_of(clock_.now(), ahead_);
    fetch_ = {};
    tries_ = 0;
    set_own(api::UpdateState::NotFetched, reason);
    return report(stop);
}

} // namespace portico::client
