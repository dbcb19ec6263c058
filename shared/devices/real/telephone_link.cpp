#include "shared/devices/real/telephone_link.h"

#include "shared/devices/dial_number.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>

namespace portico {

namespace {

using Do = TelephoneCommand::Do;
using State = PhoneCall::State;

/// Commands that nobody has taken: more than a rep gives while a helper is looked for.
constexpr std::size_t commands_bytes_max = 64U << 10U;

Error gone(std::string const& reason) {
    return error(ErrorKind::Unavailable, reason,
                 reason == "telephone_refused"
                     ? "the helper of the telephone serves another desk, or another user"
                     : "the helper of the telephone (portico-phone) does not answer at its socket");
}

TelephoneView fault(std::string const& reason) {
    return {TelephoneFault{gone(reason)}, {}};
}

} // namespace

TelephoneLink::TelephoneLink(TelephoneLinkOptions options)
    : options_(std::move(options)), view_(fault("telephone_gone")),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

TelephoneLink::~TelephoneLink() = default;

void TelephoneLink::run(std::stop_token stop) {
    std::stop_callback const on_stop(stop, [this] { wake_.signal(); });
    while (!stop.stop_requested()) {
        auto helper = LocalSocket::connect(options_.socket);
        if (helper.has_value())
            serve(helper.value(), stop);
        if (stop.stop_requested())
            return;
        pollfd entry{wake_.fd(), POLLIN, 0};
        poll(&entry, 1, static_cast<int>(options_.retry_interval.count()));
        wake_.clear();
    }
}

void TelephoneLink::serve(LocalSocket& helper, std::stop_token const& stop) {
    WireLines lines;
    while (!stop.stop_requested()) {
        pollfd entries[2] = {{helper.fd(), helper.wanted(), 0}, {wake_.fd(), POLLIN, 0}};
        if (poll(entries, 2, -1) < 0 && errno != EINTR)
            break;
        wake_.clear();
        if (step(helper, lines).has_error())
            break;
    }
    auto const now = view();
    auto const* told = std::get_if<TelephoneFault>(&now.state);
    lose(told != nullptr ? told->error.reason : "telephone_gone");
}

Result<void> TelephoneLink::step(LocalSocket& helper, WireLines& lines) {
    TRY(send_commands(helper));
    TRY(helper.flush());
    return helper.receive([&](std::string_view bytes) {
        return lines.feed(bytes, [&](std::string_view line) -> Result<void> {
            show(TRY(view_from_wire(line)));
            return ok();
        });
    });
}

Result<void> TelephoneLink::send_commands(LocalSocket& helper) {
    std::string waiting;
    {
        std::lock_guard const lock(guard_);
        waiting.swap(commands_);
    }
    if (waiting.empty())
        return ok();
    return helper.send(waiting);
}

void TelephoneLink::show(TelephoneView view) {
    {
        std::lock_guard const lock(guard_);
        connected_ = std::holds_alternative<TelephoneReady>(view.state);
        for (auto const& call : view.calls)
            if (call.state == State::Ended)
                past_.add(call.id);
    }
    view_.set(std::move(view));
}

void TelephoneLink::lose(std::string const& reason) {
    auto last = view();
    for (auto& call : last.calls)
        call = {.id = call.id,
                .from = call.from,
                .line = call.line,
                .state = State::Ended,
                .end = "failed",
                .ticket = call.ticket};
    last.state = TelephoneFault{gone(reason)};
    show(std::move(last));
    {
        std::lock_guard const lock(guard_);
        commands_.clear(); // for calls that are no more
    }
    view_.set(fault(reason));
}

Result<void> TelephoneLink::command(TelephoneCommand command) {
    auto const now = view();
    bool const there = std::ranges::find(now.calls, command.call, &PhoneCall::id) != now.calls.end();
    {
        std::lock_guard const lock(guard_);
        if (!connected_)
            return gone("telephone_gone");
        if (!there && !past_.knows(command.call))
            return error(ErrorKind::NotFound, "call_unknown", "no such call was at this telephone");
        if (there && commands_.size() < commands_bytes_max)
            commands_ += to_wire(command);
    }
    wake_.signal();
    return ok();
}

Result<void> TelephoneLink::answer(std::string const& call) {
    return command({Do::Answer, call, {}});
}
Result<void> TelephoneLink::hold(std::string const& call) {
    return command({Do::Hold, call, {}});
}
Result<void> TelephoneLink::resume(std::string const& call) {
    return command({Do::Resume, call, {}});
}
Result<void> TelephoneLink::hang_up(std::string const& call) {
    return command({Do::HangUp, call, {}});
}
Result<void> TelephoneLink::transfer(std::string const& call, std::string const& to) {
    TRY(check_dial_number(to));
    return command({Do::Transfer, call, to});
}
Result<void> TelephoneLink::start_keying(std::string const& call) {
    return command({Do::StartKeying, call, {}});
}
Result<void> TelephoneLink::stop_keying(std::string const& call) {
    return command({Do::StopKeying, call, {}});
}
Result<void> TelephoneLink::dial(std::string const& ticket) {
    TRY(check_dial_ticket(ticket));
    {
        std::lock_guard const lock(guard_);
        if (!connected_)
            return gone("telephone_gone");
        if (commands_.size() < commands_bytes_max)
            commands_ += to_wire(TelephoneCommand{Do::Dial, {}, ticket});
    }
    wake_.signal();
    return ok();
}

} // namespace portico
