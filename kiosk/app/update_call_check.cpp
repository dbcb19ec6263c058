#include "kiosk/app/turn.h"

#include <concepts>

namespace portico::kiosk {

namespace {

/// A desk asks members alone, and only those who are surely the ones who are signed in.
bool can_be_asked(Session const& session) {
    return session.is_member() && session.assurance >= Assurance::TwoFactors;
}

bool stays_in_front(Screen const& screen) {
    return std::holds_alternative<StillThere>(screen) || std::holds_alternative<VisitEnd>(screen) ||
           std::holds_alternative<LockedOut>(screen) || std::holds_alternative<OutOfOrder>(screen);
}

/// A press whose reply leads to another page: that must not happen under one that opened meanwhile.
bool is_awaited(Screen const& screen) {
    return std::visit(
        [](auto const& each) {
            if constexpr (requires { each.doing.waiting(); })
                return each.doing.waiting() && !std::same_as<decltype(each), CallCheckPage const&>;
            else
                return false;
        },
        screen);
}

bool can_open(App const& app) {
    auto const is_free = [](Screen const& screen) { return !is_printing(screen) && !is_awaited(screen); };
    return !stays_in_front(app.screen) && is_free(app.screen) &&
           std::all_of(app.beneath.begin(), app.beneath.end(), is_free);
}

bool is_open(CallCheckPage const& page) {
    return page.end == CallCheckEnd::NotYet && !page.doing.waiting();
}

void tell(Turn& turn, CallCheckPage& page) {
    page.doing.begin(turn.ask(AnswerCallCheck{.check = page.question.check, .number = page.answer}));
}

void open_page(Turn& turn, CallCheckPage page) {
    if (auto* shown = turn.find<CallCheckPage>()) {
        if (shown->question.check == page.question.check && shown->question.numbers == page.question.numbers)
            return; // told of twice
        if (shown->end == CallCheckEnd::NotYet)
            page.renewed = shown->renewed + 1;
    }
    if (turn.on_top<CallCheckPage>())
        return turn.replace(std::move(page));
    std::erase_if(turn.app.beneath,
                  [](Screen const& each) { return std::holds_alternative<CallCheckPage>(each); });
    turn.open(std::move(page));
}

} // namespace

void ask_call_check(Turn& turn) {
    auto& session = turn.app.session;
    if (can_be_asked(session))
        session.call_check.load.begin(turn.ask(FetchCallCheck{}));
}

void on_call_check(Turn& turn, RequestNumber request, Result<api::CallCheck>& result) {
    auto& [load, until] = turn.app.session.call_check;
    if (!load.take(request, result))
        return;
    if (load.failure) {
        // A step up is not asked for by a page that nobody opened.
        if (load.failure->kind == ErrorKind::Unauthenticated)
            handled_as_sign_in(turn, *load.failure);
        return;
    }
    until = turn.now.mono + std::chrono::seconds(load.value->expires_in_s);
    if (!load.value->check.empty() && !load.value->numbers.empty())
        return;
    load.value.reset();
    if (auto* page = turn.find<CallCheckPage>(); page != nullptr && is_open(*page))
        page->end = CallCheckEnd::Gone;
}

void ask_missed_call_check(Turn& turn) {
    if (turn.app.session.call_check.load.failure)
        ask_call_check(turn);
}

void attend_call_check(Turn& turn) {
    if (auto* page = turn.find<CallCheckPage>();
        page != nullptr && is_open(*page) && turn.now.mono >= page->until)
        page->end = CallCheckEnd::Gone;
    auto& [load, until] = turn.app.session.call_check;
    if (!load.value)
        return;
    if (turn.now.mono >= until)
        return load.value.reset();
    if (!can_open(turn.app))
        return;
    CallCheckPage page{.question = std::move(*load.value), .until = until};
    load.value.reset();
    open_page(turn, std::move(page));
}

std::optional<MonoTime> call_check_deadline(App const& app) {
    std::optional<MonoTime> until;
    auto const look = [&](Screen const& screen) {
        if (auto const* page = std::get_if<CallCheckPage>(&screen); page != nullptr && is_open(*page))
            until = page->until;
    };
    look(app.screen);
    std::for_each(app.beneath.begin(), app.beneath.end(), look);
    return until;
}

void answer_call(Turn& turn, std::string const& number) {
    auto* page = std::get_if<CallCheckPage>(&turn.app.screen);
    if (page == nullptr || !is_open(*page))
        return;
    page->answer = number;
    tell(turn, *page);
}

/// The same answer once more, when it could not be told.
void enter(Turn& turn, CallCheckPage& screen) {
    if (is_open(screen) && screen.doing.failure)
        tell(turn, screen);
}

void enter(Turn& turn, WhoCalls& screen) {
    screen.calls.begin(turn.ask(FetchDeskWord{}));
}

/// Looks again: the call may have come since.
void proceed(Turn& turn, WhoCalls& screen) {
    if (screen.calls.waiting())
        return;
    screen.calls = {};
    enter(turn, screen);
}

void proceed(Turn& turn, CallCheckPage& screen) {
    if (screen.end != CallCheckEnd::NotYet)
        turn.back();
}

void on_call_check_answered(Turn& turn, RequestNumber request, CallCheckAnswered& event) {
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* page = turn.find<CallCheckPage>();
    if (page == nullptr || !page->doing.take(request, failure))
        return;
    if (failure == nullptr)
        page->end = page->answer.empty() ? CallCheckEnd::NotOnPhone : CallCheckEnd::Right;
    else if (failure->reason == "check_wrong")
        page->end = CallCheckEnd::WrongNumber;
    else if (failure->reason == "check_gone")
        page->end = CallCheckEnd::Gone;
    else
        handled_as_sign_in(turn, *failure);
}

} // namespace portico::kiosk
