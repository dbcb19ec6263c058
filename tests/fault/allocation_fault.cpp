#include "tests/fault/allocation_fault.h"

#include <atomic>
#include <cstdlib>
#include <new>
#include <openssl/crypto.h>
#include <sqlite3.h>

namespace portico::test {

namespace {

std::atomic<bool> armed = false;
std::atomic<std::uint64_t> made = 0;
std::atomic<std::uint64_t> fails = 0;
thread_local bool spared = false;

bool must_fail() {
    if (!armed.load(std::memory_order_relaxed) || spared)
        return false;
    return made.fetch_add(1) == fails.load();
}

sqlite3_mem_methods sqlite_memory;

void* sqlite_allocate(int bytes) {
    return must_fail() ? nullptr : sqlite_memory.xMalloc(bytes);
}
void* sqlite_reallocate(void* block, int bytes) {
    return must_fail() ? nullptr : sqlite_memory.xRealloc(block, bytes);
}
bool count_sqlite() {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_memory) != SQLITE_OK)
        return false;
    auto counted = sqlite_memory;
    counted.xMalloc = sqlite_allocate;
    counted.xRealloc = sqlite_reallocate;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &counted) == SQLITE_OK;
}

void* openssl_allocate(std::size_t bytes, char const*, int) {
    return bytes == 0 || must_fail() ? nullptr : std::malloc(bytes);
}
void* openssl_reallocate(void* block, std::size_t bytes, char const*, int) {
    if (bytes == 0) {
        std::free(block);
        return nullptr;
    }
    return must_fail() ? nullptr : std::realloc(block, bytes);
}
void openssl_free(void* block, char const*, int) {
    std::free(block);
}
bool count_openssl() {
    return CRYPTO_set_mem_functions(openssl_allocate, openssl_reallocate, openssl_free) == 1;
}

// Before main: both take it only as long as they hold nothing.
bool const sqlite_counted = count_sqlite();
bool const openssl_counted = count_openssl();

} // namespace

AllocationFault::AllocationFault(std::uint64_t nth, Threads threads) {
    made = 0;
    fails = nth;
    spared = threads == Threads::Others;
    armed = true;
}

AllocationFault::~AllocationFault() {
    armed = false;
    spared = false;
}

bool AllocationFault::struck() const {
    return count() > fails.load();
}

std::uint64_t AllocationFault::count() const {
    return made.load();
}

bool AllocationFault::libraries_are_counted() {
    return sqlite_counted && openssl_counted;
}

namespace {
void* allocate_or_null(std::size_t bytes) {
    return must_fail() ? nullptr : std::malloc(bytes == 0 ? 1 : bytes);
}
void* allocate(std::size_t bytes) {
    auto* block = allocate_or_null(bytes);
    if (block == nullptr)
        throw std::bad_alloc();
    return block;
}
} // namespace

} // namespace portico::test

// A program may replace these. All of one kind: a block that one of them gave must not come back to
// another's.
void* operator new(std::size_t bytes) {
    return portico::test::allocate(bytes);
}
void* operator new[](std::size_t bytes) {
    return portico::test::allocate(bytes);
}
void* operator new(std::size_t bytes, std::nothrow_t const&) noexcept {
    return portico::test::allocate_or_null(bytes);
}
void* operator new[](std::size_t bytes, std::nothrow_t const&) noexcept {
    return portico::test::allocate_or_null(bytes);
}
void operator delete(void* block) noexcept {
    std::free(block);
}
void operator delete[](void* block) noexcept {
    std::free(block);
}
void operator delete(void* block, std::size_t) noexcept {
    std::free(block);
}
void operator delete[](void* block, std::size_t) noexcept {
    std::free(block);
}
void operator delete(void* block, std::nothrow_t const&) noexcept {
    std::free(block);
}
void operator delete[](void* block, std::nothrow_t const&) noexcept {
    std::free(block);
}
