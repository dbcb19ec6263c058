#pragma once

#include "central/auth/attempts.h"
#include "central/auth/password_hasher.h"
#include "central/auth/sign_in_service.h"
#include "central/cases/code_delivery.h"
#include "central/cases/unlock_calls.h"
#include "central/cases/unlock_requests.h"
#include "central/cases/verify_calls.h"
#include "central/changes/change_feed.h"
#include "central/operations/contact_details.h"
#include "central/operations/work_calls.h"
#include "central/operations/work_deadlines.h"
#include "central/terminals/terminals.h"
#include "tests/central/cases/cases_bench.h"

#include <algorithm>
#include <map>
#include <memory>

namespace portico::test {

/// Central's cases with accounts of the members, their sessions at kiosks, and what terminals are told.
class CallerBench : public CasesBench {
public:
    CallerBench() {
        sign_in_service = must(central::SignInService::create(
            {*store,
             *vault,
             clock,
             *sessions,
             members_,
             {"Sample Health Plan", "plan.example.org", "https://plan.example.org"},
             hooks(),
             folder.path},
            {std::size_t{8} << 10U, 1}));
        services->sign_in = sign_in_service.get();
        services->sessions = &*sessions;
        services->changes = &feed_;
        notify->outbox().set_listener(central::code_listener(*vault, clock, feed_));
        services->terminals = &terminals_;
    }

    /// The telephone of a desk; its id.
    std::string phone_of(CaseDesk const& desk) {
        auto const id = "phone-of-" + desk.caller().terminal.text();
        run("INSERT INTO terminal (id, name, program, state, code_expires_us, added_us, enrolled_us,"
            " revoked_us, valid_until_us, desk) VALUES ('" +
            id + "', 'Telephone', 'phone', 'active', 0, 0, 1, 0, 0, '" + desk.caller().terminal.text() +
            "')");
        return id;
    }
    /// An account with a way to sign in.
    central::Account account(std::string const& patient) {
        return must(store->write_value<central::Account>(
            [&](storage::Database& database) -> Result<central::Account> {
                central::Accounts const accounts(*vault, clock);
                auto made = TRY(accounts.create_member(database, PatientId(patient)));
                TRY(accounts.mark_opened(database, made.id));
                made.opened = true;
                return made;
            }));
    }
    /// As many wrong guesses, each when it may be looked at again.
    void guess_wrong(central::Account const& account, int count, std::string const& terminal = "kiosk-1") {
        for (int i = 0; i < count; ++i) {
            clock.advance(std::chrono::hours(1));
            must(store->write([&](storage::Database& database) -> Result<void> {
                TRY(central::reserve_guess(database, account.id.text(), central::Guess::Pin,
                                           TerminalId(terminal), clock.now()));
                return ok();
            }));
        }
    }
    void lock(central::Account const& account) { guess_wrong(account, 10); }

    /// What a terminal is told counts from here on.
    void listen(std::string const& terminal) { pull(terminal); }
    std::vector<std::string> told_at(std::string const& terminal) { return pull(terminal); }

    std::vector<std::string> mailed;   ///< "alex account_unlocked"
    std::vector<std::string> unlocked; ///< "kiosk-1 TICKET"
    std::unique_ptr<central::SignInService> sign_in_service;

private:
    class Members final : public central::MemberSource {
    public:
        explicit Members(FewMembers& few) : few_(few) {}
        Result<std::optional<Member>> member(PatientId const& patient) override {
            return few_.member(patient);
        }

    private:
        FewMembers& few_;
    };

    central::SignInHooks hooks() {
        central::SignInHooks made;
        made.tell = [this](storage::Database&, PatientId const& patient, std::string const& message) {
            mailed.push_back(patient.text() + " " + message);
            return Result<void>(ok());
        };
        made.unlocked = [this](storage::Database&, TerminalId const& terminal, std::string const& ticket) {
            unlocked.push_back(terminal.text() + " " + ticket);
            return Result<void>(ok());
        };
        made.letter_address = [this](storage::Database& database, PatientId const& patient) {
            return central::letter_address(ledger->tools(), database, patient);
        };
        return made;
    }

    std::vector<std::string> pull(std::string const& terminal) {
        std::vector<std::string> events;
        auto& after = cursors_[terminal];
        for (bool more = true; more;) {
            auto const page = must(feed_.page({TerminalId(terminal), false}, after, 500));
            for (auto const& change : page.changes)
                if (change.event)
                    events.push_back(change.event->event);
            after = page.cursor;
            more = page.more;
        }
        return events;
    }

    std::map<std::string, std::string> cursors_;
    Members members_{facts};
    central::ChangeFeed feed_{clock, *store, nullptr};
    central::Terminals terminals_{clock, *store, vault->index};
};

/// A member who is signed in at a kiosk.
class MemberAtKiosk {
public:
    MemberAtKiosk(CallerBench& bench, central::Account const& account, std::string const& terminal,
                  Assurance assurance = Assurance::TwoFactors)
        : bench_(bench) {
        auto const opened =
            must(bench.store->write_value<central::SessionTable::Opened>([&](storage::Database& database) {
                return bench.sessions->open(database, {TerminalId(terminal),
                                                       account.id,
                                                       account.patient,
                                                       StaffId(),
                                                       assurance,
                                                       {"security_key"},
                                                       false});
            }));
        caller_.terminal = TerminalId(terminal);
        caller_.program = "kiosk";
        caller_.session = opened.session;
    }
    template <auto function>
    auto ask(std::string const& action,
             typename central::HandlerTypes<decltype(function)>::Request const& request)
        -> Result<typename central::HandlerTypes<decltype(function)>::Reply> {
        central::Call call{*bench_.services, caller_, "", "", {}, "", action, false, 0};
        return function(call, request);
    }
    api::CallCheck asked() { return must(ask<&central::get_call_check>("call_check_read", {})); }
    /// "" or the reason why not.
    std::string answer(std::string const& check, std::string const& number) {
        auto const outcome = ask<&central::answer_call_check>("call_check_answered", {check, number});
        return outcome.has_error() ? outcome.error().reason : "";
    }
    /// Any of the numbers that is not the one.
    static std::string wrong_one(api::CallCheck const& check, std::string const& right) {
        return *std::find_if(check.numbers.begin(), check.numbers.end(),
                             [&](auto const& each) { return each != right; });
    }
    std::string answer_wrong(std::string const& right) {
        auto const check = asked();
        return answer(check.check, wrong_one(check, right));
    }

private:
    CallerBench& bench_;
    central::Caller caller_;
};

/// A rep with a case that is about Alex, found by facts and no more.
struct CallOfAlex {
    explicit CallOfAlex(CallerBench& bench, std::string const& name = "Robin Rep")
        : rep(bench, name, {StaffRole::PhoneRep}) {
        id = rep.open();
        REQUIRE(rep.identify(says_alex(id)).empty());
    }
    /// One that a desk has already.
    CallOfAlex(CaseDesk const& desk, std::string case_id) : rep(desk), id(std::move(case_id)) {}
    std::string verify_reason(std::string const& way = "own_session") {
        return rep.reason_of<&central::verify_caller>("case_verify_asked", {id, way});
    }
    api::CallCheckAsked verify() {
        return must(rep.ask<&central::verify_caller>("case_verify_asked", {id, "own_session"}));
    }
    /// Verified by the member at a kiosk.
    void verified_by(MemberAtKiosk& member) {
        auto const number = verify().number;
        REQUIRE(member.answer(member.asked().check, number).empty());
    }
    api::CaseItem item() {
        for (auto const& each : rep.list())
            if (each.case_id == id)
                return each;
        return {};
    }
    std::string unlock_reason(std::string const& reason = "mistyped") {
        return rep.reason_of<&central::unlock_of_case>("case_unlock", {id, reason});
    }
    api::UnlockReply unlock() {
        return must(rep.ask<&central::unlock_of_case>("case_unlock", {id, "mistyped"}));
    }

    CaseDesk rep;
    std::string id;
};

} // namespace portico::test
