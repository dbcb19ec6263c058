#pragma once

#include "central/line/call_back_calls.h"
#include "central/line/line_calls.h"
#include "central/line/line_limits.h"
#include "central/line/line_news.h"
#include "central/line/line_waits.h"
#include "central/line/waiting_line.h"
#include "shared/base/uuid.h"
#include "tests/central/cases/caller_bench.h"

#include <string>
#include <vector>

namespace portico::test {

/// A kiosk at which people ask for calls.
class LineKiosk {
public:
    LineKiosk(CallerBench& bench, std::string const& terminal) : bench_(bench), services_(&*bench.services) {
        caller_.terminal = TerminalId(terminal);
        caller_.program = "kiosk";
    }
    void call_at(central::Services& services) { services_ = &services; }
    /// From now on this member is signed in here; nobody when it is empty.
    void sign_in(std::string const& patient, Assurance assurance = Assurance::TwoFactors) {
        caller_.session.reset();
        if (patient.empty())
            return;
        caller_.session = central::Session{SessionId("session-" + patient),
                                           AccountId("account-" + patient),
                                           PatientId(patient),
                                           StaffId(),
                                           assurance,
                                           {"security_key"},
                                           false};
    }
    central::Caller& caller() { return caller_; }

    Result<api::CallBackPlace> try_ask(api::AskCallBack const& question) {
        central::Call call{*services_, caller_, "", "", {}, "", "call_back_asked", false, 0};
        return central::ask_call_back(call, question);
    }
    api::AskCallBack question(std::string const& number, std::string const& about = "other") const {
        return {make_uuid_v7(bench_.clock), number, "en", about};
    }
    /// Its id.
    std::string ask(std::string const& number, std::string const& about = "other") {
        return must(try_ask(question(number, about))).call_back;
    }
    std::string ask_reason(std::string const& number) { return reason(try_ask(question(number))); }
    Result<api::CallBackPlace> try_place(std::string const& id) {
        central::Call call{*services_, caller_, "", "", {}, "", "nothing_personal", false, 0};
        return central::call_back_place(call, {id});
    }
    api::CallBackPlace place(std::string const& id) { return must(try_place(id)); }
    /// "waiting 2"
    std::string stands(std::string const& id) {
        auto const now = try_place(id);
        if (now.has_error())
            return now.error().reason;
        auto const& place = now.value();
        return place.state + (place.place > 0 ? " " + std::to_string(place.place) : "");
    }
    std::string cancel(std::string const& id) {
        central::Call call{*services_, caller_, "", "", {}, "", "call_back_cancelled", false, 0};
        return reason(central::cancel_call_back(call, {id}));
    }

private:
    template <class T>
    static std::string reason(Result<T> const& outcome) {
        return outcome.has_error() ? outcome.error().reason : "";
    }

    CallerBench& bench_;
    central::Services* services_;
    central::Caller caller_;
};

/// A rep who makes calls.
struct LineRep : CaseDesk {
    LineRep(CasesBench& bench, std::string const& name, PatientId const& own_patient = {})
        : CaseDesk(bench, name, {StaffRole::PhoneRep}, own_patient) {}

    Result<api::CallBackTaken> try_next() { return ask<&central::next_call_back>("call_back_taken", {}); }
    api::CallBackTaken next() { return must(try_next()); }
    /// Whose turn it is, or why there is none.
    std::string next_id() {
        auto const taken = try_next();
        return taken.has_error() ? taken.error().reason : taken.value().call_back;
    }
    std::string say(std::string const& id, std::string const& outcome) {
        return reason_of<&central::call_back_outcome>("call_back_outcome", {id, outcome});
    }
    api::WaitingLine line() { return must(ask<&central::waiting_line>("line_read", {})); }
};

struct LineBench : CallerBench {
    LineKiosk kiosk{*this, "kiosk-1"};
    LineRep rep{*this, "Robin Rep"};

    /// As central's maintenance does each minute.
    std::size_t return_overdue() {
        return must(store->write_value<std::vector<central::CallBack>>([&](storage::Database& database) {
                   return central::return_overdue_of(database, central::WaitingLine(*vault, clock),
                                                     *services->changes, *audit);
               }))
            .size();
    }
    void pass(std::chrono::seconds time) { clock.advance(time); }
    /// "617 555 01NN"
    static std::string number_of(int which) {
        auto const digits = std::to_string(10'000 + which);
        return "617 555 " + digits.substr(1);
    }
};

} // namespace portico::test
