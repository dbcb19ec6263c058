#pragma once

#include <span>
#include <string>

/// Commands that other parts of central own, in the shape main wants.
namespace portico::central {

int run_import(std::span<std::string const> args);
int run_inspect(std::span<std::string const> args);
int run_account(std::span<std::string const> args);
int run_sample(std::span<std::string const> args);

} // namespace portico::central
