#pragma once

#include "central/cases/history_calls.h"
#include "central/operations/member_messages.h"
#include "central/operations/operation_calls.h"
#include "tests/central/cases/code_bench.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace portico::test {

inline constexpr auto second = std::chrono::seconds(1);
inline constexpr auto minute = std::chrono::minutes(1);
inline constexpr auto hour = std::chrono::hours(1);

/// A rep on the phone with Alex, signed in at a desk, who asks for things on Alex's behalf.
struct BehalfCall : CallOfAlex {
    explicit BehalfCall(CallerBench& of, std::string const& name = "Robin Rep")
        : CallOfAlex(of, name), bench(of), services(&*of.services) {
        token = sign_in(rep);
    }
    /// The case of a desk that has it already.
    BehalfCall(CallerBench& of, CaseDesk const& desk, std::string const& case_id)
        : CallOfAlex(desk, case_id), bench(of), services(&*of.services) {
        token = sign_in(rep);
    }
    /// A session of this desk; its token.
    std::string sign_in(CaseDesk const& desk, Assurance assurance = Assurance::TwoFactors) {
        return must(
            bench.store->write_value<std::string>([&](storage::Database& database) -> Result<std::string> {
                auto const opened = TRY(bench.sessions->open(database, {desk.caller().terminal,
                                                                        desk.account(),
                                                                        PatientId(),
                                                                        desk.staff(),
                                                                        assurance,
                                                                        {"security_key"},
                                                                        false}));
                return std::string(opened.token.reveal());
            }));
    }
    /// By Alex, in a session of their own.
    void verify(central::Account const& alex) {
        MemberAtKiosk member(bench, alex, "kiosk-of-verify");
        verified_by(member);
    }
    /// As a code or an answer would, whatever the way.
    void verified_by_way(std::string_view way) {
        must(bench.store->write([&](storage::Database& database) -> Result<void> {
            central::CaseBook const book(*bench.vault, bench.clock);
            return book.set_verified(database, TRY(book.open_case(database, id)), way);
        }));
    }

    /// What is asked for now, without payload.
    api::Operation asks() {
        auto made = bench.operation(token, rep.caller().terminal.text());
        made.on_behalf_case = id;
        return made;
    }
    api::Operation asks_card(std::string const& reason = "lost") {
        auto made = asks();
        made.request_mailed_card = api::RequestMailedCard{reason};
        return made;
    }
    api::Operation asks_dispute(std::string const& eob = "alex-eob") {
        auto made = asks();
        made.dispute_finding = api::DisputeFinding{eob, FindingKind::DuplicateLine, "check_it"};
        return made;
    }
    api::Operation asks_copy(std::string const& eob = "alex-eob") {
        auto made = asks();
        made.request_mailed_eob = api::RequestMailedEob{eob};
        return made;
    }
    api::Operation asks_address() {
        auto made = asks();
        made.change_contact_details = api::ChangeContactDetails{};
        made.change_contact_details->old_address = bench.facts.members["alex"].address;
        made.change_contact_details->address = PostalAddress{{"2 Other Street"}, "Testville", "MA", "02102"};
        return made;
    }
    api::Operation asks_withdrawal(std::string const& operation) {
        auto made = asks();
        made.withdraw_request = api::WithdrawRequest{operation};
        return made;
    }
    api::Operation writes(std::string const& text) {
        auto made = asks();
        made.write_to_member = api::WriteToMember{text};
        return made;
    }
    api::Operation promises(std::string const& on, std::string const& about = "The bill of March") {
        auto made = asks();
        made.promise_call_back = api::PromiseCallBack{on, about};
        return made;
    }
    /// "applied", "duplicate" or the reason of a refusal.
    std::string push(api::Operation const& operation, std::string const& program = "agent") {
        central::Caller const caller{rep.caller().terminal, program, std::nullopt};
        central::Call call{*services, caller, "", "", {}, "", "operations_pushed", false, 0};
        auto const outcome = must(services->operations->push(call, {{bench.seal(operation)}})).outcomes.at(0);
        return outcome.outcome == "refused" ? outcome.reason : outcome.outcome;
    }
    /// YYYY-MM-DD so many days from now.
    std::string day(int from_now = 0) const {
        return to_rfc3339(bench.clock.now() + std::chrono::hours(24 * from_now)).substr(0, 10);
    }

    CallerBench& bench;
    central::Services* services; ///< the node that this desk calls
    std::string token;
};

/// A call about Alex, who has shown to be the member a second ago.
struct VerifiedCall {
    CallerBench bench;
    central::Account alex = bench.account("alex");
    BehalfCall call{bench};

    VerifiedCall() {
        call.verify(alex);
        bench.clock.advance(std::chrono::seconds(1));
    }
    std::vector<api::RequestEntry> requests() {
        return must(bench.ledger->requests_of(PatientId("alex"))).requests;
    }
    /// What members asked for themselves and were refused is in their list.
    bool only_refused() {
        auto const all = requests();
        return std::all_of(all.begin(), all.end(), [](api::RequestEntry const& each) {
            return each.state == OperationState::Refused && !each.on_behalf;
        });
    }
    bool nothing_asked() { return requests().empty() && bench.queued_of("operation_refused").id != ""; }
};

} // namespace portico::test
