#include "agent/screens/sample_desk.h"

#include <utility>

namespace portico::agent::sample {

namespace {

using State = PhoneCall::State;

CallAtHand call(char const* id, char const* from, State state, char const* line = "Claims line") {
    CallAtHand made;
    made.call.id = id;
    made.call.from = from;
    made.call.line = line;
    made.call.state = state;
    return made;
}

CallAtHand known(CallAtHand made, std::vector<std::string> names, bool more = false) {
    made.candidates.value = api::Candidates{std::move(names), more};
    return made;
}

/// With these calls at a telephone that has a keypad.
App at_telephone(App app, std::vector<CallAtHand> calls, char const* chosen = "") {
    app.calls.telephone = TelephoneReady{.registered = true, .keypad = true};
    app.calls.all = std::move(calls);
    app.calls.chosen = chosen;
    return app;
}

CallAtHand ringing() {
    return known(call("a", "+16175550112", State::Ringing), {"A. S.", "C. S.", "R. S."});
}

/// The call of the case at hand, in which a code is keyed.
CallAtHand of_case(State state, int keyed = 0, char const* entry = "") {
    auto made = known(call("b", "+16175550142", state), {"A. S."});
    made.case_id = sample_id(0);
    made.call.keyed = keyed;
    made.call.entry = entry;
    return made;
}

Cases with_marks(Cases made) {
    for (std::size_t i = 0; i < made.list.value->items.size() && i < made.marks.size(); ++i)
        made.marks[i] = made.list.value->items[i].case_id;
    return made;
}

void rings(Collection& c) {
    c.add(at_telephone(rep(), {ringing()}), at_hand(2), "ringing");
    c.add(at_telephone(rep(), {call("a", "+16175550112", State::Ringing)}), at_hand(2), "ringing_asked");
    c.add(at_telephone(rep(), {call("a", "", State::Ringing, "")}), at_hand(2), "ringing_hidden");
    c.add(at_telephone(rep(), {known(call("a", "+442079460000", State::Ringing), {})}), at_hand(2),
          "ringing_nobody");
    c.add(at_telephone(rep(), {known(call("a", "+16175550112", State::Ringing),
                                     {"A. M.", "A. S.", "B. S.", "C. S.", "D. S."}, true)}),
          at_hand(2), "ringing_many");
    auto full = call("a", "+16175550112", State::Ringing);
    full.candidates.failure = error(ErrorKind::TooMany, "candidates_hour_full");
    c.add(at_telephone(rep(), {std::move(full)}), at_hand(2), "ringing_full");
    c.add(at_telephone(signed_in(), {ringing()}), queue(3), "ringing");
    auto handed = ringing();
    handed.handed_over = true;
    c.add(at_telephone(rep(), {std::move(handed)}), at_hand(2), "ringing_handed");
    auto why = at_hand(2);
    why.dialog = ReasonDialog{.reason = 6};
    c.add(rep(), std::move(why), "reason");
    auto closing = at_hand(0);
    closing.at_hand->note = "Sent to claims to check.";
    closing.dialog = CloseCaseDialog{};
    c.add(at_telephone(rep(), {ringing()}), std::move(closing), "close_ringing");
    c.add(at_telephone(signed_in(), {ringing()}), Locked{}, "ringing");
}

void several(Collection& c) {
    c.add(at_telephone(rep(), {of_case(State::Talking)}, "b"), with_marks(at_hand(0)), "call");
    auto held = of_case(State::Held);
    auto other = known(call("d", "+16175550177", State::Talking, "Members"), {});
    other.case_id = sample_id(1);
    c.add(at_telephone(rep(), {held, other}, "d"), with_marks(at_hand(1)), "calls_two");
    c.add(at_telephone(rep(), {held, other, ringing()}, "d"), with_marks(at_hand(1)), "calls_three");
    auto over = of_case(State::Ended);
    over.call.end = "caller";
    c.add(at_telephone(rep(), {over}, "b"), with_marks(at_hand(0)), "call_over");
    auto none = call("d", "+16175550177", State::Talking);
    none.no_case = error(ErrorKind::TooMany, "cases_open_many");
    c.add(at_telephone(rep(), {none}, "d"), at_hand(0), "call_no_case");
    auto handed = of_case(State::Talking);
    handed.handed_over = true;
    c.add(at_telephone(rep(), {handed}, "b"), with_marks(at_hand(0)), "call_handed");
    auto gone = at_telephone(rep(), {});
    gone.calls.telephone = TelephoneFault{error(ErrorKind::Unavailable, "telephone_gone")};
    c.add(std::move(gone), at_hand(0), "telephone_gone");
    auto unknown = at_telephone(rep(), {});
    unknown.calls.telephone = TelephoneReady{.registered = false, .keypad = true};
    c.add(std::move(unknown), at_hand(0), "telephone_not_registered");
    auto const over_case = [&](TransferDialog dialog, std::string const& special) {
        auto made = with_marks(at_hand(0));
        made.dialog = std::move(dialog);
        c.add(at_telephone(rep(), {of_case(State::Talking)}, "b"), std::move(made), special);
    };
    over_case({.call = "b"}, "transfer");
    over_case({.call = "b", .to = "617-555-HELP", .wrong = true}, "transfer_wrong");
    over_case({.call = "z", .to = "6175550199"}, "transfer_gone");
}

api::VerifyWays ways(char const* text = "", char const* mail = "") {
    return {sample_id(0),
            {{"own_session", "", ""},
             {"totp", "", text[0] == 'f' ? text : ""},
             {"text_code", "(***) ***-**42", text},
             {"call_back", "(***) ***-**42", text},
             {"mail_code", "a***@e***", mail}}};
}

void way_dialogs(Collection& c) {
    auto const over = [&](App app, VerifyDialog dialog, std::string const& special) {
        auto made = with_marks(with_member());
        made.dialog = std::move(dialog);
        c.add(std::move(app), std::move(made), special);
    };
    auto const talking = [] { return at_telephone(rep(), {of_case(State::Talking)}, "b"); };
    VerifyDialog loading;
    loading.ways.request = 7;
    over(talking(), std::move(loading), "ways_loading");
    VerifyDialog dialog;
    dialog.ways.value = ways();
    dialog.way = "text_code";
    over(talking(), dialog, "ways");
    over(rep(), dialog, "ways_no_call");
    dialog.ways.value = ways("changed_lately", "not_set_up");
    dialog.ways.value->ways.at(1).hindrance = "no_code_app";
    dialog.way = "text_code";
    over(talking(), dialog, "ways_hindered");
    dialog.ways.value = ways("frozen", "frozen");
    dialog.ways.value->ways.front().hindrance = "frozen";
    dialog.way = "";
    over(talking(), dialog, "ways_frozen");
    VerifyDialog unread;
    unread.ways.failure = error(ErrorKind::Unavailable, "central_unreachable");
    unread.way = "own_session";
    over(talking(), std::move(unread), "ways_unread");
}

Cases with_code(char const* code, int tries_left = 5, int seconds_left = 0) {
    auto made = with_marks(with_member());
    made.at_hand->item.code = code;
    made.at_hand->item.code_way = "text_code";
    made.at_hand->item.code_tries_left = tries_left;
    made.at_hand->code.to = "(***) ***-**42";
    made.at_hand->code.seconds_left = seconds_left;
    return made;
}

void codes(Collection& c) {
    auto const add = [&](CallAtHand of, Cases made, std::string const& special) {
        c.add(at_telephone(rep(), {std::move(of)}, "b"), std::move(made), special);
    };
    add(of_case(State::Keying), with_code("waiting", 5, 290), "code");
    add(of_case(State::Keying, 4), with_code("waiting", 5, 42), "code_keyed");
    add(of_case(State::Keying, 0, "wrong"), with_code("wrong", 1, 130), "code_wrong");
    add(of_case(State::Keying, 0, "central_unreachable"), with_code("waiting", 5, 130), "code_lost");
    add(of_case(State::Talking, 0, "out_of_service"), with_code("waiting", 5, 130), "code_withdrawn");
    add(of_case(State::Talking), with_code("waiting", 5, 130), "code_not_keying");
    add(of_case(State::Held), with_code("waiting", 5, 130), "code_held");
    auto over = of_case(State::Ended);
    over.call.end = "failed";
    add(std::move(over), with_code("waiting", 5, 130), "code_call_over");
    add(of_case(State::Talking), with_code("ended"), "code_ended");
    add(of_case(State::Talking), with_code("expired"), "code_expired");
    add(of_case(State::Talking), with_code("unsent"), "code_unsent");
    auto sending = with_code("");
    sending.at_hand->step = CaseStep::SendCode;
    sending.at_hand->doing.request = 7;
    add(of_case(State::Talking), std::move(sending), "code_sending");
    for (auto const& [reason, special] :
         {std::pair("code_not_possible", "code_not_possible"), std::pair("codes_hour_full", "codes_full")}) {
        auto refused = with_code("");
        refused.at_hand->step = CaseStep::SendCode;
        refused.at_hand->doing = failed(ErrorKind::Refused, reason);
        add(of_case(State::Talking), std::move(refused), special);
    }
    for (auto const* way : {"totp", "text_code", "call_back", "mail_code"}) {
        auto proven = with_code("right");
        proven.at_hand->item.level = "verified";
        proven.at_hand->item.verified_way = way;
        proven.said = {ui::Msg("code.right"), true};
        add(of_case(State::Talking), std::move(proven), std::string("verified_") + way);
    }
}

void code_app(Collection& c) {
    auto const add = [&](State state, Cases made, char const* entry, std::string const& special) {
        made.at_hand->item.code_way = "totp";
        made.at_hand->code.to.clear();
        c.add(at_telephone(rep(), {of_case(state, 0, entry)}, "b"), std::move(made), special);
    };
    add(State::Keying, with_code("waiting", 5, 290), "", "app_code");
    add(State::Keying, with_code("wrong", 4, 200), "wrong", "app_code_wrong");
    add(State::Talking, with_code("waiting", 5, 130), "", "app_code_not_keying");
    add(State::Talking, with_code("expired"), "", "app_code_expired");
}

/// The caller's own call is on hold, and the number on file is called beside it.
void call_backs(Collection& c) {
    auto const add = [&](State state, char const* code, char const* entry, std::string const& special) {
        auto made = with_code(code);
        made.at_hand->item.code_way = "call_back";
        made.at_hand->item.words = {"piano", "taxi"};
        auto dialled = of_case(state, 0, entry);
        dialled.call.id = "c";
        dialled.call.from.clear();
        dialled.call.line.clear();
        dialled.call.ticket = "a-ticket";
        dialled.call.end = state == State::Ended ? "not_answered" : "";
        dialled.candidates = {};
        c.add(at_telephone(rep(), {of_case(State::Held), std::move(dialled)}, "c"), std::move(made), special);
    };
    add(State::Dialling, "waiting", "", "called");
    add(State::Talking, "waiting", "", "called_answered");
    add(State::Held, "waiting", "", "called_held");
    add(State::Talking, "waiting", "central_unreachable", "called_lost");
    add(State::Talking, "expired", "code_gone", "called_late");
    add(State::Talking, "waiting", "out_of_service", "called_withdrawn");
    add(State::Ended, "waiting", "", "called_over");
    add(State::Ended, "unanswered", "", "called_unanswered");
    add(State::Ended, "not_dialled", "", "called_not_dialled");
    auto asking = with_code("");
    asking.at_hand->item.code_way.clear();
    asking.at_hand->step = CaseStep::CallBack;
    asking.at_hand->doing.request = 7;
    c.add(at_telephone(rep(), {of_case(State::Talking)}, "b"), std::move(asking), "called_asking");
}

void stronger(Collection& c) {
    auto made = with_code("waiting", 5, 290);
    made.at_hand->item.level = "verified";
    made.at_hand->item.verified_way = "mail_code";
    c.add(at_telephone(rep(), {of_case(State::Keying, 2)}, "b"), std::move(made), "code_stronger");
}

} // namespace

void call_screens(Collection& c) {
    rings(c);
    several(c);
    way_dialogs(c);
    codes(c);
    code_app(c);
    call_backs(c);
    stronger(c);
}

} // namespace portico::agent::sample
