#include "kiosk/screens/sample_collection.h"

namespace portico::kiosk {

namespace {

api::CallBackPlace call_back_in(char const* state, int place = 0) {
    api::CallBackPlace in_line;
    in_line.call_back = "01900000-0000-7000-8000-000000000000";
    in_line.state = state;
    in_line.place = place;
    return in_line;
}

} // namespace

void sample_who_calls(Collection& c) {
    c.add_signed_in(WhoCalls{});
    c.add_signed_in(WhoCalls{.calls = sample::loaded(sample::open_calls({}))}, "nobody");
    c.add_signed_in(WhoCalls{.calls = sample::loaded(sample::open_calls({"we_called"}))}, "we_called");
    c.add_signed_in(WhoCalls{.calls = sample::loaded(sample::open_calls({"called_us"}))}, "called_us");
    c.add_signed_in(WhoCalls{.calls = sample::loaded(sample::open_calls({"we_called", "called_us"}))}, "two");
}

void sample_call_checks(Collection& c) {
    auto const asked = [] { return CallCheckPage{.question = sample::call_check()}; };
    c.add_signed_in(asked());
    auto renewed = asked();
    renewed.renewed = 1;
    c.add_signed_in(std::move(renewed), "renewed");
    auto telling = asked();
    telling.doing.begin(1);
    c.add_signed_in(std::move(telling), "telling");
    auto lost = asked();
    lost.doing.failure = failure(ErrorKind::Unavailable, "central_unreachable");
    c.put(offline(sample::signed_in()), std::move(lost), "offline");
    std::pair<CallCheckEnd, char const*> const ends[] = {{CallCheckEnd::Right, "right"},
                                                         {CallCheckEnd::WrongNumber, "wrong"},
                                                         {CallCheckEnd::NotOnPhone, "not_on_phone"},
                                                         {CallCheckEnd::Gone, "gone"}};
    for (auto const& [end, special] : ends) {
        auto ended = asked();
        ended.end = end;
        c.add_signed_in(std::move(ended), special);
    }
}

void sample_call_backs(Collection& c) {
    c.add(CallBackAsk{});
    c.put(offline(sample::kiosk()), CallBackAsk{}, "offline");
    c.add(CallBackAsk{.about = 0}, "number");
    CallBackAsk wrong{.about = 1, .number = "617 555"};
    wrong.number_wrong = true;
    c.add(std::move(wrong), "wrong_number");
    c.add_signed_in(CallBackAsk{.about = 2, .can_use_file = true, .on_file = true}, "on_file");
    CallBackAsk waits{.about = 0, .number = "617 555 0112"};
    waits.doing.failure = failure(ErrorKind::Conflict, "call_back_waits");
    c.add(std::move(waits), "waits");

    auto told = call_back_in("waiting", 4);
    told.to = "(***) ***-**12";
    told.wait_min = 12;
    told.wait_max = 25;
    c.add_signed_in(CallBackPage{.place = sample::loaded(told)});
    c.add(CallBackPage{.place = sample::loaded(call_back_in("waiting", 1))}, "next");
    auto old = CallBackPage{.place = sample::loaded(told), .minutes_old = 3};
    old.place.value->to.clear();
    old.place.failure = failure(ErrorKind::Unavailable, "central_unreachable");
    c.put(offline(sample::kiosk()), std::move(old), "offline");
    for (auto const* state : {"resting", "calling", "reached", "not_reached", "cancelled"})
        c.add(CallBackPage{.place = sample::loaded(call_back_in(state, 2))}, state);
    c.add(CallBackPage{.place = sample::loaded(told), .cancelling = true}, "cancel");
}

} // namespace portico::kiosk
