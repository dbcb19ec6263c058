#pragma once

namespace portico {

/// From now on a write to a connection or pipe whose other end is gone is an error that the writer is told
/// (EPIPE), and does not end the program. For the whole process; the first thing that `main` does. Neither
/// OpenSSL nor libcurl on a thread (CURLOPT_NOSIGNAL) does this for its own sockets.
void ignore_broken_pipes();

} // namespace portico
