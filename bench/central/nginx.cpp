#include "bench/central/nginx.h"

#include "tests/support/eventually.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace portico::bench {

namespace {

void write_file(std::filesystem::path const& file, std::string const& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

std::uint16_t free_port() {
    int const probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(probe, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(probe);
    return ntohs(address.sin_port);
}

std::string configuration(std::filesystem::path const& folder, std::uint16_t port) {
    auto const at = folder.string();
    return "daemon off;\nmaster_process off;\npid " + at + "/pid;\nerror_log " + at +
           "/error.log;\nevents { worker_connections 4096; }\nhttp {\n  access_log off;\n  sendfile on;\n"
           "  tcp_nodelay on;\n  keepalive_requests 100000000;\n  keepalive_timeout 600;\n"
           "  default_type application/json;\n  client_body_temp_path " +
           at + "/tmp;\n  proxy_temp_path " + at + "/tmp;\n  fastcgi_temp_path " + at +
           "/tmp;\n  uwsgi_temp_path " + at + "/tmp;\n  scgi_temp_path " + at +
           "/tmp;\n  open_file_cache max=1000;\n  server {\n    listen 127.0.0.1:" + std::to_string(port) +
           " ssl;\n    ssl_protocols TLSv1.3;\n    ssl_certificate " + at +
           "/chain.pem;\n    ssl_certificate_key " + at + "/key.pem;\n    ssl_client_certificate " + at +
           "/authority.pem;\n    ssl_verify_client on;\n    ssl_session_tickets off;\n    root " + at +
           "/files;\n  }\n}\n";
}

} // namespace

Nginx::Nginx(std::filesystem::path const& folder, CentralHost const& like,
             std::map<std::string, std::string> const& files)
    : port_(free_port()) {
    for (auto const& [path, body] : files)
        write_file(folder / ("files" + path), body);
    write_file(folder / "chain.pem", like.server_chain_pem());
    write_file(folder / "key.pem", like.server_key_pem());
    write_file(folder / "authority.pem", like.terminals().front().face.authority_pem);
    write_file(folder / "nginx.conf", configuration(folder, port_));
    auto const config = (folder / "nginx.conf").string();
    process_ = ::fork();
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::execlp("nginx", "nginx", "-p", folder.c_str(), "-c", config.c_str(), nullptr);
        std::_Exit(127);
    }
    bool answers = false;
    test::eventually([&] {
        answers = test::TlsClient(port_, like.terminals().front().face).connected();
        return answers || ::waitpid(process_, nullptr, WNOHANG) != 0;
    });
    if (answers)
        return;
    std::fprintf(stderr, "bench: nginx did not start; see %s/error.log\n", folder.c_str());
    std::exit(1);
}

Nginx::~Nginx() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
}

} // namespace portico::bench
