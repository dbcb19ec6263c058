#include "shared/ui/driver/driver.h"

#include "shared/base/mailbox.h"
#include "shared/base/secret.h"
#include "shared/ui/draw/png.h"
#include "shared/ui/driver/line_socket.h"
#include "shared/ui/driver/match.h"

#include <boost/json.hpp>

#include <charconv>
#include <chrono>
#include <deque>
#include <map>

namespace portico::ui {
namespace {

namespace json = boost::json;
using RealTime = std::chrono::steady_clock::time_point;

constexpr double wait_default_s = 5;
// A tap whose target moved away while the finger was on its way is aimed again so often.
constexpr int aims_max = 3;

std::optional<std::string> text_of(json::object const& request, std::string_view name) {
    auto const* value = request.if_contains(name);
    if (value == nullptr || !value->is_string())
        return std::nullopt;
    return std::string(value->get_string());
}

std::optional<double> number_of(json::object const& request, std::string_view name) {
    auto const* value = request.if_contains(name);
    if (value == nullptr || !value->is_number())
        return std::nullopt;
    return value->to_number<double>();
}

/// Errors: InvalidInput for a role that does not exist.
Result<NodeQuery> query_of(json::object const& request) {
    NodeQuery query;
    if (auto const role = text_of(request, "role")) {
        Role parsed = Role::Text;
        if (!parse_role(*role, parsed))
            return error(ErrorKind::InvalidInput, "no_such_role", "there is no role " + *role);
        query.role = parsed;
    }
    query.id = text_of(request, "id");
    query.msg = text_of(request, "msg");
    query.label = text_of(request, "label");
    query.value = text_of(request, "value");
    query.key = text_of(request, "node_key");
    query.within = text_of(request, "within");
    return query;
}

std::optional<InputEvent> key_event(std::string const& name) {
    static std::map<std::string, Key> const keys = {{"Tab", Key::Tab},
                                                    {"Shift+Tab", Key::ShiftTab},
                                                    {"Up", Key::Up},
                                                    {"Down", Key::Down},
                                                    {"Left", Key::Left},
                                                    {"Right", Key::Right},
                                                    {"Enter", Key::Select},
                                                    {"Select", Key::Select},
                                                    {"Escape", Key::Escape},
                                                    {"Backspace", Key::Backspace},
                                                    {"Delete", Key::Delete},
                                                    {"Home", Key::Home},
                                                    {"End", Key::End},
                                                    {"PageUp", Key::PageUp},
                                                    {"PageDown", Key::PageDown}};
    auto const found = keys.find(name);
    if (found != keys.end())
        return KeyPressed{found->second};
    if (name == "Space")
        return TextTyped{" "};
    // "Alt+T", "Ctrl+K"
    auto const plus = name.find('+');
    if (plus != std::string::npos && plus + 2 == name.size() && name.back() >= 'A' && name.back() <= 'Z') {
        if (name.starts_with("Alt+"))
            return KeyPressed{alt(name.back())};
        if (name.starts_with("Ctrl+"))
            return KeyPressed{ctrl(name.back())};
    }
    if (name.size() >= 2 && name[0] == 'F') {
        int n = 0;
        auto const* const end = name.data() + name.size();
        auto const number = std::from_chars(name.data() + 1, end, n);
        if (number.ec == std::errc() && number.ptr == end && n >= 1 && n <= 12)
            return KeyPressed{static_cast<Key>(static_cast<int>(Key::F1) + n - 1)};
    }
    return std::nullopt;
}

class SocketDriver final : public Driver {
public:
    SocketDriver(Stage& stage, Backend& backend, Clock const& clock, Hooks hooks)
        : stage_(stage), clock_(clock), hooks_(std::move(hooks)), lines_([&backend] { backend.wake(); }),
          backend_(backend) {}

    Result<void> listen(std::filesystem::path const& path) {
        return socket_.open(path, [this](std::string line) { lines_.post(std::move(line)); });
    }

    bool serve() override {
        for (auto& line : lines_.take_all())
            waiting_.push_back(std::move(line));
        // Before the first frame there is nothing to look at.
        if (step_ != Step::Idle || waiting_.empty() || stage_.frame().nodes.empty())
            return step_ != Step::Idle;
        begin(waiting_.front());
        waiting_.pop_front();
        return true;
    }

    void frame_done() override {
        switch (step_) {
        case Step::Idle:
            break;
        case Step::Aimed:
            press();
            break;
        case Step::Pressed:
            if (stage_.press_missed())
                aim_again();
            else
                finish({});
            break;
        case Step::Acted:
            finish({});
            break;
        case Step::Waiting:
            look();
            break;
        }
        if (!waiting_.empty() || step_ == Step::Aimed || step_ == Step::Pressed || step_ == Step::Acted)
            backend_.wake();
    }

    std::optional<MonoTime> next_deadline() const override {
        if (step_ != Step::Waiting)
            return std::nullopt;
        auto const left =
            std::chrono::ceil<std::chrono::microseconds>(wait_until_ - std::chrono::steady_clock::now());
        return clock_.monotonic() + std::max(left, std::chrono::microseconds(0));
    }

private:
    enum class Step : std::uint8_t { Idle, Aimed, Pressed, Acted, Waiting };

    void begin(std::string const& line) {
        boost::system::error_code code;
        auto const value = json::parse(line, code);
        if (code || !value.is_object())
            return fail("not a JSON object");
        request_ = value.get_object();
        auto const what = text_of(request_, "do").value_or("");
        if (what == "frame")
            return finish({{"frame", json::parse(to_json(stage_.frame()))}});
        if (what == "tap")
            return aim(0);
        if (what == "wait")
            return wait();
        if (what == "screenshot")
            return screenshot();
        if (what == "device")
            return ask(hooks_.device, "device", line);
        if (what == "speech")
            return ask(hooks_.speech, "speech", line);
        if (what == "advance") {
            auto const seconds = number_of(request_, "seconds");
            if (!seconds || !hooks_.advance)
                return fail("advance needs seconds");
            hooks_.advance(std::chrono::microseconds(static_cast<std::int64_t>(*seconds * 1e6)));
            step_ = Step::Acted;
            return;
        }
        if (!queue_input(what))
            fail("do one of frame, tap, type, key, touch, wait, advance, device, speech, screenshot");
    }

    bool queue_input(std::string const& what) {
        if (what == "type") {
            auto const text = text_of(request_, "text");
            if (!text)
                return false;
            std::string character;
            for (std::size_t i = 0; i < text->size(); ++i) {
                character += (*text)[i];
                bool const more =
                    i + 1 < text->size() && (static_cast<unsigned char>((*text)[i + 1]) & 0xC0U) == 0x80U;
                if (more)
                    continue;
                stage_.input(TextTyped{character});
                character.clear();
            }
        } else if (what == "key") {
            auto const event = key_event(text_of(request_, "key").value_or(""));
            if (!event)
                return false;
            stage_.input(*event);
        } else if (what == "touch") {
            auto const x = number_of(request_, "x");
            auto const y = number_of(request_, "y");
            if (!x || !y)
                return false;
            tap_at({static_cast<float>(*x), static_cast<float>(*y)});
        } else {
            return false;
        }
        person_ = true;
        step_ = Step::Acted;
        return true;
    }

    void tap_at(Point at) {
        stage_.input(PointerMoved{at});
        stage_.input(PointerPressed{at, clock_.monotonic()});
        stage_.input(PointerReleased{at});
        stage_.input(PointerLeft{});
    }

    /// Finds the one node and moves the pointer there.
    void aim(int tries) {
        auto query = query_of(request_);
        if (!query)
            return fail(query.error().message);
        if (!query.value().any())
            return fail("tap needs role, label, msg, id or node_key");
        auto const found = find_nodes(stage_.frame(), query.value());
        if (found.size() != 1)
            return fail(std::to_string(found.size()) + " nodes match, one is needed");
        auto const& node = stage_.frame().nodes[found.front()];
        target_ = node.id;
        float const zoom = stage_.frame().zoom;
        at_ = {node.rect.center().x * zoom, node.rect.center().y * zoom};
        tries_ = tries;
        stage_.input(PointerMoved{at_});
        step_ = Step::Aimed;
    }

    /// The pointer is there; presses and releases if the node is the one under it.
    void press() {
        for (auto const& node : stage_.frame().nodes) {
            if (node.id != target_ || !node.states.hovered)
                continue;
            // The finger of a driver takes no time: it means what the frame just shown says.
            stage_.input(PointerPressed{at_, clock_.monotonic()});
            stage_.input(PointerReleased{at_});
            stage_.input(PointerLeft{});
            person_ = true;
            step_ = Step::Pressed;
            return;
        }
        aim_again();
    }

    void aim_again() {
        if (tries_ + 1 < aims_max)
            return aim(tries_ + 1);
        stage_.input(PointerLeft{});
        fail("the node is not the one under the finger, or takes no press");
    }

    void wait() {
        auto const seconds = number_of(request_, "timeout_s").value_or(wait_default_s);
        wait_until_ = std::chrono::steady_clock::now() +
                      std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                          std::chrono::duration<double>(seconds));
        step_ = Step::Waiting;
    }

    /// Answers a wait when what it names is there (or gone, with "absent"), or when its time is over.
    void look() {
        auto query = query_of(request_);
        if (!query)
            return fail(query.error().message);
        auto const screen = text_of(request_, "screen");
        auto const* absent = request_.if_contains("absent");
        bool const want_absent = absent != nullptr && absent->is_bool() && absent->get_bool();
        bool met = !screen || (*screen == stage_.frame().screen) != (want_absent && !query.value().any());
        if (query.value().any())
            met = met && find_nodes(stage_.frame(), query.value()).empty() == want_absent;
        if (met)
            return finish({});
        if (std::chrono::steady_clock::now() >= wait_until_)
            fail("timed out waiting");
    }

    void screenshot() {
        auto const path = text_of(request_, "path");
        if (!path)
            return fail("screenshot needs a path");
        auto const written = write_png(stage_.pixels(), *path);
        if (!written)
            return fail(written.error().message);
        finish({{"path", *path}});
    }

    /// Something the program answers, in JSON.
    void ask(std::function<Result<std::string>(std::string const&)> const& hook, char const* what,
             std::string const& line) {
        if (!hook)
            return fail(std::string("this program has no ") + what);
        auto reply = hook(line);
        if (!reply)
            return fail(reply.error().message.empty() ? reply.error().reason : reply.error().message);
        boost::system::error_code code;
        auto value = json::parse(reply.value(), code);
        finish({{what, code ? json::value(reply.value()) : value}});
    }

    void finish(json::object reply) {
        reply["ok"] = true;
        reply["screen"] = stage_.frame().screen;
        end(reply);
    }

    void fail(std::string const& why) {
        json::object reply;
        reply["ok"] = false;
        reply["error"] = why;
        reply["request"] = request_;
        reply["frame"] = json::parse(to_json(stage_.frame()));
        end(reply);
    }

    /// Nothing of a command outlives its answer: it may name a claim, or hold what a person typed.
    void end(json::object const& reply) {
        step_ = Step::Idle;
        wipe(target_);
        renew(request_);
        socket_.reply(json::serialize(reply));
    }

    Stage& stage_;
    Clock const& clock_;
    Hooks hooks_;
    Mailbox<std::string> lines_;
    Backend& backend_;
    std::deque<std::string> waiting_;
    json::object request_;
    Step step_ = Step::Idle;
    std::string target_;
    Point at_;
    int tries_ = 0;
    RealTime wait_until_;
    // Last, so that its thread ends before what it posts to.
    LineSocket socket_;
};

} // namespace

bool Driver::person_acted() {
    return std::exchange(person_, false);
}

Result<std::unique_ptr<Driver>> Driver::open(std::filesystem::path const& socket, Stage& stage,
                                             Backend& backend, Clock const& clock, Hooks hooks) {
    auto driver = std::make_unique<SocketDriver>(stage, backend, clock, std::move(hooks));
    TRY(driver->listen(socket));
    return std::unique_ptr<Driver>(std::move(driver));
}

} // namespace portico::ui
