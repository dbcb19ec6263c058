#include "agent/app/turn.h"

namespace portico::agent {

namespace {

KeyEntry* key_entry(Turn& turn) {
    if (auto* page = turn.on_top<SignInPage>())
        return &page->entry;
    auto* locked = turn.on_top<Locked>();
    return locked == nullptr ? nullptr : &locked->entry;
}

void key_failed(KeyEntry& entry, Error const& failure) {
    if (failure.reason == "key_pin_wrong")
        entry.tries_left = failure.tries_left;
    if (failure.kind == ErrorKind::Cancelled)
        entry.doing.failure.reset();
}

/// The reply to what was asked of the key; nothing when it was to something else.
KeyEntry* take_reply(Turn& turn, RequestNumber request, Error const* failure) {
    auto* entry = key_entry(turn);
    if (entry == nullptr || !entry->doing.take(request, failure))
        return nullptr;
    entry->pin.clear();
    entry->touch_wanted = false;
    if (failure != nullptr)
        key_failed(*entry, *failure);
    return entry;
}

/// Of the queue, or of one's cases.
template <class List>
MonoTime next_look(List const& list) {
    auto const by_itself = list.asked_at + refresh_every_s;
    return list.look_at ? std::min(*list.look_at, by_itself) : by_itself;
}

} // namespace

int seconds_until(MonoTime end, MonoTime now) {
    auto const left = std::chrono::ceil<std::chrono::seconds>(end - now).count();
    return static_cast<int>(std::max<std::int64_t>(0, left));
}

void Turn::clear_session() {
    ask(EndSession{});
    ask(CoverAndForget{});
    auto const next = app.session.stamp + 1;
    renew(app.session);
    app.session.stamp = next;
    renew(app.beneath);
    renew(app.aside);
    renew(app.screen);
    renew(app.written.all);
    forget_calls(app);
    renew(app.line);
}

void Turn::end_session(EndReason reason) {
    clear_session();
    app.screen = SignInPage{.entry = {}, .ended = reason};
}

void Turn::withdraw() {
    clear_session();
    app.screen = OutOfOrder{.withdrawn = true};
}

void Turn::lock(bool by_itself) {
    if (!app.session.signed_in() || on_top<Locked>() != nullptr)
        return;
    hide_revealed(*this, true);
    drop_number(*this);
    drop_claims(*this);
    drop_history(*this);
    if (!app.beneath)
        app.beneath = std::move(app.screen);
    app.screen = Locked{.entry = {}, .by_itself = by_itself};
    // What was drawn must not be found in memory while nobody is there to see it.
    ask(CoverAndForget{});
}

void Turn::uncover() {
    if (!app.beneath)
        return;
    app.screen = std::move(*app.beneath);
    app.beneath.reset();
    app.last_input = now.mono;
    fetch_work(*this);
    fetch_cases(*this);
    attend_calls(*this);
}

void proceed_with_key(Turn& turn) {
    auto* entry = key_entry(turn);
    auto const* ready = std::get_if<KeyReady>(&turn.app.facts.key);
    if (entry == nullptr || entry->doing.waiting() || ready == nullptr)
        return;
    if (entry->pin.empty() && !ready->has_fingerprint)
        return;
    entry->touch_wanted = false;
    if (auto* locked = turn.on_top<Locked>()) {
        locked->not_yours = false;
        entry->doing.begin(turn.ask(Unlock{.pin = std::move(entry->pin)}));
    } else {
        entry->doing.begin(turn.ask(SignIn{.pin = std::move(entry->pin)}));
    }
}

void cancel_key(Turn& turn) {
    auto* entry = key_entry(turn);
    if (entry == nullptr)
        return;
    entry->pin.clear();
    if (entry->doing.waiting())
        turn.ask(CancelWork{});
}

void on_signed_in(Turn& turn, RequestNumber request, SignedIn& event) {
    bool const failed = event.result.has_error();
    if (take_reply(turn, request, failed ? &event.result.error() : nullptr) == nullptr || failed)
        return;
    auto& admission = event.result.value();
    auto& session = turn.app.session;
    session.token = std::move(admission.session.token);
    session.staff = std::move(admission.me.staff);
    session.name = std::move(admission.me.name);
    session.rights = std::move(admission.me.rights);
    session.ends_at =
        turn.now.mono +
        std::min<std::chrono::seconds>(session_max_s, std::chrono::seconds(admission.session.expires_in_s));
    turn.app.last_input = turn.now.mono;
    turn.app.screen = Work{};
    fetch_work(turn);
    attend_calls(turn);
    on_outbox_changed(turn, turn.app.written.counts);
}

void on_unlocked(Turn& turn, RequestNumber request, Unlocked& event) {
    bool const failed = event.result.has_error();
    auto* entry = take_reply(turn, request, failed ? &event.result.error() : nullptr);
    if (entry == nullptr)
        return;
    if (!failed)
        return turn.uncover();
    auto const& failure = event.result.error();
    if (failure.reason == "other_account") {
        turn.on_top<Locked>()->not_yours = true;
        entry->doing.failure.reset();
        return;
    }
    handled_as_session(turn, failure);
}

void on_touch_wanted(Turn& turn, RequestNumber request) {
    auto* entry = key_entry(turn);
    if (entry != nullptr && entry->doing.request == request)
        entry->touch_wanted = true;
}

void on_key_changed(Turn& turn, SecurityKeyState const& before) {
    auto* entry = key_entry(turn);
    if (entry == nullptr)
        return;
    entry->pin.clear();
    entry->tries_left = -1;
    bool const put_in =
        std::holds_alternative<KeyReady>(turn.app.facts.key) && !std::holds_alternative<KeyReady>(before);
    if (!put_in)
        return;
    entry->doing.failure.reset();
    if (auto* locked = turn.on_top<Locked>())
        locked->not_yours = false;
}

bool handled_as_session(Turn& turn, Error const& failure) {
    if (!turn.app.session.signed_in())
        return false;
    if (failure.kind == ErrorKind::Unauthenticated) {
        turn.end_session(EndReason::EndedByPlan);
        return true;
    }
    // Roles may have been taken away: what they leave is asked for before it is offered again.
    if (failure.reason == "right_missing")
        turn.ask(FetchMe{});
    return false;
}

void on_me(Turn& turn, MeRead& event) {
    if (event.result.has_error()) {
        handled_as_session(turn, event.result.error());
        return;
    }
    turn.app.session.rights = std::move(event.result.value().rights);
    if (auto* work = turn.app.work(); work != nullptr && !turn.app.session.may("see_work"))
        renew(work->list);
    if (!turn.app.session.may("open_case")) {
        drop_cases(turn);
        renew(turn.app.line);
    }
}

void on_online(Turn& turn, client::Online online) {
    auto const before = std::exchange(turn.app.facts.online, online);
    auto const* resting = turn.on_top<OutOfOrder>();
    if (online == client::Online::Withdrawn && (resting == nullptr || !resting->withdrawn))
        return turn.withdraw();
    if (online != client::Online::Yes || before == online)
        return;
    if (resting != nullptr && resting->withdrawn)
        turn.app.screen = SignInPage{}; // the plan took it back
    fetch_work(turn);
    fetch_cases(turn);
    for (auto& each : turn.app.calls.all)
        if (each.no_case && each.no_case->kind == ErrorKind::Unavailable)
            each.no_case.reset(); // it is tried once more
    attend_calls(turn);
}

void on_central_told(Turn& turn, CentralTold const& told) {
    auto const& event = told.event;
    if (event.event == "terminal_revoked")
        return turn.withdraw();
    if (event.event == "work_changed")
        return look_at_work(turn, told.spread);
    if (event.event == "case_changed")
        return fetch_cases(turn);
    // A hint: whether it was this session, central knows.
    if (event.event == "session_ended" && turn.app.session.signed_in())
        turn.ask(FetchMe{});
}

void on_tick(Turn& turn) {
    App& app = turn.app;
    auto const now = turn.now.mono;
    drop_gone_calls(turn);
    if (!app.session.signed_in())
        return;
    if (now >= app.session.ends_at)
        return turn.end_session(EndReason::TimeUp);
    if (auto const* work = app.work(); work != nullptr && now >= next_look(*work))
        fetch_work(turn);
    if (auto const* cases = std::get_if<Cases>(&app.at_work()); cases != nullptr && now >= next_look(*cases))
        fetch_cases(turn);
    hide_revealed(turn, false);
    count_down_number(turn);
    count_down_code(turn);
    if (turn.on_top<Locked>() != nullptr)
        return;
    if (now - app.last_input >= lock_after_s)
        return turn.lock(true);
    auto const until = app.last_input + lock_after_s;
    if (auto* there = turn.on_top<StillThere>()) {
        there->seconds_left = seconds_until(until, now);
    } else if (until - now <= lock_warning_s) {
        app.beneath = std::move(app.screen);
        app.screen = StillThere{.until = until, .seconds_left = seconds_until(until, now)};
    }
}

std::optional<MonoTime> next_deadline(App const& app) {
    if (!app.session.signed_in())
        return next_call_gone(app);
    auto next = app.session.ends_at;
    if (auto const gone = next_call_gone(app))
        next = std::min(next, *gone);
    auto const lock_at = app.last_input + lock_after_s;
    if (auto const* work = app.work())
        next = std::min(next, next_look(*work));
    if (auto const* cases = std::get_if<Cases>(&app.at_work()))
        next = std::min(next, next_look(*cases));
    if (auto const hiding = next_hiding(app))
        next = std::min(next, *hiding);
    if (auto const count = next_count(app))
        next = std::min(next, *count);
    if (auto const count = next_code_count(app))
        next = std::min(next, *count);
    if (auto const* there = std::get_if<StillThere>(&app.screen))
        next = std::min(next, there->until - std::chrono::seconds(std::max(0, there->seconds_left - 1)));
    else if (!std::holds_alternative<Locked>(app.screen))
        next = std::min(next, lock_at - lock_warning_s);
    return next;
}

} // namespace portico::agent
