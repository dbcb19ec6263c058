#include "agent/screens/samples.h"

#include "agent/screens/sample_desk.h"
#include "shared/base/language.h"

namespace portico::agent {

namespace {

using namespace sample;

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
    case_screens(collection);
    unlock_screens(collection);
    recovery_screens(collection);
    speaker_screens(collection);
    claims_screens(collection);
    call_screens(collection);
    on_behalf_screens(collection);
    line_screens(collection);
    matter_screens(collection);
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
