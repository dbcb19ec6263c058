#include "agent/app/turn.h"
#include "shared/domain/staff_reasons.h"

#include <algorithm>

namespace portico::agent {

namespace {

api::WorkQuery query_of(Whose whose) {
    api::WorkQuery query;
    if (whose != Whose::All)
        query.whose = whose == Whose::Mine ? "mine" : "nobody";
    return query;
}

/// The selected entry stays selected; when it has gone, what stands in its place now is.
void keep_place(Work& work) {
    auto const& items = work.list.value->items;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].entry == work.selected) {
            work.place = i;
            return;
        }
    work.place = items.empty() ? 0 : std::min(work.place, items.size() - 1);
    work.selected = items.empty() ? std::string() : items[work.place].entry;
}

ui::Text done_words(Act act, std::string const& kind) {
    switch (act) {
    case Act::Take:
        return "work.done_take"_msg;
    case Act::GiveBack:
        return "work.done_give_back"_msg;
    case Act::HandOver:
        return "work.done_hand_over"_msg;
    default:
        return is_unlock(kind) ? "work.done_unlock"_msg : "work.done_decide"_msg;
    }
}

void show(Turn& turn, Work& work, Whose whose) {
    if (work.whose == whose)
        return;
    work.whose = whose;
    work.place = 0;
    work.selected.clear();
    // What stands there is not what the filter says.
    renew(work.list);
    fetch_work(turn);
}

/// At once, and not with the next list: the next key may be meant for what one has just taken.
void put(Work& work, api::WorkItem taken) {
    if (!work.list.value)
        return;
    for (auto& item : work.list.value->items)
        if (item.entry == taken.entry) {
            item = std::move(taken);
            return;
        }
}

/// An unlock is decided by what is read of it first, and no decision is chosen beforehand.
DecideDialog decide_dialog(Turn& turn, api::WorkItem const& item) {
    DecideDialog dialog{.entry = item.entry, .kind = item.kind};
    if (is_unlock(item.kind)) {
        dialog.decision.reset();
        dialog.unlock.begin(turn.ask(FetchAskedUnlock{item.entry}));
    }
    return dialog;
}

} // namespace

api::WorkItem const* Work::item() const {
    if (!list.value)
        return nullptr;
    for (auto const& each : list.value->items)
        if (each.entry == selected)
            return &each;
    return nullptr;
}

std::string DecideDialog::word() const {
    auto const decisions = decisions_for(kind);
    return decision && *decision < decisions.size() ? decisions[*decision] : std::string();
}

bool DecideDialog::can_be_sent() const {
    return !word().empty() && (!is_unlock(kind) || unlock.value);
}

std::vector<std::string> decisions_for(std::string const& kind) {
    std::vector<std::string> decisions{"applied"};
    if (can_be_refused(kind))
        decisions.emplace_back("refused");
    if (can_be_withdrawn(kind))
        decisions.emplace_back("withdrawn");
    return decisions;
}

std::vector<std::string> reasons_for(std::string const& kind) {
    std::vector<std::string> reasons;
    for (auto const& reason : staff_reasons())
        if (is_staff_reason(reason.word, kind))
            reasons.emplace_back(reason.word);
    return reasons;
}

std::vector<Colleague> colleagues(Work const& work) {
    std::vector<Colleague> known;
    if (!work.list.value)
        return known;
    for (auto const& item : work.list.value->items) {
        bool const again = std::any_of(known.begin(), known.end(),
                                       [&](Colleague const& each) { return each.staff == item.taken_by; });
        if (!item.taken_by.empty() && !item.mine && !item.taken_by_name.empty() && !again)
            known.push_back({item.taken_by, item.taken_by_name});
    }
    return known;
}

void fetch_work(Turn& turn) {
    auto* work = turn.app.work();
    if (work == nullptr || !turn.app.session.signed_in())
        return;
    work->asked_at = turn.now.mono;
    work->look_at.reset();
    fetch_line(turn);
    if (turn.app.session.may("see_work"))
        work->list.begin(turn.ask(FetchWork{.query = query_of(work->whose)}));
}

void look_at_work(Turn& turn, std::chrono::milliseconds spread) {
    auto* work = turn.app.work();
    if (spread <= spread.zero() || work == nullptr)
        return fetch_work(turn);
    auto const at = turn.now.mono + spread;
    work->look_at = std::min(work->look_at.value_or(at), at);
}

void on_work_read(Turn& turn, RequestNumber request, WorkRead& event) {
    auto* work = turn.app.work();
    if (work == nullptr || !work->list.take(request, event.result))
        return;
    if (work->list.failure) {
        auto const failure = *work->list.failure;
        handled_as_session(turn, failure);
        return;
    }
    work->read_at = turn.now.utc;
    keep_place(*work);
}

void on_work_done(Turn& turn, RequestNumber request, WorkDone& event) {
    auto* work = turn.app.work();
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (work == nullptr || !work->doing.take(request, failure))
        return;
    if (failure != nullptr && handled_as_session(turn, *failure))
        return;
    if (failure == nullptr)
        work->said = {done_words(work->doing_what, work->doing_kind), true};
    else if (failure->reason == "work_taken" && !event.holder.empty())
        work->said = {"work.has_it_now"_msg.with("name", event.holder), false};
    if (event.taken)
        put(*work, std::move(*event.taken));
    fetch_work(turn);
}

void on_asked_unlock_read(Turn& turn, RequestNumber request, AskedUnlockRead& event) {
    auto* work = turn.app.work();
    auto* dialog = work == nullptr ? nullptr : std::get_if<DecideDialog>(&work->dialog);
    if (dialog == nullptr || dialog->entry != event.entry)
        return; // the rep is at another entry by now
    if (event.result.has_value() && event.result.value().entry != event.entry)
        event.result = error(ErrorKind::Unavailable, "reply_unreadable");
    if (!dialog->unlock.take(request, event.result) || !dialog->unlock.failure)
        return;
    auto const failure = *dialog->unlock.failure;
    if (!handled_as_session(turn, failure))
        fetch_work(turn);
}

void pick(Turn& turn, std::string const& entry) {
    auto* work = turn.on_top<Work>();
    if (work == nullptr || !work->list.value)
        return;
    work->selected = entry;
    keep_place(*work);
    // What was said was about the one before.
    work->said = {};
    work->doing.failure.reset();
}

void do_with_work(Turn& turn, Act act) {
    auto* work = turn.on_top<Work>();
    if (work == nullptr)
        return;
    work->said = {};
    work->doing.failure.reset();
    auto const* item = work->item();
    // What is under way keeps its name while the list is looked at.
    if (act == Act::Take || act == Act::GiveBack || act == Act::HandOver || act == Act::Decide) {
        work->doing_what = act;
        work->doing_kind = item->kind;
    }
    switch (act) {
    case Act::Take:
        return work->doing.begin(turn.ask(Take{item->entry}));
    case Act::GiveBack:
        return work->doing.begin(turn.ask(GiveBack{item->entry}));
    case Act::HandOver:
        work->dialog = HandOverDialog{.entry = item->entry};
        return;
    case Act::Decide:
        work->dialog = decide_dialog(turn, *item);
        return;
    case Act::OpenWorkCase:
        return open_work_case(turn, *work);
    case Act::ShowAll:
        return show(turn, *work, Whose::All);
    case Act::ShowMine:
        return show(turn, *work, Whose::Mine);
    case Act::ShowNobodys:
        return show(turn, *work, Whose::Nobodys);
    default:
        return fetch_work(turn);
    }
}

void proceed_with_dialog(Turn& turn) {
    auto& work = *turn.on_top<Work>();
    if (work.doing.waiting() || turn.app.facts.offline())
        return;
    if (auto const* hand = std::get_if<HandOverDialog>(&work.dialog)) {
        if (hand->to.empty())
            return;
        work.doing.begin(turn.ask(HandOver{hand->entry, hand->to}));
    } else if (auto const* decide = std::get_if<DecideDialog>(&work.dialog)) {
        if (!decide->can_be_sent())
            return;
        auto const reasons = reasons_for(decide->kind);
        api::DecideWork decision{decide->entry, decide->word(), {}};
        if (decision.decision == "refused")
            decision.reason = reasons.at(std::min(decide->reason, reasons.size() - 1));
        work.doing.begin(turn.ask(Decide{std::move(decision)}));
    } else {
        return;
    }
    work.dialog = NoDialog{};
}

} // namespace portico::agent
