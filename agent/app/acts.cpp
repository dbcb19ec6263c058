#include "agent/app/acts.h"

#include "agent/app/limits.h"
#include "agent/screens/speaker_words.h"
#include "shared/domain/work_matter.h"
#include "shared/terminal/eob_explanation.h"

namespace portico::agent {

namespace {

using ui::alt;
using ui::ctrl;
using ui::Key;
/// Why nothing can be done with the entry now, whatever it is.
ui::Text held_up(App const& app, Work const& work) {
    if (app.facts.offline())
        return "work.needs_central"_msg;
    if (work.item() == nullptr)
        return "work.pick_first"_msg;
    return work.doing.waiting() ? ui::Text("work.in_hand"_msg) : ui::Text();
}

void add_work(App const& app, Work const& work, std::vector<Offered>& acts) {
    if (!app.session.may("do_work"))
        return;
    auto const* item = work.item();
    bool const assigns = app.session.may("assign_work");
    bool const taken = item != nullptr && !item->taken_by.empty();
    bool const mine = item != nullptr && item->mine;
    auto const held = held_up(app, work);
    auto add = [&](Act act, ui::Msg label, Key key, ui::Text const& why_not) {
        bool const only_held = why_not.empty() && !held.empty();
        acts.push_back({act, label, key, only_held ? held : why_not, only_held});
    };
    ui::Text const ok;
    ui::Text const not_yours =
        taken ? "work.other_has_it"_msg.with("name", item->taken_by_name) : ui::Text("work.take_first"_msg);
    add(Act::Take, "act.take"_msg, alt('T'),
        mine                ? ui::Text("work.yours"_msg)
        : taken && !assigns ? not_yours
                            : ok);
    bool const may_move = mine || (taken && assigns);
    add(Act::GiveBack, "act.give_back"_msg, alt('G'), may_move ? ok : not_yours);
    add(Act::HandOver, "act.hand_over"_msg, alt('H'), may_move ? ok : not_yours);
    add(Act::Decide, "act.decide"_msg, alt('D'), mine ? ok : not_yours);
    if (item != nullptr && find_work_matter(item->kind) != nullptr && app.session.may("open_case"))
        add(Act::OpenWorkCase, "act.open_work_case"_msg, alt('O'), mine ? ok : not_yours);
}

/// Why nothing can be asked of central now about any case.
ui::Text held_up(App const& app, Cases const& cases) {
    if (app.facts.offline())
        return "work.needs_central"_msg;
    return cases.waiting() ? ui::Text("work.in_hand"_msg) : ui::Text();
}

ui::Text why_no_search(CaseAtHand const& at_hand) {
    if (at_hand.tries_left == 0)
        return "case.no_tries"_msg;
    return at_hand.facts.said() < facts_min ? ui::Text("case.facts_few"_msg) : ui::Text();
}

/// Why the member's account cannot be unlocked, though it is locked.
ui::Text why_no_unlock(CaseAtHand const& at_hand) {
    if (at_hand.item.unlock == "waiting")
        return "unlock.asked_already"_msg;
    if (auto why = why_not_spoken(at_hand, "account"); !why.empty())
        return why;
    return at_hand.verified() ? ui::Text() : ui::Text("unlock.verify_first"_msg);
}

/// The one EOB that the entry of the case is about; where the claims may be read it is among them.
void add_matter_eob(CaseAtHand const& at_hand, ui::Text const& held, std::vector<Offered>& acts) {
    if (at_hand.claims)
        acts.push_back({Act::ShowClaims, "act.leave_claims"_msg, alt('L')});
    else
        acts.push_back({Act::ReadMatterEob, "act.read_matter_eob"_msg, alt('L'), held, !held.empty()});
}

ui::Text why_no_pair(ClaimsAtHand const& claims, bool older) {
    auto const count = claims.review.value ? claims.review.value->versions.size() : 0;
    bool const more = older ? claims.newer > 1 : claims.newer + 1 < count;
    return more ? ui::Text() : older ? "eob_version.none_older"_msg : "eob_version.none_newer"_msg;
}

/// The views of the EOB that is read. A view's own act leads back to what the member sees.
void add_eob(App const& app, CaseAtHand const& at_hand, std::vector<Offered>& acts) {
    if (!at_hand.claims || !at_hand.claims->reads_eob())
        return;
    auto const& claims = *at_hand.claims;
    auto const view = [&](Act act, EobView which, ui::Msg label, Key key) {
        acts.push_back({act, claims.view == which ? "act.eob_as_member"_msg : label, key});
    };
    view(Act::EobAsSystem, EobView::AsSystem, "act.eob_as_system"_msg, ctrl('E'));
    view(Act::EobVersions, EobView::Versions, "act.eob_versions"_msg, ctrl('D'));
    view(Act::EobReadAloud, EobView::ReadAloud, "act.eob_read_aloud"_msg, ctrl('R'));
    if (claims.view == EobView::Versions && claims.newer > 0) {
        acts.push_back({Act::OlderVersion, "act.older_version"_msg, ctrl('B'), why_no_pair(claims, true)});
        acts.push_back({Act::NewerVersion, "act.newer_version"_msg, ctrl('N'), why_no_pair(claims, false)});
    }
    if (claims.view == EobView::ReadAloud && speaks_another_language(app, at_hand))
        acts.push_back({Act::OtherLanguage,
                        claims.in_members_language ? "act.desk_language"_msg : "act.members_language"_msg,
                        ctrl('G')});
}

/// A value in full is for the member, or for who has shown that they may hear it.
ui::Text why_no_value(CaseAtHand const& at_hand) {
    if (auto why = why_not_spoken(at_hand, "contact"); !why.empty())
        return why;
    return at_hand.item.speaker.empty() || at_hand.proven() ? ui::Text()
                                                            : ui::Text("speaker.prove_first"_msg);
}

/// Their way back needs nobody: it is there while central is away, too.
void add_claims(CaseAtHand const& at_hand, ui::Text const& held, std::vector<Offered>& acts) {
    bool const reads_matter = at_hand.claims && at_hand.claims->of_matter;
    if (reads_matter || (!at_hand.proven() && at_hand.has_matter_eob() && !at_hand.needs_glass()))
        return add_matter_eob(at_hand, held, acts);
    if (!at_hand.verified() || !at_hand.member.value || at_hand.needs_glass())
        return;
    // Said rather than refused: another asks, or they show more.
    if (auto const why = why_not_spoken(at_hand, "claims"); !why.empty()) {
        acts.push_back({Act::ShowClaims, "act.show_claims"_msg, alt('L'), why});
        return;
    }
    if (at_hand.verified_by_mail()) {
        acts.push_back({Act::ShowClaims, "act.show_claims"_msg, alt('L'), "claims.not_by_mail"_msg});
        return;
    }
    if (!at_hand.claims) {
        acts.push_back({Act::ShowClaims, "act.show_claims"_msg, alt('L'), held, !held.empty()});
        return;
    }
    acts.push_back({Act::ShowClaims, "act.leave_claims"_msg, alt('L')});
    if (!at_hand.lists_claims() || at_hand.claims->next_cursor.empty())
        return;
    auto const wait = held.empty() && at_hand.claims->page.waiting() ? ui::Text("work.in_hand"_msg) : held;
    acts.push_back({Act::OlderClaims, "act.older_claims"_msg, alt('O'), wait, !wait.empty()});
}

/// A stronger proof than by mail is offered to who has only that.
void add_verify(App const& app, Cases const& cases, ui::Text const& held, std::vector<Offered>& acts) {
    auto const& at_hand = *cases.at_hand;
    if (!at_hand.identified() || at_hand.proven() || at_hand.needs_glass())
        return;
    bool const first = at_hand.item.check.empty() && at_hand.item.code.empty();
    // Nobody proves what opens nothing.
    auto const over =
        at_hand.item.speaker_hindrance.empty() ? ui::Text() : ui::Text("speaker.not_in_force"_msg);
    acts.push_back({Act::VerifyCaller,
                    nobody_on_line(app, at_hand) ? "act.call_or_verify"_msg
                    : first                      ? "act.verify_caller"_msg
                    : at_hand.code_waits()       ? "act.verify_other"_msg
                                                 : "act.verify_again"_msg,
                    alt('V'), over.empty() ? held : over, over.empty() && !held.empty()});
    auto const* call = app.calls.of_case(at_hand.item.case_id);
    if (!at_hand.code_is_keyed() || call == nullptr || !call->at_telephone())
        return;
    bool const keys = call->call.state == PhoneCall::State::Keying;
    bool const talks = call->call.state == PhoneCall::State::Talking;
    acts.push_back({Act::KeyCode, keys ? "act.stop_keying"_msg : "act.start_keying"_msg, alt('Y'),
                    keys || talks ? ui::Text() : ui::Text("call.resume_first"_msg)});
}

void add_cases(App const& app, Cases const& cases, std::vector<Offered>& acts) {
    auto const held = held_up(app, cases);
    auto add = [&](Act act, ui::Msg label, Key key, ui::Text const& why_not) {
        bool const only_held = why_not.empty() && !held.empty();
        acts.push_back({act, label, key, only_held ? held : why_not, only_held});
    };
    ui::Text const ok;
    acts.push_back({Act::ShowWork, "act.show_work"_msg, Key::F2});
    add(Act::OpenCase, "act.open_case"_msg, alt('C'), ok);
    if (cases.at_hand) {
        if (!cases.at_hand->identified())
            add(Act::FindCaller, "act.find_caller"_msg, alt('I'), why_no_search(*cases.at_hand));
        else if (!cases.at_hand->needs_glass())
            add(Act::WhoSpeaks, "act.who_speaks"_msg, alt('I'), ok); // once they are found
        // What fits comes first: in a case of the queue's the matter, until somebody speaks.
        bool const spoken_to = !nobody_on_line(app, *cases.at_hand);
        if (spoken_to)
            add_verify(app, cases, held, acts);
        if (cases.at_hand->locked_out() && app.session.may("unlock_account"))
            add(Act::UnlockAccount, "act.unlock_account"_msg, alt('U'), why_no_unlock(*cases.at_hand));
        if (cases.at_hand->verified() && app.session.may("unlock_account"))
            // Nobody comes back to an account for another: no authority has this among its scopes.
            add(Act::RecoverAccount, "act.recover_account"_msg, ctrl('U'),
                why_not_spoken(*cases.at_hand, "recovery"));
        add_claims(*cases.at_hand, held, acts);
        add_eob(app, *cases.at_hand, acts);
        if (!spoken_to)
            add_verify(app, cases, held, acts);
        // A value in full stands in the record.
        if (cases.at_hand->member.value && !cases.at_hand->claims && !cases.at_hand->history)
            add(Act::RevealField, "act.reveal_field"_msg, alt('R'), why_no_value(*cases.at_hand));
        if (cases.at_hand->needs_glass())
            add(Act::BreakGlass, "act.break_glass"_msg, alt('K'), ok);
        if (auto asked = acts_for_member(app, cases); !asked.empty()) {
            acts.push_back({Act::ActForMember, "act.for_member"_msg, alt('A')});
            acts.insert(acts.end(), asked.begin(), asked.end());
        }
        add(Act::AddNote, "act.add_note"_msg, alt('N'), ok);
        if (cases.at_hand->history)
            acts.push_back({Act::ShowHistory, "act.leave_history"_msg, alt('H')});
        else if (cases.at_hand->identified() && !cases.at_hand->needs_glass())
            add(Act::ShowHistory, "act.show_history"_msg, alt('H'), ok);
        add(Act::ChangeReason, "act.change_reason"_msg, alt('P'), ok);
        add(Act::CloseCase, "act.close_case"_msg, alt('E'),
            app.line.is_of_case(cases.at_hand->item.case_id) ? ui::Text("line.say_first"_msg) : ok);
        acts.push_back({Act::LeaveCase, "act.leave_case"_msg, alt('B')});
    }
    if (app.session.may("allow_more"))
        add(Act::AllowMore, "act.allow_more"_msg, alt('W'), ok);
    acts.push_back({Act::Refresh, "act.refresh"_msg, Key::F5,
                    app.facts.offline() ? ui::Text("work.needs_central"_msg) : ui::Text()});
}

/// The line of those who wait. One call at a time: how one went is said before the next.
void add_line(App const& app, std::vector<Offered>& acts) {
    if (!app.session.may("open_case"))
        return;
    auto const& line = app.line;
    // Whether a call that stands is that of a call-back, the line says.
    bool const waits = line.doing.waiting() || (!line.line.value && app.calls.has_stray());
    ui::Text const held = app.facts.offline() ? ui::Text("work.needs_central"_msg)
                          : waits             ? ui::Text("work.in_hand"_msg)
                                              : ui::Text();
    auto const add = [&](Act act, ui::Msg label, Key key) {
        acts.push_back({act, label, key, held, !held.empty()});
    };
    auto const next = line.has_calls() ? "act.next_in_line"_msg : "act.next_call_back"_msg;
    if (!line.taken) {
        bool const goes_on = line.has_unknown() && !line.unknown_is_held();
        add(Act::NextCallBack, goes_on ? "act.go_on_call_back"_msg : next, alt('J'));
        return;
    }
    if (line.rings_soon()) {
        acts.push_back({Act::NextCallBack, next, alt('J'), "line.rings_soon"_msg, true});
        if (std::holds_alternative<Cases>(app.at_work()))
            add(Act::GiveCallBack, "act.give_held_call"_msg, alt('G'));
        return;
    }
    auto const* cases = std::get_if<Cases>(&app.at_work());
    if (cases == nullptr || !cases->at_hand || !line.is_of_case(cases->at_hand->item.case_id)) {
        acts.push_back({Act::NextCallBack, "act.go_on_call_back"_msg, alt('J')});
        return;
    }
    add(Act::CallReached, "act.call_reached"_msg, alt('Q'));
    add(Act::CallNotAnswered, "act.call_not_answered"_msg, alt('Z'));
    add(Act::CallWrongNumber, "act.call_wrong_number"_msg, ctrl('W'));
    add(Act::GiveCallBack, "act.give_call_back"_msg, alt('G'));
}

/// The way from the queue to the cases; a call that comes in is a case at once.
void add_way_to_cases(App const& app, std::vector<Offered>& acts) {
    if (!app.session.may("open_case"))
        return;
    acts.push_back({Act::ShowCases, "act.show_cases"_msg, Key::F3});
    auto const* cases = app.cases();
    bool const waits = cases != nullptr && cases->waiting();
    acts.push_back({Act::OpenCase, "act.open_case"_msg, alt('C'),
                    app.facts.offline() ? ui::Text("work.needs_central"_msg)
                    : waits             ? ui::Text("work.in_hand"_msg)
                                        : ui::Text()});
}

void add_ringing(CallAtHand const& call, std::vector<Offered>& acts) {
    acts.push_back(
        {Act::AnswerCall, call.handed_over ? "act.take_call"_msg : "act.answer_call"_msg, Key::F4});
    // Not the key that hangs up: who presses that a moment too late turns away nobody who rings by then.
    if (call.at_telephone())
        acts.push_back({Act::DeclineCall, "act.decline_call"_msg, ctrl('J')});
}

/// With the chosen call, which does not ring, or not only.
void add_chosen(App const& app, CallAtHand const& call, std::vector<Offered>& acts) {
    using State = PhoneCall::State;
    auto const state = call.call.state;
    bool const held = state == State::Held;
    bool const answered = held || state == State::Talking || state == State::Keying;
    if (call.at_telephone() && answered)
        acts.push_back({Act::HoldCall, held ? "act.resume_call"_msg : "act.hold_call"_msg, Key::F6});
    if (call.at_telephone() && answered && app.session.may("open_case"))
        acts.push_back({Act::TransferCall, "act.transfer_call"_msg, Key::F11});
    if (answered || (call.at_telephone() && !call.rings()))
        acts.push_back(
            {Act::HangUpCall, call.handed_over ? "act.call_ended"_msg : "act.hang_up"_msg, Key::F10});
}

/// Needs no central: a call is talked to also while that is away.
void add_calls(App const& app, std::vector<Offered>& acts) {
    auto const& calls = app.calls;
    auto const* ringing = calls.ringing();
    auto const* call = calls.chosen_call();
    if (ringing != nullptr)
        add_ringing(*ringing, acts);
    else if (call != nullptr && call->live() && call->case_id.empty() && call->opening == 0 &&
             app.session.may("open_case"))
        acts.push_back({Act::AnswerCall, "act.take_call"_msg, Key::F4,
                        app.facts.offline() ? ui::Text("work.needs_central"_msg) : ui::Text()});
    if (call != nullptr && call->live())
        add_chosen(app, *call, acts);
    if (calls.all.size() > 1)
        acts.push_back({Act::NextCall, "act.next_call"_msg, Key::F12});
}

/// How the screen looks is everybody's business, signed in or not.
void add_look(App const& app, std::vector<Offered>& acts) {
    int const percent = app.settings.text_percent;
    acts.push_back({Act::ChangeTheme, "act.theme"_msg, Key::F9});
    acts.push_back({Act::LargerText, "act.larger"_msg, Key::F8,
                    percent >= 200 ? ui::Text("act.largest"_msg) : ui::Text()});
    acts.push_back({Act::SmallerText, "act.smaller"_msg, Key::F7,
                    percent <= 100 ? ui::Text("act.smallest"_msg) : ui::Text()});
}

} // namespace

std::vector<Offered> offered_acts(App const& app) {
    std::vector<Offered> acts;
    if (!app.session.signed_in()) {
        add_look(app, acts);
        return acts;
    }
    auto const* work = std::get_if<Work>(&app.at_work());
    if (work != nullptr && app.session.may("see_work")) {
        add_work(app, *work, acts);
        ui::Text const offline = app.facts.offline() ? ui::Text("work.needs_central"_msg) : ui::Text();
        acts.push_back({Act::Refresh, "act.refresh"_msg, Key::F5, offline});
        acts.push_back({Act::ShowAll, "act.show_all"_msg, alt('A'), offline});
        acts.push_back({Act::ShowMine, "act.show_mine"_msg, alt('M'), offline});
        acts.push_back({Act::ShowNobodys, "act.show_nobodys"_msg, alt('N'), offline});
    }
    if (work != nullptr)
        add_way_to_cases(app, acts);
    if (auto const* cases = std::get_if<Cases>(&app.at_work()))
        add_cases(app, *cases, acts);
    add_line(app, acts);
    add_calls(app, acts);
    acts.push_back({Act::LockNow, "act.lock"_msg, ctrl('L')});
    add_look(app, acts);
    acts.push_back({Act::SignOut, "act.sign_out"_msg, ctrl('Q')});
    return acts;
}

bool nobody_on_line(App const& app, CaseAtHand const& at_hand) {
    auto const* call = app.calls.of_case(at_hand.item.case_id);
    bool const begun = !at_hand.item.check.empty() || !at_hand.item.code.empty();
    return at_hand.opened_for_work() && !at_hand.verified() && !begun && (call == nullptr || !call->live());
}

bool speaks_another_language(App const& app, CaseAtHand const& at_hand) {
    auto const& member = at_hand.member.value;
    return member && !member->language.empty() &&
           terminal::language_to_explain(member->language) !=
               terminal::language_to_explain(app.settings.language);
}

std::optional<Offered> offered(App const& app, Act act) {
    for (auto& each : offered_acts(app))
        if (each.act == act)
            return std::move(each);
    return std::nullopt;
}

bool can_do(App const& app, Act act) {
    auto const found = offered(app, act);
    return found && found->off.empty();
}

} // namespace portico::agent
