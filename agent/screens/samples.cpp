#include "agent/screens/samples.h"

#include "shared/base/language.h"

namespace portico::agent {

namespace {

constexpr UtcTime sample_now{std::chrono::hours(24 * 20524) + std::chrono::hours(15)};

std::string rfc_time(std::chrono::hours from_now) {
    auto const at = sample_now + from_now;
    auto const day = std::chrono::floor<std::chrono::days>(at);
    std::chrono::year_month_day const ymd(day);
    auto const two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    auto const hour = std::chrono::duration_cast<std::chrono::hours>(at - day).count();
    return std::to_string(static_cast<int>(ymd.year())) + "-" + two(static_cast<unsigned>(ymd.month())) +
           "-" + two(static_cast<unsigned>(ymd.day())) + "T" + two(static_cast<unsigned>(hour)) + ":00:00Z";
}

App at_desk() {
    App app;
    app.facts.plan_name = "Sample Health Plan";
    app.facts.terminal_id = "desk-14-sample";
    app.facts.online = client::Online::Yes;
    app.facts.minute = sample_now;
    return app;
}

App with_key(App app, bool pin_set = true) {
    app.facts.key =
        KeyReady{.product = "Sample Key", .pin_set = pin_set, .has_fingerprint = false, .insertion = 1};
    return app;
}

App signed_in(std::vector<std::string> rights = {"see_work", "do_work"}) {
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
        item.entry = "01990000-sample-4f2a1c" + std::to_string(number++);
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

Work queue(std::size_t selected = 0) {
    Work work;
    work.list.value = work_list();
    work.read_at = sample_now;
    work.selected = work.list.value->items[selected].entry;
    work.place = selected;
    return work;
}

class Collection {
public:
    void add(App app, Screen screen, std::string const& special = {}) {
        std::string name = agent::name(screen);
        if (!special.empty())
            name += "_" + special;
        app.screen = std::move(screen);
        all.push_back({std::move(name), std::move(app)});
    }
    std::vector<Sample> all;
};

Doing failed(ErrorKind kind, char const* reason) {
    Doing doing;
    doing.failure = error(kind, reason);
    return doing;
}

void key_screens(Collection& c) {
    c.add(at_desk(), OutOfOrder{});
    c.add(at_desk(), OutOfOrder{.withdrawn = true}, "withdrawn");
    c.add(at_desk(), SignInPage{});
    c.add(offline(at_desk()), SignInPage{}, "offline");
    c.add(with_key(at_desk()), SignInPage{}, "pin");
    c.add(with_key(at_desk(), false), SignInPage{}, "no_pin");
    c.add(with_key(at_desk()),
          SignInPage{.entry = {.doing = failed(ErrorKind::Refused, "key_pin_wrong"), .tries_left = 3}},
          "wrong_pin");
    c.add(with_key(at_desk()), SignInPage{.entry = {.doing = failed(ErrorKind::Refused, "sign_in_refused")}},
          "refused");
    c.add(with_key(at_desk()), SignInPage{.entry = {.touch_wanted = true}}, "touch");
    for (auto const& [why, special] :
         {std::pair(EndReason::SignedOut, "signed_out"), std::pair(EndReason::TimeUp, "time_up"),
          std::pair(EndReason::EndedByPlan, "ended"), std::pair(EndReason::EndedByOther, "ended_by_other")})
        c.add(at_desk(), SignInPage{.entry = {}, .ended = why}, special);
    c.add(signed_in(), StillThere{.until = {}, .seconds_left = 42});
    c.add(signed_in(), Locked{});
    c.add(offline(signed_in()), Locked{.entry = {}, .by_itself = true}, "offline");
    c.add(signed_in(), Locked{.entry = {}, .by_itself = true, .not_yours = true}, "not_yours");
}

void work_screens(Collection& c) {
    c.add(signed_in(), queue());
    c.add(signed_in(), queue(3), "mine");
    c.add(signed_in(), queue(1), "others");
    c.add(signed_in({"see_work", "do_work", "assign_work"}), queue(1), "supervisor");
    c.add(signed_in({"see_work"}), queue(), "read_only");
    c.add(signed_in({}), Work{}, "no_right");
    c.add(signed_in(), Work{}, "loading");
    auto later = offline(signed_in());
    later.facts.minute += std::chrono::minutes(12);
    c.add(std::move(later), queue(3), "offline");
    Work empty;
    empty.list.value = api::WorkList{};
    empty.whose = Whose::Mine;
    c.add(signed_in(), std::move(empty), "empty");
    auto taken = queue(1);
    taken.said = {ui::Msg("work.has_it_now").with("name", "Robin Example"), false};
    c.add(signed_in(), std::move(taken), "taken");
    auto refused = queue(3);
    refused.doing = failed(ErrorKind::Refused, "own_matter");
    c.add(signed_in(), std::move(refused), "own_matter");
    auto busy = queue();
    busy.doing.request = 7;
    c.add(signed_in(), std::move(busy), "busy");
    auto done = queue(3);
    done.said = {ui::Msg("work.done_take"), true};
    c.add(signed_in(), std::move(done), "done");
}

void dialogs(Collection& c) {
    auto const over = [&](WorkDialog dialog, std::string const& special) {
        auto work = queue(3);
        work.dialog = std::move(dialog);
        c.add(signed_in(), std::move(work), special);
    };
    over(Palette{}, "palette");
    over(Palette{.words = "zzz"}, "palette_none");
    auto const entry = work_list().items[3].entry;
    over(HandOverDialog{.entry = entry}, "hand_over");
    over(HandOverDialog{.entry = entry, .to = "staff-0002"}, "hand_over_chosen");
    over(DecideDialog{.entry = entry, .kind = "finding_disputed"}, "decide");
    over(DecideDialog{.entry = entry, .kind = "contact_change_held", .decision = 1}, "decide_refused");
}

} // namespace

std::vector<Sample> samples() {
    Collection collection;
    key_screens(collection);
    work_screens(collection);
    dialogs(collection);
    return std::move(collection.all);
}

std::vector<ui::StageSettings> all_looks() {
    std::vector<ui::StageSettings> looks;
    for (auto const& language : offered_languages()) {
        if (!language.is_complete())
            continue;
        for (auto const theme : {ui::ThemeName::Light, ui::ThemeName::Dark, ui::ThemeName::HighContrast})
            for (int const percent : {100, 150, 200})
                for (auto const& [width, height] : {std::pair(1366, 768), {1920, 1080}, {3840, 2160}})
                    looks.push_back({.width = width,
                                     .height = height,
                                     .language = std::string(language.code),
                                     .theme = theme,
                                     .density = ui::Density::Desk,
                                     .text_percent = percent,
                                     .reduced_motion = true});
    }
    return looks;
}

std::string name_of(ui::StageSettings const& look) {
    return look.language + "-" + ui::name(look.theme) + "-" + std::to_string(look.text_percent) + "-" +
           std::to_string(look.width) + "x" + std::to_string(look.height);
}

} // namespace portico::agent
