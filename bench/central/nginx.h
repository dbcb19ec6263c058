#pragma once

#include "bench/central/host.h"

#include <map>
#include <string>
#include <sys/types.h>

namespace portico::bench {

/// nginx as one process, serving files over mutual TLS 1.3 with the same certificates as central.
class Nginx {
public:
    /// `files`: bodies by path ("/v1/eobs/1"). Stops the program when nginx does not start.
    Nginx(std::filesystem::path const& folder, CentralHost const& like,
          std::map<std::string, std::string> const& files);
    Nginx(Nginx const&) = delete;
    Nginx& operator=(Nginx const&) = delete;
    ~Nginx();

    pid_t process() const { return process_; }
    std::uint16_t port() const { return port_; }

private:
    pid_t process_ = 0;
    std::uint16_t port_ = 0;
};

} // namespace portico::bench
