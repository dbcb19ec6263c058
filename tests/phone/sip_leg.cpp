#include "tests/phone/sip_leg.h"

#include "tests/support/catch.h"
#include "tests/support/eventually.h"

#include <arpa/inet.h>
#include <atomic>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portico::test {

namespace {

constexpr char end_of_command = 27; // sipp's 3PCC
constexpr std::string_view said_word = "Said: ";

int connect_to(std::uint16_t port) {
    int const fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval const patience{eventually_max.count(), 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
        return fd;
    ::close(fd);
    return -1;
}

} // namespace

SipLeg::SipLeg(Place const& place, std::string call_id, std::string const& from)
    : call_id_(std::move(call_id)) {
    auto const loopback = std::string("127.0.0.1");
    // One call may have two legs here, each with a log of its own.
    auto const log = call_id_ + "-" + std::to_string(place.sip) + ".log";
    sipp_.emplace(std::vector<std::string>{"sipp",
                                           loopback + ":" + std::to_string(place.telephone),
                                           "-sf",
                                           place.scenario.string(),
                                           "-m",
                                           "1",
                                           "-i",
                                           loopback,
                                           "-p",
                                           std::to_string(place.sip),
                                           "-3pcc",
                                           loopback + ":" + std::to_string(place.control),
                                           "-mp",
                                           std::to_string(place.media),
                                           "-key",
                                           "from",
                                           from + "@" + loopback,
                                           "-nostdin",
                                           "-timeout",
                                           "600"},
                  place.folder / log);
    REQUIRE(eventually([&] {
        control_ = connect_to(place.control);
        return control_ >= 0;
    }));
}

SipLeg::~SipLeg() {
    ::close(control_);
}

std::string SipLeg::new_call_id() {
    static std::atomic<int> count = 0;
    return "call-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
}

void SipLeg::tell(std::string const& what) {
    auto const command = "Call-ID: " + call_id_ + "\r\n" + what + "\r\n\r\n" + end_of_command;
    REQUIRE(::send(control_, command.data(), command.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(command.size()));
}

void SipLeg::hear(std::string const& word) {
    auto const said = std::string(said_word) + word;
    while (heard_.find(said) == std::string::npos) {
        char piece[512];
        auto const got = ::recv(control_, piece, sizeof piece, 0);
        INFO("waited for the other side to say: " << word);
        REQUIRE(got > 0);
        heard_.append(piece, static_cast<std::size_t>(got));
    }
    heard_.erase(0, heard_.find(said) + said.size());
}

std::vector<std::string> SipLeg::news() {
    char piece[512];
    for (;;) {
        auto const got = ::recv(control_, piece, sizeof piece, MSG_DONTWAIT);
        if (got <= 0)
            break;
        heard_.append(piece, static_cast<std::size_t>(got));
    }
    std::vector<std::string> words;
    // What has no end yet may be half of what it is about to say.
    for (auto end = heard_.find(end_of_command); end != std::string::npos;
         end = heard_.find(end_of_command)) {
        auto const message = heard_.substr(0, end);
        heard_.erase(0, end + 1);
        auto const at = message.find(said_word);
        if (at != std::string::npos)
            words.push_back(
                message.substr(at + said_word.size(), message.find('\r', at) - at - said_word.size()));
    }
    return words;
}

void SipLeg::expect_end() {
    CHECK(sipp_->wait() == 0);
}

} // namespace portico::test
