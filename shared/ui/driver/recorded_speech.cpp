#include "shared/ui/driver/recorded_speech.h"

#include <boost/json.hpp>

namespace portico::ui {
namespace {

constexpr std::ptrdiff_t heard_max = 2000;

} // namespace

void RecordedSpeech::say(std::vector<Phrase> phrases, Urgency urgency) {
    bool interrupts = urgency == Urgency::Interrupts;
    for (auto const& phrase : phrases) {
        // A phrase without a voice is not heard.
        if (inner_.speaks(phrase.language))
            heard_.push_back({phrase, interrupts});
        interrupts = false;
    }
    if (static_cast<std::ptrdiff_t>(heard_.size()) > heard_max)
        heard_.erase(heard_.begin(), heard_.end() - heard_max);
    inner_.say(std::move(phrases), urgency);
}

std::string RecordedSpeech::take_json() {
    boost::json::array out;
    for (auto const& [phrase, interrupts] : heard_)
        out.push_back({{"text", phrase.text},
                       {"language", phrase.language},
                       {"personal", phrase.personal},
                       {"interrupts", interrupts}});
    heard_.clear();
    return boost::json::serialize(out);
}

} // namespace portico::ui
