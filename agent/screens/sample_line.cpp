#include "agent/screens/sample_desk.h"

namespace portico::agent::sample {

namespace {

api::WaitingEntry waits(int number, int minutes, char const* about, int tries = 0) {
    api::WaitingEntry entry;
    entry.call_back = sample_id(number);
    entry.since = rfc_time(std::chrono::minutes(-minutes));
    entry.language = "es";
    entry.about = about;
    entry.tries = tries;
    entry.rests_until = tries > 0 ? rfc_time(std::chrono::minutes(4)) : "";
    return entry;
}

api::WaitingLine line() {
    api::WaitingLine waiting;
    waiting.items = {waits(1, 34, "account_locked", 1), waits(2, 21, "claim"), waits(3, 9, "other")};
    waiting.waiting = 3;
    waiting.wait_min = 12;
    waiting.wait_max = 40;
    waiting.kept_percent = 88;
    return waiting;
}

App with_line(api::WaitingLine waiting) {
    auto app = rep();
    app.line.line.value = std::move(waiting);
    return app;
}

api::WaitingEntry holds(int number, int minutes) {
    auto entry = waits(number, minutes, "");
    entry.kind = "held_call";
    return entry;
}

/// Callers on the line and call-backs in one order, at a desk that gets both.
api::WaitingLine both() {
    auto waiting = line();
    waiting.items = {waits(1, 34, "account_locked", 1), holds(4, 26), waits(2, 21, "claim"), holds(5, 12),
                     waits(3, 9, "other")};
    waiting.waiting = 5;
    waiting.holding = 2;
    waiting.telephone = "heard";
    waiting.takes_calls = true;
    return waiting;
}

App rings_soon() {
    auto app = with_line(both());
    api::CallBackTaken taken;
    taken.call_back = sample_id(4);
    taken.kind = "held_call";
    app.line.line.value->at_hand = taken.call_back;
    app.line.taken = std::move(taken);
    return app;
}

/// As the line stands where its telephone system is not heard: without its calls.
App silent() {
    auto waiting = line();
    waiting.telephone = "silent";
    waiting.takes_calls = true;
    return with_line(std::move(waiting));
}

void held_screens(Collection& c) {
    c.add(with_line(both()), at_hand(0), "line_held_calls");
    c.add(rings_soon(), at_hand(0), "line_rings_soon");
    c.add(silent(), at_hand(0), "line_telephone_silent");
    auto not_through = with_line(both());
    not_through.line.not_put_through = true;
    c.add(std::move(not_through), at_hand(0), "line_not_put_through");
    auto hung_up = with_line(both());
    hung_up.line.hung_up = true;
    c.add(std::move(hung_up), at_hand(0), "line_hung_up");
}

App calling(Cases const& cases, int tries) {
    auto app = with_line(line());
    api::CallBackTaken taken;
    taken.call_back = sample_id(2);
    taken.case_id = cases.at_hand->item.case_id;
    taken.language = "es";
    taken.about = "account_locked";
    taken.tries = tries;
    taken.to = "(***) ***-**12";
    app.line.line.value->at_hand = taken.call_back;
    app.line.taken = std::move(taken);
    return app;
}

} // namespace

void line_screens(Collection& c) {
    c.add(with_line(line()), at_hand(0), "line");
    held_screens(c);
    Cases none;
    none.list.value = api::CaseList{};
    c.add(with_line(api::WaitingLine{}), std::move(none), "line_empty");
    auto nobody_due = with_line(line());
    nobody_due.line.empty = true;
    c.add(std::move(nobody_due), at_hand(0), "line_none_due");
    auto went_back = with_line(line());
    went_back.line.went_back = true;
    c.add(std::move(went_back), at_hand(0), "line_went_back");
    auto unidentified = at_hand(0);
    auto app = calling(unidentified, 0);
    c.add(std::move(app), std::move(unidentified), "call_back");
    auto member = with_member();
    auto again = calling(member, 2);
    c.add(std::move(again), std::move(member), "call_back_member");
    auto lost = at_hand(0);
    auto fails = offline(calling(lost, 1));
    c.add(std::move(fails), std::move(lost), "call_back_offline");
}

} // namespace portico::agent::sample
