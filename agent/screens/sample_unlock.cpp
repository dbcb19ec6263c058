#include "agent/screens/sample_desk.h"

namespace portico::agent::sample {

namespace {

Cases asked(char const* check) {
    auto made = with_member();
    made.at_hand->item.check = check;
    return made;
}

Cases refused(ErrorKind kind, char const* reason, int retry_after_s = 0) {
    auto made = with_member();
    made.at_hand->step = CaseStep::Verify;
    made.at_hand->doing = failed(kind, reason);
    made.at_hand->doing.failure->retry_after_s = retry_after_s;
    return made;
}

void verifying(Collection& c) {
    auto const with_number = [](int seconds_left) {
        auto made = asked("waiting");
        made.at_hand->number.digits = "47";
        made.at_hand->number.seconds_left = seconds_left;
        return made;
    };
    c.add(rep(), with_number(170), "verify");
    c.add(rep(), with_number(42), "verify_seconds");
    auto busy = with_member();
    busy.at_hand->step = CaseStep::Verify;
    busy.at_hand->doing.request = 7;
    c.add(rep(), std::move(busy), "verify_busy");
    c.add(rep(), asked("waiting"), "verify_no_number");
    c.add(rep(), asked("confirmed"), "verify_over");
    c.add(rep(), asked("wrong"), "verify_wrong");
    c.add(rep(), asked("denied"), "verify_denied");
    c.add(rep(), asked("expired"), "verify_expired");
    constexpr int some_hours_s = 8 * 3600;
    c.add(rep(), refused(ErrorKind::Refused, "verification_frozen", some_hours_s), "verify_frozen");
    c.add(rep(), refused(ErrorKind::Conflict, "check_elsewhere"), "verify_elsewhere");
    c.add(rep(), refused(ErrorKind::Refused, "account_missing"), "verify_no_account");
    c.add(rep(), refused(ErrorKind::Unavailable, "central_unreachable"), "verify_unreachable");
    c.add(offline(rep()), with_member(), "verify_offline");
}

} // namespace

Cases verified(char const* unlock) {
    auto made = asked("confirmed");
    made.at_hand->item.level = "verified";
    made.at_hand->item.unlock = unlock;
    return made;
}

namespace {

void unlock_states(Collection& c) {
    auto confirmed = verified();
    confirmed.said = {ui::Msg("verify.confirmed"), true};
    c.add(rep(), std::move(confirmed), "verified");
    auto no_right = rep();
    no_right.session.rights.pop_back();
    c.add(std::move(no_right), verified(), "verified_no_right");
    auto waiting = verified("waiting");
    waiting.at_hand->unlock_until = rfc_time(std::chrono::minutes(14));
    c.add(rep(), std::move(waiting), "unlock_waiting");
    c.add(rep(), verified("waiting"), "unlock_waiting_long");
    c.add(rep(), verified("refused"), "unlock_refused");
    c.add(rep(), verified("expired"), "unlock_expired");
    c.add(rep(), verified("withdrawn"), "unlock_withdrawn");
    auto done = verified("unlocked");
    done.at_hand->member.value->account = "open";
    done.at_hand->member.value->account_why = "";
    done.said = {ui::Msg("unlock.done"), true};
    c.add(rep(), std::move(done), "unlocked");
}

std::vector<api::WrongSignIn> tries() {
    std::vector<api::WrongSignIn> made;
    auto const add = [&](int minutes_ago, char const* way, char const* where) {
        made.push_back({rfc_time(std::chrono::minutes(-minutes_ago)), way, where});
    };
    for (int minutes_ago : {4, 6, 9, 13, 15})
        add(minutes_ago, "password", "Lobby, Example Street");
    add(19, "totp", "Pharmacy at Test Square");
    add(1500, "pin", "");
    for (int minutes_ago : {1501, 1502, 1504})
        add(minutes_ago, "pin", "Pharmacy at Test Square");
    return made;
}

UnlockDialog unlock_dialog(char const* second_yes = "") {
    UnlockDialog dialog;
    dialog.lock.value = api::CaseLock{
        .case_id = sample_id(0), .account = "waiting", .wrong_sign_ins = tries(), .second_yes = second_yes};
    return dialog;
}

void unlock_dialogs(Collection& c) {
    auto const over = [&](UnlockDialog dialog, std::string const& special, Cases made = verified()) {
        made.dialog = std::move(dialog);
        c.add(rep(), std::move(made), special);
    };
    over({}, "unlock_loading");
    over(unlock_dialog(), "unlock");
    auto chosen = unlock_dialog("contact_changed_lately");
    chosen.reason = 1;
    over(std::move(chosen), "unlock_second_yes");
    UnlockDialog unread;
    unread.lock.failure = error(ErrorKind::Unavailable, "central_unreachable");
    over(std::move(unread), "unlock_unread");
    auto needed = verified();
    needed.at_hand->item.level = "identified";
    needed.at_hand->doing = failed(ErrorKind::Refused, "verification_needed");
    over(unlock_dialog(), "unlock_proof_over", std::move(needed));
}

Work with_approval(int minutes_left, char const* taken_by) {
    auto work = queue(0);
    auto& item = work.list.value->items.front();
    item.kind = "unlock_approval";
    item.reason = "restored_lately";
    item.at = rfc_time(std::chrono::minutes(minutes_left - 15));
    item.due = rfc_time(std::chrono::minutes(minutes_left));
    item.taken_by_name = taken_by;
    item.mine = item.taken_by_name == "Sam Desk";
    item.taken_by = item.taken_by_name.empty() ? "" : "staff-0001";
    return work;
}

DecideDialog decide(std::optional<std::size_t> decision) {
    DecideDialog dialog{.entry = sample_id(0), .kind = "unlock_approval"};
    dialog.decision = decision;
    dialog.unlock.value = api::AskedUnlock{.entry = sample_id(0),
                                           .asked_by_name = "Robin Example",
                                           .at = rfc_time(std::chrono::minutes(-2)),
                                           .expires = rfc_time(std::chrono::minutes(13)),
                                           .reason = "forgotten",
                                           .second_yes = "contact_changed_lately",
                                           .verified_way = "own_session",
                                           .verified_at = rfc_time(std::chrono::minutes(-5)),
                                           .account = "locked",
                                           .wrong_sign_ins = tries()};
    return dialog;
}

void approvals(Collection& c) {
    c.add(signed_in(), with_approval(9, ""), "unlock");
    c.add(signed_in(), with_approval(0, "Sam Desk"), "unlock_last_minute");
    c.add(signed_in(), with_approval(-3, "Sam Desk"), "unlock_ended");
    auto own = with_approval(9, "Sam Desk");
    own.doing = failed(ErrorKind::Refused, "own_request");
    c.add(signed_in(), std::move(own), "unlock_own");
    auto const over = [&](DecideDialog dialog, std::string const& special) {
        auto work = with_approval(13, "Sam Desk");
        work.dialog = std::move(dialog);
        c.add(signed_in(), std::move(work), special);
    };
    over(decide(std::nullopt), "decide_unlock");
    over(decide(0), "decide_unlock_yes");
    over(decide(1), "decide_unlock_no");
    DecideDialog reading{.entry = sample_id(0), .kind = "unlock_approval"};
    reading.decision.reset();
    over(reading, "decide_unlock_loading");
    reading.unlock.failure = error(ErrorKind::Conflict, "approval_expired");
    over(std::move(reading), "decide_unlock_ended");
}

} // namespace

void unlock_screens(Collection& c) {
    verifying(c);
    unlock_states(c);
    unlock_dialogs(c);
    approvals(c);
}

} // namespace portico::agent::sample
