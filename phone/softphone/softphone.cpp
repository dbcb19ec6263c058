#include "phone/softphone/softphone.h"

#include <algorithm>
#include <cstdio>

namespace portico::phone {

namespace {

constexpr std::chrono::milliseconds pause_first_ms{500};
constexpr std::chrono::milliseconds pause_most_ms{60'000};
/// One that ran so long has not failed to start.
constexpr std::chrono::seconds steady_s{60};
/// For one that was started to connect.
constexpr std::chrono::seconds connect_timeout_s{15};

constexpr std::string_view event_topic = "/baresip/event";
constexpr std::string_view response_topic = "/baresip/command_resp/";
constexpr std::string_view command_topic = "/baresip/command/portico";

constexpr mode_t own_socket = 0600;

} // namespace

Result<std::unique_ptr<Softphone>> Softphone::create(SoftphoneOptions options, Listener listener,
                                                     Clock const& clock) {
    auto const control = options.folder / "control";
    TRY(write_softphone_files(options.settings, options.folder, control));
    auto socket = TRY(LocalListener::open(control, own_socket));
    return std::unique_ptr<Softphone>(
        new Softphone(std::move(options), std::move(listener), std::move(socket), clock));
}

Softphone::Softphone(SoftphoneOptions options, Listener listener, LocalListener control, Clock const& clock)
    : options_(std::move(options)), listener_(std::move(listener)), control_(std::move(control)),
      clock_(clock), pause_(pause_first_ms) {}

std::filesystem::path Softphone::control_path() const {
    return options_.folder / "control";
}

void Softphone::wait_for(std::vector<pollfd>& entries) const {
    entries.push_back({control_.fd(), POLLIN, 0});
    if (process_)
        entries.push_back({process_->fd(), POLLIN, 0});
    if (socket_.is_open())
        entries.push_back({socket_.fd(), socket_.wanted(), 0});
}

std::optional<MonoTime> Softphone::next_work() const {
    if (!process_)
        return next_start_;
    if (!started_)
        return started_at_ + connect_timeout_s;
    return std::nullopt;
}

void Softphone::work() {
    auto const now = clock_.monotonic();
    if (!process_ && now >= next_start_)
        start();
    greet();
    bool good = true;
    if (socket_.is_open()) {
        auto const received = socket_.receive([this](std::string_view bytes) {
            return reader_.feed(bytes, [this](MqttPacket const& packet) { return take(packet); });
        });
        good = received.has_value() && socket_.flush().has_value();
    }
    bool const late = process_ && !started_ && now >= started_at_ + connect_timeout_s;
    if (process_ && (!good || late || process_->has_ended()))
        stop();
}

void Softphone::start() {
    started_at_ = clock_.monotonic();
    auto const written = write_softphone_files(options_.settings, options_.folder, control_path());
    auto process = SoftphoneProcess::start(options_.program, options_.folder);
    if (written.has_error() || process.has_error()) {
        auto const& failed = written.has_error() ? written.error() : process.error();
        static_cast<void>(std::fprintf(stderr, "%s: %s\n", failed.reason.c_str(), failed.message.c_str()));
        stop();
        return;
    }
    process_.emplace(std::move(process).value());
}

void Softphone::stop() {
    auto const now = clock_.monotonic();
    bool const ran = started_ && now - started_at_ >= steady_s;
    pause_ = ran ? pause_first_ms : pause_;
    next_start_ = now + pause_;
    pause_ = std::min(pause_ * 2, pause_most_ms);
    socket_.close();
    reader_.clear();
    process_.reset();
    remove_softphone_account(options_.folder);
    if (std::exchange(started_, false))
        listener_.stopped();
}

/// Whoever else of this user connects (nobody else can) is no softphone of ours.
void Softphone::greet() {
    while (auto caller = control_.accept()) {
        auto const peer = caller->peer();
        bool const ours = process_ && peer.has_value() && peer.value().process == process_->id();
        if (ours && !socket_.is_open())
            socket_ = std::move(*caller);
    }
}

Result<void> Softphone::take(MqttPacket const& packet) {
    switch (packet.kind) {
    case MqttPacket::Kind::Connect:
        return socket_.send(mqtt_connected());
    case MqttPacket::Kind::Subscribe:
        TRY(socket_.send(mqtt_subscribed(packet.id)));
        remove_softphone_account(options_.folder);
        if (!std::exchange(started_, true))
            listener_.started();
        return ok();
    case MqttPacket::Kind::Ping:
        return socket_.send(mqtt_pong());
    case MqttPacket::Kind::Publish:
        tell(packet);
        return ok();
    case MqttPacket::Kind::Disconnect:
        return ok(); // it ends, and its process with it
    }
    return ok();
}

/// What cannot be read is let go by: a caller wrote parts of it, and must not end the calls of others.
void Softphone::tell(MqttPacket const& packet) {
    if (packet.topic == event_topic) {
        if (auto const event = parse_softphone_event(packet.payload.reveal()); event.has_value())
            listener_.event(event.value());
    } else if (packet.topic.starts_with(response_topic)) {
        if (auto const response = parse_softphone_response(packet.payload.reveal()); response.has_value())
            listener_.response(response.value());
    }
}

void Softphone::send(SoftphoneCommand const& command) {
    if (started_)
        static_cast<void>(socket_.send(mqtt_publish(command_topic, to_json(command)))); // seen at `work`
}

} // namespace portico::phone
