#include "central/operations/card_issues.h"

#include "central/auth/printed_cards.h"
#include "shared/api/json.h"
#include "shared/base/clock.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"

namespace portico::central {

namespace {

constexpr std::int64_t limit_window_us = std::int64_t{30} * 24 * hour_us;
constexpr std::size_t card_number_digits = 13;
constexpr int card_number_tries_max = 5;

std::string card_context(std::string const& issue) {
    return "card_issue/" + issue;
}

/// Luhn's check digit for `digits` (ISO/IEC 7812-1).
char check_digit(std::string_view digits) {
    int sum = 0;
    bool twice = true;
    for (auto at = digits.rbegin(); at != digits.rend(); ++at) {
        int value = *at - '0';
        if (twice)
            value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
        twice = !twice;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

/// Writes how an issue ended. A number that is on no card names nobody.
Result<void> end_issue(RuleTools const& tools, storage::Database& database, std::string const& issue_id,
                       std::string const& state, Bytes const& card_sealed) {
    auto update = TRY(database.prepare("UPDATE card_issue SET state = $2, ended_us = $3 WHERE id = $1"));
    TRY(update.bind(1, issue_id).bind(2, state).bind(3, to_micros(tools.clock.now())).run());
    if (state != "failed")
        return ok();
    auto const plain = TRY(crypto::open_record(tools.vault.records, card_context(issue_id), card_sealed));
    auto const card = TRY(api::from_json<IdCard>(as_text(plain), api::UnknownFields::Ignore));
    return remove_printed_card(database, tools.vault, tools.clock, card.card_number);
}

/// A terminal gave up an issue of which central has not heard: its question may still be under way, and what
/// it would begin nobody would end.
Result<void> end_before_begin(RuleTools const& tools, OperationInHand const& hand,
                              std::string const& issue_id) {
    if (!is_uuid_v7(issue_id))
        return ok(); // nothing can begin under it
    auto insert = TRY(hand.database.prepare(
        "INSERT INTO card_issue (patient_hash, id, terminal, state, card_sealed, begun_us, ended_us)"
        " VALUES ($1, $2, $3, 'failed', $1, $4, $4)"));
    return insert.bind(1, ByteView())
        .bind(2, issue_id)
        .bind(3, hand.terminal.text())
        .bind(4, to_micros(tools.clock.now()))
        .run();
}

/// Staff need not look any more: the terminal's own report came after all.
Result<void> close_unreported(RuleTools const& tools, storage::Database& database,
                              api::CardIssued const& issued) {
    auto const entries = TRY(tools.queue.open_of_kind(database, "card_outcome_unknown"));
    for (auto const& entry : entries)
        if (entry.detail == issued.issue_id)
            TRY(tools.queue.close(database, entry.id, {"terminal", "reported", issued.outcome}));
    return ok();
}

} // namespace

std::string make_card_number() {
    std::string number = "9";
    while (number.size() < card_number_digits - 1) {
        auto const byte = random_bytes(1)[0];
        if (byte < 250) // each digit equally likely
            number += static_cast<char>('0' + byte % 10);
    }
    return number + check_digit(number);
}

bool is_card_number(std::string_view text) {
    return text.size() == card_number_digits &&
           text.find_first_not_of("0123456789") == std::string_view::npos &&
           check_digit(text.substr(0, text.size() - 1)) == text.back();
}

Result<api::CardIssueBegun> CardIssues::begin(storage::Database& database, TerminalId const& terminal,
                                              PatientId const& patient, std::string const& issue_id) {
    if (!is_uuid_v7(issue_id))
        return error(ErrorKind::InvalidInput, "issue_id_invalid", "an issue id is a UUID version 7");
    auto const hash = patient_hash(tools_.vault, patient);
    auto same = TRY(
        database.prepare("SELECT patient_hash, terminal, state, card_sealed FROM card_issue WHERE id = $1"));
    same.bind(1, issue_id);
    if (TRY(same.step())) {
        // Its terminal told the end before this question came: nobody would end what it began now.
        if (same.text(1) == terminal.text() && same.text(2) == "failed")
            return error(ErrorKind::Conflict, "card_issue_ended", "this card issue has ended already");
        if (same.blob(0) != hash || same.text(1) != terminal.text())
            return error(ErrorKind::Conflict, "issue_id_reused", "this issue id was used for something else");
        auto const plain =
            TRY(crypto::open_record(tools_.vault.records, card_context(issue_id), same.blob(3)));
        return api::CardIssueBegun{issue_id,
                                   TRY(api::from_json<IdCard>(as_text(plain), api::UnknownFields::Ignore))};
    }
    same.reset();
    TRY(close_stale(database));
    auto const now_us = to_micros(tools_.clock.now());
    auto count = TRY(database.prepare("SELECT count(CASE WHEN state = 'begun' THEN 1 END),"
                                      " count(CASE WHEN state <> 'failed' AND begun_us > $2 THEN 1 END)"
                                      " FROM card_issue WHERE patient_hash = $1"));
    count.bind(1, ByteView(hash)).bind(2, now_us - limit_window_us);
    TRY(count.step());
    if (count.integer(0) > 0)
        return error(ErrorKind::Conflict, "card_issue_open", "another card of this member is being printed");
    if (count.integer(1) >= tools_.settings.card_issues_per_30_days)
        return error(ErrorKind::Refused, "card_limit", "too many cards within 30 days");
    count.reset();

    auto card = TRY(tools_.facts.id_card(patient));
    if (!card)
        return error(ErrorKind::Refused, "no_coverage", "the member has no coverage to print a card for");
    for (int tries = 1;; ++tries) {
        card->card_number = make_card_number();
        auto const added = add_printed_card(database, tools_.vault, tools_.clock, patient, card->card_number);
        if (added.has_value())
            break;
        if (added.error().kind != ErrorKind::Conflict || tries >= card_number_tries_max)
            return added.error();
    }
    auto const sealed =
        crypto::seal_record(tools_.vault.records, card_context(issue_id), as_bytes(api::to_json(*card)));
    auto insert = TRY(database.prepare(
        "INSERT INTO card_issue (patient_hash, id, terminal, state, card_sealed, begun_us, ended_us)"
        " VALUES ($1, $2, $3, 'begun', $4, $5, 0)"));
    TRY(insert.bind(1, ByteView(hash))
            .bind(2, issue_id)
            .bind(3, terminal.text())
            .bind(4, ByteView(sealed))
            .bind(5, now_us)
            .run());
    return api::CardIssueBegun{issue_id, std::move(*card)};
}

Result<std::vector<std::string>> CardIssues::close_stale(storage::Database& database) {
    auto const now_us = to_micros(tools_.clock.now());
    std::vector<std::pair<std::string, std::string>> stale;
    auto query =
        TRY(database.prepare("SELECT id, terminal FROM card_issue WHERE state = 'begun' AND begun_us < $1"));
    query.bind(1, now_us - tools_.settings.card_issue_open_max_min * minute_us);
    while (TRY(query.step()))
        stale.emplace_back(query.text(0), query.text(1));
    query.reset();
    std::vector<std::string> closed;
    for (auto const& [id, terminal] : stale) {
        closed.push_back(id);
        auto update =
            TRY(database.prepare("UPDATE card_issue SET state = 'unreported', ended_us = $2 WHERE id = $1"));
        TRY(update.bind(1, id).bind(2, now_us).run());
        TRY(tools_.queue.add(database,
                             {"", "card_outcome_unknown", terminal, "", "never_reported", id, 0, 0, ""}));
    }
    return closed;
}

Result<void> CardIssues::settle(storage::Database& database, std::string const& issue_id,
                                bool card_came_out) {
    auto query = TRY(database.prepare("SELECT state, card_sealed FROM card_issue WHERE id = $1"));
    query.bind(1, issue_id);
    if (!TRY(query.step()))
        return error(ErrorKind::NotFound, "card_issue_unknown", "there is no card issue " + issue_id);
    if (query.text(0) != "unknown" && query.text(0) != "unreported")
        return error(ErrorKind::Conflict, "card_issue_ended", "it is known how this card issue ended");
    auto const sealed = query.blob(1);
    query.reset();
    return end_issue(tools_, database, issue_id, card_came_out ? "completed" : "failed", sealed);
}

Result<std::string> CardIssues::last_issued_on(storage::Database& database, PatientId const& patient) {
    auto query = TRY(database.prepare(
        "SELECT max(ended_us) FROM card_issue WHERE patient_hash = $1 AND state = 'completed'"));
    query.bind(1, ByteView(patient_hash(tools_.vault, patient)));
    if (!TRY(query.step()) || query.is_null(0))
        return std::string();
    return to_rfc3339(from_micros(query.integer(0))).substr(0, 10);
}

Result<RuleOutcome> apply_card_issued(RuleTools const& tools, OperationInHand const& hand,
                                      api::CardIssued const& issued) {
    bool const known =
        issued.outcome == "completed" || issued.outcome == "failed" || issued.outcome == "unknown";
    if (!known)
        return error(ErrorKind::InvalidInput, "outcome_unknown_word",
                     "an outcome is completed, failed or unknown");
    if (issued.detail.size() > 64 ||
        issued.detail.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != std::string::npos)
        return error(ErrorKind::InvalidInput, "detail_invalid", "a detail is a short snake_case word");
    auto query = TRY(hand.database.prepare(
        "SELECT patient_hash, terminal, state, card_sealed FROM card_issue WHERE id = $1"));
    query.bind(1, issued.issue_id);
    bool const begun = TRY(query.step());
    // Reserved at the terminal, and the question did not come here, or not yet.
    if (!begun && issued.outcome == "failed") {
        TRY(end_before_begin(tools, hand, issued.issue_id));
        return RuleOutcome{OperationState::Applied, issued.outcome, 0, {}};
    }
    // The terminal that was given the issue tells how it ended, also after the member has left: a card that
    // came out did so whoever is signed in. Somebody else's session does not speak for it.
    bool const others =
        hand.actor && begun && query.blob(0) != patient_hash(tools.vault, hand.actor->patient);
    if (!begun || others || query.text(1) != hand.terminal.text())
        return error(ErrorKind::NotFound, "card_issue_unknown",
                     "this member and terminal have no such card issue");
    // One that central gave up waiting for is still the terminal's to settle.
    bool const late = query.text(2) == "unreported";
    if (query.text(2) != "begun" && !late)
        return error(ErrorKind::Conflict, "card_issue_ended", "this card issue has ended already");
    auto const sealed = query.blob(3);
    query.reset();
    TRY(end_issue(tools, hand.database, issued.issue_id, issued.outcome, sealed));
    if (late)
        TRY(close_unreported(tools, hand.database, issued));
    if (issued.outcome == "unknown")
        TRY(tools.queue.add(hand.database, {"", "card_outcome_unknown", hand.terminal.text(),
                                            hand.operation.id, issued.detail, issued.issue_id, 0, 0, ""}));
    return RuleOutcome{OperationState::Applied, issued.outcome, 0, {"card_issue"}};
}

} // namespace portico::central
