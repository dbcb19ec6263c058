#include "tests/support/device_process.h"

#include "shared/base/encoding.h"
#include "shared/base/uuid.h"

#include <algorithm>
#include <arpa/inet.h>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::test {

namespace {

std::string find_program(std::string const& program) {
    if (program.find('/') != program.npos)
        return access(program.c_str(), X_OK) == 0 ? program : "";
    char const* path = std::getenv("PATH");
    std::string all = std::string(path == nullptr ? "" : path) + ":/usr/sbin:/sbin:/usr/local/sbin";
    for (std::size_t at = 0; at <= all.size();) {
        auto const end = std::min(all.find(':', at), all.size());
        auto const candidate = all.substr(at, end - at) + "/" + program;
        if (access(candidate.c_str(), X_OK) == 0)
            return candidate;
        at = end + 1;
    }
    return {};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& text : texts)
        out.push_back(text.data());
    out.push_back(nullptr);
    return out;
}

} // namespace

DeviceProcess::DeviceProcess(std::vector<std::string> const& arguments,
                             std::vector<std::string> const& environment, std::filesystem::path const& log) {
    // Everything is made before the fork: the child may only call what is safe after it.
    auto const program = find_program(arguments.front());
    auto argv_texts = arguments;
    std::vector<std::string> env_texts;
    for (char** entry = environ; *entry != nullptr; ++entry)
        env_texts.emplace_back(*entry);
    env_texts.insert(env_texts.end(), environment.begin(), environment.end());
    auto argv = pointers(argv_texts);
    auto env = pointers(env_texts);
    auto const log_name = log.string();
    auto const parent = getpid();
    pid_ = fork();
    if (pid_ != 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(127);
    int const out = open(log_name.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    execve(program.c_str(), argv.data(), env.data());
    _exit(127);
}

DeviceProcess::~DeviceProcess() {
    kill();
}

bool DeviceProcess::running() {
    if (pid_ <= 0)
        return false;
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) != pid_)
        return true;
    pid_ = -1;
    return false;
}

void DeviceProcess::signal(int number) const {
    if (pid_ <= 0)
        return;
    ::kill(pid_, number);
    int status = 0;
    if (number == SIGSTOP)
        waitpid(pid_, &status, WUNTRACED);
}

void DeviceProcess::kill() {
    if (pid_ <= 0)
        return;
    ::kill(pid_, SIGKILL);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
}

bool has_program(std::string const& program) {
    return !find_program(program).empty();
}

DeviceFolder::DeviceFolder()
    : path_(std::filesystem::temp_directory_path() / ("portico-device-" + to_hex(random_bytes(8)))) {
    std::filesystem::create_directories(path_);
}

DeviceFolder::~DeviceFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

namespace {

constexpr int lowest_port = 10'000;
constexpr int end_of_ports = 20'000; // from here on are the blocks of tests/phone/port_block.h
/// Where the kernel's ports for clients begin (net.ipv4.ip_local_port_range); 32,768 unless somebody set it.
int client_ports_begin() {
    int begin = 0;
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> begin;
    return begin > lowest_port ? begin : 32'768;
}

/// Until this process ends: the socket that has the name is never closed, and leaves no file.
bool reserve_port(int port) {
    int const fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const name = "portico-test-port-" + std::to_string(port); // after a NUL: in no file system
    name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
    auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) == 0)
        return true;
    close(fd);
    return false;
}

bool can_listen_at(int port) {
    int const fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    bool const free = bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return free;
}

} // namespace

int free_port(int count) {
    auto const choice =
        static_cast<std::uint32_t>(std::min(client_ports_begin(), end_of_ports) - lowest_port - count);
    auto const bytes = random_bytes(sizeof(std::uint32_t));
    std::uint32_t at = 0;
    std::memcpy(&at, bytes.data(), sizeof at);
    for (std::uint32_t tried = 0; tried < choice; ++tried) {
        int const first = lowest_port + static_cast<int>((at % choice + tried) % choice);
        int port = first;
        while (port < first + count && reserve_port(port) && can_listen_at(port))
            ++port;
        if (port == first + count)
            return first;
    }
    return 0;
}

} // namespace portico::test
