#include "central/auth/printed_cards.h"
#include "shared/domain/staff_reasons.h"
#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <fstream>
#include <sstream>

using namespace portico;
using namespace portico::central;
using test::OperationsBench;

TEST_CASE("held change: its member takes it back, and all addresses learn that nothing changes") {
    OperationsBench bench;
    auto const token = bench.sign_in("alex");
    auto const change = bench.hold_a_change(token);
    auto const shown = bench.ledger->requests_of(PatientId("alex")).value().requests.at(0);
    CHECK(shown.can_withdraw);
    CHECK(shown.settles_at == to_rfc3339(bench.clock.now() + std::chrono::hours(24)));
    CHECK(bench.withdraw(token, change) == "applied");
    CHECK(bench.request_state("alex", change) == "withdrawn");
    CHECK_FALSE(bench.contact("alex").change_waits);
    auto const kinds = bench.queued();
    CHECK(std::count(kinds.begin(), kinds.end(), "contact_change_held") == 0);
    auto const mails = bench.mails();
    REQUIRE(mails.size() == 2); // of the hold and of its end
    CHECK(mails[1].subject.find("stopped") != std::string::npos);
    bench.clock.advance(std::chrono::hours(25));
    CHECK(bench.contact("alex").address.lines == std::vector<std::string>{"1 Sample Street"});
    CHECK(bench.request_state("alex", change) == "withdrawn");
    // The list has the change alone, not also what took it back.
    CHECK(bench.ledger->requests_of(PatientId("alex")).value().requests.size() == 1);
    CHECK(bench.audited().back().action == "operation_withdraw_request");
    CHECK(bench.audited().back().decision == "allowed");
}

TEST_CASE("held change: taking back is refused to others, twice, too late, and for what does not wait") {
    OperationsBench bench;
    auto const token = bench.sign_in("alex");
    auto const change = bench.hold_a_change(token);
    CHECK(bench.withdraw("", change) == "session_needed");
    CHECK(bench.withdraw(bench.sign_in("alex", Assurance::OneFactor), change) == "step_up_needed");
    CHECK(bench.withdraw(bench.sign_in("sam"), change) == "request_unknown");
    CHECK(bench.withdraw(token, make_uuid_v7(bench.clock)) == "request_unknown");
    CHECK(bench.request_state("alex", change) == "waiting");
    CHECK(bench.withdraw(token, change) == "applied");
    CHECK(bench.withdraw(token, change) == "request_withdrawn");

    auto const late = bench.hold_a_change(token);
    bench.clock.advance(std::chrono::hours(25));
    CHECK(bench.withdraw(bench.sign_in("alex"), late) == "hold_over");
    CHECK(bench.request_state("alex", late) == "applied");

    // Taking a number off the file waits for nothing.
    auto phone = bench.operation(bench.sign_in("alex"));
    phone.change_contact_details = api::ChangeContactDetails{};
    phone.change_contact_details->old_phone = "617-555-0101";
    phone.change_contact_details->phone = "";
    CHECK(bench.push(phone) == "applied");
    CHECK(bench.withdraw(bench.sign_in("alex"), phone.id) == "request_unknown");
    CHECK(bench.contact("alex").phone == "");
}

TEST_CASE(
    "staff queue: a change on hold is let through, refused with a reason, or withdrawn for its member") {
    for (auto const decision : {StaffDecision::Applied, StaffDecision::Refused, StaffDecision::Withdrawn}) {
        OperationsBench bench;
        auto const change = bench.hold_a_change(bench.sign_in("alex"));
        auto const entry = bench.queued_of("contact_change_held").id;
        bench.clock.advance(std::chrono::hours(1));
        auto const reason = decision == StaffDecision::Refused ? "could_not_confirm" : "";
        CHECK(bench.decide(entry, decision, reason) == "");
        CHECK(bench.decide(entry, decision, reason) == "queue_entry_done");
        bool const made = decision == StaffDecision::Applied;
        CHECK(bench.contact("alex").address.lines.at(0) == (made ? "2 Other Street" : "1 Sample Street"));
        CHECK(bench.request_state("alex", change) == (decision == StaffDecision::Refused
                                                          ? std::string("refused: could_not_confirm")
                                                          : std::string(name(decision))));
        CHECK(bench.mails().size() == (made ? 1U : 2U));
        bench.clock.advance(std::chrono::hours(25));
        CHECK(bench.contact("alex").address.lines.at(0) == (made ? "2 Other Street" : "1 Sample Street"));
    }
}

TEST_CASE("staff queue: once a hold is over its change cannot be refused, only seen") {
    OperationsBench bench;
    auto const change = bench.hold_a_change(bench.sign_in("alex"));
    auto const entry = bench.queued_of("contact_change_held").id;
    bench.clock.advance(std::chrono::hours(25));
    CHECK(bench.decide(entry, StaffDecision::Refused, "could_not_confirm") == "hold_over");
    CHECK(bench.decide(entry, StaffDecision::Withdrawn) == "hold_over");
    CHECK(bench.decide(entry, StaffDecision::Applied) == "");
    CHECK(bench.request_state("alex", change) == "applied");
    CHECK(bench.contact("alex").address.lines.at(0) == "2 Other Street");
}

TEST_CASE("staff queue: the member reads why a card, a listing or a claim was not done") {
    OperationsBench bench;
    auto card = bench.operation(bench.sign_in("alex"));
    card.request_mailed_card = api::RequestMailedCard{"lost"};
    REQUIRE(bench.push(card) == "applied");
    auto listing = bench.report(bench.sign_in("alex"));
    REQUIRE(bench.push(listing) == "applied");
    auto dispute = bench.operation(bench.sign_in("alex"));
    dispute.dispute_finding = api::DisputeFinding{"alex-eob", FindingKind::DuplicateLine, "check_it"};
    REQUIRE(bench.push(dispute) == "applied");
    auto const refuse = [&](char const* kind, char const* reason) {
        return bench.decide(bench.queued_of(kind).id, StaffDecision::Refused, reason);
    };
    CHECK(refuse("mailed_card", "") == "reason_needed");
    CHECK(refuse("mailed_card", "He moved to Ohio.") == "reason_unknown");
    CHECK(refuse("mailed_card", "claim_is_right") == "reason_unknown");
    CHECK(refuse("mailed_card", "address_not_deliverable") == "");
    CHECK(refuse("directory_error", "listing_is_right") == "");
    CHECK(bench.decide(bench.queued_of("finding_disputed").id, StaffDecision::Withdrawn) ==
          "nothing_to_withdraw");
    CHECK(refuse("finding_disputed", "claim_is_right") == "");
    CHECK(bench.request_state("alex", card.id) == "refused: address_not_deliverable");
    CHECK(bench.request_state("alex", listing.id) == "refused: listing_is_right");
    CHECK(bench.request_state("alex", dispute.id) == "refused: claim_is_right");
    auto const open = bench.queued();
    CHECK(std::count(open.begin(), open.end(), "send_letter") == static_cast<std::ptrdiff_t>(open.size()));
    // What was not sent does not count towards two cards in 30 days.
    for (int i = 0; i < 2; ++i) {
        auto again = bench.operation(bench.sign_in("alex"));
        again.request_mailed_card = api::RequestMailedCard{"lost"};
        CHECK(bench.push(again) == "applied");
    }
}

TEST_CASE("staff queue: what was refused by rule can be done by hand, and says so") {
    OperationsBench bench;
    auto report = bench.report(bench.sign_in("alex"));
    report.report_directory_error->listing_id = "nobody";
    REQUIRE(bench.push(report) == "listing_unknown");
    CHECK(bench.request_state("alex", report.id) == "refused: listing_unknown");
    CHECK(bench.decide(bench.queued_of("operation_refused").id, StaffDecision::Applied) == "");
    CHECK(bench.request_state("alex", report.id) == "applied");
}

TEST_CASE("staff queue: staff find the card, or that none came out") {
    for (bool const came_out : {true, false}) {
        OperationsBench bench;
        auto const issue = make_uuid_v7(bench.clock);
        auto const number = bench.begin_card("alex", issue).value().card.card_number;
        auto report = bench.operation(bench.sign_in("alex"));
        report.card_issued = api::CardIssued{issue, "unknown", "printer_gone"};
        REQUIRE(bench.push(report) == "applied");
        auto const entry = bench.queued_of("card_outcome_unknown").id;
        CHECK(bench.decide(entry, came_out ? StaffDecision::Applied : StaffDecision::Refused,
                           came_out ? "" : "no_card_came_out") == "");
        CHECK(bench.request_state("alex", report.id) == (came_out ? "applied" : "refused: no_card_came_out"));
        auto const holder = bench.store
                                ->read<std::optional<PatientId>>([&](storage::Database& database) {
                                    return patient_of_printed_card(database, *bench.vault, number);
                                })
                                .value();
        CHECK(holder.has_value() == came_out);
    }
}

TEST_CASE("staff queue: a gap in a terminal's numbers settles nobody's request and asks for nothing") {
    OperationsBench bench;
    auto const token = bench.sign_in("alex");
    REQUIRE(bench.push(bench.report()) == "applied");
    bench.sequences["kiosk-1"] = 4;
    auto dispute = bench.operation(token);
    dispute.dispute_finding = api::DisputeFinding{"alex-eob", FindingKind::DuplicateLine, "check_it"};
    REQUIRE(bench.push(dispute) == "applied");
    auto const gap = bench.queued_of("sequence_gap").id;
    CHECK(bench.decide(gap, StaffDecision::Refused, "ask_us") == "nothing_to_refuse");
    CHECK(bench.decide(gap, StaffDecision::Applied) == "");
    CHECK(bench.request_state("alex", dispute.id) == "waiting");
    CHECK(bench.decide("nobody", StaffDecision::Applied) == "queue_entry_unknown");
}

TEST_CASE("staff queue: every reason that staff can give has words in both languages") {
    for (char const* language : {"en", "es"}) {
        std::ifstream file(test::source_dir() + "/assets/messages/" + language + "/kiosk_account.json");
        std::stringstream text;
        text << file.rdbuf();
        for (auto const& reason : staff_reasons()) {
            INFO(language << " " << reason.word);
            CHECK(text.str().find("\"refusal." + std::string(reason.word) + "\"") != std::string::npos);
        }
    }
}
