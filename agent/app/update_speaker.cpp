#include "agent/app/turn.h"

#include <algorithm>
#include <utility>

namespace portico::agent {

namespace {

SpeakerDialog* speaker_dialog(Cases& cases) {
    return std::get_if<SpeakerDialog>(&cases.dialog);
}

} // namespace

api::SpeakerItem const* SpeakerDialog::chosen() const {
    if (!speakers.value)
        return nullptr;
    auto const& all = speakers.value->speakers;
    auto const found =
        std::find_if(all.begin(), all.end(), [&](auto const& each) { return each.speaker == speaker; });
    return found == all.end() ? nullptr : &*found;
}

void SpeakerDialog::choose(std::size_t row) {
    if (row == 0)
        speaker = speaker_member;
    else if (speakers.value && row <= speakers.value->speakers.size())
        speaker = speakers.value->speakers[row - 1].speaker;
}

void open_speakers(Turn& turn, Cases& cases) {
    auto const& item = cases.at_hand->item;
    SpeakerDialog dialog;
    if (!item.speaker.empty())
        dialog.speaker = item.speaker;
    open_to_read(turn, cases, std::move(dialog), &SpeakerDialog::speakers, FetchSpeakers{item.case_id});
}

void on_speakers_read(Turn& turn, RequestNumber request, SpeakersRead& event) {
    auto* cases = take_case_read(turn, event);
    if (cases == nullptr)
        return;
    auto* dialog = speaker_dialog(*cases);
    if (dialog == nullptr || !dialog->speakers.take(request, event.result))
        return;
    if (!dialog->speakers.failure) {
        // Whoever spoke is not there any more: nobody is taken for them.
        if (dialog->chosen() == nullptr)
            dialog->speaker = speaker_member;
        return;
    }
    auto const failure = *dialog->speakers.failure;
    look_after_refusal(turn, cases->at_hand.get(), failure);
}

void ensure_speakers(Turn& turn, Cases& cases) {
    if (auto* dialog = speaker_dialog(cases); dialog != nullptr && is_to_ask_again(dialog->speakers))
        dialog->speakers.begin(turn.ask(FetchSpeakers{cases.at_hand->item.case_id}));
}

void speak_as(Turn& turn, Cases& cases, SpeakerDialog const& dialog) {
    auto& at_hand = *cases.at_hand;
    auto const* chosen = dialog.chosen();
    if (!can_do(turn.app, Act::WhoSpeaks) || dialog.speakers.waiting() ||
        (chosen == nullptr ? dialog.speaker != speaker_member : !chosen->hindrance.empty()))
        return;
    at_hand.step = CaseStep::Speaker;
    at_hand.doing.begin(turn.ask(ChooseSpeaker{{at_hand.item.case_id, dialog.speaker}}));
}

void on_speaker_chosen(Turn& turn, RequestNumber request, SpeakerChosen& event) {
    if (event.result.has_value() && event.result.value().case_id != event.case_id)
        event.result = error(ErrorKind::Unavailable, "reply_unreadable");
    Error const* const failure = event.result.has_error() ? &event.result.error() : nullptr;
    auto* at_hand = take_case_reply(turn, request, event.case_id, failure);
    if (at_hand == nullptr)
        return fetch_cases(turn); // the list says what became of that one
    if (failure != nullptr)
        return look_after_refusal(turn, at_hand, *failure);
    auto& cases = *turn.app.cases();
    if (speaker_dialog(cases) != nullptr)
        cases.dialog = NoDialog{};
    auto const before = std::exchange(at_hand->item, event.result.value());
    follow_speaker(turn, *at_hand, before);
    cases.said = {at_hand->item.speaker.empty() ? "speaker.is_member"_msg : "speaker.is_another"_msg, true};
    fetch_cases(turn);
}

void follow_speaker(Turn& turn, CaseAtHand& at_hand, api::CaseItem const& before) {
    bool const same =
        at_hand.item.speaker == before.speaker && at_hand.item.speaker_hindrance == before.speaker_hindrance;
    if (same)
        return;
    // What was shown to one is nothing for another; central tells each anew what they may hear.
    drop_number(turn);
    follow_code(turn, at_hand, before);
    drop_claims(turn);
    drop_history(turn);
    drop_old_contact(turn);
    hide_revealed(turn, true);
}

} // namespace portico::agent
