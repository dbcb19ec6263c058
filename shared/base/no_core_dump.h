#pragma once

namespace portico {

/// From now on a crash of this process leaves no core file: it would hold whatever a member was shown. The
/// handlers that systems pipe a crash to (systemd-coredump, apport) go by the same limit. Nobody in the
/// process can take it back; the second thing that `main` does.
void leave_no_core_dump();

} // namespace portico
