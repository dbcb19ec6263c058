#include "tests/fault/pusher.h"

#include "shared/client/sync.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/must.h"
#include "tests/walk/visit_steps.h"

#include <algorithm>

namespace portico::test {

void Pusher::run(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        auto const operation = terminal_.report();
        auto const begun = std::chrono::steady_clock::now();
        while (!push(operation)) {
            if (std::chrono::steady_clock::now() - begun > stuck_after)
                return;
            // The pause of a terminal between two tries is part of the load; what central answers decides,
            // and `stuck_after` when there is no hope left.
            std::this_thread::sleep_for(client::retry_pause_min);
        }
        acknowledged_.insert(operation.id);
        {
            std::lock_guard const lock(guard_);
            acknowledgements_.push_back(std::chrono::steady_clock::now());
        }
        ++count_;
    }
    ended_well_ = true;
}

std::vector<Pusher::Moment> Pusher::acknowledgements() const {
    std::lock_guard const lock(guard_);
    return acknowledgements_;
}

bool Pusher::push(api::SealedOperation const& operation) {
    auto const outcomes = terminal_.at(port_).push({}, {{operation}});
    if (outcomes.has_error()) {
        ++failures_[outcomes.error().reason];
        return false;
    }
    auto const& outcome = outcomes.value().outcomes.at(0);
    bool const good = outcome.outcome == "applied" || outcome.outcome == "duplicate";
    if (!good)
        ++failures_[outcome.outcome + " " + outcome.reason];
    return good;
}

Load::Load(Nodes& nodes, int terminals) {
    NodeTerminal desk(nodes, "desk");
    NodeMember member(nodes.bench(), desk.at(nodes.port()), alex, "1984-05-17", alex_username);
    for (int number = 0; number < terminals; ++number) {
        pushers_.push_back(std::make_unique<Pusher>(nodes, "lobby" + std::to_string(number)));
        pushers_.back()->set_token(member.sign_in(pushers_.back()->terminal().at(nodes.port())));
    }
    for (auto& pusher : pushers_)
        threads_.emplace_back([&pusher = *pusher](std::stop_token const& stop) { pusher.run(stop); });
}

bool Load::all_go_on(int operations) const {
    std::vector<int> wanted;
    for (auto const& pusher : pushers_)
        wanted.push_back(pusher->count() + operations);
    return eventually(
        [&] {
            for (std::size_t each = 0; each < pushers_.size(); ++each)
                if (pushers_[each]->count() < wanted[each])
                    return false;
            return true;
        },
        stuck_after);
}

void Load::check_sessions_live() const {
    for (auto const& pusher : pushers_)
        CHECK(eventually([&] { return pusher->session_lives(); }, stuck_after));
}

std::chrono::milliseconds Load::longest_silence_since(Pusher::Moment moment) const {
    std::vector<Pusher::Moment> all{moment};
    for (auto const& pusher : pushers_)
        for (auto const each : pusher->acknowledgements())
            if (each > moment)
                all.push_back(each);
    std::sort(all.begin(), all.end());
    std::chrono::steady_clock::duration longest{};
    for (std::size_t i = 1; i < all.size(); ++i)
        longest = std::max(longest, all[i] - all[i - 1]);
    return std::chrono::duration_cast<std::chrono::milliseconds>(longest);
}

void Load::end_and_check_each_once(Nodes& nodes) {
    for (auto& thread : threads_)
        thread.request_stop();
    threads_.clear();
    for (auto const& pusher : pushers_)
        CHECK(pusher->ended_well());
    auto database = nodes.bench().database();
    auto query = must(database.prepare("SELECT id, state FROM operation"));
    std::multiset<std::string> applied;
    while (must(query.step())) {
        CHECK(query.text(1) != "refused");
        applied.insert(query.text(0));
    }
    auto const wanted = acknowledged();
    CHECK(applied == std::multiset<std::string>(wanted.begin(), wanted.end()));
    auto effects = must(database.prepare(
        "SELECT count(*), count(DISTINCT operation) FROM staff_queue WHERE kind <> 'send_letter'"));
    REQUIRE(must(effects.step()));
    CHECK(effects.integer(0) == static_cast<std::int64_t>(wanted.size()));
    CHECK(effects.integer(1) == effects.integer(0));
}

std::map<std::string, int> Load::failures() const {
    std::map<std::string, int> all;
    for (auto const& pusher : pushers_)
        for (auto const& [reason, count] : pusher->failures())
            all[reason] += count;
    return all;
}

std::set<std::string> Load::acknowledged() const {
    std::set<std::string> all;
    for (auto const& pusher : pushers_)
        all.insert(pusher->acknowledged().begin(), pusher->acknowledged().end());
    return all;
}

} // namespace portico::test
