#pragma once

#include "central/calls/dial_calls.h"
#include "tests/central/cases/caller_bench.h"

#include <string>

namespace portico::test {

/// The part of a desk's telephone helper that dials by tickets.
struct DialHelper {
    DialHelper(CallerBench& of, TerminalId const& phone, std::string const& program = "phone")
        : bench(of), services(&*of.services) {
        caller.terminal = phone;
        caller.program = program;
    }
    template <auto function>
    auto ask(std::string const& action,
             typename central::HandlerTypes<decltype(function)>::Request const& request)
        -> Result<typename central::HandlerTypes<decltype(function)>::Reply> {
        central::Call call{*services, caller, "", "", {}, "", action, false, 0};
        return function(call, request);
    }
    /// The number, or the reason why none.
    std::string number(std::string const& ticket) {
        auto const reply = ask<&central::number_of_ticket>("dial_number_read", {ticket});
        return reply.has_error() ? reply.error().reason : reply.value().number;
    }
    /// "" or the reason why not.
    std::string says(std::string const& ticket, std::string const& outcome, std::string const& call = "d-1") {
        auto const reply = ask<&central::take_dialled>("call_dialled", {ticket, call, outcome});
        return reply.has_error() ? reply.error().reason : "";
    }
    CallerBench& bench;
    central::Services* services;
    central::Caller caller;
};

} // namespace portico::test
