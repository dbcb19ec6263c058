#include "shared/ui/backend.h"
#include "shared/ui/backends/wayland_picture.h"

#include <SDL.h>
#include <SDL_syswm.h>

#include <cstring>
#include <string_view>

namespace portico::ui {
namespace {

/// Ctrl, or the left Alt: the right one types letters on many keyboards.
bool holds_command_key(int mod) {
    return (mod & (KMOD_CTRL | KMOD_LALT)) != 0 && (mod & (KMOD_RALT | KMOD_MODE)) == 0;
}

std::optional<Key> key_of(SDL_Keysym const& key) {
    bool const shift = (key.mod & KMOD_SHIFT) != 0;
    switch (key.sym) {
    case SDLK_TAB:
        return shift ? Key::ShiftTab : Key::Tab;
    case SDLK_UP:
        return Key::Up;
    case SDLK_DOWN:
        return Key::Down;
    case SDLK_LEFT:
        return Key::Left;
    case SDLK_RIGHT:
        return Key::Right;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
    case SDLK_SELECT:
        return Key::Select;
    case SDLK_ESCAPE:
        return Key::Escape;
    case SDLK_BACKSPACE:
        return Key::Backspace;
    case SDLK_DELETE:
        return Key::Delete;
    case SDLK_HOME:
        return Key::Home;
    case SDLK_END:
        return Key::End;
    case SDLK_PAGEUP:
        return Key::PageUp;
    case SDLK_PAGEDOWN:
        return Key::PageDown;
    default:
        break;
    }
    bool const letter = key.sym >= SDLK_a && key.sym <= SDLK_z;
    if (letter && holds_command_key(key.mod)) {
        auto const capital = static_cast<char>('A' + (key.sym - SDLK_a));
        return (key.mod & KMOD_CTRL) != 0 ? ctrl(capital) : alt(capital);
    }
    if (key.sym >= SDLK_F1 && key.sym <= SDLK_F12)
        return static_cast<Key>(static_cast<int>(Key::F1) + (key.sym - SDLK_F1));
    return std::nullopt;
}

/// The window shows the screen scaled down to fit, with room around it, when it is smaller than the screen.
struct Fit {
    float scale = 1;
    int x = 0, y = 0, w = 0, h = 0;
};

/// Of two windows the left one, a screen, gets the greater part.
constexpr float left_share = 0.6F;
constexpr int gap_between_windows_px = 16;

SDL_Rect room_for(WindowPlace place, SDL_Rect const& display) {
    int const left = static_cast<int>(static_cast<float>(display.w) * left_share) - gap_between_windows_px;
    switch (place) {
    case WindowPlace::Center:
        return display;
    case WindowPlace::LeftOfTwo:
        return {display.x, display.y, left, display.h};
    case WindowPlace::RightOfTwo:
        return {display.x + left + gap_between_windows_px, display.y,
                display.w - left - gap_between_windows_px, display.h};
    }
    return display;
}

class SdlBackend final : public Backend {
public:
    ~SdlBackend() override {
        wayland_.reset();
        if (texture_ != nullptr)
            SDL_DestroyTexture(texture_);
        if (renderer_ != nullptr)
            SDL_DestroyRenderer(renderer_);
        if (window_ != nullptr)
            SDL_DestroyWindow(window_);
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }

    Result<void> open(WindowSettings const& settings) {
        width_ = settings.width;
        height_ = settings.height;
        // Fingers come as fingers only; the mouse as the mouse only.
        SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
        SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
        SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
        SDL_SetHint(SDL_HINT_RENDER_SCALE_QUALITY, "linear");
        // We hand over finished pixels: a window surface through OpenGL would only load a driver first.
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
        if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
            return error(ErrorKind::Unavailable, "no_display", std::string("no display: ") + SDL_GetError());
        wake_event_ = SDL_RegisterEvents(1);
        SDL_Rect display{0, 0, settings.width, settings.height};
        SDL_GetDisplayUsableBounds(0, &display);
        SDL_Rect const room = room_for(settings.place, display);
        float const shrink = std::min({1.0F, static_cast<float>(room.w) / static_cast<float>(settings.width),
                                       static_cast<float>(room.h) / static_cast<float>(settings.height)});
        Uint32 const flags = (settings.fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : SDL_WINDOW_RESIZABLE);
        int const w = static_cast<int>(static_cast<float>(settings.width) * shrink);
        int const h = static_cast<int>(static_cast<float>(settings.height) * shrink);
        bool const centered = settings.place == WindowPlace::Center;
        window_ =
            SDL_CreateWindow(settings.title.c_str(), centered ? SDL_WINDOWPOS_CENTERED : room.x,
                             centered ? SDL_WINDOWPOS_CENTERED : room.y + (room.h - h) / 2, w, h, flags);
        if (window_ == nullptr)
            return error(ErrorKind::Unavailable, "no_window", std::string("no window: ") + SDL_GetError());
        SDL_StartTextInput();
        return ok();
    }

    Events wait(std::optional<std::chrono::milliseconds> timeout) override {
        if (wayland_)
            wayland_->wipe_earlier();
        Events out;
        SDL_Event event;
        int const got =
            timeout ? SDL_WaitEventTimeout(
                          &event, static_cast<int>(std::min<std::int64_t>(timeout->count(), wait_max_ms)))
                    : SDL_WaitEvent(&event);
        if (got == 0)
            return out;
        do {
            take(event, out);
        } while (SDL_PollEvent(&event) != 0);
        return out;
    }

    void present(Bitmap const& pixels) override {
        // Shared memory is quickest on Wayland, a window surface on X11; elsewhere, and when the picture must
        // be scaled there, one texture is.
        if (present_wayland(pixels))
            return;
        bool const x11 = driver_is("x11");
        int w = 0;
        int h = 0;
        SDL_GetWindowSize(window_, &w, &h);
        if (renderer_ == nullptr && x11 && w == pixels.width && h == pixels.height && present_surface(pixels))
            return;
        present_texture(pixels);
    }

    void wake() override {
        SDL_Event event{};
        event.type = wake_event_;
        SDL_PushEvent(&event);
    }

private:
    static constexpr std::int64_t wait_max_ms = 3'600'000;

    static bool driver_is(std::string_view name) { return SDL_GetCurrentVideoDriver() == name; }

    bool present_wayland(Bitmap const& pixels) {
        if (!wayland_ && !open_wayland())
            return false;
        int w = 0;
        int h = 0;
        SDL_GetWindowSize(window_, &w, &h);
        Fit const f = fit();
        return w > 0 && h > 0 && wayland_->show(pixels, w, h, {f.x, f.y, f.w, f.h});
    }

    /// A window that has shown a texture stays with it.
    bool open_wayland() {
        SDL_SysWMinfo info{};
        SDL_VERSION(&info.version);
        if (renderer_ != nullptr || !driver_is("wayland") || SDL_GetWindowWMInfo(window_, &info) != SDL_TRUE)
            return false;
        auto opened = WaylandPicture::create(info.info.wl.display, info.info.wl.surface);
        if (opened.has_value())
            wayland_ = std::move(opened.value());
        return wayland_ != nullptr;
    }

    bool present_surface(Bitmap const& pixels) {
        SDL_Surface* surface = SDL_GetWindowSurface(window_);
        if (surface == nullptr || surface->format->BytesPerPixel != 4 || surface->w != pixels.width ||
            surface->h != pixels.height)
            return false;
        SDL_LockSurface(surface);
        for (int y = 0; y < pixels.height; ++y)
            std::memcpy(static_cast<char*>(surface->pixels) + static_cast<std::ptrdiff_t>(y) * surface->pitch,
                        pixels.pixels.data() + static_cast<std::ptrdiff_t>(y) * pixels.width,
                        static_cast<std::size_t>(pixels.width) * 4);
        SDL_UnlockSurface(surface);
        SDL_UpdateWindowSurface(window_);
        return true;
    }

    void present_texture(Bitmap const& pixels) {
        if (renderer_ == nullptr)
            renderer_ = SDL_CreateRenderer(window_, -1, 0);
        if (renderer_ == nullptr)
            return;
        if (texture_ == nullptr || texture_w_ != pixels.width || texture_h_ != pixels.height) {
            if (texture_ != nullptr)
                SDL_DestroyTexture(texture_);
            texture_ = SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STREAMING,
                                         pixels.width, pixels.height);
            texture_w_ = pixels.width;
            texture_h_ = pixels.height;
        }
        SDL_UpdateTexture(texture_, nullptr, pixels.pixels.data(), pixels.width * 4);
        Fit const fit_now = fit();
        SDL_Rect const to{fit_now.x, fit_now.y, fit_now.w, fit_now.h};
        SDL_SetRenderDrawColor(renderer_, 0, 0, 0, 255);
        SDL_RenderClear(renderer_);
        SDL_RenderCopy(renderer_, texture_, nullptr, &to);
        SDL_RenderPresent(renderer_);
    }

    Fit fit() const {
        int w = 0;
        int h = 0;
        SDL_GetWindowSize(window_, &w, &h);
        Fit out;
        out.scale = std::min(static_cast<float>(w) / static_cast<float>(width_),
                             static_cast<float>(h) / static_cast<float>(height_));
        out.w = static_cast<int>(static_cast<float>(width_) * out.scale);
        out.h = static_cast<int>(static_cast<float>(height_) * out.scale);
        out.x = (w - out.w) / 2;
        out.y = (h - out.h) / 2;
        return out;
    }

    Point on_screen(float window_x, float window_y) const {
        Fit const f = fit();
        return {(window_x - static_cast<float>(f.x)) / f.scale,
                (window_y - static_cast<float>(f.y)) / f.scale};
    }

    Point finger_at(SDL_TouchFingerEvent const& finger) const {
        int w = 0;
        int h = 0;
        SDL_GetWindowSize(window_, &w, &h);
        return on_screen(finger.x * static_cast<float>(w), finger.y * static_cast<float>(h));
    }

    void take(SDL_Event const& event, Events& out) {
        switch (event.type) {
        case SDL_QUIT:
            out.quit = true;
            break;
        case SDL_WINDOWEVENT:
            out.redraw = true;
            if (event.window.event == SDL_WINDOWEVENT_LEAVE)
                out.input.emplace_back(PointerLeft{});
            break;
        case SDL_MOUSEMOTION:
            out.input.emplace_back(PointerMoved{
                on_screen(static_cast<float>(event.motion.x), static_cast<float>(event.motion.y))});
            break;
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEBUTTONUP:
            take_button(event.button, out);
            break;
        case SDL_FINGERDOWN:
        case SDL_FINGERMOTION:
        case SDL_FINGERUP:
            take_finger(event.tfinger, out);
            break;
        case SDL_KEYDOWN:
            held_down_ = event.key.repeat != 0;
            if (auto const key = key_of(event.key.keysym))
                out.input.emplace_back(KeyPressed{*key, held_down_});
            break;
        case SDL_TEXTINPUT:
            // Some input methods type the letter of a command, too.
            if (holds_command_key(SDL_GetModState()))
                break;
            // What a key types comes right after its press.
            out.input.emplace_back(TextTyped{event.text.text, held_down_});
            break;
        default:
            break;
        }
    }

    void take_button(SDL_MouseButtonEvent const& button, Events& out) const {
        if (button.button != SDL_BUTTON_LEFT)
            return;
        Point const at = on_screen(static_cast<float>(button.x), static_cast<float>(button.y));
        if (button.type == SDL_MOUSEBUTTONDOWN)
            out.input.emplace_back(PointerPressed{at});
        else
            out.input.emplace_back(PointerReleased{at});
    }

    /// The first finger down is followed until it leaves; the others are as if they were not there.
    void take_finger(SDL_TouchFingerEvent const& finger, Events& out) {
        Point const at = finger_at(finger);
        if (finger.type == SDL_FINGERDOWN) {
            if (finger_)
                return;
            finger_ = finger.fingerId;
            out.input.emplace_back(PointerMoved{at});
            out.input.emplace_back(PointerPressed{at});
            return;
        }
        if (finger_ != finger.fingerId)
            return;
        if (finger.type == SDL_FINGERMOTION) {
            out.input.emplace_back(PointerMoved{at});
            return;
        }
        out.input.emplace_back(PointerReleased{at});
        out.input.emplace_back(PointerLeft{});
        finger_.reset();
    }

    SDL_Window* window_ = nullptr;
    SDL_Renderer* renderer_ = nullptr;
    SDL_Texture* texture_ = nullptr;
    std::unique_ptr<WaylandPicture> wayland_;
    int texture_w_ = 0, texture_h_ = 0;
    int width_ = 0, height_ = 0;
    Uint32 wake_event_ = 0;
    std::optional<SDL_FingerID> finger_;
    bool held_down_ = false;
};

} // namespace

Result<std::unique_ptr<Backend>> make_sdl_backend(WindowSettings const& settings) {
    auto backend = std::make_unique<SdlBackend>();
    TRY(backend->open(settings));
    return std::unique_ptr<Backend>(std::move(backend));
}

} // namespace portico::ui
