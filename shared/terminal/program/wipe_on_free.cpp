#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <malloc.h>

// Whatever a visit leaves on the heap is overwritten as it is freed: names and amounts live in ordinary
// strings and vectors, and in the buffers of the libraries that shape, draw and send them; the end of a
// session must take them all. So this holds for every block of the process, whoever frees it. Linked into the
// programs that people sit or stand at.

#if defined(__SANITIZE_THREAD__)

// The thread sanitizer's allocator calls its hook before a realloc has copied: wiping there would lose what
// is kept. A build that looks for races wipes nothing on the heap; it is for tests alone.

#elif defined(__SANITIZE_ADDRESS__)

// As in <sanitizer/allocator_interface.h>, which gcc does not bring along.
extern "C" {
std::size_t __sanitizer_get_allocated_size(void const volatile* block);
int __sanitizer_install_malloc_and_free_hooks(void (*allocated)(void const volatile*, std::size_t),
                                              void (*freed)(void const volatile*));
}

// The sanitizer brings an allocator of its own, and calls this before a block is given back to it.
namespace {

void wipe_block(void const volatile* block) {
    if (block != nullptr)
        explicit_bzero(const_cast<void*>(block), __sanitizer_get_allocated_size(block));
}

[[maybe_unused]] bool const installed =
    __sanitizer_install_malloc_and_free_hooks([](void const volatile*, std::size_t) {}, wipe_block) != 0;

} // namespace

#else

// The C library lets a program put its own functions in the place of these; its own stand behind names with
// __libc_. operator delete ends here too.
extern "C" {

void __libc_free(void* block); // NOLINT(bugprone-reserved-identifier): the C library's name

void free(void* block) noexcept {
    if (block == nullptr)
        return;
    explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
}

void* realloc(void* block, std::size_t size) noexcept {
    if (block == nullptr)
        return std::malloc(size);
    if (size == 0) {
        free(block);
        return nullptr;
    }
    // Never in place: what is cut off, or left behind by a move, must be wiped as well.
    void* const moved = std::malloc(size);
    if (moved == nullptr)
        return nullptr;
    auto const old_size = malloc_usable_size(block);
    std::memcpy(moved, block, old_size < size ? old_size : size);
    free(block);
    return moved;
}

} // extern "C"

#endif
