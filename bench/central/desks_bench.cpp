// Two thousand desks at one central, each with a call that waits for news and one for what its rep does,
// under a shift's traffic: how long a desk waits for each answer, how soon it hears of a member's, and what
// central needs.

#include "bench/central/host.h"
#include "bench/central/member_call.h"
#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "bench/support/stop.h"
#include "shared/api/cases.h"
#include "shared/api/changes.h"
#include "shared/api/work.h"
#include "shared/base/open_files.h"
#include "tests/support/catch.h"

#include <atomic>
#include <cstdio>
#include <deque>
#include <memory>
#include <mutex>
#include <poll.h>
#include <random>
#include <thread>

using namespace portico;
using namespace portico::bench;

namespace {

constexpr int desks = 2000;
constexpr int members = 256;
constexpr int plan_members = 10'000;
constexpr int eobs_each = 4;
constexpr int clients = 8; ///< threads of the bench; each has as many desks as the others
constexpr double run_s = 60;
/// Eight calls an hour of each rep. They follow the same steps here in less time: it is the rate that loads
/// central, and the cases that are open in between cost nothing.
constexpr double calls_a_desk_s = 8.0 / 3600;
constexpr double step_s = 0.7;
/// As the desk does: agent/app/limits.h.
constexpr double refresh_s = 30;
constexpr double answer_limit_ms = 100;
constexpr double news_limit_ms = 1000;
constexpr double core_percent = 100;
constexpr double desk_limit_kib = 2 * 30;

double pss_kib(pid_t process) {
    std::FILE* const file = std::fopen(("/proc/" + std::to_string(process) + "/smaps_rollup").c_str(), "r");
    char line[256];
    long kib = 0;
    while (file != nullptr && std::fgets(line, sizeof line, file) != nullptr)
        if (std::sscanf(line, "Pss: %ld", &kib) == 1)
            break;
    if (file != nullptr)
        std::fclose(file);
    return double(kib);
}

/// Members that no call is about now.
class FreeMembers {
public:
    FreeMembers(std::uint16_t port, std::vector<CallingMember> const& all) {
        for (auto const& each : all)
            free_.push_back(std::make_unique<MemberAtKiosk>(port, each));
    }
    std::unique_ptr<MemberAtKiosk> take() {
        std::lock_guard const lock(guard_);
        if (free_.empty())
            return nullptr;
        auto one = std::move(free_.front());
        free_.pop_front();
        return one;
    }
    void give_back(std::unique_ptr<MemberAtKiosk> one) {
        std::lock_guard const lock(guard_);
        free_.push_back(std::move(one));
    }

private:
    std::mutex guard_;
    std::deque<std::unique_ptr<MemberAtKiosk>> free_;
};

/// One desk: the call that waits for news, the list that is asked for again, and a call of a member's.
class DeskAtWork {
public:
    DeskAtWork(std::uint16_t port, SignedInTerminal const& terminal, std::string cursor, CallTimes& times,
               FreeMembers& free)
        : terminal_(terminal), news_(port, terminal.face), line_(port, terminal, &times), times_(times),
          free_(free), cursor_(std::move(cursor)) {
        wait_for_news();
    }

    int news_socket() const { return news_.socket(); }

    void schedule(double now, std::mt19937& random) {
        next_call_ = now + std::exponential_distribution<>(calls_a_desk_s)(random);
        next_refresh_ = now + std::uniform_real_distribution<>(0, refresh_s)(random);
    }
    double next_due() const { return std::min(next_refresh_, member_ ? next_step_ : next_call_); }

    /// What is due now.
    void act(double now, std::mt19937& random) {
        if (now >= next_refresh_) {
            next_refresh_ = now + refresh_s;
            line_.get<api::WorkList>("/v1/work");
        }
        if (!member_ && now >= next_call_) {
            next_call_ = now + std::exponential_distribution<>(calls_a_desk_s)(random);
            member_ = free_.take();
            step_ = 0;
            next_step_ = now;
        }
        if (member_ && now >= next_step_) {
            next_step_ = now + step_s;
            take_step(step_++);
        }
    }

    void hear() {
        auto const reply = news_.read_reply();
        double const now = wall_seconds();
        if (!reply)
            stop("a connection that waited for news ended");
        if (reply->status != 200)
            stop("a call that waited for news: " + std::to_string(reply->status) + " " + reply->body);
        auto const page = must(api::from_json<api::ChangesPage>(reply->body, api::UnknownFields::Refuse));
        cursor_ = page.cursor;
        bool of_case = false;
        for (auto const& change : page.changes)
            of_case = of_case || (change.event && change.event->event == "case_changed");
        wait_for_news();
        if (!of_case)
            return;
        if (answered_ > 0)
            times_["news"].push_back((now - answered_) * 1000);
        answered_ = 0;
        line_.get<api::CaseList>("/v1/cases");
    }

private:
    void wait_for_news() { news_.send(get_request("/v1/changes?wait=50&after=" + cursor_, terminal_.token)); }

    void take_step(int step) {
        switch (step) {
        case 0:
            return call_.begin(member_->facts);
        case 1:
            return call_.identify(member_->facts);
        case 2:
            return call_.ask();
        case 3:
            answered_ = wall_seconds();
            return call_.answer(*member_);
        case 4: {
            std::string cursor;
            eobs_ = call_.read_claims(50, cursor);
            return;
        }
        case 5:
        case 6:
            if (eobs_.size() > std::size_t(step - 5))
                call_.read_eob(eobs_[std::size_t(step - 5)]);
            return;
        default:
            call_.close();
            free_.give_back(std::move(member_));
        }
    }

    SignedInTerminal const& terminal_;
    test::TlsClient news_;
    DeskLine line_;
    MemberCall call_{line_};
    CallTimes& times_;
    FreeMembers& free_;
    std::string cursor_;
    double next_call_ = 0;
    double next_refresh_ = 0;
    double next_step_ = 0;
    std::unique_ptr<MemberAtKiosk> member_;
    int step_ = 0;
    std::vector<std::string> eobs_;
    double answered_ = 0; ///< when the member's answer was on its way
};

/// A part of the desks, worked by one thread from `begin` to `end`.
struct DeskGroup {
    std::vector<std::unique_ptr<DeskAtWork>> desks;
    CallTimes times;

    void work(double end, unsigned seed) {
        std::mt19937 random(seed);
        for (auto& desk : desks)
            desk->schedule(wall_seconds(), random);
        std::vector<pollfd> sockets;
        for (auto const& desk : desks)
            sockets.push_back({desk->news_socket(), POLLIN, 0});
        for (double now = wall_seconds(); now < end; now = wall_seconds()) {
            double due = end;
            for (auto& desk : desks) {
                if (desk->next_due() <= now)
                    desk->act(now, random);
                due = std::min(due, desk->next_due());
            }
            auto const pause_ms = static_cast<int>(std::max(0.0, (due - wall_seconds()) * 1000));
            if (::poll(sockets.data(), sockets.size(), std::min(pause_ms + 1, 20)) <= 0)
                continue;
            for (std::size_t i = 0; i < sockets.size(); ++i)
                if (sockets[i].revents != 0)
                    desks[i]->hear();
        }
    }
};

/// Where the news begin for a desk that has copied all there was.
std::string newest_cursor(std::uint16_t port, SignedInTerminal const& desk) {
    DeskLine line(port, desk, nullptr);
    api::ChangesPage page;
    do
        page = line.get<api::ChangesPage>("/v1/changes", "?limit=500&after=" + page.cursor);
    while (page.more);
    return page.cursor;
}

std::vector<std::string> some_patients() {
    std::vector<std::string> patients;
    for (int i = 0; i < members; ++i) {
        char id[32];
        // The first few of a sample are known people with EOBs of their own making.
        std::snprintf(id, sizeof id, "patient-%07d", 100 + i * ((plan_members - 200) / members));
        patients.emplace_back(id);
    }
    return patients;
}

} // namespace

TEST_CASE("a shift of two thousand desks") {
    REQUIRE(allow_open_files(3 * desks) >= 3 * desks);
    ImportedPlan const plan(plan_members, eobs_each);
    Fleet const fleet(plan.data(), desks, some_patients());
    FreeMembers free(fleet.port(), fleet.members());
    auto const cursor = newest_cursor(fleet.port(), fleet.desks().front());
    double const before_kib = pss_kib(fleet.process());
    std::vector<DeskGroup> groups(clients);
    for (std::size_t i = 0; i < fleet.desks().size(); ++i) {
        auto& group = groups[i % clients];
        group.desks.push_back(
            std::make_unique<DeskAtWork>(fleet.port(), fleet.desks()[i], cursor, group.times, free));
    }
    double const connected_kib = pss_kib(fleet.process()) - before_kib;
    double const cpu = cpu_seconds_of(fleet.process());
    double const begun = wall_seconds();
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < clients; ++i)
        threads.emplace_back([&groups, i, begun] { groups[i].work(begun + run_s, i); });
    for (auto& thread : threads)
        thread.join();
    double const took_s = wall_seconds() - begun;
    double const used_s = cpu_seconds_of(fleet.process()) - cpu;
    CallTimes all;
    for (auto const& group : groups)
        for (auto const& [path, times] : group.times)
            all[path].insert(all[path].end(), times.begin(), times.end());
    auto const news = std::move(all["news"]);
    all.erase("news");
    std::vector<double> answers;
    for (auto const& [path, times] : all) {
        std::printf("%-24s %5zu calls, p50 %6.1f ms, p99 %6.1f ms\n", path.c_str(), times.size(),
                    median(times), quantile(times, 0.99));
        answers.insert(answers.end(), times.begin(), times.end());
    }
    REQUIRE(news.size() > 50);
    std::printf("%zu calls in %.0f s; central's memory %.0f MiB\n", answers.size(), took_s,
                pss_kib(fleet.process()) / 1024);
    report_limit("desks_answer_p99", quantile(answers, 0.99), "ms", answer_limit_ms);
    report_limit("desks_news_p99", quantile(news, 0.99), "ms", news_limit_ms);
    report_limit("desks_cpu", used_s / took_s * 100, "% of a core", core_percent);
    report_limit("desks_memory", connected_kib / desks, "KiB a desk", desk_limit_kib);
}
