#pragma once

#include <span>
#include <string>

namespace portico::central {

// One function a command; `args` follow the command's word. They print to standard output and error and
// return the exit code. `--help` of each is printed by main.

int init_command(std::span<std::string const> args);
int serve_command(std::span<std::string const> args);
int node_command(std::span<std::string const> args);
int terminal_command(std::span<std::string const> args);
int release_command(std::span<std::string const> args);
int authority_command(std::span<std::string const> args);
int audit_command(std::span<std::string const> args);
int backup_command(std::span<std::string const> args);
int restore_command(std::span<std::string const> args);
int notice_command(std::span<std::string const> args);
int contact_way_command(std::span<std::string const> args);
int queue_command(std::span<std::string const> args);
int openapi_command(std::span<std::string const> args);

} // namespace portico::central
