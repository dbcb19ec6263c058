#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>

// Whatever a visit leaves on the heap is overwritten as it is freed: names and amounts live in ordinary
// strings and vectors, and the end of a session must take them all. Linked into the kiosk program alone; the
// sanitizers bring their own operators.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

void* take(std::size_t size) {
    return std::malloc(size == 0 ? 1 : size);
}
void* take_or_throw(std::size_t size) {
    void* const block = take(size);
    if (block == nullptr)
        throw std::bad_alloc();
    return block;
}
void give_back(void* block) noexcept {
    if (block != nullptr)
        explicit_bzero(block, malloc_usable_size(block));
    std::free(block);
}

} // namespace

void* operator new(std::size_t size) {
    return take_or_throw(size);
}
void* operator new[](std::size_t size) {
    return take_or_throw(size);
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return take(size);
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return take(size);
}
void operator delete(void* block) noexcept {
    give_back(block);
}
void operator delete[](void* block) noexcept {
    give_back(block);
}
void operator delete(void* block, std::size_t) noexcept {
    give_back(block);
}
void operator delete[](void* block, std::size_t) noexcept {
    give_back(block);
}
void operator delete(void* block, std::nothrow_t const&) noexcept {
    give_back(block);
}
void operator delete[](void* block, std::nothrow_t const&) noexcept {
    give_back(block);
}

#endif
