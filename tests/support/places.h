#pragma once

#include <string>

// Where the sources and the built programs lie. A function of one file instead of a definition for every
// test: what is compiled does not hang on the folder it is compiled in, so another clone takes it from the
// compiler's cache.

namespace portico::test {

/// The project's root.
std::string source_dir();

/// The folder of the built programs: bin in the build folder.
std::string bin_dir();

} // namespace portico::test
