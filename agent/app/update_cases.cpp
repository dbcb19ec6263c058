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

void take_at_hand(Cases& cases, api::CaseItem item) {
    cases.at_hand = std::make_unique<CaseAtHand>();
    cases.at_hand->item = std::move(item);
}

/// The list is what central knows: the case at hand is as it stands there, or is no longer one's own.
void follow_list(Turn& turn, Cases& cases) {
    if (!cases.at_hand)
        return;
    auto const* item = find_case(cases, cases.at_hand->item.case_id);
    if (item == nullptr && cases.at_hand->doing.waiting() && cases.at_hand->step == CaseStep::Close)
        return; // its own reply says so in a moment
    if (item == nullptr) {
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
    follow_check(turn, cases, before);
    follow_unlock(turn, cases, before);
    follow_claims(turn, *cases.at_hand);
    ensure_member(turn, *cases.at_hand);
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
    show_aside(turn, Work{});
}

void fetch_cases(Turn& turn) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !turn.app.session.signed_in())
        return;
    cases->asked_at = turn.now.mono;
    cases->list.begin(turn.ask(FetchCases{}));
}

void on_cases_read(Turn& turn, RequestNumber request, CasesRead& event) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !cases->list.take(request, event.result))
        return;
    if (cases->list.failure) {
        auto const failure = *cases->list.failure;
        handled_as_session(turn, failure);
        return;
    }
    cases->read_at = turn.now.utc;
    follow_list(turn, *cases);
}

void on_case_opened(Turn& turn, RequestNumber request, CaseOpened& event) {
    auto* cases = turn.app.cases();
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (cases == nullptr || !cases->doing.take(request, failure))
        return;
    if (failure != nullptr && handled_as_session(turn, *failure))
        return;
    if (failure == nullptr) {
        leave_case(turn, *cases);
        cases->dialog = NoDialog{};
        take_at_hand(*cases, {event.result.value().case_id, cases->opening.reason, cases->opening.channel,
                              to_rfc3339(turn.now.utc), ""});
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
    switch (act) {
    case Act::OpenCase:
        cases->dialog = OpenCaseDialog{};
        return;
    case Act::FindCaller:
        return identify(turn, *cases);
    case Act::VerifyCaller:
        return verify(turn, *cases);
    case Act::UnlockAccount:
        return open_unlock(turn, *cases);
    case Act::ShowClaims:
        return show_claims(turn, *cases);
    case Act::OlderClaims:
        return older_claims(turn, *cases);
    case Act::CloseCase:
        cases->at_hand->doing.failure.reset();
        cases->dialog = CloseCaseDialog{};
        return;
    case Act::LeaveCase:
        return leave_case(turn, *cases);
    case Act::RevealField:
        cases->at_hand->doing.failure.reset();
        cases->dialog = RevealDialog{};
        return;
    case Act::BreakGlass:
        cases->at_hand->doing.failure.reset();
        cases->dialog = GlassDialog{};
        return;
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
    leave_case(turn, *cases);
    cases->said = {};
    take_at_hand(*cases, std::move(picked));
    ensure_member(turn, *cases->at_hand);
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
