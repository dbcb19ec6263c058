#include "shared/base/broken_pipe.h"

#include <csignal>

namespace portico {

void ignore_broken_pipes() {
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
}

} // namespace portico
