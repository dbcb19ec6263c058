#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace portico::test {

/// Which of `words` stand in the memory of a running program, and where: "word in [heap]". Looks through
/// every readable mapping, for the word in UTF-8, UTF-16 and UTF-32, and from its second letter on (an
/// emptied string keeps the rest). Fails the test when there was less to look through than `bytes_least`.
std::vector<std::string> found_in_memory(pid_t process, std::vector<std::string> const& words,
                                         std::size_t bytes_least = 10'000'000);
/// The same in the files below a folder.
std::vector<std::string> found_in_files(std::string const& folder, std::vector<std::string> const& words);

} // namespace portico::test
