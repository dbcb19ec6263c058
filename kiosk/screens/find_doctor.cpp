#include "kiosk/screens/find_doctor.h"

#include "kiosk/app/app.h"
#include "kiosk/app/limits.h"

#include <cmath>

namespace portico::kiosk {

namespace {

struct OwnName {
    char const* code;
    char const* name;
};
constexpr OwnName own_names[] = {
    {"en", "English"},        {"es", "Español"}, {"pt", "Português"}, {"zh", "中文"}, {"vi", "Tiếng Việt"},
    {"ht", "Kreyòl ayisyen"}, {"ru", "Русский"}, {"ar", "العربية"},   {"km", "ខ្មែរ"}, {"fr", "Français"}};

bool in_my_list(App const& app, std::string const& id) {
    auto const& mine = app.session.doctors;
    return std::any_of(mine.begin(), mine.end(), [&](ProviderListing const& each) { return each.id == id; });
}

bool in_my_plan(App const& app, ProviderListing const& listing) {
    for (auto const& mine : app.session.network_ids)
        if (std::find(listing.network_ids.begin(), listing.network_ids.end(), mine) !=
            listing.network_ids.end())
            return true;
    return false;
}

ui::RowButtonSpec::Pill accepting_pill(AcceptingPatients accepting) {
    switch (accepting) {
    case AcceptingPatients::Yes:
        return {"doctor.new_patients"_msg, ui::PillKind::Good, "check"};
    case AcceptingPatients::No:
        return {"doctor.no_new_patients"_msg, ui::PillKind::Plain, "minus"};
    case AcceptingPatients::ExistingOnly:
        return {"doctor.existing_only"_msg, ui::PillKind::Plain, "minus"};
    case AcceptingPatients::WaitingList:
        return {"doctor.waiting_list"_msg, ui::PillKind::LookAgain, "clock"};
    case AcceptingPatients::Unknown:
        break;
    }
    return {"doctor.ask_new_patients"_msg, ui::PillKind::Plain, "phone"};
}

std::vector<ui::RowButtonSpec::Pill> pills_of(App const& app, ProviderListing const& listing) {
    std::vector<ui::RowButtonSpec::Pill> pills;
    if (in_my_plan(app, listing))
        pills.push_back({"doctor.in_plan"_msg, ui::PillKind::Good, "shield-check"});
    pills.push_back(accepting_pill(listing.accepting));
    if (in_my_list(app, listing.id))
        pills.push_back({"doctor.in_list"_msg, ui::PillKind::Good, "list"});
    return pills;
}

std::string joined(std::vector<std::string> const& words) {
    std::string out;
    for (auto const& word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
}

/// Languages by their own names, so that who speaks one finds it; an unknown code stays as it is.
std::string language_names(std::vector<std::string> const& codes) {
    std::vector<std::string> names;
    for (auto const& code : codes) {
        auto const primary = code.substr(0, code.find('-'));
        auto const* known = std::find_if(std::begin(own_names), std::end(own_names),
                                         [&](auto const& each) { return primary == each.code; });
        names.push_back(known != std::end(own_names) ? known->name : code);
    }
    return joined(names);
}

std::string street(ProviderListing const& listing) {
    return listing.address + (listing.address.empty() || listing.city.empty() ? "" : ", ") + listing.city;
}

/// "12 Sample Street, Testville, MA 02999"
std::string whole_address(ProviderListing const& listing) {
    std::vector<std::string> parts;
    for (auto const& part :
         {street(listing), listing.state + (listing.state.empty() ? "" : " ") + listing.zip5})
        if (!part.empty())
            parts.push_back(part);
    return joined(parts);
}

std::string dotted(std::initializer_list<std::string> parts) {
    std::string out;
    for (auto const& part : parts)
        if (!part.empty())
            out += (out.empty() ? "" : " · ") + part;
    return out;
}

/// "0.4", one place: whole tenths of a mile are as exact as a ZIP's middle is.
ui::Text miles_text(double miles) {
    auto const tenths = std::llround(miles * 10);
    return "doctor.miles"_msg.with("miles", std::to_string(tenths / 10) + "." + std::to_string(tenths % 10));
}

void doctor_row(ui::Ui& ui, App const& app, client::FoundProvider const& found, int number,
                MaybeIntent& intent) {
    auto const& listing = found.listing;
    want(intent,
         ui.row_button(data(listing.name), {.key = listing.id,
                                            .number = number,
                                            .subtitle = data(joined(listing.specialties)),
                                            .more_lines = {data(dotted({street(listing), listing.phone}))},
                                            .pills = pills_of(app, listing),
                                            .aside = found.miles ? miles_text(*found.miles) : ui::Text()}),
         OpenDoctor{listing.id});
}

ui::Text count_text(FindDoctor const& screen, client::ProvidersFound const& found) {
    if (found.found_count >= client::providers_found_max)
        return "find.many"_msg.with("count", found.found_count);
    return !screen.zip.empty() && found.zip_known ? "find.count_near"_msg.with("count", found.found_count)
                                                  : "find.count"_msg.with("count", found.found_count);
}

void results(ui::Ui& ui, App const& app, FindDoctor const& screen, MaybeIntent& intent) {
    if (!screen.searched)
        return;
    when_loaded(ui, screen.found, "find.searching"_msg, intent, [&](client::ProvidersFound const& found) {
        if (!found.zip_known)
            ui.banner(ui::BannerKind::Notice, "find.zip_unknown"_msg, {.text = "find.zip_unknown_more"_msg});
        if (found.providers.empty()) {
            ui.banner(ui::BannerKind::Notice, "find.none"_msg,
                      {.text = "find.none_more"_msg, .icon = "search"});
            return;
        }
        if (!low_screen(ui))
            ui.section(count_text(screen, found));
        int number = 0;
        ui.list([&] {
            for (auto const& each : found.providers)
                doctor_row(ui, app, each, ++number, intent);
        });
    });
}

void filters(ui::Ui& ui, App const& app, FindDoctor const& screen, MaybeIntent& intent) {
    ui.row([&] {
        want(intent, ui.chip("find.new_patients"_msg, screen.accepting),
             Picked{Choice::DoctorAccepting, screen.accepting ? 0U : 1U});
        if (!app.session.network_ids.empty())
            want(intent, ui.chip("find.in_plan"_msg, screen.in_plan),
                 Picked{Choice::DoctorInPlan, screen.in_plan ? 0U : 1U});
        if (auto const index = ui.select(
                "find.speaks"_msg,
                {"find.any_language"_msg, data("Español", "es"), data("Português", "pt"), data("中文", "zh"),
                 data("Tiếng Việt", "vi"), data("Kreyòl ayisyen", "ht"), data("Русский", "ru"),
                 data("العربية", "ar"), data("ខ្មែរ", "km"), data("Français", "fr")},
                screen.language))
            intent = Picked{Choice::DoctorLanguage, *index};
    });
}

/// What to look for, to be typed.
void question(ui::Ui& ui, FindDoctor const& screen, MaybeIntent& intent) {
    ui.columns(
        [&] {
            if (auto text = ui.field("find.words"_msg, screen.words,
                                     {.kind = ui::FieldKind::Name, .icon = "search", .enter = "find.go"_msg}))
                intent = Typed{Field::DoctorWords, std::move(*text)};
            if (ui.submitted())
                intent = Continue{};
            if (auto text = ui.field(
                    "find.zip"_msg, screen.zip,
                    {.kind = ui::FieldKind::Zip, .icon = "map-pin", .length_max = 5, .enter = "find.go"_msg}))
                intent = Typed{Field::DoctorZip, std::move(*text)};
            if (ui.submitted())
                intent = Continue{};
        },
        {.weights = {2, 1}});
}

/// What was looked for, in one line that leaves the room to what was found.
void asked(ui::Ui& ui, FindDoctor const& screen, MaybeIntent& intent) {
    ui::Text const title = screen.zip.empty() ? data(screen.words)
                           : screen.words.empty()
                               ? "find.near"_msg.with("zip", screen.zip)
                               : "find.words_near"_msg.with("words", screen.words).with("zip", screen.zip);
    bool const counted = low_screen(ui) && screen.found.value && !screen.found.value->providers.empty();
    want(intent,
         ui.row_button(title, {.key = "asked",
                               .icon = "search",
                               .subtitle = counted ? count_text(screen, *screen.found.value) : ui::Text(),
                               .aside = "find.change"_msg,
                               .chevron = false}),
         ClearSearch{});
}

} // namespace

MaybeIntent draw(ui::Ui& ui, App const& app, FindDoctor const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, FindDoctor::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("find.title"_msg, {.subtitle = screen.searched ? ui::Text() : "find.subtitle"_msg});
        offline_banner(ui, app, "find.offline"_msg);
        notices_for(ui, app, "directory");
        if (!screen.searched) {
            question(ui, screen, intent);
            filters(ui, app, screen, intent);
        } else if (two_columns(ui)) {
            ui.columns([&] {
                asked(ui, screen, intent);
                filters(ui, app, screen, intent);
            });
        } else {
            asked(ui, screen, intent);
            // Large text keeps them beside the question.
            if (!ui.theme().large_text())
                filters(ui, app, screen, intent);
        }
        if (!screen.searched)
            want(intent, ui.button("find.go"_msg, {.kind = ui::ButtonKind::Primary, .icon = "search"}),
                 Continue{});
        results(ui, app, screen, intent);
        if (app.session.doctors.empty())
            return;
        auto const my_list = [&] {
            ui.row([&] {
                ui.text("find.in_my_list"_msg.with("count", app.session.doctors.size()),
                        ui::TextKind::Strong);
                ui.spacer();
                want(intent, ui.button("find.my_list"_msg, {.icon = "list", .small = true}),
                     Open{Place::MyDoctors});
            });
        };
        if (low_screen(ui))
            my_list();
        else
            ui.sticky(my_list);
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, DoctorPage const& screen) {
    MaybeIntent intent;
    auto const& listing = screen.listing;
    auto const bar = ui.frame(frame_of(app, DoctorPage::name), [&] {
        want(intent, ui.back("find.title"_msg), GoBack{});
        ui.heading(data(listing.name), {.subtitle = data(joined(listing.specialties))});
        ui.row([&] {
            for (auto const& pill : pills_of(app, listing))
                ui.pill(pill.text, {.kind = pill.kind, .icon = pill.icon});
            if (screen.miles)
                ui.pill("doctor.away"_msg.with("miles", miles_text(*screen.miles)), {.icon = "map-pin"});
        });
        ui.card([&] {
            ui.fact("doctor.address"_msg, data(whole_address(listing)), {.icon = "map-pin"});
            if (!listing.phone.empty())
                ui.fact("doctor.phone"_msg, data(listing.phone), {.icon = "phone"});
            if (!listing.languages.empty())
                ui.fact("doctor.languages"_msg, data(language_names(listing.languages)),
                        {.icon = "languages"});
            if (!listing.accessibility.empty())
                ui.fact("doctor.access"_msg, data(joined(listing.accessibility)), {.icon = "accessibility"});
        });
        ui.text("doctor.call_first"_msg, ui::TextKind::Secondary);
        bool const mine = in_my_list(app, listing.id);
        bool const full = !mine && app.session.doctors.size() >= static_cast<std::size_t>(doctor_list_max);
        ui.buttons([&] {
            want(intent,
                 ui.button(mine ? "doctor.remove"_msg : "doctor.add"_msg,
                           {.kind = ui::ButtonKind::Primary,
                            .icon = mine ? "minus" : "plus",
                            .off = full ? "doctor.list_full"_msg : ui::Text()}),
                 ToggleDoctor{listing.id});
            want(intent, ui.button("doctor.report"_msg, {.icon = "flag"}), ReportDoctor{listing.id});
        });
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, MyDoctors const&) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, MyDoctors::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        ui.heading("my_doctors.title"_msg, {.subtitle = "my_doctors.subtitle"_msg});
        if (app.session.doctors.empty()) {
            ui.banner(ui::BannerKind::Notice, "my_doctors.empty"_msg, {.text = "my_doctors.empty_more"_msg});
            return;
        }
        ui.list([&] {
            for (auto const& listing : app.session.doctors)
                want(intent,
                     ui.row_button(data(listing.name),
                                   {.key = listing.id,
                                    .subtitle = data(joined(listing.specialties)),
                                    .more_lines = {data(dotted({street(listing), listing.phone}))}}),
                     OpenDoctor{listing.id});
        });
        ui::Text const off = can_print(app.facts.letter_printer) ? ui::Text() : "part.printer_off"_msg;
        want(intent,
             ui.button("my_doctors.print"_msg,
                       {.kind = ui::ButtonKind::Primary, .icon = "printer", .off = off}),
             PrintDoctors{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

MaybeIntent draw(ui::Ui& ui, App const& app, ReportListing const& screen) {
    MaybeIntent intent;
    auto const bar = ui.frame(frame_of(app, ReportListing::name), [&] {
        want(intent, ui.back("part.back"_msg), GoBack{});
        if (screen.kept) {
            ui.heading("report.thanks"_msg, {.subtitle = "report.thanks_more"_msg});
            want(intent, ui.button("part.ok"_msg, {.kind = ui::ButtonKind::Primary, .icon = "check"}),
                 Continue{});
            return;
        }
        ui.heading("report.title"_msg, {.subtitle = data(screen.listing_name)});
        if (screen.doing.failure)
            problem_banner(ui, *screen.doing.failure, intent, false);
        ui::Msg const words[] = {"report.phone"_msg,    "report.address"_msg, "report.not_accepting"_msg,
                                 "report.not_here"_msg, "report.network"_msg, "report.other"_msg};
        ui.list([&] {
            for (std::size_t i = 0; i < std::size(words); ++i)
                want(intent, ui.row_button(words[i], {.chevron = false, .selected = screen.what == i}),
                     Picked{Choice::ReportWhat, i});
        });
        if (auto text = ui.field("report.comment"_msg, screen.comment, {.length_max = 500}))
            intent = Typed{Field::Comment, std::move(*text)};
        want(intent,
             ui.button("report.send"_msg, {.kind = ui::ButtonKind::Primary,
                                           .icon = "send",
                                           .busy = screen.doing.waiting() ? "part.saving"_msg : ui::Text()}),
             Continue{});
    });
    return intent ? std::move(intent) : from_bar(bar);
}

} // namespace portico::kiosk
