#include "phone/calls/call_table.h"

#include "shared/base/uuid.h"

#include <algorithm>

// The half of the table that is about keys: the rep's ear, the entry, central's answer.
namespace portico::phone {

namespace {

/// A device of the softphone's own that nobody hears.
constexpr auto no_ear = "aubridge,portico-nobody";
/// In the words of baresip 1.0.0: what it says when it has changed the player.
constexpr std::string_view ear_changed = "switch audio player";

/// How long after a tone sound of it may still stand in the softphone's buffers.
constexpr std::chrono::milliseconds tone_ends_ms{500};
/// How long a key may be held that never comes up, as the network loses what says so.
constexpr std::chrono::milliseconds key_held_ms{2000};

} // namespace

void CallTable::start_keying(Line& line) {
    if (line.told.state != State::Talking || !options_.keypad || ear_ == Ear::Closing)
        return;
    line.told.entry.clear();
    open_ear_at_.reset();
    ear_ = Ear::Closing;
    ear_call_ = line.told.id;
    ear_token_ = "ear-" + std::to_string(++tokens_);
    commands_.push_back({"auplay", no_ear, {}, {}, ear_token_});
}

void CallTable::ear_answered(std::string_view text) {
    ear_token_.clear();
    bool const closed = text.starts_with(ear_changed);
    ear_ = closed ? Ear::Closed : Ear::Open;
    auto* line = by_id(ear_call_);
    if (line == nullptr || line->told.state != State::Talking) {
        open_ear(); // it was put on hold or ended meanwhile
        return;
    }
    if (!closed) {
        line->told.entry = "not_muted";
        return;
    }
    line->told.state = State::Keying;
    line->told.keyed = 0;
}

void CallTable::key_down(Line& line, char key) {
    // Who was called says that they are there; no machine that takes messages does.
    if (line.told.dialled() && line.told.state == State::Talking && key == '1' && !line.confirmed) {
        line.confirmed = true;
        report(line, "confirmed");
    }
    if (line.told.state != State::Keying)
        return; // heard as in any call, and kept nowhere
    key_is_down_ = true;
    key_changed_ = clock_.monotonic();
    if (!in_flight_.empty() || keys_.press(key) == KeyEntry::Came::Nothing)
        return;
    line.told.entry.clear();
    line.told.keyed = keys_.count();
    if (keys_.count() < entry_digits)
        return;
    in_flight_ = make_uuid_v7(clock_);
    entry_ = KeyedEntry{in_flight_, line.told.id, keys_.take()};
}

void CallTable::key_up(Line& line) {
    if (line.told.state != State::Keying && !open_ear_at_)
        return;
    key_is_down_ = false;
    key_changed_ = clock_.monotonic();
    if (open_ear_at_)
        open_ear_at_ = key_changed_ + tone_ends_ms;
}

void CallTable::handle(KeyedAnswer const& answer) {
    auto const line =
        std::ranges::find(lines_, State::Keying, [](Line const& one) { return one.told.state; });
    if (line == lines_.end() || in_flight_.empty() || answer.keyed != in_flight_)
        return;
    in_flight_.clear();
    line->told.keyed = 0;
    bool const again = answer.outcome == "wrong" || answer.outcome == "central_unreachable";
    if (!again)
        leave_keying(*line, State::Talking);
    line->told.entry = answer.outcome;
}

void CallTable::leave_keying(Line& line, State next) {
    bool const was_keying = line.told.state == State::Keying;
    line.told.state = next;
    line.told.keyed = 0;
    if (!was_keying)
        return;
    keys_.clear();
    in_flight_.clear();
    entry_.reset();
    if (next != State::Talking) {
        open_ear(); // this call is not heard any more
        return;
    }
    auto const pause = key_is_down_ ? key_held_ms : tone_ends_ms;
    open_ear_at_ = std::max(clock_.monotonic(), key_changed_ + pause);
    key_is_down_ = false;
}

void CallTable::open_ear() {
    open_ear_at_.reset();
    key_is_down_ = false;
    if (ear_ != Ear::Closed)
        return;
    ear_ = Ear::Open;
    commands_.push_back({"auplay", options_.player, {}, {}, {}});
}

std::optional<KeyedEntry> CallTable::take_entry() {
    return std::exchange(entry_, std::nullopt);
}

} // namespace portico::phone
