#include "agent/screens/call_words.h"

#include "agent/screens/case_words.h"
#include "shared/domain/phone_number.h"
#include "shared/ui/catalog.h"

namespace portico::agent {

namespace {

constexpr int minute_s = 60;
constexpr std::size_t area_end = 3, exchange_end = 6;

/// As it is written in the plan's own country.
std::string shown_number(std::string const& from) {
    auto const home = "+" + std::string(country_code);
    auto const number = e164(from);
    if (number.substr(0, home.size()) != home)
        return from;
    auto const digits = number.substr(home.size());
    return "(" + digits.substr(0, area_end) + ") " + digits.substr(area_end, exchange_end - area_end) + "-" +
           digits.substr(exchange_end);
}

} // namespace

ui::Text number_text(PhoneCall const& call) {
    if (call.dialled())
        return "call.number_on_file"_msg;
    return call.from.empty() ? ui::Text("call.hidden"_msg) : data(shown_number(call.from));
}

ui::Text caller_text(CallAtHand const& call) {
    if (call.call.line.empty())
        return number_text(call.call);
    return "call.on_line"_msg.with("number", number_text(call.call)).with("line", call.call.line);
}

ui::Text call_state_text(ui::Ui const& ui, PhoneCall const& call) {
    switch (call.state) {
    case PhoneCall::State::Ringing:
        return "call_state.ringing"_msg;
    case PhoneCall::State::Dialling:
        return "call_state.dialling"_msg;
    case PhoneCall::State::Talking:
        return "call_state.talking"_msg;
    case PhoneCall::State::Held:
        return "call_state.held"_msg;
    case PhoneCall::State::Keying:
        return "call_state.keying"_msg;
    case PhoneCall::State::Ended:
        break;
    }
    // Whoever hung up on a call of ours is no caller.
    if (call.dialled() && call.end == "caller")
        return "call_end.called"_msg;
    return found_or(ui, "call_end."_msgs, call.end, "call_end.desk"_msg);
}

ui::Text candidates_text(CallAtHand const& call) {
    if (call.call.dialled())
        return {};
    if (call.call.from.empty())
        return "call.hidden_more"_msg;
    auto const& found = call.candidates;
    if (found.failure)
        return "call.candidates_full"_msg;
    if (!found.value)
        return {};
    auto const& names = found.value->names;
    if (names.empty())
        return "call.nobody"_msg;
    std::string all;
    for (auto const& each : names)
        all += (all.empty() ? "" : ", ") + each;
    return (found.value->more ? "call.might_be_more"_msg : "call.might_be"_msg).with("names", all);
}

ui::Text verify_way_text(ui::Ui const& ui, std::string const& way) {
    return found_or(ui, "verify_way."_msgs, way, "unlock.other"_msg);
}

ui::Text hindrance_text(ui::Ui const& ui, std::string const& hindrance) {
    return hindrance.empty() ? ui::Text() : found_or(ui, "hindrance."_msgs, hindrance, "hindrance.other"_msg);
}

ui::Text desk_words_text(ui::Ui const& ui, std::vector<std::string> const& words) {
    if (words.size() != 2)
        return {};
    auto const spelled = [&](std::string const& word) {
        auto const found = ui.catalog().find("desk_word."_msgs, word);
        return found ? ui::Text(*found) : data(word);
    };
    return "desk_words.two"_msg.with("first", spelled(words.front())).with("second", spelled(words.back()));
}

ui::Text time_left_text(int seconds) {
    if (seconds > minute_s)
        return "verify.minutes_left"_msg.with("count", (seconds + minute_s - 1) / minute_s);
    return "verify.seconds_left"_msg.with("count", seconds);
}

} // namespace portico::agent
