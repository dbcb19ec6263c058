#pragma once

#include "central/cases/caller_codes.h"
#include "central/cases/claim_calls.h"
#include "central/cases/code_calls.h"
#include "shared/base/uuid.h"
#include "tests/central/cases/caller_bench.h"

#include <regex>
#include <string>
#include <vector>

namespace portico::test {

/// Central that can send codes by text and by mail; what it would send waits in its outbox.
class CodeBench : public CallerBench {
public:
    CodeBench() {
        settings.text.url = "http://127.0.0.1:1/cgi-bin/sendsms";
        settings.mail.host = "127.0.0.1";
    }
    /// What waits to be sent, as it would be claimed; all of it stays.
    std::vector<central::WaitingMessage> waiting(central::MessageChannel channel) {
        std::vector<central::WaitingMessage> due;
        auto const undone = store->write([&](storage::Database& database) -> Result<void> {
            while (auto message = TRY(notify->outbox().claim(database, channel)))
                due.push_back(std::move(*message));
            return error(ErrorKind::Cancelled, "only_looked");
        });
        CHECK(undone.error().reason == "only_looked");
        return due;
    }
    /// The code that the newest of them carries.
    std::string last_code(central::MessageChannel channel = central::MessageChannel::Text) {
        auto const messages = waiting(channel);
        std::smatch found;
        REQUIRE(!messages.empty());
        REQUIRE(std::regex_search(messages.back().text, found, std::regex("[0-9]{6}")));
        return found.str();
    }
    static std::string other_than(std::string const& code, int which = 1) {
        auto const text = std::to_string(1'000'000 + (std::stoi(code) + which) % 1'000'000);
        return text.substr(1);
    }
};

/// The telephone helper of a desk.
class DeskPhone {
public:
    DeskPhone(CodeBench& bench, CaseDesk const& desk) : bench_(bench), services_(&*bench.services) {
        caller_.terminal = TerminalId(bench.phone_of(desk));
        caller_.program = "phone";
    }
    void call_at(central::Services& services) { services_ = &services; }
    Result<api::KeyedOutcome> key(api::KeyedDigits const& keyed) {
        central::Call call{*services_, caller_, "", "", {}, "", "code_keyed", false, 0};
        return central::take_keyed(call, keyed);
    }
    /// "right", "wrong", "ended", or the reason of a refusal.
    std::string key(std::string const& digits, std::string const& call = "call-1") {
        auto const outcome = key(api::KeyedDigits{make_uuid_v7(bench_.clock), call, digits});
        return outcome.has_error() ? outcome.error().reason : outcome.value().outcome;
    }
    central::Caller const& caller() const { return caller_; }

private:
    CodeBench& bench_;
    central::Services* services_;
    central::Caller caller_;
};

/// A call about Alex at a desk with a telephone.
struct CodeCall : CallOfAlex {
    explicit CodeCall(CodeBench& of, std::string const& name = "Robin Rep")
        : CallOfAlex(of, name), phone(of, rep), bench(of) {}

    Result<api::CodeSent> try_send(std::string const& way = "text_code", std::string const& call = "call-1") {
        return rep.ask<&central::send_code>("case_code_sent", {id, way, call});
    }
    std::string send_reason(std::string const& way = "text_code", std::string const& call = "call-1") {
        auto const sent = try_send(way, call);
        return sent.has_error() ? sent.error().reason : "";
    }
    /// The code of a text that was sent now.
    std::string send(std::string const& way = "text_code") {
        must(try_send(way));
        return bench.last_code(way == "text_code" ? central::MessageChannel::Text
                                                  : central::MessageChannel::Mail);
    }
    /// Five wrong tries.
    void exhaust() {
        auto const code = send();
        for (int i = 1; i <= 5; ++i)
            CHECK(phone.key(CodeBench::other_than(code, i)) == (i == 5 ? "ended" : "wrong"));
    }
    std::string hindrance(std::string const& way) {
        auto const ways = must(rep.ask<&central::verify_ways>("case_ways_read", {id}));
        for (auto const& each : ways.ways)
            if (each.way == way)
                return each.hindrance;
        return "no such way";
    }

    DeskPhone phone;
    CodeBench& bench;
};

} // namespace portico::test
