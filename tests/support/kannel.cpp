#include "tests/support/kannel.h"

#include "tests/support/catch.h"
#include "tests/support/config_table.h"
#include "tests/support/device_process.h"
#include "tests/support/eventually.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <netinet/in.h>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace portico::test {

namespace {

constexpr char const* core_program = "/usr/sbin/bearerbox";
constexpr char const* gateway_program = "/usr/sbin/smsbox";
constexpr char const* center_program = "/usr/lib/kannel/test/fakesmsc";
constexpr std::chrono::seconds within{60};

/// Whether somebody answers there; to `question`, if there is one.
bool answers(int port, std::string const& question = "") {
    int const handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    bool answered = ::connect(handle, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    if (answered && !question.empty()) {
        char first = 0;
        answered = ::send(handle, question.data(), question.size(), MSG_NOSIGNAL) > 0 &&
                   ::recv(handle, &first, 1, 0) == 1;
    }
    ::close(handle);
    return answered;
}

/// "+" is a blank, "%0a" a byte.
std::string url_decoded(std::string const& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size()) {
            out += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
            at += 2;
        } else {
            out += text[at] == '+' ? ' ' : text[at];
        }
    }
    return out;
}

/// UTF-16BE of the plane that these texts are written in.
std::string from_sixteen_bits(std::string const& bytes) {
    std::string out;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        unsigned const unit =
            static_cast<unsigned char>(bytes[at]) * 256U + static_cast<unsigned char>(bytes[at + 1]);
        auto const add = [&](unsigned byte) { out += static_cast<char>(byte); };
        if (unit < 0x80) {
            add(unit);
        } else if (unit < 0x800) {
            add(0xC0U | unit >> 6U);
            add(0x80U | (unit & 0x3FU));
        } else {
            add(0xE0U | unit >> 12U);
            add(0x80U | (unit >> 6U & 0x3FU));
            add(0x80U | (unit & 0x3FU));
        }
    }
    return out;
}

/// What is ASCII has zero bytes in UTF-16, and every text of ours has a digit.
std::string text_of(std::string const& bytes) {
    return bytes.find('\0') == std::string::npos ? bytes : from_sixteen_bits(bytes);
}

std::string configuration(std::string const& folder, int admin, int box, int center, int send) {
    std::ostringstream text;
    text << "group = core\n"
            "admin-port = "
         << admin
         << "\nadmin-password = \"of this test\"\n"
            "admin-deny-ip = \"*.*.*.*\"\nadmin-allow-ip = \"127.0.0.1\"\n"
            "smsbox-port = "
         << box
         << "\nbox-deny-ip = \"*.*.*.*\"\nbox-allow-ip = \"127.0.0.1\"\n"
            "log-file = \""
         << folder
         << "/core.log\"\nlog-level = 2\n\n"
            "group = smsc\nsmsc = fake\nsmsc-id = fake\nport = "
         << center
         << "\nconnect-allow-ip = 127.0.0.1\ndenied-prefix = \"+1999\"\n\n"
            "group = smsbox\nbearerbox-host = 127.0.0.1\nsendsms-port = "
         << send << "\nlog-file = \"" << folder
         << "/gateway.log\"\nlog-level = 2\n\n"
            "group = sendsms-user\nusername = "
         << Kannel::username << "\npassword = \"" << Kannel::password
         << "\"\nmax-messages = 5\nconcatenation = true\n"
            "user-deny-ip = \"*.*.*.*\"\nuser-allow-ip = \"127.0.0.1\"\n\n"
            // It wants one service, for what people send: nothing is answered.
            "group = sms-service\nkeyword = default\ntext = \"none\"\nmax-messages = 0\n";
    return text.str();
}

} // namespace

bool Kannel::missing() {
    if (::access(core_program, X_OK) == 0 && ::access(center_program, X_OK) == 0)
        return false;
    // A job that should prove it must not pass without.
    if (std::getenv("CI") != nullptr)
        FAIL("Debian's packages kannel and kannel-extras are missing");
    std::cout << "SKIP: texts need Debian's packages kannel and kannel-extras\n";
    return true;
}

Kannel::Kannel() {
    // Kannel takes ports by number alone; of those that were free a moment ago one may be taken by now.
    for (int again = 0; again < 5; ++again) {
        admin_port_ = free_port();
        box_port_ = free_port();
        center_port_ = free_port();
        send_port_ = free_port();
        std::ofstream(folder_.path / "kannel.conf")
            << configuration(folder_.path.string(), admin_port_, box_port_, center_port_, send_port_);
        start_core();
        if (eventually([&] { return answers(box_port_) || !core_->running(); }, within) && core_->running())
            break;
    }
    INFO(core_->output());
    REQUIRE(core_->running());
    start_gateway();
    start_center();
}

void Kannel::start_core() {
    core_.reset();
    core_.emplace(std::vector<std::string>{core_program, "-v", "2", (folder_.path / "kannel.conf").string()},
                  folder_.path / "core.out");
}

void Kannel::start_center() {
    if (center_)
        got_before_ += center_->output();
    // -m 0: it sends nothing of its own.
    center_.reset();
    center_.emplace(std::vector<std::string>{center_program, "-H", "127.0.0.1", "-r",
                                             std::to_string(center_port_), "-m", "0", "1 2 text nothing"},
                    folder_.path / "center.out");
    center_->wait_for_line("Connecting to");
}

void Kannel::set_up_central(std::filesystem::path const& data) const {
    // By its whole path: other nodes of the plan read the same settings.
    auto const password_file = data / "text.password";
    std::ofstream(password_file) << password << '\n';
    std::filesystem::permissions(password_file, std::filesystem::perms::owner_read);
    set_config_table(data / "central.toml", "text",
                     "url = '" + url() + "'\nusername = '" + username + "'\npassword_file = '" +
                         password_file.string() + "'\nfrom = '24680'\n");
}

std::string Kannel::url() const {
    return "http://127.0.0.1:" + std::to_string(send_port_) + "/cgi-bin/sendsms";
}

void Kannel::stop_gateway() {
    gateway_.reset();
    REQUIRE(eventually([&] { return !answers(send_port_); }, within));
}

void Kannel::start_gateway() {
    gateway_.emplace(
        std::vector<std::string>{gateway_program, "-v", "2", (folder_.path / "kannel.conf").string()},
        folder_.path / "gateway.out");
    auto const question = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    bool const ready =
        eventually([&] { return answers(send_port_, question) || !gateway_->running(); }, within);
    INFO(gateway_->output());
    REQUIRE(ready);
    REQUIRE(gateway_->running());
}

void Kannel::restart() {
    stop_gateway();
    start_core();
    REQUIRE(eventually([&] { return answers(box_port_); }, within));
    start_center(); // it ended with the core
    start_gateway();
}

std::vector<Kannel::Text> Kannel::received() const {
    // "Got message 3: <FROM TO KIND PAYLOAD>"; of a text in parts KIND is "udh HEADER data".
    std::vector<Text> texts;
    std::map<std::string, std::pair<std::size_t, Text>> parts; // by reference
    std::istringstream lines(got_before_ + center_->output());
    for (std::string line; std::getline(lines, line);) {
        auto const begin = line.find("Got message ");
        auto const open = line.find('<', begin);
        if (begin == std::string::npos || open == std::string::npos || line.back() != '>')
            continue;
        std::istringstream words(line.substr(open + 1, line.size() - open - 2));
        Text text;
        std::string kind;
        words >> text.from >> text.to >> kind;
        if (kind == "udh") {
            // 05 00 03 REFERENCE COUNT NUMBER
            std::string header;
            words >> header >> kind;
            auto const bytes = url_decoded(header);
            REQUIRE(bytes.size() == 6);
            std::getline(words >> std::ws, text.text);
            auto& [got, whole] = parts[bytes.substr(3, 1) + text.to];
            whole.from = text.from;
            whole.to = text.to;
            whole.text += url_decoded(text.text);
            if (++got == static_cast<std::size_t>(bytes[4])) {
                whole.text = text_of(whole.text);
                texts.push_back(std::exchange(whole, Text{}));
                got = 0;
            }
            continue;
        }
        std::getline(words >> std::ws, text.text);
        if (kind != "text")
            text.text = text_of(url_decoded(text.text));
        texts.push_back(text);
    }
    return texts;
}

std::vector<Kannel::Text> Kannel::wait_for(std::size_t count) const {
    bool const arrived = eventually([&] { return received().size() >= count; }, within);
    INFO(center_->output() << gateway_->output());
    REQUIRE(arrived);
    return received();
}

} // namespace portico::test
