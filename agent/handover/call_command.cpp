#include "agent/handover/call_command.h"

#include "agent/handover/call_desk.h"
#include "agent/handover/call_message.h"
#include "shared/base/broken_pipe.h"

#include <array>
#include <cstdio>
#include <optional>
#include <poll.h>
#include <string_view>
#include <unistd.h>

namespace portico::agent {

namespace {

constexpr int failed = 1;
constexpr int wrong_use = 2;
constexpr std::chrono::seconds reply_wait_s{5};
constexpr auto usage = "usage: portico-agent call --from NUMBER|hidden [--to LINE]\n";

void complain(std::string_view what) {
    static_cast<void>(
        std::fprintf(stderr, "portico-agent call: %.*s\n", static_cast<int>(what.size()), what.data()));
}

/// Errors: InvalidInput, of wrong use.
Result<HandedCall> parse(int count, char const* const* words) {
    std::optional<std::string> from;
    std::string to;
    for (int i = 0; i < count; i += 2) {
        std::string_view const word = words[i];
        if (i + 1 >= count || (word != "--from" && word != "--to"))
            return error(ErrorKind::InvalidInput, "usage", usage);
        if (word == "--from")
            from = TRY(handed_number(words[i + 1]));
        else
            to = TRY(handed_line(words[i + 1]));
    }
    if (!from)
        return error(ErrorKind::InvalidInput, "usage", usage);
    return HandedCall{std::move(*from), std::move(to)};
}

/// Errors: Unavailable "peer_gone", "desktop_slow"; InvalidInput "handover_invalid".
Result<HandoverReply> wait_for_reply(LocalSocket& desktop) {
    std::string heard;
    auto const take = [&](std::string_view bytes) -> Result<void> {
        heard += bytes;
        return ok();
    };
    auto const until = std::chrono::steady_clock::now() + reply_wait_s;
    while (heard.find('\n') == std::string::npos) {
        auto const left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd wait{desktop.fd(), POLLIN, 0};
        if (left.count() <= 0 || heard.size() > handover_line_max ||
            poll(&wait, 1, static_cast<int>(left.count())) <= 0)
            return error(ErrorKind::Unavailable, "desktop_slow", "the desktop does not answer");
        // What it said before it hung up counts.
        if (auto const got = desktop.receive(take); got.has_error() && heard.find('\n') == heard.npos)
            return got.error();
    }
    return read_handover_reply(std::string_view(heard).substr(0, heard.find('\n')));
}

Result<HandoverReply> hand_over(HandedCall const& call) {
    auto desktop = LocalSocket::connect(TRY(handover_socket()));
    if (desktop.has_error())
        return error(ErrorKind::Unavailable, "no_desktop",
                     "no desktop of this user runs here: start portico-agent and sign in first");
    auto const peer = TRY(desktop.value().peer());
    if (peer.user != getuid())
        return error(ErrorKind::Refused, "not_own_desktop", "what listens there is not this user's desktop");
    TRY(desktop.value().send(line_of(call)));
    return wait_for_reply(desktop.value());
}

std::string_view why_refused(std::string_view refused) {
    if (refused == "nobody_signed_in")
        return "nobody is signed in at the desktop: sign in, and hand the call over again";
    if (refused == "calls_many")
        return "the desktop shows as many calls as it may, or took too many within a minute: wait a little";
    return "the desktop did not take the call";
}

} // namespace

int call_command(int count, char const* const* words) {
    ignore_broken_pipes();
    if (count == 1 && std::string_view(words[0]) == "--help") {
        static_cast<void>(std::fputs(usage, stdout));
        return 0;
    }
    auto const call = parse(count, words);
    if (call.has_error()) {
        complain(call.error().message);
        return wrong_use;
    }
    auto const reply = hand_over(call.value());
    if (reply.has_error()) {
        complain(reply.error().message);
        return failed;
    }
    if (reply.value().refused.empty())
        return 0;
    complain(why_refused(reply.value().refused));
    return failed;
}

} // namespace portico::agent
