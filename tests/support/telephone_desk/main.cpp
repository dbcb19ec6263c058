#include "shared/devices/real/telephone_link.h"

#include <condition_variable>
#include <cstdio>
#include <mutex>

// A desk's side of a telephone as a process of its own, whose memory a test looks through: it answers the
// call that rings and asks for keys, says "keying" on its output, "right" when they were, and stays. With
// "dial" it calls by a ticket instead.
int main(int count, char** words) {
    using namespace portico;
    using State = PhoneCall::State;
    if (count < 2)
        return 2;
    bool dials = count > 2 && std::string_view(words[2]) == "dial";
    TelephoneLink telephone({words[1], std::chrono::milliseconds(20)});
    std::mutex guard;
    std::condition_variable changed;
    std::vector<TelephoneView> news;
    telephone.watch([&](TelephoneView const& view) {
        std::lock_guard const lock(guard);
        news.push_back(view);
        changed.notify_one();
    });
    State last = State::Ended;
    while (true) {
        std::vector<TelephoneView> views;
        {
            std::unique_lock lock(guard);
            changed.wait(lock, [&] { return !news.empty(); });
            views.swap(news);
        }
        for (auto const& view : views) {
            if (dials && std::holds_alternative<TelephoneReady>(view.state))
                dials = telephone.dial("a-ticket").has_error();
            if (!view.calls.empty() && view.calls.front().dialled()) {
                if (view.calls.front().entry == "right")
                    std::puts("right");
                static_cast<void>(std::fflush(stdout));
                continue;
            }
            if (view.calls.empty() || view.calls.front().state == last)
                continue;
            auto const& call = view.calls.front();
            last = call.state;
            if (call.state == State::Ringing)
                static_cast<void>(telephone.answer(call.id));
            if (call.state == State::Talking && call.entry.empty())
                static_cast<void>(telephone.start_keying(call.id));
            if (call.state == State::Keying)
                std::puts("keying");
            if (call.entry == "right")
                std::puts("right");
            static_cast<void>(std::fflush(stdout));
        }
    }
}
