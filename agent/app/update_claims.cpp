#include "agent/app/turn.h"

namespace portico::agent {

namespace {

void ask_claims(Turn& turn, CaseAtHand& at_hand) {
    auto& claims = *at_hand.claims;
    claims.page.begin(turn.ask(FetchClaims{{.case_id = at_hand.item.case_id, .cursor = claims.next_cursor}}));
}

void ask_eob(Turn& turn, CaseAtHand& at_hand) {
    auto& claims = *at_hand.claims;
    if (claims.of_matter) {
        claims.eob.begin(turn.ask(FetchMatterEob{at_hand.item.case_id, claims.opened}));
        return;
    }
    claims.eob.begin(turn.ask(FetchEob{{.case_id = at_hand.item.case_id, .eob = claims.opened}}));
}

void ask_review(Turn& turn, CaseAtHand& at_hand) {
    auto& claims = *at_hand.claims;
    claims.review.begin(turn.ask(FetchEobReview{{.case_id = at_hand.item.case_id, .eob = claims.opened}}));
}

/// The EOB that is read is compared with the one before it; the first one with the one after it.
std::size_t first_pair(api::EobReview const& review) {
    auto const& versions = review.versions;
    if (versions.size() < 2)
        return 0;
    auto const own = std::find_if(versions.begin(), versions.end(),
                                  [&](api::EobVersion const& each) { return each.eob.id == review.eob; });
    return std::clamp<std::size_t>(static_cast<std::size_t>(own - versions.begin()), 1, versions.size() - 1);
}

/// The case that the reply is about, while its claims are shown.
CaseAtHand* with_claims(Turn& turn, std::string const& case_id) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !cases->at_hand || cases->at_hand->item.case_id != case_id)
        return nullptr; // the rep is with another caller by now
    return cases->at_hand->claims ? cases->at_hand.get() : nullptr;
}

void claims_failed(Turn& turn, CaseAtHand& at_hand, Error const& failure) {
    if (handled_as_session(turn, failure))
        return;
    if (failure.reason == "verification_needed") {
        drop_claims(turn);
        turn.app.cases()->said = {"case_problem.verification_needed"_msg, false};
        return fetch_cases(turn);
    }
    if (failure.reason == "break_glass_needed") {
        drop_claims(turn);
        return read_member_again(turn, at_hand);
    }
    if (is_elsewhere(failure))
        fetch_cases(turn);
}

void take_page(ClaimsAtHand& claims) {
    auto& page = *claims.page.value;
    claims.claims.insert(claims.claims.end(), std::make_move_iterator(page.claims.begin()),
                         std::make_move_iterator(page.claims.end()));
    claims.next_cursor = page.next_cursor;
    claims.total_count = page.total_count;
    claims.read = true;
    renew(claims.page.value);
}

} // namespace

void show_claims(Turn& turn, Cases& cases) {
    auto& at_hand = *cases.at_hand;
    if (at_hand.claims)
        return drop_claims(turn);
    drop_history(turn);
    at_hand.claims = std::make_unique<ClaimsAtHand>();
    ask_claims(turn, at_hand);
}

void older_claims(Turn& turn, Cases& cases) {
    ask_claims(turn, *cases.at_hand);
}

void pick_claim(Turn& turn, std::string const& eob) {
    auto* cases = turn.on_top<Cases>();
    if (cases == nullptr || !cases->at_hand || !cases->at_hand->lists_claims() || turn.app.facts.offline())
        return;
    auto& claims = *cases->at_hand->claims;
    if (std::none_of(claims.claims.begin(), claims.claims.end(),
                     [&](EobSummary const& each) { return each.id.text() == eob; }))
        return;
    cases->said = {};
    claims.opened = eob;
    ask_eob(turn, *cases->at_hand);
}

void step_back_in_claims(Turn& turn, Cases& cases) {
    if (cases.at_hand && cases.at_hand->history)
        return drop_history(turn);
    if (!cases.at_hand || !cases.at_hand->claims)
        return;
    auto& claims = *cases.at_hand->claims;
    if (claims.opened.empty() || claims.of_matter)
        return drop_claims(turn);
    // Out of a view to what the member sees, and from there to the list.
    if (claims.reads_eob() && claims.view != EobView::AsMember) {
        claims.view = EobView::AsMember;
        return;
    }
    wipe(claims.opened);
    renew(claims.eob);
    renew(claims.review);
    claims.view = EobView::AsMember;
    claims.newer = 0;
    claims.in_members_language = false;
    turn.forget_drawn();
}

void on_claims_read(Turn& turn, RequestNumber request, ClaimsRead& event) {
    auto* at_hand = with_claims(turn, event.case_id);
    if (at_hand == nullptr || !at_hand->claims->page.take(request, event.result))
        return;
    auto& claims = *at_hand->claims;
    if (!claims.page.failure)
        return take_page(claims);
    auto const failure = *claims.page.failure;
    claims_failed(turn, *at_hand, failure);
}

void on_eob_read(Turn& turn, RequestNumber request, EobRead& event) {
    auto* at_hand = with_claims(turn, event.case_id);
    if (at_hand == nullptr || at_hand->claims->opened != event.eob)
        return;
    if (event.result.has_value() && event.result.value().eob.id.text() != event.eob)
        event.result = error(ErrorKind::Unavailable, "reply_unreadable"); // of another one than was asked
    auto& eob = at_hand->claims->eob;
    if (!eob.take(request, event.result))
        return;
    if (!eob.failure)
        return ask_review(turn, *at_hand);
    auto const failure = *eob.failure;
    claims_failed(turn, *at_hand, failure);
}

void on_eob_review_read(Turn& turn, RequestNumber request, EobReviewRead& event) {
    auto* at_hand = with_claims(turn, event.case_id);
    if (at_hand == nullptr || at_hand->claims->opened != event.eob)
        return;
    if (event.result.has_value() && event.result.value().eob.text() != event.eob)
        event.result = error(ErrorKind::Unavailable, "reply_unreadable"); // of another one than was asked
    auto& claims = *at_hand->claims;
    if (!claims.review.take(request, event.result))
        return;
    if (claims.review.value)
        claims.newer = first_pair(*claims.review.value);
    if (!claims.review.failure)
        return;
    auto const failure = *claims.review.failure;
    claims_failed(turn, *at_hand, failure);
}

void look_at_eob(Cases& cases, Act act) {
    auto& claims = *cases.at_hand->claims;
    auto const turn_to = [&](EobView view) { claims.view = claims.view == view ? EobView::AsMember : view; };
    if (act == Act::EobAsSystem)
        turn_to(EobView::AsSystem);
    else if (act == Act::EobVersions)
        turn_to(EobView::Versions);
    else if (act == Act::EobReadAloud)
        turn_to(EobView::ReadAloud);
    else if (act == Act::OlderVersion)
        --claims.newer;
    else if (act == Act::NewerVersion)
        ++claims.newer;
    else
        claims.in_members_language = !claims.in_members_language;
}

void follow_claims(Turn& turn, CaseAtHand& at_hand) {
    if (!at_hand.claims)
        return;
    if (!at_hand.verified() && !at_hand.claims->of_matter)
        return drop_claims(turn);
    auto& claims = *at_hand.claims;
    if (!claims.opened.empty() && is_to_ask_again(claims.eob))
        ask_eob(turn, at_hand);
    if (claims.reads_eob() && is_to_ask_again(claims.review))
        ask_review(turn, at_hand);
    if (is_to_ask_again(claims.page))
        ask_claims(turn, at_hand);
}

void drop_claims(Turn& turn) {
    auto* cases = turn.app.cases();
    if (cases == nullptr || !cases->at_hand || !cases->at_hand->claims)
        return;
    cases->at_hand->claims.reset();
    turn.forget_drawn();
}

} // namespace portico::agent
