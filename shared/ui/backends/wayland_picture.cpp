#include "shared/ui/backends/wayland_picture.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-client.h>

namespace portico::ui {
namespace {

/// Memory that the compositor reads as well.
class SharedBuffer {
public:
    SharedBuffer() = default;
    SharedBuffer(SharedBuffer const&) = delete;
    SharedBuffer& operator=(SharedBuffer const&) = delete;
    ~SharedBuffer() { drop(); }

    /// From now on it has this size. False when there is no memory.
    bool prepare(wl_shm* shm, int width, int height) {
        if (buffer_ != nullptr && width == width_ && height == height_)
            return true;
        drop();
        int const stride = width * static_cast<int>(sizeof(std::uint32_t));
        auto const size = static_cast<std::size_t>(stride) * static_cast<std::size_t>(height);
        int const memory = ::memfd_create("portico-picture", MFD_CLOEXEC | MFD_ALLOW_SEALING);
        if (memory < 0)
            return false;
        void* const mapped = ::ftruncate(memory, static_cast<off_t>(size)) == 0
                                 ? ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0)
                                 : MAP_FAILED;
        if (mapped == MAP_FAILED) {
            ::close(memory);
            return false;
        }
        wl_shm_pool* const pool = wl_shm_create_pool(shm, memory, static_cast<std::int32_t>(size));
        buffer_ = wl_shm_pool_create_buffer(pool, 0, width, height, stride, WL_SHM_FORMAT_XRGB8888);
        wl_shm_pool_destroy(pool);
        ::close(memory);
        static constexpr wl_buffer_listener listener{
            .release = [](void* self, wl_buffer*) { static_cast<SharedBuffer*>(self)->busy_ = false; }};
        wl_buffer_add_listener(buffer_, &listener, this);
        pixels_ = {static_cast<std::uint32_t*>(mapped), size / sizeof(std::uint32_t)};
        width_ = width;
        height_ = height;
        return true;
    }

    bool busy() const { return busy_; }
    void lend() { busy_ = used_ = true; }
    void wipe_if_given_back() {
        if (!busy_ && used_)
            ::explicit_bzero(pixels_.data(), pixels_.size_bytes());
        used_ = busy_;
    }
    wl_buffer* buffer() const { return buffer_; }
    std::span<std::uint32_t> pixels() const { return pixels_; }

private:
    void drop() {
        if (buffer_ == nullptr)
            return;
        wl_buffer_destroy(buffer_);
        busy_ = false;
        wipe_if_given_back();
        ::munmap(pixels_.data(), pixels_.size_bytes());
        buffer_ = nullptr;
    }

    wl_buffer* buffer_ = nullptr;
    std::span<std::uint32_t> pixels_;
    int width_ = 0, height_ = 0;
    bool busy_ = false; ///< the compositor may look at it
    bool used_ = false; ///< holds a picture
};

class SharedMemoryPicture final : public WaylandPicture {
public:
    SharedMemoryPicture(wl_display* display, wl_surface* surface) : display_(display), surface_(surface) {}
    ~SharedMemoryPicture() override {
        if (shm_ != nullptr)
            wl_shm_destroy(shm_);
        if (registry_ != nullptr)
            wl_registry_destroy(registry_);
        // The buffers' events come by the queue: they go first.
        buffers_.reset();
        if (queue_ != nullptr)
            wl_event_queue_destroy(queue_);
    }

    Result<void> open() {
        // A queue of our own: SDL handles its events in its own time, and we must not take them from it.
        queue_ = wl_display_create_queue(display_);
        auto* const wrapper = static_cast<wl_display*>(wl_proxy_create_wrapper(display_));
        if (queue_ == nullptr || wrapper == nullptr)
            return unavailable();
        wl_proxy_set_queue(reinterpret_cast<wl_proxy*>(wrapper), queue_);
        registry_ = wl_display_get_registry(wrapper);
        wl_proxy_wrapper_destroy(wrapper);
        static constexpr wl_registry_listener listener{
            .global =
                [](void* self, wl_registry* registry, std::uint32_t name, char const* interface,
                   std::uint32_t) {
                    if (std::string_view(interface) == wl_shm_interface.name)
                        static_cast<SharedMemoryPicture*>(self)->shm_ =
                            static_cast<wl_shm*>(wl_registry_bind(registry, name, &wl_shm_interface, 1));
                },
            .global_remove = [](void*, wl_registry*, std::uint32_t) {}};
        wl_registry_add_listener(registry_, &listener, this);
        if (wl_display_roundtrip_queue(display_, queue_) < 0 || shm_ == nullptr)
            return unavailable();
        return ok();
    }

    bool show(Bitmap const& picture, int width, int height, PixelRect const& place) override {
        auto& buffer = free_buffer();
        if (!buffer.prepare(shm_, width, height))
            return false;
        constexpr std::uint32_t black = 0xFF000000U;
        if (place.w != width || place.h != height)
            std::fill(buffer.pixels().begin(), buffer.pixels().end(), black);
        draw_scaled(picture, buffer.pixels(), width, place);
        buffer.lend();
        wl_surface_attach(surface_, buffer.buffer(), 0, 0);
        wl_surface_damage(surface_, 0, 0, width, height);
        wl_surface_commit(surface_);
        wl_display_flush(display_);
        return true;
    }

    void wipe_earlier() override {
        wl_display_dispatch_queue_pending(display_, queue_);
        for (auto& buffer : *buffers_)
            buffer.wipe_if_given_back();
    }

private:
    static Error unavailable() {
        return error(ErrorKind::Unavailable, "no_shared_memory",
                     "the compositor takes no pictures in memory");
    }

    /// One that the compositor is done with. When it has both, it is asked; one that does not answer is drawn
    /// over: a torn picture rather than none.
    SharedBuffer& free_buffer() {
        wl_display_dispatch_queue_pending(display_, queue_);
        auto const is_free = [](SharedBuffer const& each) { return !each.busy(); };
        auto found = std::find_if(buffers_->begin(), buffers_->end(), is_free);
        if (found == buffers_->end()) {
            wl_display_roundtrip_queue(display_, queue_);
            found = std::find_if(buffers_->begin(), buffers_->end(), is_free);
        }
        return found == buffers_->end() ? buffers_->front() : *found;
    }

    wl_display* display_;
    wl_surface* surface_;
    wl_event_queue* queue_ = nullptr;
    wl_registry* registry_ = nullptr;
    wl_shm* shm_ = nullptr;
    std::unique_ptr<std::array<SharedBuffer, 2>> buffers_ = std::make_unique<std::array<SharedBuffer, 2>>();
};

} // namespace

Result<std::unique_ptr<WaylandPicture>> WaylandPicture::create(wl_display* display, wl_surface* surface) {
    auto picture = std::make_unique<SharedMemoryPicture>(display, surface);
    TRY(picture->open());
    return std::unique_ptr<WaylandPicture>(std::move(picture));
}

} // namespace portico::ui
