// A host with a full disk or a wrong clock, for programs as they are: loaded before the C library
// (LD_PRELOAD), it answers a few of its calls as the kernel would there. Needs no privilege and no file
// system of its own.
//
//   HOST_FULL_DISK_FOLDER   files below it cannot grow, and no byte is written to them ...
//   HOST_FULL_DISK_FLAG     ... while this file exists
//   HOST_CLOCK_OFFSET_S     the wall clock is so many seconds ahead (negative: behind); the monotonic one is
//   right
//   HOST_CLOCK_FILE         the same, as this file says at the moment: hours pass while the program runs

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdio>

namespace {

bool is_full(int file) {
    char const* folder = std::getenv("HOST_FULL_DISK_FOLDER");
    char const* flag = std::getenv("HOST_FULL_DISK_FLAG");
    if (folder == nullptr || flag == nullptr || ::syscall(SYS_access, flag, F_OK) != 0)
        return false;
    char name[64];
    std::snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    char path[PATH_MAX];
    auto const size = ::readlink(name, path, sizeof path - 1);
    if (size <= 0)
        return false;
    path[size] = '\0';
    return std::strncmp(path, folder, std::strlen(folder)) == 0;
}

template <class Result>
Result no_space() {
    errno = ENOSPC;
    return static_cast<Result>(-1);
}

long offset_in(char const* name) {
    auto const file = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, name, O_RDONLY | O_CLOEXEC));
    if (file < 0)
        return 0;
    char text[32] = {};
    auto const size = ::syscall(SYS_read, file, text, sizeof text - 1);
    ::syscall(SYS_close, file);
    return size > 0 ? std::strtol(text, nullptr, 10) : 0;
}

long offset_s() {
    if (char const* name = std::getenv("HOST_CLOCK_FILE"))
        return offset_in(name);
    char const* text = std::getenv("HOST_CLOCK_OFFSET_S");
    return text == nullptr ? 0 : std::strtol(text, nullptr, 10);
}

} // namespace

extern "C" {

ssize_t write(int file, void const* data, std::size_t size) {
    return is_full(file) ? no_space<ssize_t>() : ::syscall(SYS_write, file, data, size);
}
ssize_t pwrite(int file, void const* data, std::size_t size, off_t at) {
    return is_full(file) ? no_space<ssize_t>() : ::syscall(SYS_pwrite64, file, data, size, at);
}
ssize_t pwrite64(int file, void const* data, std::size_t size, off64_t at) {
    return is_full(file) ? no_space<ssize_t>() : ::syscall(SYS_pwrite64, file, data, size, at);
}
ssize_t writev(int file, iovec const* parts, int count) {
    return is_full(file) ? no_space<ssize_t>() : ::syscall(SYS_writev, file, parts, count);
}
int ftruncate(int file, off_t size) noexcept {
    return is_full(file) && size > 0 ? no_space<int>()
                                     : static_cast<int>(::syscall(SYS_ftruncate, file, size));
}
int ftruncate64(int file, off64_t size) noexcept {
    return is_full(file) && size > 0 ? no_space<int>()
                                     : static_cast<int>(::syscall(SYS_ftruncate, file, size));
}
int posix_fallocate(int file, off_t at, off_t size) {
    return is_full(file) ? ENOSPC : ::syscall(SYS_fallocate, file, 0, at, size) == 0 ? 0 : errno;
}
int posix_fallocate64(int file, off64_t at, off64_t size) {
    return posix_fallocate(file, at, size);
}

int clock_gettime(clockid_t clock, timespec* now) noexcept {
    auto const code = static_cast<int>(::syscall(SYS_clock_gettime, clock, now));
    if (code == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += offset_s();
    return code;
}
int gettimeofday(timeval* now, void*) noexcept {
    timespec exact{};
    auto const code = clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return code;
}
std::time_t time(std::time_t* out) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != nullptr)
        *out = now.tv_sec;
    return now.tv_sec;
}

} // extern "C"
