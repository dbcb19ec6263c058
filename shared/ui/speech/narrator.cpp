#include "shared/ui/speech/narrator.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace portico::ui {
namespace {

// A countdown is told at its start, every so many seconds, and once near its end.
constexpr int countdown_step_s = 10;
constexpr int countdown_last_s = 5;

std::string name_of(Node const& node) {
    // Plain words have no id; as messages they are known by their words.
    return node.id.empty() ? std::string(name(node.role)) + ":" + node.label : node.id;
}

std::optional<std::size_t> focused(SemanticFrame const& frame) {
    for (std::size_t i = 0; i < frame.nodes.size(); ++i)
        if (frame.nodes[i].states.focused && !frame.nodes[i].focus_ring.empty())
            return i;
    return std::nullopt;
}

std::string states_of(Node const& node) {
    auto const& s = node.states;
    return std::string(s.disabled ? "d" : "") + (s.selected ? "s" : "") + (s.busy ? "b" : "") +
           (s.invalid ? "i" : "");
}

bool runs_down(Node const& node) {
    return node.role == Role::Countdown || node.role == Role::Progress;
}

/// Whether a number that runs down is due to be told.
bool due(Node const& node) {
    int left = 0; // "30 seconds", "20 s left" in any order of words; what has no number is told always
    auto const digit = std::min(node.value.find_first_of("0123456789"), node.value.size());
    std::from_chars(node.value.data() + digit, node.value.data() + node.value.size(), left);
    return left % countdown_step_s == 0 || left == countdown_last_s;
}

void append(std::vector<Phrase>& to, std::vector<Phrase> from) {
    for (auto& phrase : from)
        to.push_back(std::move(phrase));
}

} // namespace

Narrator::Memory Narrator::look(SemanticFrame const& frame) {
    Memory out;
    out.place = frame.screen + "\n" + frame.language + "\n" + std::to_string(frame.page);
    for (auto const& node : frame.nodes) {
        if (node.role == Role::Dialog || (node.role == Role::Heading && node.level == 1))
            out.place += "\n" + node.label;
        if (node.live != Live::Off || node.role == Role::Field)
            out.nodes[name_of(node)] = {node.label, node.value, node.characters};
    }
    if (auto const at = focused(frame)) {
        out.focus = frame.nodes[*at].id;
        out.focus_states = states_of(frame.nodes[*at]);
    }
    return out;
}

void Narrator::follow_messages(SemanticFrame const& frame, Memory const& now, Announcement& out) const {
    for (std::size_t i = 0; i < frame.nodes.size(); ++i) {
        auto const& node = frame.nodes[i];
        if (node.live == Live::Off || node.role == Role::Dialog)
            continue;
        auto const& told = now.nodes.at(name_of(node));
        auto const before = known_.nodes.find(name_of(node));
        if (before != known_.nodes.end()) {
            bool const same = before->second.text == told.text && before->second.value == told.value;
            bool const only_ran = before->second.value != told.value && runs_down(node);
            if (same || (only_ran && !due(node)))
                continue;
        }
        append(out.phrases, read_node(frame, i, catalog_));
        if (node.live == Live::Assertive)
            out.urgency = Urgency::Interrupts;
    }
}

void Narrator::follow_fields(SemanticFrame const& frame, Memory const& now, Announcement& out) const {
    for (std::size_t i = 0; i < frame.nodes.size(); ++i) {
        auto const& node = frame.nodes[i];
        if (node.role != Role::Field)
            continue;
        auto const& told = now.nodes.at(name_of(node));
        auto const before = known_.nodes.find(name_of(node));
        if (before == known_.nodes.end() ||
            (before->second.value == told.value && before->second.characters == told.characters))
            continue;
        append(out.phrases, read_change(frame, i, catalog_));
        out.urgency = Urgency::Interrupts;
    }
}

Announcement Narrator::follow(SemanticFrame const& frame) {
    Announcement out;
    Memory now = look(frame);
    auto const at = focused(frame);
    bool const new_place = !knows_ || now.place != known_.place;
    bool const moved = at && (new_place || now.focus != known_.focus);
    if (new_place) {
        append(out.phrases, read_summary(frame, catalog_));
        out.urgency = Urgency::Interrupts;
    } else {
        follow_fields(frame, now, out);
        follow_messages(frame, now, out);
    }
    if (moved) {
        append(out.phrases, read_node(frame, *at, catalog_));
        out.urgency = Urgency::Interrupts;
    } else if (at && now.focus_states != known_.focus_states) {
        append(out.phrases, read_change(frame, *at, catalog_));
        out.urgency = Urgency::Interrupts;
    }
    forget();
    known_ = std::move(now);
    knows_ = true;
    return out;
}

void Narrator::know(SemanticFrame const& frame) {
    forget();
    known_ = look(frame);
    knows_ = true;
}

void Narrator::forget() {
    for (auto& [id, told] : known_.nodes) {
        wipe(told.text);
        wipe(told.value);
    }
    wipe(known_.place);
    wipe(known_.focus);
    known_ = {};
    knows_ = false;
}

} // namespace portico::ui
