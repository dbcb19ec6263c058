#include "agent/screens/sample_desk.h"

#include "shared/base/rfc3339.h"

namespace portico::agent::sample {

std::string rfc_time(std::chrono::minutes from_now) {
    return to_rfc3339(sample_now + from_now);
}

App at_desk() {
    App app;
    app.facts.plan_name = "Sample Health Plan";
    app.facts.terminal_id = "desk-14-sample";
    app.facts.online = client::Online::Yes;
    app.facts.minute = sample_now;
    return app;
}

App with_key(App app, bool pin_set) {
    app.facts.key =
        KeyReady{.product = "Sample Key", .pin_set = pin_set, .has_fingerprint = false, .insertion = 1};
    return app;
}

App signed_in(std::vector<std::string> rights) {
    App app = with_key(at_desk());
    app.session.token = "sample";
    app.session.staff = "staff-0001";
    app.session.name = "Sam Desk";
    app.session.rights = std::move(rights);
    return app;
}

App offline(App app) {
    app.facts.online = client::Online::No;
    return app;
}

/// As a UUIDv7 ends: in hexadecimal digits.
std::string sample_id(int number) {
    static constexpr char const* ends[] = {"4f2a1c", "81d07e", "2b95f3", "c6380a", "e914d7",
                                           "07ab62", "f35c19", "5d8e40", "a1720b", "39c4e8"};
    return "01990000-0000-7000-8000-000000" + std::string(ends[number % 10]);
}

api::WorkList work_list() {
    struct Row {
        char const* kind;
        int came, due; ///< hours from now
        char const* who;
    };
    static constexpr Row rows[] = {
        {"contact_change_held", -30, -6, ""},        {"card_outcome_unknown", -20, 4, "Robin Example"},
        {"mailed_card_needs_approval", -9, 15, ""},  {"directory_error", -40, 20, "Sam Desk"},
        {"operation_refused", -5, 43, ""},           {"mailed_card", -3, 47, ""},
        {"send_letter", -2, 70, "Robin Example"},    {"sequence_gap", -1, 71, ""},
        {"finding_disputed", -100, 620, "Sam Desk"}, {"finding_disputed", -50, 670, ""},
    };
    api::WorkList list;
    int number = 0;
    for (auto const& row : rows) {
        api::WorkItem item;
        item.entry = sample_id(number++);
        item.kind = row.kind;
        item.at = rfc_time(std::chrono::hours(row.came));
        item.due = rfc_time(std::chrono::hours(row.due));
        item.taken_by_name = row.who;
        item.mine = item.taken_by_name == "Sam Desk";
        item.taken_by = item.taken_by_name.empty() ? "" : item.mine ? "staff-0001" : "staff-0002";
        list.items.push_back(std::move(item));
    }
    list.open = static_cast<std::int64_t>(list.items.size());
    return list;
}

Work queue(std::size_t selected) {
    Work work;
    work.list.value = work_list();
    work.read_at = sample_now;
    work.selected = work.list.value->items[selected].entry;
    work.place = selected;
    return work;
}

Doing failed(ErrorKind kind, char const* reason) {
    Doing doing;
    doing.failure = error(kind, reason);
    return doing;
}

} // namespace portico::agent::sample
