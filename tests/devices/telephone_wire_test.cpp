#include "shared/devices/telephone_wire.h"
#include "tests/support/catch.h"

using namespace portico;
using State = PhoneCall::State;

namespace {

TelephoneView busy_view() {
    TelephoneView view;
    view.state = TelephoneReady{.registered = true, .keypad = true};
    view.calls = {
        {.id = "a-1", .from = "+15550100134", .line = "members", .state = State::Keying, .keyed = 2},
        {.id = "a-2", .from = "", .line = "", .state = State::Held, .entry = "wrong"},
        {.id = "a-3", .from = "+15550100177", .line = "", .state = State::Ended, .end = "missed"},
        {.id = "a-4", .from = "", .line = "", .state = State::Dialling, .ticket = "Ab_9-"},
        {.id = "a-5",
         .from = "",
         .line = "",
         .state = State::Ended,
         .end = "not_answered",
         .entry = "right",
         .ticket = "Ab_8-"}};
    return view;
}

std::string without_end(std::string line) {
    REQUIRE(line.back() == '\n');
    line.pop_back();
    REQUIRE(line.find('\n') == std::string::npos);
    return line;
}

/// The line of one call with `field` set to `value`, both as JSON.
std::string view_line(std::string const& field, std::string const& value) {
    std::string line = without_end(to_wire(
        TelephoneView{TelephoneReady{},
                      {{.id = "a-1", .from = "+15550100134", .line = "members", .state = State::Keying}}}));
    auto const key = "\"" + field + "\":";
    auto const at = line.rfind(key) + key.size();
    auto const end = line.find_first_of(",}", at);
    return line.replace(at, end - at, value);
}

} // namespace

TEST_CASE("telephone wire: a view arrives as it was told") {
    auto const view = busy_view();
    CHECK(view_from_wire(without_end(to_wire(view))).value() == view);
    auto const fault =
        view_from_wire(without_end(to_wire(TelephoneView{
                           TelephoneFault{error(ErrorKind::Unavailable, "telephone_gone")}, {}})))
            .value();
    CHECK(std::get<TelephoneFault>(fault.state).error.reason == "telephone_gone");
    CHECK(fault.calls.empty());
}

TEST_CASE("telephone wire: a command arrives as it was given") {
    using Do = TelephoneCommand::Do;
    for (auto const what : {Do::Answer, Do::Hold, Do::Resume, Do::HangUp, Do::StartKeying, Do::StopKeying}) {
        TelephoneCommand const command{what, "a-1", {}};
        CHECK(command_from_wire(without_end(to_wire(command))).value() == command);
    }
    TelephoneCommand const transfer{Do::Transfer, "a-1", "+15550100199"};
    CHECK(command_from_wire(without_end(to_wire(transfer))).value() == transfer);
    TelephoneCommand const dial{Do::Dial, {}, "Ab_9-"};
    CHECK(command_from_wire(without_end(to_wire(dial))).value() == dial);
    CHECK(to_wire(dial) == "{\"do\":\"dial\",\"ticket\":\"Ab_9-\"}\n");
}

TEST_CASE("telephone wire: what does not keep to its language is refused") {
    CHECK(view_from_wire(view_line("keyed", "6")).has_value());
    for (auto const& [field, value] : std::initializer_list<std::pair<char const*, char const*>>{
             {"id", "\"\""},
             {"id", "\"a b\""},
             {"id", "7"},
             {"from", "\"Alex Sample\""},
             {"from", "\"15550100134\""},
             {"from", "\"+1555010013415550\""},
             {"line", "\"\\u0007\""},
             {"state", "\"sleeping\""},
             {"state", "\"ended\""}, // without how
             {"keyed", "7"},
             {"keyed", "-1"},
             {"keyed", "\"2\""},
             {"end", "\"caller\""}, // of one that goes on
             {"entry", "\"123456\""},
             {"ticket", "\"a\""}, // of one that has a number
             {"ticket", "7"},
             {"state", "\"dialling\""}}) { // without a ticket
        INFO(field << " " << value);
        CHECK(view_from_wire(view_line(field, value)).error().reason == "telephone_wire_invalid");
    }
    for (auto const* line :
         {"", "7", "[]", "{}", "{\"state\":\"ready\",\"registered\":true,\"keypad\":true}",
          "{\"state\":\"ready\",\"registered\":1,\"keypad\":true,\"calls\":[]}",
          "{\"state\":\"ready\",\"registered\":true,\"keypad\":true,\"calls\":[],\"digits\":\"1\"}",
          "{\"state\":\"fault\",\"reason\":\"\",\"calls\":[]}", "{\"state\":\"ready\"", "[[[[[[[[]]]]]]]]"})
        CHECK(view_from_wire(line).error().reason == "telephone_wire_invalid");
    for (auto const* line :
         {"{\"do\":\"dial\",\"call\":\"a\"}", "{\"do\":\"answer\"}", "{\"do\":\"dial\"}",
          "{\"do\":\"dial\",\"ticket\":\"\"}", "{\"do\":\"dial\",\"ticket\":\"a\",\"call\":\"b\"}",
          "{\"do\":\"dial\",\"ticket\":\"+16175550112\"}", "{\"do\":\"dial\",\"to\":\"6175550112\"}",
          "{\"do\":\"answer\",\"call\":\"a\",\"to\":\"1\"}", "{\"do\":\"transfer\",\"call\":\"a\"}",
          "{\"do\":\"transfer\",\"call\":\"a\",\"to\":\"1@plan.example\"}",
          "{\"do\":\"answer\",\"call\":\"a;b\"}"})
        CHECK(command_from_wire(line).error().reason == "telephone_wire_invalid");
    std::string const many(wire_line_bytes_max + 1, ' ');
    CHECK(view_from_wire(many).error().reason == "telephone_wire_invalid");
}

TEST_CASE("telephone wire: lines are cut however they arrive, and one without an end is refused") {
    WireLines lines;
    std::vector<std::string> taken;
    auto const take = [&](std::string_view line) -> Result<void> {
        taken.emplace_back(line);
        return ok();
    };
    for (char const c : std::string("one\n\ntwo\nthr"))
        REQUIRE(lines.feed(std::string_view(&c, 1), take).has_value());
    REQUIRE(lines.feed("ee\nfour\n", take).has_value());
    CHECK(taken == std::vector<std::string>{"one", "", "two", "three", "four"});
    std::string const half(wire_line_bytes_max / 2 + 1, 'x');
    CHECK(lines.feed(half, take).has_value());
    CHECK(lines.feed(half, take).error().reason == "telephone_wire_invalid");
}
