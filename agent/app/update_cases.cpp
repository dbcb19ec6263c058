#include "agent/app/turn.h"

#include "agent/screens/case_words.h"
#include "shared/base/rfc3339.h"

namespace portico::agent {

namespace {

void show_aside(Turn& turn, Screen otherwise) {
    App& app = turn.app;
    Screen next = app.aside ? std::move(*app.aside) : std::move(otherwise);
    app.aside = std::move(app.screen);
    app.screen = std::move(next);
}

api::CaseItem const* find_case(Cases const& cases, std::string const& case_id) {
    if (cases.list.value)
        for (auto const& each : cases.list.value->items)
            if (each.case_id == case_id)
                return &each;
    return nullptr;
}

bool is_listed(Cases const& cases, std::string const& case_id) {
    return find_case(cases, case_id) != nullptr;
}

/// A case whose caller is on the line still stays here as it is, and one with something typed; nothing of
/// what has to be asked for anew.
void put_aside(Turn& turn, Cases& cases) {
    if (!cases.at_hand)
        return;
    auto const* call = turn.app.calls.of_case(cases.at_hand->item.case_id);
    // What is typed for a member is not lost by a look at another case.
    if ((call == nullptr || !call->live()) && !cases.at_hand->has_draft())
        return leave_case(turn, cases);
    auto& at_hand = *cases.at_hand;
    at_hand.revealed.clear();
    at_hand.number.wipe();
    at_hand.claims.reset();
    at_hand.history.reset();
    at_hand.doing = {};
    at_hand.member.request = 0;
    at_hand.matter.request = 0;
    cases.beside.push_back(std::move(cases.at_hand));
    turn.forget_drawn();
}

/// Each open case has a colour of its own while there are enough of them: first the one at hand and those of
/// calls, then the others in their order.
void give_marks(App const& app, Cases& cases) {
    auto& marks = cases.marks;
    for (auto& each : marks)
        if (!is_listed(cases, each))
            each.clear();
    auto const give = [&](std::string const& case_id, bool takes) {
        if (case_id.empty() || cases.mark_of(case_id))
            return;
        auto free = std::find(marks.begin(), marks.end(), std::string());
        if (free == marks.end() && takes)
            free = std::find_if(marks.begin(), marks.end(), [&](std::string const& each) {
                return app.calls.of_case(each) == nullptr &&
                       (!cases.at_hand || cases.at_hand->item.case_id != each);
            });
        if (free != marks.end())
            *free = case_id;
    };
    if (cases.at_hand)
        give(cases.at_hand->item.case_id, true);
    for (auto const& each : app.calls.all)
        give(each.case_id, true);
    for (auto const& each : cases.list.value->items)
        give(each.case_id, false);
}

/// What is closed or another's by now is no longer that of a call, and nothing of it stays beside.
void follow_calls(Turn& turn, Cases& cases) {
    std::vector<std::string> gone;
    for (auto const& each : turn.app.calls.all)
        if (!each.case_id.empty() && !is_listed(cases, each.case_id))
            gone.push_back(each.case_id);
    for (auto const& each : gone)
        leave_call_of(turn, each);
    auto& beside = cases.beside;
    beside.erase(std::remove_if(beside.begin(), beside.end(),
                                [&](auto const& each) { return !is_listed(cases, each->item.case_id); }),
                 beside.end());
}

/// The list is what central knows: the case at hand is as it stands there, or is no longer one's own.
void follow_list(Turn& turn, Cases& cases) {
    if (!cases.at_hand)
        return;
    auto const* item = find_case(cases, cases.at_hand->item.case_id);
    if (item == nullptr && cases.at_hand->doing.waiting() && cases.at_hand->step == CaseStep::Close)
        return; // its own reply says so in a moment
    if (item == nullptr) {
        drop_old_contact(turn);
        leave_case(turn, cases);
        cases.said = {"cases.gone"_msg, false};
        cases.dialog = NoDialog{};
        return;
    }
    bool const found_elsewhere = !item->level.empty() && !cases.at_hand->identified();
    auto const before = std::exchange(cases.at_hand->item, *item);
    // A reply was lost on its way: the facts did what they were typed for.
    if (found_elsewhere)
        cases.at_hand->facts.wipe();
    follow_speaker(turn, *cases.at_hand, before);
    ensure_speakers(turn, cases);
    follow_check(turn, cases, before);
    follow_code(turn, *cases.at_hand, before);
    follow_unlock(turn, cases, before);
    follow_recovery(turn, cases, before);
    follow_claims(turn, *cases.at_hand);
    follow_history(turn, *cases.at_hand);
    ensure_member(turn, *cases.at_hand);
    ensure_matter(turn, *cases.at_hand);
}

} // namespace

void show_cases(Turn& turn) {
    if (turn.on_top<Work>() == nullptr || !turn.app.session.may("open_case"))
        return;
    show_aside(turn, Cases{});
    fetch_cases(turn);
}

void show_work(Turn& turn) {
    if (turn.on_top<Cases>() == nullptr)
        return;
    // Who looks at the queue has left the caller's record.
    hide_revealed(turn, true);
    drop_claims(turn);
    drop_history(turn);
    show_aside(turn, Work{});
}

void fetch_cases(Turn& turn) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !turn.app.session.signed_in())
        return;
    cases->asked_at = turn.now.mono;
    cases->look_at.reset();
    cases->list.begin(turn.ask(FetchCases{}));
}

void look_again_soon(Turn& turn, Cases& cases, Error const& failure) {
    if (may_have_passed(failure) && turn.app.facts.online == client::Online::Yes)
        cases.look_at = turn.now.mono + read_again_s;
}

void on_cases_read(Turn& turn, RequestNumber request, CasesRead& event) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !cases->list.take(request, event.result))
        return;
    if (cases->list.failure) {
        auto const failure = *cases->list.failure;
        look_again_soon(turn, *cases, failure);
        handled_as_session(turn, failure);
        return;
    }
    cases->read_at = turn.now.utc;
    follow_list(turn, *cases);
    follow_calls(turn, *cases);
    give_marks(turn.app, *cases);
}

void on_case_opened(Turn& turn, RequestNumber request, CaseOpened& event) {
    if (take_case_of_call(turn, request, event))
        return;
    auto* cases = turn.app.cases();
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (cases == nullptr || !cases->doing.take(request, failure))
        return;
    if (failure != nullptr && handled_as_session(turn, *failure))
        return;
    if (failure == nullptr) {
        cases->dialog = NoDialog{};
        auto const& id = event.result.value().case_id;
        // The next case of the same caller, who may ask about another member too.
        auto* call = turn.app.calls.find(turn.app.calls.chosen);
        if (call != nullptr && call->live() && !call->rings() && cases->opening.channel == "phone") {
            call->case_id = id;
            call->no_case.reset();
        }
        take_at_hand(turn, *cases,
                     {id, cases->opening.reason, cases->opening.channel, to_rfc3339(turn.now.utc), ""});
    }
    // Also when it failed: the answer may have been lost, and the case be open.
    fetch_cases(turn);
}

void on_more_allowed(Turn& turn, RequestNumber request, MoreAllowed& event) {
    auto* cases = turn.app.cases();
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (cases == nullptr || !cases->doing.take(request, failure))
        return;
    if (failure != nullptr) {
        handled_as_session(turn, *failure);
        return;
    }
    cases->dialog = NoDialog{};
    cases->said = {"cases.more_allowed"_msg, true};
}

void do_with_cases(Turn& turn, Act act) {
    auto* cases = turn.on_top<Cases>();
    if (cases == nullptr)
        return;
    cases->said = {};
    cases->doing.failure.reset();
    if (auto const what = on_behalf_of(act))
        return ask_for_member(turn, *cases, *what);
    switch (act) {
    case Act::OpenCase:
        cases->dialog = OpenCaseDialog{};
        return;
    case Act::ChangeReason: {
        cases->at_hand->doing.failure.reset();
        auto const& words = case_reasons();
        auto const now = std::find(words.begin(), words.end(), cases->at_hand->item.reason);
        cases->dialog =
            ReasonDialog{.reason = now == words.end() ? 0 : static_cast<std::size_t>(now - words.begin())};
        return;
    }
    case Act::FindCaller:
        return identify(turn, *cases);
    case Act::WhoSpeaks:
        return open_speakers(turn, *cases);
    case Act::VerifyCaller:
        return open_verify(turn, *cases);
    case Act::KeyCode:
        return key_code(turn, *cases->at_hand);
    case Act::UnlockAccount:
        return open_unlock(turn, *cases);
    case Act::ReadMatterEob:
        return read_matter_eob(turn, *cases);
    case Act::RecoverAccount:
        return open_recovery(turn, *cases);
    case Act::ShowClaims:
        return show_claims(turn, *cases);
    case Act::OlderClaims:
        return older_claims(turn, *cases);
    case Act::EobAsSystem:
    case Act::EobVersions:
    case Act::EobReadAloud:
    case Act::OlderVersion:
    case Act::NewerVersion:
    case Act::OtherLanguage:
        return look_at_eob(*cases, act);
    case Act::CloseCase:
        cases->at_hand->doing.failure.reset();
        suggest_outcome(turn.app, *cases->at_hand);
        cases->dialog = CloseCaseDialog{};
        return;
    case Act::LeaveCase:
        return put_aside(turn, *cases);
    case Act::RevealField:
        cases->at_hand->doing.failure.reset();
        cases->dialog = RevealDialog{};
        return;
    case Act::BreakGlass:
        cases->at_hand->doing.failure.reset();
        cases->dialog = GlassDialog{};
        return;
    case Act::ActForMember:
        cases->dialog = ForMemberDialog{};
        return;
    case Act::AddNote:
        cases->at_hand->doing.failure.reset();
        cases->dialog = NoteDialog{};
        return;
    case Act::ShowHistory:
        return show_history(turn, *cases);
    case Act::AllowMore:
        cases->dialog = AllowMoreDialog{};
        return;
    default:
        return fetch_cases(turn);
    }
}

void pick_case(Turn& turn, std::string const& case_id) {
    auto* cases = turn.on_top<Cases>();
    auto const* item = cases == nullptr ? nullptr : find_case(*cases, case_id);
    if (item == nullptr || (cases->at_hand && cases->at_hand->item.case_id == case_id))
        return;
    auto picked = *item;
    cases->said = {};
    if (auto const* call = turn.app.calls.of_case(case_id))
        turn.app.calls.chosen = call->call.id;
    take_at_hand(turn, *cases, std::move(picked));
    ensure_member(turn, *cases->at_hand);
    ensure_matter(turn, *cases->at_hand);
}

void take_at_hand(Turn& turn, Cases& cases, api::CaseItem item) {
    put_aside(turn, cases);
    auto& beside = cases.beside;
    auto const kept = std::find_if(beside.begin(), beside.end(),
                                   [&](auto const& each) { return each->item.case_id == item.case_id; });
    if (kept == beside.end()) {
        cases.at_hand = std::make_unique<CaseAtHand>();
        cases.at_hand->item = std::move(item);
        return;
    }
    cases.at_hand = std::move(*kept);
    beside.erase(kept);
    auto& at_hand = *cases.at_hand;
    auto const before = std::exchange(at_hand.item, std::move(item));
    if (!at_hand.item.level.empty() && before.level.empty())
        at_hand.facts.wipe();
    // An account may have been locked, a proof been given meanwhile.
    if (at_hand.item.level != before.level)
        renew(at_hand.member);
    follow_code(turn, at_hand, before);
}

void leave_case(Turn& turn, Cases& cases) {
    if (!cases.at_hand)
        return;
    cases.at_hand.reset();
    turn.forget_drawn();
}

void drop_cases(Turn& turn) {
    App& app = turn.app;
    if (app.aside && std::holds_alternative<Cases>(*app.aside))
        renew(app.aside);
    if (!std::holds_alternative<Cases>(app.at_work()))
        return;
    auto& place = app.at_work();
    Screen next = app.aside ? std::move(*app.aside) : Screen(Work{});
    renew(place);
    place = std::move(next);
    renew(app.aside);
    turn.forget_drawn();
}

} // namespace portico::agent
