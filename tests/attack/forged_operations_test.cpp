#include "tests/attack/byte_mutation.h"
#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"
#include "tests/support/must.h"
#include "tests/support/rounds.h"

#include <algorithm>
#include <limits>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr auto second = std::chrono::seconds(1);
constexpr auto minute = std::chrono::minutes(1);
constexpr auto hour = std::chrono::hours(1);
constexpr auto day = std::chrono::hours(24);

/// A terminal that was certified and is no longer ours: it makes operations as it likes.
struct RogueBench : OperationsBench {
    RogueBench() { clock.advance(day); }

    api::Operation mail_a_card(std::string const& token, std::string const& terminal = "kiosk-1") {
        auto made = operation(token, terminal);
        made.request_mailed_card = api::RequestMailedCard{"lost"};
        return made;
    }
    api::Operation captured(api::Operation made, std::chrono::microseconds from_now) const {
        made.captured_at = to_rfc3339(clock.now() + from_now);
        return made;
    }
    /// How often a refusal for `reason` stands in the staff queue and in the audit, and is nowhere applied.
    bool refused_and_flagged(std::string const& reason) {
        auto const entries = must(store->read<std::vector<QueueEntry>>(
            [&](storage::Database& database) { return queue->open_of_kind(database, "operation_refused"); }));
        bool const told = std::any_of(entries.begin(), entries.end(),
                                      [&](QueueEntry const& entry) { return entry.reason == reason; });
        auto const records = audited();
        bool const audited_so = std::any_of(records.begin(), records.end(), [&](AuditRecord const& record) {
            return record.decision == "refused" && record.reason == reason;
        });
        return told && audited_so;
    }
    /// By its id, or by what stood in place of one.
    bool staff_see(std::string const& id, std::string const& reason) {
        auto const entries = must(store->read<std::vector<QueueEntry>>(
            [&](storage::Database& database) { return queue->open_of_kind(database, "operation_refused"); }));
        return std::any_of(entries.begin(), entries.end(), [&](QueueEntry const& entry) {
            return entry.reason == reason && (entry.operation == id || entry.detail == id.substr(0, 64));
        });
    }
    bool nothing_happened() {
        auto const kinds = queued();
        return std::all_of(kinds.begin(), kinds.end(),
                           [](std::string const& kind) {
                               return kind == "operation_refused" || kind == "sequence_gap";
                           }) &&
               mails().empty();
    }
    /// Refused for this reason, told to staff, written down, and without effect.
    void check_refused(std::string const& outcome, std::string const& reason) {
        CHECK(outcome == reason);
        CHECK(refused_and_flagged(reason));
        CHECK(nothing_happened());
    }
    std::string push_box(std::string const& id, Bytes const& box, std::string const& terminal = "kiosk-1") {
        auto const outcome = must(push_sealed({{id, to_base64url(box)}}, terminal)).outcomes.at(0);
        return outcome.outcome == "refused" ? outcome.reason : outcome.outcome;
    }
    Bytes box_of(api::Operation const& made) const {
        return must(crypto::seal_to(vault->sealing.public_key, as_bytes(api::to_json(made))));
    }
};

} // namespace

TEST_CASE("forged operations: one for a session that nobody opened is refused and flagged") {
    RogueBench bench;
    auto const token = bench.sign_in("alex");
    auto const forged =
        GENERATE_COPY(std::string(43, 'A'), token + "A", token.substr(0, 42), std::string("alex"));
    bench.check_refused(bench.push(bench.mail_a_card(forged)), "session_unknown");
}

TEST_CASE("forged operations: one for no session at all is refused and flagged, whoever it names") {
    RogueBench bench;
    auto dispute = bench.operation("");
    dispute.dispute_finding = api::DisputeFinding{"alex-eob", FindingKind::DuplicateLine, "check_it"};
    bench.check_refused(bench.push(dispute), "session_needed");
    bench.check_refused(bench.push(bench.mail_a_card("")), "session_needed");
}

TEST_CASE("forged operations: a member's own session gives no right to another member's things") {
    RogueBench bench;
    auto const token = bench.sign_in("alex");
    SECTION("an EOB") {
        auto dispute = bench.operation(token);
        dispute.dispute_finding = api::DisputeFinding{"sam-eob", FindingKind::DuplicateLine, "check_it"};
        bench.check_refused(bench.push(dispute), "eob_not_found");
    }
    SECTION("a card issue") {
        auto const issue = make_uuid_v7(bench.clock);
        must(bench.begin_card("sam", issue));
        auto report = bench.operation(token);
        report.card_issued = api::CardIssued{issue, "failed", ""};
        bench.check_refused(bench.push(report), "card_issue_unknown");
    }
}

TEST_CASE("forged operations: one that was captured before its session or after it is refused and flagged") {
    RogueBench bench;
    auto const token = bench.sign_in("alex");
    bench.clock.advance(hour);
    // Two hours of a wrong clock are forgiven: see capture_clock_tolerance_s.
    auto const off = GENERATE_COPY(-3 * hour - minute, -day, -3650 * day, 2 * hour + minute, 3650 * day);
    bench.check_refused(bench.push(bench.captured(bench.mail_a_card(token), off)),
                        "captured_outside_session");
}

TEST_CASE("forged operations: a time that is none is refused and flagged") {
    RogueBench bench;
    auto made = bench.mail_a_card(bench.sign_in("alex"));
    made.captured_at = GENERATE("", "yesterday", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00+09:00",
                                "99999-01-01T00:00:00Z", "0000-00-00T00:00:00Z");
    bench.check_refused(bench.push(made), "operation_malformed");
}

TEST_CASE("forged operations: one from before the second factor does not gain by it") {
    RogueBench bench;
    auto const token = bench.sign_in("alex", Assurance::OneFactor);
    auto const early = bench.mail_a_card(token);
    bench.clock.advance(10 * minute);
    must(bench.store->write([&](storage::Database& database) -> Result<void> {
        auto const session = TRY(bench.sessions->session_by_token(TerminalId("kiosk-1"), Secret(token)));
        TRY(bench.sessions->raise(database, session.id, session.account, Assurance::TwoFactors,
                                  {"security_key"}));
        return ok();
    }));
    bench.check_refused(bench.push(early), "step_up_needed");
    CHECK(bench.push(bench.mail_a_card(token)) == "applied");
}

TEST_CASE("forged operations: a session's facts are gone after their days, however the time is set back") {
    RogueBench bench;
    auto const token = bench.sign_in("alex");
    auto const kept_for_later = bench.mail_a_card(token);
    bench.clock.advance((session_facts_days + 1) * day);
    bench.check_refused(bench.push(kept_for_later), "session_facts_gone");
}

TEST_CASE("forged operations: one replayed is the same one, or refused and flagged") {
    RogueBench bench;
    auto const token = bench.sign_in("alex");
    auto const first = bench.mail_a_card(token);
    auto const box = bench.box_of(first);
    REQUIRE(bench.push_box(first.id, box) == "applied");
    auto const effects = [&] {
        auto const kinds = bench.queued();
        return std::pair(bench.mails().size(),
                         std::count_if(kinds.begin(), kinds.end(),
                                       [](std::string const& kind) { return kind != "operation_refused"; }));
    };
    auto const once = effects();
    CHECK(once.second > 0);
    auto const flagged = [&](std::string const& reason) { return bench.refused_and_flagged(reason); };
    SECTION("as it was, any number of times") {
        for (int i = 0; i < 20; ++i)
            CHECK(bench.push_box(first.id, box) == "duplicate");
        CHECK(bench.push(first) == "duplicate"); // sealed anew, the same inside
    }
    SECTION("under another id") {
        CHECK(bench.push_box(make_uuid_v7(bench.clock), box) == "operation_id_differs");
        CHECK(flagged("operation_id_differs"));
    }
    SECTION("from another terminal") {
        CHECK(bench.push_box(first.id, box, "kiosk-2") == "operation_id_reused");
        CHECK(flagged("operation_id_reused"));
    }
    SECTION("with a new id and the old number") {
        auto again = first;
        again.id = make_uuid_v7(bench.clock);
        CHECK(bench.push(again) == "sequence_reused");
        CHECK(flagged("sequence_reused"));
    }
    SECTION("with a new id and number, on another terminal") {
        auto again = first;
        again.id = make_uuid_v7(bench.clock);
        again.sequence = 1;
        CHECK(bench.push(again, "kiosk-2") == "session_unknown");
        CHECK(flagged("session_unknown"));
    }
    CHECK(effects() == once);
}

TEST_CASE("forged operations: numbers out of sequence are refused, and what is left out is told") {
    RogueBench bench;
    auto const numbered = [&](std::int64_t number) {
        auto made = bench.report();
        made.sequence = number;
        return bench.push(made);
    };
    CHECK(numbered(0) == "operation_malformed");
    CHECK(numbered(-1) == "operation_malformed");
    CHECK(numbered(std::numeric_limits<std::int64_t>::min()) == "operation_malformed");
    CHECK(numbered(3) == "applied");
    CHECK(bench.queued_of("sequence_gap").detail == "1-2");
    for (auto const late : {1, 2, 3})
        CHECK(numbered(late) == "sequence_reused");
    CHECK(numbered(std::numeric_limits<std::int64_t>::max()) == "applied");
    CHECK(numbered(std::numeric_limits<std::int64_t>::max()) == "sequence_reused");
    CHECK(numbered(4) == "sequence_reused");
    CHECK(bench.refused_and_flagged("sequence_reused"));
    CHECK(bench.refused_and_flagged("operation_malformed"));
}

TEST_CASE("forged operations: another terminal does not speak for the one that printed") {
    RogueBench bench;
    auto const issue = make_uuid_v7(bench.clock);
    must(bench.begin_card("alex", issue, "kiosk-1"));
    for (std::string const outcome : {"completed", "failed", "unknown"}) {
        auto report = bench.operation("", "kiosk-2");
        report.card_issued = api::CardIssued{issue, outcome, ""};
        bench.check_refused(bench.push(report, "kiosk-2"), "card_issue_unknown");
        auto signed_in = bench.operation(bench.sign_in("alex", Assurance::TwoFactors, "kiosk-2"), "kiosk-2");
        signed_in.card_issued = report.card_issued;
        bench.check_refused(bench.push(signed_in, "kiosk-2"), "card_issue_unknown");
    }
    auto own = bench.operation("");
    own.card_issued = api::CardIssued{issue, "completed", ""};
    CHECK(bench.push(own) == "applied");
}

TEST_CASE("forged operations: no mutation of a sealed operation is applied, and staff see each", "[rounds]") {
    RogueBench bench;
    auto const token = bench.sign_in("alex");
    for (auto const round : Rounds(300)) {
        Dice dice(round);
        auto made = bench.mail_a_card(token);
        made.sequence = static_cast<std::int64_t>(round) + 1;
        auto text = api::to_json(made);
        auto const valid = text;
        auto box = bench.box_of(made);
        auto const valid_box = box;
        auto id = made.id;
        switch (dice.below(4)) {
        case 0: // on the way
            mutate_bytes(dice, box);
            break;
        case 1: // by who sealed it
            mutate_bytes(dice, text);
            text = text == valid ? text + "]" : text;
            box = must(crypto::seal_to(bench.vault->sealing.public_key, as_bytes(text)));
            break;
        case 2:
            mutate_bytes(dice, id);
            break;
        default: // for another central
            box = must(crypto::seal_to(crypto::SealingKeyPair::generate().public_key, as_bytes(text)));
        }
        if (box == valid_box && id == made.id)
            continue;
        auto const outcome = must(bench.push_sealed({{id, to_base64url(box)}})).outcomes.at(0);
        bool const flagged = outcome.outcome == "refused" && bench.staff_see(id, outcome.reason);
        // A text that still is one operation of this session may say something else: then it is that
        // operation.
        bool const still_one = text != valid && outcome.outcome == "applied";
        if (!flagged && !still_one)
            FAIL("round " << round << ": " << outcome.outcome << " " << outcome.reason << " for " << id);
    }
}
