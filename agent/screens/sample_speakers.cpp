#include "agent/screens/sample_desk.h"

namespace portico::agent::sample {

namespace {

api::Speakers speakers() {
    return {sample_id(0),
            {{"parent-1",
              "A. S.",
              "parent_of_minor",
              {"claims", "contact", "cards", "disputes_and_messages"},
              false,
              "",
              ""},
             {"form-2", "R. E.", "authorized_representative", {"claims"}, false, "2027-02-28", ""},
             {"form-3", "", "power_of_attorney", {"claims", "account"}, true, "2026-03-11", "ended"}}};
}

void dialogs(Collection& c) {
    auto const over = [&](App app, SpeakerDialog dialog, std::string const& special) {
        auto made = with_member();
        made.dialog = std::move(dialog);
        c.add(std::move(app), std::move(made), special);
    };
    SpeakerDialog loading;
    loading.speakers.request = 7;
    over(rep(), std::move(loading), "speakers_loading");
    SpeakerDialog dialog;
    dialog.speakers.value = speakers();
    dialog.speaker = "parent-1";
    over(rep(), dialog, "speakers");
    over(offline(rep()), dialog, "speakers_offline");
    dialog.speaker = "form-3";
    over(rep(), std::move(dialog), "speakers_ended");
    SpeakerDialog nobody;
    nobody.speakers.value = api::Speakers{sample_id(0), {}};
    over(rep(), std::move(nobody), "speakers_nobody");
    SpeakerDialog unread;
    unread.speakers.failure = error(ErrorKind::Unavailable, "central_unreachable");
    over(rep(), std::move(unread), "speakers_unread");
    auto refused = with_member();
    refused.at_hand->step = CaseStep::Speaker;
    refused.at_hand->doing = failed(ErrorKind::Refused, "authority_ended");
    SpeakerDialog late;
    late.speakers.value = speakers();
    late.speaker = "form-2";
    refused.dialog = std::move(late);
    c.add(rep(), std::move(refused), "speakers_refused");
}

Cases spoken(Cases made, std::string const& hindrance = {}) {
    auto& item = made.at_hand->item;
    item.speaker = "form-2";
    item.speaker_kind = "authorized_representative";
    item.speaker_scopes = {"claims", "cards"};
    item.speaker_hindrance = hindrance;
    return made;
}

} // namespace

void speaker_screens(Collection& c) {
    dialogs(c);
    c.add(rep(), spoken(with_member()), "speaks_for");
    c.add(rep(), spoken(verified()), "speaks_for_verified");
    c.add(rep(), spoken(verified(), "authority_ended"), "speaks_for_ended");
}

} // namespace portico::agent::sample
