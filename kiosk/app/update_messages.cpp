#include "kiosk/app/turn.h"

#include "shared/base/rfc3339.h"

namespace portico::kiosk {

namespace {

api::Message* find_message(Turn& turn, std::string const& id) {
    auto* list = turn.find<Messages>();
    if (list == nullptr || !list->messages.value)
        return nullptr;
    for (auto& each : list->messages.value->messages)
        if (each.message == id)
            return &each;
    return nullptr;
}

} // namespace

void enter(Turn& turn, Messages& screen) {
    screen.messages.begin(turn.ask(FetchMessages{}));
}

void open_message(Turn& turn, std::string const& id) {
    auto const* message = turn.on_top<Messages>() ? find_message(turn, id) : nullptr;
    if (message == nullptr)
        return;
    MessagePage page{.message = *message};
    if (page.message.read_at.empty())
        page.telling.begin(turn.ask(ReadMessage{page.message.message}));
    turn.open(std::move(page));
}

void on_message_read(Turn& turn, RequestNumber request, MessageRead& event) {
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    if (failure != nullptr) {
        // It is new still: the next time that it is opened, central is told again.
        if (failure->kind == ErrorKind::Unauthenticated)
            handled_as_sign_in(turn, *failure);
        return;
    }
    if (auto* page = turn.find<MessagePage>(); page != nullptr && page->telling.take(request, nullptr))
        page->message.read_at = to_rfc3339(turn.now.utc);
    auto* message = find_message(turn, event.message);
    if (message == nullptr || !message->read_at.empty())
        return;
    message->read_at = to_rfc3339(turn.now.utc);
    // Home was read before: who goes back there finds it counted.
    if (auto* home = turn.find<Home>(); home != nullptr && home->home.value)
        home->home.value->unread_message_count = std::max(0, home->home.value->unread_message_count - 1);
}

void on_requests_changed(Turn& turn) {
    if (auto* list = turn.find<Requests>(); list != nullptr && turn.app.session.is_member())
        enter(turn, *list);
}

void on_messages_changed(Turn& turn) {
    if (!turn.app.session.is_member())
        return;
    if (auto* home = turn.find<Home>())
        enter(turn, *home);
    if (auto* list = turn.find<Messages>())
        enter(turn, *list);
}

} // namespace portico::kiosk
