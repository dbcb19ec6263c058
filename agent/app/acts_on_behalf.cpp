#include "agent/app/acts.h"

#include "agent/app/app.h"
#include "agent/screens/speaker_words.h"

namespace portico::agent {

namespace {

using ui::alt;

/// One that is asked for by an act of its own, and the proof that it takes: as central judges it.
struct Ask {
    Act act{};
    OnBehalf what{};
    ui::Msg label;
    ui::Key key{};
    std::string_view scope = {}; ///< in which somebody may ask in the member's place
    bool without_proof = false;  ///< it goes to where the member is known to be, and tells the caller nothing
};

std::array<Ask, 6> const& asks() {
    static std::array<Ask, 6> const all{{
        {Act::CheckClaim, OnBehalf::CheckClaim, "act.check_claim"_msg, alt('F'), "disputes_and_messages"},
        {Act::MailEob, OnBehalf::MailEob, "act.mail_eob"_msg, alt('X'), "claims"},
        {Act::MailCard, OnBehalf::MailCard, "act.mail_card"_msg, alt('S'), "cards"},
        {Act::ChangeContact, OnBehalf::ChangeContact, "act.change_contact"_msg, alt('D'), "contact"},
        {Act::WriteMessage, OnBehalf::Write, "act.write_message"_msg, alt('M'), {}, true},
        {Act::PromiseCall, OnBehalf::PromiseCall, "act.promise_call"_msg, alt('T'), {}, true},
    }};
    return all;
}

bool has_open_finding(App const& app, api::EobDetail const& detail) {
    return std::any_of(detail.findings.begin(), detail.findings.end(),
                       [&](Finding const& each) { return !is_answered(app, detail, each.kind); });
}

/// As why_not_for_member, with what has to be opened first.
ui::Text hindrance(App const& app, CaseAtHand const& at_hand, Ask const& ask) {
    if (auto why = why_not_for_member(at_hand, ask.what); !why.empty())
        return why;
    bool const of_eob = ask.what == OnBehalf::CheckClaim || ask.what == OnBehalf::MailEob;
    if (of_eob && (!at_hand.claims || !at_hand.claims->eob.value))
        return "behalf.eob_first"_msg;
    if (ask.what == OnBehalf::CheckClaim && !has_open_finding(app, *at_hand.claims->eob.value))
        return "behalf.nothing_wrong"_msg;
    return {};
}

} // namespace

ui::Text why_not_for_member(CaseAtHand const& at_hand, OnBehalf what) {
    auto const ask =
        std::find_if(asks().begin(), asks().end(), [&](Ask const& each) { return each.what == what; });
    // Taking back is of a change of what is on file.
    auto const scope = ask == asks().end() ? std::string_view("contact") : ask->scope;
    if (ask != asks().end() && ask->without_proof)
        return {};
    if (auto why = why_not_spoken(at_hand, scope); !why.empty())
        return why;
    if (!at_hand.verified())
        return "behalf.verify_first"_msg;
    return at_hand.verified_by_mail() ? ui::Text("behalf.not_by_mail"_msg) : ui::Text();
}

bool may_still_ask(Cases const& cases, OnBehalf what) {
    return cases.at_hand && !cases.at_hand->needs_glass() && why_not_for_member(*cases.at_hand, what).empty();
}

bool is_answered(App const& app, api::EobDetail const& detail, FindingKind finding) {
    auto const& told = detail.answered_findings;
    return std::find(told.begin(), told.end(), name(finding)) != told.end() ||
           app.written.has_answer(detail.eob.id.text(), finding);
}

std::optional<OnBehalf> on_behalf_of(Act act) {
    for (auto const& each : asks())
        if (each.act == act)
            return each.what;
    return std::nullopt;
}

std::vector<Offered> acts_for_member(App const& app, Cases const& cases) {
    std::vector<Offered> acts;
    if (!cases.at_hand || !cases.at_hand->identified() || cases.at_hand->needs_glass())
        return acts;
    for (auto const& each : asks())
        acts.push_back({each.act, each.label, each.key, hindrance(app, *cases.at_hand, each)});
    return acts;
}

} // namespace portico::agent
