#include "agent/screens/sample_desk.h"

namespace portico::agent::sample {

namespace {

api::CaseItem item(int number, char const* reason, char const* channel, int minutes, char const* level = "") {
    return {sample_id(number), reason, channel, rfc_time(std::chrono::minutes(-minutes)), level};
}

Cases cases(std::vector<api::CaseItem> items) {
    Cases made;
    made.list.value = api::CaseList{std::move(items)};
    made.read_at = sample_now;
    return made;
}

Cases some_cases() {
    return cases({item(0, "dispute", "call_back", 3000, "identified"), item(1, "card", "walk_in", 130),
                  item(2, "eob_question", "phone", 2)});
}

} // namespace

App rep() {
    App app = signed_in();
    app.aside = queue();
    return app;
}

Cases at_hand(std::size_t which) {
    auto made = some_cases();
    made.at_hand = std::make_unique<CaseAtHand>();
    made.at_hand->item = made.list.value->items.at(which);
    return made;
}

Cases with_member() {
    auto made = at_hand(0);
    made.at_hand->item.words = {"piano", "taxi"};
    made.at_hand->member.value = api::CaseMember{.case_id = made.at_hand->item.case_id,
                                                 .given_name = "Alex Jordan",
                                                 .family_initial = "S.",
                                                 .birth_year = "19**",
                                                 .member_id_end = "0042",
                                                 .phone = "(***) ***-**12",
                                                 .email = "a***@e***",
                                                 .has_postal_address = true,
                                                 .language = "es",
                                                 .covered = true,
                                                 .account = "waiting",
                                                 .account_why = "wrong_sign_ins"};
    return made;
}

namespace {

Cases with_facts() {
    auto made = at_hand(2);
    auto& facts = made.at_hand->facts;
    facts.given = "Alex Jordan";
    facts.family = "Sample-Placeholder";
    facts.birth_date = "05/17/1984";
    return made;
}

Cases refused(ErrorKind kind, char const* reason, int tries_left = -1) {
    auto made = with_facts();
    made.at_hand->doing = failed(kind, reason);
    made.at_hand->doing.failure->tries_left = tries_left;
    made.at_hand->tries_left = tries_left;
    return made;
}

void lists_of_cases(Collection& c) {
    c.add(rep(), cases({}), "empty");
    c.add(rep(), Cases{}, "loading");
    c.add(rep(), some_cases());
    c.add(offline(rep()), with_facts(), "offline");
    std::vector<api::CaseItem> many;
    constexpr int full_list = 50;
    many.reserve(full_list);
    for (int i = 0; i < full_list; ++i)
        many.push_back(item(i, case_reasons()[static_cast<std::size_t>(i) % case_reasons().size()].c_str(),
                            "phone", 3000 - 50 * i));
    c.add(rep(), cases(std::move(many)), "fifty");
    auto closed = some_cases();
    closed.said = {ui::Msg("cases.closed"), true};
    c.add(rep(), std::move(closed), "closed");
    auto gone = some_cases();
    gone.said = {ui::Msg("cases.gone"), false};
    c.add(rep(), std::move(gone), "gone");
    auto boss = rep();
    boss.session.rights.emplace_back("allow_more");
    c.add(std::move(boss), at_hand(2), "supervisor");
}

void finding(Collection& c) {
    c.add(rep(), at_hand(2), "find");
    c.add(rep(), with_facts(), "find_typed");
    auto busy = with_facts();
    busy.at_hand->doing.request = 7;
    c.add(rep(), std::move(busy), "find_busy");
    c.add(rep(), refused(ErrorKind::NotFound, "nobody_found", 3), "nobody");
    c.add(rep(), refused(ErrorKind::NotFound, "nobody_found", 0), "nobody_last");
    c.add(rep(), refused(ErrorKind::TooMany, "tries_case_full", 0), "tries_full");
    auto hour = refused(ErrorKind::TooMany, "tries_hour_full");
    hour.at_hand->doing.failure->retry_after_s = 1500;
    c.add(rep(), std::move(hour), "tries_hour");
    c.add(rep(), refused(ErrorKind::Refused, "records_hour_full"), "records_hour");
    c.add(rep(), refused(ErrorKind::Refused, "own_matter"), "own_matter");
    c.add(rep(), refused(ErrorKind::Unavailable, "central_unreachable"), "unreachable");
    c.add(rep(), refused(ErrorKind::InvalidInput, "birth_date_invalid"), "birth_date");
    c.add(rep(), refused(ErrorKind::InvalidInput, "name_invalid"), "name");
}

void members(Collection& c) {
    c.add(rep(), at_hand(0), "member_loading");
    c.add(rep(), with_member(), "member");
    auto shown = with_member();
    for (auto const& [field, value] :
         {std::pair("postal_address", "1200 Example Avenue, Apartment 14, Testville, ZZ 00042"),
          {"phone", "(555) 555-0112"},
          {"email", ""}}) {
        Revealed one;
        one.field = field;
        one.value = value;
        shown.at_hand->revealed.push_back(std::move(one));
    }
    c.add(rep(), std::move(shown), "member_in_full");
    auto closed = at_hand(0);
    closed.at_hand->member.failure = error(ErrorKind::Refused, "break_glass_needed");
    c.add(rep(), std::move(closed), "member_protected");
    auto lost = at_hand(0);
    lost.at_hand->member.failure = error(ErrorKind::Unavailable, "central_unreachable");
    c.add(rep(), std::move(lost), "member_unreachable");
}

void case_dialogs(Collection& c) {
    auto const over = [&](Cases made, CasesDialog dialog, std::string const& special) {
        made.dialog = std::move(dialog);
        c.add(rep(), std::move(made), special);
    };
    over(some_cases(), OpenCaseDialog{}, "open");
    auto many = some_cases();
    many.doing = failed(ErrorKind::TooMany, "cases_open_many");
    over(std::move(many), OpenCaseDialog{.reason = 2, .channel = 1}, "open_many");
    auto closing = at_hand(0);
    closing.at_hand->note = "Caller asks why the anesthesia was not in network. Sent to claims to check.";
    over(std::move(closing), CloseCaseDialog{}, "close");
    auto refused_note = at_hand(0);
    refused_note.at_hand->note = std::string(2000, 'x');
    refused_note.at_hand->doing = failed(ErrorKind::InvalidInput, "note_long");
    over(std::move(refused_note), CloseCaseDialog{}, "close_refused");
    over(some_cases(), AllowMoreDialog{}, "allow_more");
    auto unknown = some_cases();
    unknown.doing = failed(ErrorKind::NotFound, "colleague_unknown");
    over(std::move(unknown), AllowMoreDialog{.staff = "staff-77"}, "allow_more_unknown");
    over(with_facts(), Palette{}, "palette");
    over(with_member(), RevealDialog{}, "reveal");
    over(with_member(), RevealDialog{.field = 3, .reason = 2}, "reveal_chosen");
    auto glass = at_hand(0);
    glass.at_hand->member.failure = error(ErrorKind::Refused, "break_glass_needed");
    over(std::move(glass), GlassDialog{}, "glass");
    auto told = at_hand(0);
    told.at_hand->member.failure = error(ErrorKind::Refused, "break_glass_needed");
    told.at_hand->glass_reason = "x";
    told.at_hand->doing = failed(ErrorKind::InvalidInput, "glass_reason_invalid");
    over(std::move(told), GlassDialog{}, "glass_refused");
}

} // namespace

void case_screens(Collection& c) {
    lists_of_cases(c);
    finding(c);
    members(c);
    case_dialogs(c);
}

} // namespace portico::agent::sample
