#include "kiosk/driver/bench.h"

#include <boost/json.hpp>

namespace portico::kiosk {

using ui::operator""_msg;

namespace {

std::string word(boost::json::object const& object, char const* key) {
    auto const* found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

} // namespace

ui::Text bench_notice() {
    return "bench.notice"_msg;
}

Result<std::unique_ptr<ui::Driver>> open_driver(std::filesystem::path const& socket, ui::Stage& stage,
                                                ui::Backend& backend, SystemClock& clock, BenchDevices* bench,
                                                Sound* sound) {
    ui::Driver::Hooks hooks;
    hooks.advance = [&clock](std::chrono::microseconds by) { clock.advance(by); };
    hooks.device = [bench](std::string const& request) -> Result<std::string> {
        if (bench == nullptr)
            return error(ErrorKind::Unavailable, "no_bench", "the configuration has no [bench]");
        boost::json::error_code failure;
        auto const value = boost::json::parse(request, failure);
        if (failure || !value.is_object())
            return error(ErrorKind::InvalidInput, "json_invalid");
        auto const& object = value.get_object();
        TRY(bench->act(word(object, "device"), word(object, "action"), word(object, "value")));
        return std::string("{}");
    };
    hooks.speech = [sound](std::string const& request) -> Result<std::string> {
        if (sound == nullptr)
            return error(ErrorKind::Unavailable, "no_audio", "this kiosk has no sound");
        boost::json::error_code failure;
        auto const value = boost::json::parse(request, failure);
        auto const wav = failure || !value.is_object() ? std::string() : word(value.get_object(), "wav");
        if (!wav.empty()) {
            if (sound->collected == nullptr)
                return error(ErrorKind::Unavailable, "no_recording", "only a headless kiosk keeps its sound");
            TRY(sound->collected->write_wav(wav));
        }
        return sound->recorded->take_json();
    };
    return ui::Driver::open(socket, stage, backend, clock, std::move(hooks));
}

} // namespace portico::kiosk
