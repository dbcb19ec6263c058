#include "agent/screens/sample_desk.h"

namespace portico::agent::sample {

namespace {

Cases of_entry(char const* kind, char const* reason, char const* summary) {
    auto made = with_member();
    auto& at_hand = *made.at_hand;
    at_hand.item.entry = sample_id(7);
    at_hand.item.channel = "work";
    at_hand.member.value->account = "open";
    at_hand.member.value->account_why.clear();
    api::CaseMatter matter;
    matter.case_id = at_hand.item.case_id;
    matter.entry = at_hand.item.entry;
    matter.kind = kind;
    matter.reason = reason;
    matter.summary = summary;
    matter.at = rfc_time(std::chrono::minutes(-2900));
    matter.due = rfc_time(std::chrono::hours(24 * 28));
    at_hand.matter.value = std::move(matter);
    return made;
}

} // namespace

void matter_screens(Collection& c) {
    auto dispute = of_entry("finding_disputed", "duplicate_line", "CLM-2026-0042");
    dispute.at_hand->matter.value->eob = "sample-eob";
    c.add(rep(), std::move(dispute), "matter_dispute");
    c.add(rep(), of_entry("contact_change_held", "", "address,phone"), "matter_contact");
    auto promised = of_entry("call_back_promised", "", "2026-03-14");
    promised.at_hand->item.channel = "call_back";
    promised.at_hand->matter.value->about = "The pharmacy has answered: the prescription was sent twice.";
    c.add(rep(), std::move(promised), "matter_call");
    auto loading = of_entry("mailed_card", "lost", "lost");
    loading.at_hand->matter.value.reset();
    c.add(rep(), std::move(loading), "matter_loading");
    auto gone = of_entry("mailed_card", "lost", "lost");
    gone.at_hand->matter.value.reset();
    gone.at_hand->matter.failure = error(ErrorKind::Conflict, "queue_entry_done");
    c.add(rep(), std::move(gone), "matter_done");
}

} // namespace portico::agent::sample
