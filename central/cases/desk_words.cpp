#include "central/cases/desk_words.h"

#include "central/calls/dial_tickets.h"
#include "central/cases/case_of_call.h"
#include "central/operations/rule.h"
#include "central/services.h"
#include "shared/base/clock.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {

constexpr std::array<std::string_view, 64> words{
    "album",    "atlas",    "ballet",     "banjo",     "bazaar",    "bonsai",    "burger",     "cactus",
    "camera",   "caramel",  "cello",      "chocolate", "cinema",    "cobra",     "delta",      "diesel",
    "dinosaur", "disco",    "domino",     "espresso",  "gorilla",   "guitar",    "helicopter", "hotel",
    "igloo",    "jaguar",   "jeans",      "judo",      "kangaroo",  "karate",    "kayak",      "ketchup",
    "kiwi",     "koala",    "laser",      "lemon",     "limousine", "llama",     "lotus",      "marathon",
    "menu",     "metro",    "microphone", "mocha",     "opera",     "orchestra", "origami",    "panda",
    "papaya",   "piano",    "pizza",      "polo",      "poncho",    "pyjama",    "radio",      "robot",
    "safari",   "sandwich", "sauna",      "sofa",      "sushi",     "tango",     "taxi",       "telescope"};

/// A case that is left open is not a call that goes on.
constexpr std::int64_t shown_for_s = std::int64_t{2} * 3600;
constexpr std::size_t calls_shown_max = 4;
constexpr std::int64_t cases_looked_at_max = 64;

struct Open {
    std::int64_t since_us = 0;
    api::OpenCall call;
};

} // namespace

std::span<std::string_view const> desk_words() {
    return words;
}

std::vector<std::string> words_of_case(Vault const& vault, CaseFile const& file) {
    if (file.patient.empty())
        return {};
    auto const hash = crypto::keyed_hash(vault.index.derive("portico desk word 1"), file.id);
    auto const number = [&](std::size_t at) {
        return std::size_t{hash[at]} << 8U | std::size_t{hash[at + 1]};
    };
    auto const first = number(0) % words.size();
    // Each of the others as likely as another.
    auto const second = (first + 1 + number(2) % (words.size() - 1)) % words.size();
    return {std::string(words.at(first)), std::string(words.at(second))};
}

Result<api::OpenCalls> get_desk_word(Call& call, api::Empty const&) {
    call.audit_fields = {"desk_word"};
    auto const& patient = call.caller.session->patient;
    auto const now_us = to_micros(call.services.clock.now());
    return call.services.store.read<api::OpenCalls>(
        [&](storage::Database& database) -> Result<api::OpenCalls> {
            DialTickets const tickets(call.services.vault, call.services.clock);
            std::vector<Open> open;
            for (auto const& file : TRY(case_book(call).open_about(database, patient, cases_looked_at_max))) {
                auto const answered_us = TRY(tickets.answered_us(database, file.id));
                auto const since_us = std::max({file.bound_us, file.verified_us, answered_us});
                bool const now = since_us <= now_us && now_us - since_us < shown_for_s * second_us;
                // Nobody is on the line of a case of a walk-in or of work at a desk, unless we have called.
                bool const on_line =
                    file.channel == "phone" || file.channel == "call_back" || answered_us != 0;
                if (on_line && now)
                    open.push_back({since_us,
                                    {words_of_case(call.services.vault, file),
                                     answered_us != 0 ? "we_called" : "called_us"}});
            }
            std::stable_sort(open.begin(), open.end(),
                             [](Open const& a, Open const& b) { return a.since_us > b.since_us; });
            api::OpenCalls reply;
            for (auto& each : open)
                if (reply.calls.size() < calls_shown_max)
                    reply.calls.push_back(std::move(each.call));
            return reply;
        });
}

} // namespace portico::central
