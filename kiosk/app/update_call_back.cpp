#include "kiosk/app/limits.h"
#include "kiosk/app/turn.h"
#include "shared/domain/call_back.h"
#include "shared/domain/contact_rules.h"

namespace portico::kiosk {

namespace {

void look(Turn& turn, CallBackPage& page) {
    page.look_at = turn.now.mono + call_back_look_s;
    if (page.place.value)
        page.place.begin(turn.ask(FetchCallBackPlace{.call_back = page.place.value->call_back}));
}

bool same_question(api::AskCallBack const& one, api::AskCallBack const& other) {
    return one.number == other.number && one.language == other.language && one.about == other.about;
}

/// Central may have heard of it: the connection broke, or it took too long.
bool may_have_arrived(Error const& failure) {
    return failure.kind == ErrorKind::Unavailable || failure.kind == ErrorKind::TimedOut ||
           failure.kind == ErrorKind::Corrupt || failure.kind == ErrorKind::Internal;
}

/// Whoever asked may be gone: nothing of them stays behind the page. A locked account's page does, for an
/// unlock arrives on it.
void leave_standing(Turn& turn, CallBackPage& page) {
    if (page.place.value)
        page.place.value->to.clear();
    turn.app.session.call_back.reset();
    page.place.request = 0;
    page.doing = {};
    page.cancelling = false;
    page.look_at = turn.now.mono;
    std::optional<LockedOut> locked;
    if (auto* beneath = turn.find<LockedOut>())
        locked = std::move(*beneath);
    CallBackPage kept = std::move(page);
    turn.leave_standing(std::move(kept));
    if (locked)
        turn.app.beneath.push_back(std::move(*locked));
}

bool stands_alone(App const& app, CallBackPage const& page) {
    bool const shows_number = page.place.value && !page.place.value->to.empty();
    bool const only_locked = std::all_of(app.beneath.begin(), app.beneath.end(), [](Screen const& each) {
        return std::holds_alternative<LockedOut>(each);
    });
    return !app.session.signed_in() && !shows_number && only_locked;
}

/// How it ended is there to be read, also by who has waited for it without touching anything.
MonoTime over_until(App const& app, CallBackPage const& page) {
    return std::max(app.last_touch, page.told_at) + idle_timeout(app);
}

void end_page(Turn& turn) {
    if (turn.find<LockedOut>() == nullptr)
        return turn.end_visit(EndReason::Idle);
    turn.pop_until([](Screen const& each) { return std::holds_alternative<LockedOut>(each); });
}

} // namespace

void open_call_back(Turn& turn) {
    auto& app = turn.app;
    // One call for one person: who has asked sees their place.
    if (auto* page = turn.find<CallBackPage>(); page != nullptr && !page->is_over()) {
        turn.pop_until([](Screen const& each) { return std::holds_alternative<CallBackPage>(each); });
        return;
    }
    if (auto const& asked = app.session.call_back; asked && !is_over(*asked)) {
        CallBackPage page{.since = turn.now.mono, .told_at = turn.now.mono};
        page.place.value = *asked;
        turn.open(std::move(page));
        return look(turn, std::get<CallBackPage>(app.screen));
    }
    CallBackAsk ask;
    ask.can_use_file = app.session.is_member();
    ask.on_file = ask.can_use_file;
    if (std::holds_alternative<LockedOut>(app.screen))
        ask.about = 0;
    auto const languages = call_back_languages(app);
    auto const own = std::find(languages.begin(), languages.end(), app.settings.language);
    ask.language = own == languages.end() ? 0 : static_cast<std::size_t>(own - languages.begin());
    if (turn.on_top<CallBackPage>())
        return turn.replace(std::move(ask));
    turn.open(std::move(ask));
}

bool pick_call_back(Turn& turn, Picked const& picked) {
    auto* ask = std::get_if<CallBackAsk>(&turn.app.screen);
    if (ask == nullptr || ask->doing.waiting())
        return false;
    ask->doing.failure.reset();
    if (picked.choice == Choice::CallAbout && picked.index < call_back_abouts.size())
        ask->about = picked.index;
    else if (picked.choice == Choice::CallWhere)
        ask->on_file = ask->can_use_file && picked.index == 0;
    else if (picked.choice == Choice::CallLanguage && picked.index < call_back_languages(turn.app).size())
        ask->language = picked.index;
    return true;
}

void proceed(Turn& turn, CallBackAsk& screen) {
    if (!screen.about_chosen())
        return;
    api::AskCallBack question;
    question.about = call_back_abouts[screen.about];
    question.language = call_back_languages(turn.app).at(screen.language);
    question.number = screen.on_file ? std::string() : screen.number;
    screen.number_wrong = !screen.on_file && callable_number(screen.number).empty();
    if (screen.number_wrong)
        return;
    SendCallBack send;
    // Another question while it is not known whether central heard the last: that one must not stand beside.
    if (!screen.id.empty() && !same_question(question, screen.asked))
        send.instead_of = std::exchange(screen.id, {});
    question.call_back = screen.id;
    screen.instead_of = send.instead_of;
    screen.asking = question;
    send.question = std::move(question);
    screen.doing.begin(turn.ask(std::move(send)));
}

void on_call_back_asked(Turn& turn, RequestNumber request, CallBackAsked& event) {
    auto* ask = turn.find<CallBackAsk>();
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (ask == nullptr || !ask->doing.take(request, failure))
        return;
    // What could not be taken back stays what it was asked as: it is taken back with the next try.
    bool const not_taken_back = !ask->instead_of.empty() && event.call_back == ask->instead_of;
    if (!not_taken_back)
        ask->asked = ask->asking;
    ask->id = event.call_back;
    if (failure != nullptr) {
        if (!may_have_arrived(*failure))
            ask->id.clear();
        handled_as_sign_in(turn, *failure);
        return;
    }
    CallBackPage page{.since = turn.now.mono, .told_at = turn.now.mono};
    page.look_at = turn.now.mono + call_back_look_s;
    page.place.value = std::move(event.result).value();
    turn.app.session.call_back = page.place.value;
    turn.pop_until([](Screen const& each) { return std::holds_alternative<CallBackAsk>(each); });
    turn.replace(std::move(page));
}

void on_call_back_place(Turn& turn, RequestNumber request, Result<api::CallBackPlace>& result) {
    auto* page = turn.find<CallBackPage>();
    if (page == nullptr)
        return;
    auto const to = page->place.value ? page->place.value->to : std::string();
    if (!page->place.take(request, result) || page->place.failure)
        return;
    page->place.value->to = to; // told once
    turn.app.session.call_back = page->place.value;
    page->told_at = turn.now.mono;
    page->minutes_old = 0;
    if (page->place.value->state != "waiting" && page->place.value->state != "resting")
        page->cancelling = false;
}

void look_at_place(Turn& turn) {
    if (auto* page = turn.find<CallBackPage>(); page != nullptr && !page->is_over())
        look(turn, *page);
}

void ask_cancel_call(Turn& turn) {
    if (auto* page = std::get_if<CallBackPage>(&turn.app.screen); page != nullptr && !page->is_over())
        page->cancelling = true;
}

void confirm_cancel_call(Turn& turn, bool yes) {
    auto* page = std::get_if<CallBackPage>(&turn.app.screen);
    if (page == nullptr || !page->cancelling || page->doing.waiting())
        return;
    page->cancelling = false;
    if (yes && page->place.value)
        page->doing.begin(turn.ask(CancelCallBack{.call_back = page->place.value->call_back}));
}

void on_call_back_cancelled(Turn& turn, RequestNumber request, CallBackCancelled& event) {
    auto* page = turn.find<CallBackPage>();
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (page == nullptr || !page->doing.take(request, failure))
        return;
    if (failure != nullptr || !page->place.value)
        return look(turn, *page);
    page->place.value->state = "cancelled";
    turn.app.session.call_back = page->place.value;
}

bool tick_call_back(Turn& turn) {
    auto* page = std::get_if<CallBackPage>(&turn.app.screen);
    if (page == nullptr)
        return false;
    auto const now = turn.now.mono;
    page->minutes_old =
        static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(now - page->told_at).count());
    bool const idle = now - turn.app.last_touch >= idle_timeout(turn.app);
    bool const session_over = turn.app.session.signed_in() && now >= turn.app.session.ends_at;
    if (now - page->since >= call_back_page_max_s ||
        (page->is_over() && now >= over_until(turn.app, *page))) {
        end_page(turn);
        return true;
    }
    if ((idle || session_over) && !stands_alone(turn.app, *page)) {
        leave_standing(turn, *page);
        page = std::get_if<CallBackPage>(&turn.app.screen);
    }
    if (now >= page->look_at && !page->is_over())
        look(turn, *page);
    return true;
}

std::optional<MonoTime> call_back_deadline(App const& app) {
    auto const* page = std::get_if<CallBackPage>(&app.screen);
    if (page == nullptr)
        return std::nullopt;
    auto next = page->since + call_back_page_max_s;
    if (!page->is_over())
        next = std::min({next, page->look_at, page->told_at + std::chrono::minutes(page->minutes_old + 1)});
    if (page->is_over())
        next = std::min(next, over_until(app, *page));
    if (!stands_alone(app, *page))
        next = std::min(next, app.last_touch + idle_timeout(app));
    return next;
}

} // namespace portico::kiosk
