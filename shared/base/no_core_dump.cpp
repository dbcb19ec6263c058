#include "shared/base/no_core_dump.h"

#include <sys/resource.h>

namespace portico {

void leave_no_core_dump() {
    rlimit const none{0, 0};
    static_cast<void>(::setrlimit(RLIMIT_CORE, &none)); // lowering one's own limits is always allowed
}

} // namespace portico
