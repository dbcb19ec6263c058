#include "central/auth/printed_cards.h"
#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::central;
using test::OperationsBench;

TEST_CASE("operations: the same operation sent twice is applied once") {
    OperationsBench bench;
    auto const report = bench.report();
    CHECK(bench.push(report) == "applied");
    CHECK(bench.push(report) == "duplicate");
    CHECK(bench.queued() == std::vector<std::string>{"directory_error"});
    CHECK(bench.audited().size() == 1);
}

TEST_CASE("operations: a known id with another body is refused and changes nothing") {
    OperationsBench bench;
    auto report = bench.report();
    CHECK(bench.push(report) == "applied");
    report.report_directory_error->comment = "Something else.";
    CHECK(bench.push(report) == "operation_id_reused");
    // Staff hear of it, once; what they decide about it cannot settle the one that had the id first.
    CHECK(bench.push(report) == "operation_id_reused");
    CHECK(bench.queued() == std::vector<std::string>{"directory_error", "operation_refused"});
    CHECK(bench.queued_of("operation_refused").reason == "operation_id_reused");
    CHECK(bench.queued_of("operation_refused").operation.empty());
    CHECK(bench.audited().size() == 2);
}

TEST_CASE("operations: a refused operation stays refused with its reason, and stands in the staff queue") {
    OperationsBench bench;
    auto report = bench.report();
    report.report_directory_error->listing_id = "nobody";
    CHECK(bench.push(report) == "listing_unknown");
    CHECK(bench.push(report) == "listing_unknown");
    CHECK(bench.queued() == std::vector<std::string>{"operation_refused"});
    REQUIRE(bench.audited().size() == 1);
    CHECK(bench.audited()[0].decision == "refused");
    CHECK(bench.audited()[0].reason == "listing_unknown");
}

TEST_CASE("operations: what was sealed to another plan's key is refused and seen by staff") {
    OperationsBench bench;
    auto const other = crypto::SealingKeyPair::generate();
    auto const report = bench.report();
    auto const box = crypto::seal_to(other.public_key, as_bytes(api::to_json(report))).value();
    auto const outcome = bench.push_sealed({{report.id, to_base64url(box)}}).value().outcomes.at(0);
    CHECK(outcome.reason == "sealed_box_broken");
    CHECK(bench.push_sealed({{report.id, to_base64url(box)}}).value().outcomes.at(0).reason ==
          "sealed_box_broken");
    CHECK(bench.queued() == std::vector<std::string>{"operation_refused"});
}

TEST_CASE("operations: two payloads, none, an unknown field or another id inside are refused") {
    OperationsBench bench;
    auto two = bench.report();
    two.request_mailed_card = api::RequestMailedCard{"lost"};
    CHECK(bench.push(two) == "operation_malformed");
    CHECK(bench.push(bench.operation("")) == "operation_malformed");
    auto const seal_text = [&](std::string const& id, std::string const& text) {
        auto const box = crypto::seal_to(bench.vault->sealing.public_key, as_bytes(text)).value();
        return bench.push_sealed({{id, to_base64url(box)}}).value().outcomes.at(0).reason;
    };
    auto const report = bench.report();
    auto text = api::to_json(report);
    CHECK(seal_text(make_uuid_v7(bench.clock), text) == "operation_id_differs");
    text.insert(1, "\"extra\":1,");
    CHECK(seal_text(report.id, text) == "json_shape");
    CHECK(seal_text("not-an-id", text) == "operation_id_invalid");
    auto const kinds = bench.queued();
    CHECK(std::count(kinds.begin(), kinds.end(), "operation_refused") == 5);
}

TEST_CASE("operations: a number that was used is refused, and one left out is told to staff") {
    OperationsBench bench;
    CHECK(bench.push(bench.report()) == "applied");
    auto again = bench.report();
    again.sequence = 1;
    CHECK(bench.push(again) == "sequence_reused");
    auto later = bench.report();
    later.sequence = 5;
    CHECK(bench.push(later) == "applied");
    CHECK(bench.queued() == std::vector<std::string>{"directory_error", "operation_refused", "sequence_gap",
                                                     "directory_error"});
    // Another terminal counts for itself.
    CHECK(bench.push(bench.report("", "kiosk-2"), "kiosk-2") == "applied");
}

TEST_CASE("operations: a session's token proves nothing on another terminal") {
    OperationsBench bench;
    auto const token = bench.sign_in("alex", Assurance::TwoFactors, "kiosk-1");
    auto stolen = bench.operation(token, "kiosk-2");
    stolen.request_mailed_card = api::RequestMailedCard{"lost"};
    CHECK(bench.push(stolen, "kiosk-2") == "session_unknown");
    // Pushed again by the terminal it was captured on it is another terminal's id already.
    CHECK(bench.push(stolen, "kiosk-1") == "operation_id_reused");
}

TEST_CASE("operations: one captured in a session still counts after the session's end") {
    OperationsBench bench;
    auto const token = bench.sign_in("alex");
    auto request = bench.operation(token);
    request.request_mailed_card = api::RequestMailedCard{"lost"};
    bench.clock.advance(std::chrono::hours(30 * 24));
    CHECK(bench.push(request) == "applied");
}

TEST_CASE("operations: a change of contact details needs two factors and what the member saw") {
    OperationsBench bench;
    auto const change = [&](std::string const& token, std::string const& old_phone) {
        auto made = bench.operation(token);
        made.change_contact_details = api::ChangeContactDetails{};
        made.change_contact_details->old_phone = old_phone;
        made.change_contact_details->phone = "617-555-0123";
        return bench.push(made);
    };
    CHECK(change("", "617-555-0101") == "session_needed");
    CHECK(change(bench.sign_in("alex", Assurance::OneFactor), "617-555-0101") == "step_up_needed");
    auto const token = bench.sign_in("alex");
    CHECK(change(token, "617-555-0199") == "changed_meanwhile");
    CHECK(change(token, "617-555-0101") == "applied");
    CHECK(change(token, "617-555-0101") == "change_waits");
    bench.clock.advance(std::chrono::hours(25));
    CHECK(change(bench.sign_in("alex"), "617-555-0101") == "changed_meanwhile");
    CHECK(bench.mails().size() == 1);
    CHECK(bench.mails()[0].to == "alex@example.org");
}

TEST_CASE("operations: a new address waits for its hold, and the old and the new email are both told") {
    OperationsBench bench;
    auto const token = bench.sign_in("alex");
    auto made = bench.operation(token);
    made.change_contact_details = api::ChangeContactDetails{};
    made.change_contact_details->old_address = bench.facts.members["alex"].address;
    made.change_contact_details->address = PostalAddress{{"2 Other Street"}, "Testville", "MA", "02102"};
    made.change_contact_details->old_email = "alex@example.org";
    made.change_contact_details->email = "new@example.org";
    CHECK(bench.push(made) == "applied");
    auto const mails = bench.mails();
    REQUIRE(mails.size() == 2);
    CHECK(mails[0].to == "alex@example.org");
    CHECK(mails[1].to == "new@example.org");
    CHECK(mails[0].text.find("24 hours") != std::string::npos);
    CHECK(mails[0].text.find("Other Street") == std::string::npos);

    auto requests = bench.ledger->requests_of(PatientId("alex")).value().requests;
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].state == OperationState::Waiting);
    // A card must not go to the new address before the old one could object.
    auto card = bench.operation(token);
    card.request_mailed_card = api::RequestMailedCard{"lost"};
    CHECK(bench.push(card) == "address_change_waits");

    bench.clock.advance(std::chrono::hours(25));
    CHECK(bench.ledger->requests_of(PatientId("alex")).value().requests.back().state ==
          OperationState::Applied);
    auto const later = bench.sign_in("alex");
    auto second = bench.operation(later);
    second.request_mailed_card = api::RequestMailedCard{"lost"};
    CHECK(bench.push(second) == "applied");
    auto const kinds = bench.queued();
    CHECK(std::count(kinds.begin(), kinds.end(), "mailed_card_needs_approval") == 1);
}

TEST_CASE("operations: contact details that cannot be right are refused") {
    OperationsBench bench;
    auto const token = bench.sign_in("alex");
    auto const with = [&](auto const& set) {
        auto made = bench.operation(token);
        made.change_contact_details = api::ChangeContactDetails{};
        made.change_contact_details->old_phone = "617-555-0101";
        made.change_contact_details->old_email = "alex@example.org";
        made.change_contact_details->old_address = bench.facts.members["alex"].address;
        set(*made.change_contact_details);
        return bench.push(made);
    };
    CHECK(with([](auto&) {}) == "nothing_to_change");
    CHECK(with([](auto& c) { c.phone = "12345"; }) == "phone_invalid");
    CHECK(with([](auto& c) { c.email = "a@b\r\nBcc: x@example.org"; }) == "email_invalid");
    CHECK(with([](auto& c) { c.email = "nobody"; }) == "email_invalid");
    CHECK(with([](auto& c) {
              c.address = PostalAddress{{}, "Testville", "MA", "02101"};
          }) == "address_missing");
    CHECK(with([](auto& c) {
              c.address = PostalAddress{{"1 A"}, "Testville", "MA", "2101"};
          }) == "zip_invalid");
}

TEST_CASE("operations: two cards by mail within 30 days are the limit") {
    OperationsBench bench;
    auto const ask = [&](std::string const& reason) {
        auto made = bench.operation(bench.sign_in("alex"));
        made.request_mailed_card = api::RequestMailedCard{reason};
        return bench.push(made);
    };
    CHECK(ask("bored") == "reason_unknown");
    CHECK(ask("lost") == "applied");
    CHECK(ask("damaged") == "applied");
    CHECK(ask("lost") == "mailed_card_limit");
    bench.clock.advance(std::chrono::hours(31 * 24));
    CHECK(ask("extra") == "applied");
    bench.facts.covered = false;
    CHECK(ask("lost") == "no_coverage");
}

TEST_CASE("operations: a finding is answered once, by the member whose EOB it is on") {
    OperationsBench bench;
    auto const answer = [&](std::string const& who, std::string const& eob, FindingKind kind,
                            std::string const& word) {
        auto made = bench.operation(bench.sign_in(who));
        made.dispute_finding = api::DisputeFinding{eob, kind, word};
        return bench.push(made);
    };
    CHECK(answer("sam", "alex-eob", FindingKind::DuplicateLine, "check_it") == "eob_not_found");
    CHECK(answer("alex", "alex-eob", FindingKind::DeniedYetBilled, "check_it") == "finding_unknown");
    CHECK(answer("alex", "alex-eob", FindingKind::DuplicateLine, "maybe") == "answer_unknown");
    CHECK(answer("alex", "alex-eob", FindingKind::DuplicateLine, "check_it") == "applied");
    CHECK(answer("alex", "alex-eob", FindingKind::DuplicateLine, "is_right") == "finding_answered");
    CHECK(answer("sam", "sam-eob", FindingKind::DuplicateLine, "is_right") == "applied");
    auto const requests = bench.ledger->requests_of(PatientId("alex")).value().requests;
    CHECK(std::count_if(requests.begin(), requests.end(),
                        [](auto const& entry) { return entry.state == OperationState::Waiting; }) == 1);
}

TEST_CASE("operations: a batch of none or of 101 is refused whole") {
    OperationsBench bench;
    CHECK(bench.push_sealed({}).error().reason == "batch_size");
    std::vector<api::SealedOperation> many(101, bench.seal(bench.report()));
    CHECK(bench.push_sealed(many).error().reason == "batch_size");
}

TEST_CASE("operations: an operation's audit record names actor, factors and fields, never values") {
    OperationsBench bench;
    auto made = bench.operation(bench.sign_in("alex"));
    made.change_contact_details = api::ChangeContactDetails{};
    made.change_contact_details->old_phone = "617-555-0101";
    made.change_contact_details->phone = "617-555-0123";
    CHECK(bench.push(made) == "applied");
    auto const record = bench.audited().back();
    CHECK(record.actor == "account-alex");
    CHECK(record.subject == "alex");
    CHECK(record.factors == std::vector<std::string>{"security_key"});
    CHECK(record.fields == std::vector<std::string>{"phone"});
    CHECK(record.operation == made.id);
    CHECK(api::to_json(record).find("0123\"") == std::string::npos);
}

TEST_CASE("card issues: one at a time for a member, the same id gets the same answer") {
    OperationsBench bench;
    auto const first = make_uuid_v7(bench.clock);
    auto const begun = bench.begin_card("alex", first).value();
    CHECK(is_card_number(begun.card.card_number));
    CHECK(bench.begin_card("alex", first).value().card.card_number == begun.card.card_number);
    CHECK(bench.begin_card("alex", make_uuid_v7(bench.clock)).error().reason == "card_issue_open");
    CHECK(bench.begin_card("sam", first).error().reason == "issue_id_reused");
    CHECK(bench.begin_card("alex", first, "kiosk-2").error().reason == "issue_id_reused");
    CHECK(bench.begin_card("alex", "1").error().reason == "issue_id_invalid");
    CHECK(bench.begin_card("sam", make_uuid_v7(bench.clock)).has_value());
}

TEST_CASE("card issues: an unknown outcome goes to staff, a failed card's number names nobody") {
    OperationsBench bench;
    auto const end = [&](std::string const& issue, std::string const& outcome,
                         std::string const& who = "alex") {
        auto made = bench.operation(bench.sign_in(who));
        made.card_issued = api::CardIssued{issue, outcome, "media_jam"};
        return bench.push(made);
    };
    auto const jammed = make_uuid_v7(bench.clock);
    auto const number = bench.begin_card("alex", jammed).value().card.card_number;
    CHECK(end(jammed, "completed", "sam") == "card_issue_unknown");
    CHECK(end(jammed, "perhaps") == "outcome_unknown_word");
    auto const holder = [&] {
        return bench.store
            ->read<std::optional<PatientId>>([&](storage::Database& database) {
                return patient_of_printed_card(database, *bench.vault, number);
            })
            .value();
    };
    CHECK(holder() == PatientId("alex"));
    CHECK(end(jammed, "failed") == "applied");
    CHECK_FALSE(holder());
    CHECK(end(jammed, "completed") == "card_issue_ended");

    auto const lost = make_uuid_v7(bench.clock);
    bench.begin_card("alex", lost).value();
    CHECK(end(lost, "unknown") == "applied");
    auto const kinds = bench.queued();
    CHECK(std::count(kinds.begin(), kinds.end(), "card_outcome_unknown") == 1);
}

TEST_CASE("card issues: the terminal tells how its own issue ended when nobody is signed in any more") {
    OperationsBench bench;
    auto const end = [&](std::string const& issue, std::string const& outcome, std::string const& terminal) {
        auto made = bench.operation("", terminal);
        made.card_issued = api::CardIssued{issue, outcome, "person_left"};
        return bench.push(made, terminal);
    };
    auto const issue = make_uuid_v7(bench.clock);
    bench.begin_card("alex", issue).value();
    CHECK(end(issue, "completed", "kiosk-2") == "card_issue_unknown");
    CHECK(bench.begin_card("alex", make_uuid_v7(bench.clock)).error().reason == "card_issue_open");
    CHECK(end(issue, "failed", "kiosk-1") == "applied");
    CHECK(bench.begin_card("alex", make_uuid_v7(bench.clock)).has_value());
    // One that central never began has nothing to end; what it cannot know of is not believed.
    CHECK(end(make_uuid_v7(bench.clock), "failed", "kiosk-1") == "applied");
    CHECK(end(make_uuid_v7(bench.clock), "completed", "kiosk-1") == "card_issue_unknown");
}

TEST_CASE("card issues: an end that is told again under its id, as a later operation, is the same one") {
    OperationsBench bench;
    auto const issue = make_uuid_v7(bench.clock);
    bench.begin_card("alex", issue).value();
    auto const tell = [&](std::string const& outcome) {
        auto made = bench.operation("");
        made.id = issue;
        made.card_issued = api::CardIssued{issue, outcome, ""};
        auto const answer = bench.push(made);
        if (answer == "duplicate")
            CHECK(bench.push(made) == "duplicate"); // the reply was lost, too
        return answer;
    };
    CHECK(tell("completed") == "applied");
    // The terminal died before its journal had that it was told.
    CHECK(tell("completed") == "duplicate");
    CHECK(bench.queued().empty());
    CHECK(bench.push(bench.report()) == "applied");
    CHECK(bench.queued() == std::vector<std::string>{"directory_error"}); // and no number is missing
    CHECK(tell("failed") == "operation_id_reused");
}

TEST_CASE("card issues: one that its terminal gave up before central heard of it is not begun afterwards") {
    OperationsBench bench;
    auto const issue = make_uuid_v7(bench.clock);
    auto given_up = bench.operation(bench.sign_in("alex"));
    given_up.card_issued = api::CardIssued{issue, "failed", "central_unreachable"};
    CHECK(bench.push(given_up) == "applied");
    // The question was held back on its way: nobody waits for its answer, and nobody would ever end it.
    CHECK(bench.begin_card("alex", issue).error().reason == "card_issue_ended");
    CHECK(bench.begin_card("alex", make_uuid_v7(bench.clock)).has_value());
    bench.clock.advance(std::chrono::hours(2));
    CHECK(bench.close_stale() == 1); // the second's alone

    auto const ended = make_uuid_v7(bench.clock);
    bench.begin_card("sam", ended).value();
    auto failed = bench.operation(bench.sign_in("sam"));
    failed.card_issued = api::CardIssued{ended, "failed", "person_left"};
    CHECK(bench.push(failed) == "applied");
    CHECK(bench.begin_card("sam", ended).error().reason == "card_issue_ended");
}

TEST_CASE(
    "card issues: one that no terminal settles in time goes to staff, and only the member prints again") {
    OperationsBench bench;
    bench.begin_card("alex", make_uuid_v7(bench.clock)).value();
    bench.clock.advance(std::chrono::minutes(59));
    CHECK(bench.close_stale() == 0);
    CHECK(bench.begin_card("alex", make_uuid_v7(bench.clock)).error().reason == "card_issue_open");
    bench.clock.advance(std::chrono::minutes(2));
    CHECK(bench.close_stale() == 1);
    CHECK(bench.close_stale() == 0);
    CHECK(bench.queued() == std::vector<std::string>{"card_outcome_unknown"});
    CHECK(bench.queued_of("card_outcome_unknown").reason == "never_reported");
    CHECK(bench.begin_card("alex", make_uuid_v7(bench.clock)).has_value());
}

TEST_CASE("card issues: a late report settles one that staff were told of, once, and staff need not look") {
    for (std::string const outcome : {"completed", "failed", "unknown"}) {
        OperationsBench bench;
        auto const issue = make_uuid_v7(bench.clock);
        auto const number = bench.begin_card("alex", issue).value().card.card_number;
        auto report = bench.operation(bench.sign_in("alex"));
        report.card_issued = api::CardIssued{issue, outcome, ""};
        bench.clock.advance(std::chrono::hours(2));
        REQUIRE(bench.close_stale() == 1);
        CHECK(bench.push(report) == "applied");
        CHECK(bench.push(report) == "duplicate");
        // What stays unknown stays with staff, as one entry.
        CHECK(bench.queued().size() == (outcome == "unknown" ? 1U : 0U));
        auto again = bench.operation(bench.sign_in("alex"));
        again.card_issued = api::CardIssued{issue, "completed", ""};
        CHECK(bench.push(again) == "card_issue_ended");
        CHECK(bench.close_stale() == 0);
        auto const holder = bench.store
                                ->read<std::optional<PatientId>>([&](storage::Database& database) {
                                    return patient_of_printed_card(database, *bench.vault, number);
                                })
                                .value();
        CHECK(holder.has_value() == (outcome != "failed"));
    }
}

TEST_CASE("card issues: a report after staff have settled it changes nothing and comes back as refused") {
    OperationsBench bench;
    auto const issue = make_uuid_v7(bench.clock);
    bench.begin_card("alex", issue).value();
    bench.clock.advance(std::chrono::hours(2));
    REQUIRE(bench.close_stale() == 1);
    CHECK(bench.decide(bench.queued_of("card_outcome_unknown").id, StaffDecision::Refused,
                       "no_card_came_out") == "");
    auto report = bench.operation(bench.sign_in("alex"));
    report.card_issued = api::CardIssued{issue, "completed", ""};
    CHECK(bench.push(report) == "card_issue_ended");
    CHECK(bench.queued() == std::vector<std::string>{"operation_refused"});
}

TEST_CASE("card issues: five cards within 30 days are the limit") {
    OperationsBench bench;
    for (int i = 0; i < 5; ++i) {
        auto const issue = make_uuid_v7(bench.clock);
        bench.begin_card("alex", issue).value();
        auto made = bench.operation(bench.sign_in("alex"));
        made.card_issued = api::CardIssued{issue, "completed", ""};
        CHECK(bench.push(made) == "applied");
    }
    CHECK(bench.begin_card("alex", make_uuid_v7(bench.clock)).error().reason == "card_limit");
}

TEST_CASE("card issues: a card number ends in a check digit that catches any one wrong digit") {
    CHECK(is_card_number("9000000000001") != is_card_number("9000000000002"));
    for (int round = 0; round < 20; ++round) {
        auto number = make_card_number();
        CHECK(is_card_number(number));
        for (std::size_t i = 0; i < number.size(); ++i) {
            auto wrong = number;
            wrong[i] = static_cast<char>('0' + (wrong[i] - '0' + 1) % 10);
            CHECK_FALSE(is_card_number(wrong));
        }
    }
}
