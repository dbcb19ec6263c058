#include "shared/base/out_of_memory.h"

#include <cstdlib>
#include <exception>
#include <string_view>
#include <sysexits.h>
#include <unistd.h>

namespace portico {

namespace {

/// Says so without asking for memory.
[[noreturn]] void end() {
    try {
        if (auto const current = std::current_exception())
            std::rethrow_exception(current);
    } catch (std::bad_alloc const&) {
        constexpr std::string_view words = "Memory ran out. Nothing that was not confirmed has been kept; "
                                           "give it more memory, or end what else "
                                           "runs, and start it again.\n";
        static_cast<void>(::write(STDERR_FILENO, words.data(), words.size()));
        ::_exit(EX_OSERR);
    } catch (...) {
    }
    std::abort();
}

} // namespace

Error out_of_memory() {
    return error(ErrorKind::Unavailable, "out_of_memory", "memory ran out; free some and try again");
}

void end_clearly_without_memory() {
    std::set_terminate(end);
}

} // namespace portico
