#include "tests/phone/caller.h"

#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/places.h"

#include <arpa/inet.h>
#include <atomic>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portico::test {

namespace {

constexpr char end_of_command = 27; // sipp's 3PCC

int connect_to(std::uint16_t port) {
    int const fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval const patience{20, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
        return fd;
    ::close(fd);
    return -1;
}

} // namespace

Caller::Caller(Place const& place, std::string const& from) {
    static std::atomic<int> count = 0;
    id_ = "call-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
    auto const loopback = std::string("127.0.0.1");
    sipp_.emplace(std::vector<std::string>{"sipp",
                                           loopback + ":" + std::to_string(place.telephone),
                                           "-sf",
                                           source_dir() + "/tests/phone/caller.xml",
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
                                           "120"},
                  place.folder / (id_ + ".log"));
    REQUIRE(eventually([&] {
        control_ = connect_to(place.control);
        return control_ >= 0;
    }));
}

Caller::~Caller() {
    ::close(control_);
}

void Caller::tell(std::string const& what) {
    auto const command = "Call-ID: " + id_ + "\r\n" + what + "\r\n\r\n" + end_of_command;
    REQUIRE(::send(control_, command.data(), command.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(command.size()));
}

void Caller::hear(std::string const& word) {
    auto const said = "Said: " + word;
    while (heard_.find(said) == std::string::npos) {
        char piece[512];
        auto const got = ::recv(control_, piece, sizeof piece, 0);
        INFO("waited for the caller to say: " << word);
        REQUIRE(got > 0);
        heard_.append(piece, static_cast<std::size_t>(got));
    }
    heard_.erase(0, heard_.find(said) + said.size());
}

void Caller::expect_end() {
    CHECK(sipp_->wait() == 0);
}

} // namespace portico::test
