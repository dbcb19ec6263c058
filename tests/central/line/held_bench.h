#pragma once

#include "central/line/held_call_calls.h"
#include "central/line/held_calls.h"
#include "shared/base/rfc3339.h"
#include "tests/central/line/line_bench.h"

#include <algorithm>
#include <map>

namespace portico::test {

/// The plan's telephone system, as far as central sees it. The interface is ours and this is written from its
/// description (shared/api/held_calls.h): there is no outside counterpart to try it against.
class TelephoneSystem {
public:
    explicit TelephoneSystem(LineBench& bench, std::string id = "switch")
        : bench_(bench), services_(&*bench.services), id_(std::move(id)) {
        caller_.terminal = TerminalId(id_);
        caller_.program = "telephone_system";
        bench.run("INSERT INTO terminal (id, name, program, state, code_expires_us, added_us, enrolled_us,"
                  " revoked_us, valid_until_us) VALUES ('" +
                  id_ + "', 'Switch', 'telephone_system', 'active', 0, 0, 1, 0, 0)");
    }
    void call_at(central::Services& services) { services_ = &services; }

    /// A caller begins to hold the line now.
    void rings(std::string const& call, std::string const& number = "+16175550177",
               std::string const& language = "es") {
        holds_.push_back({call, to_rfc3339(bench_.clock.now()), number, language});
    }
    /// Answered where it was put through, or the caller hung up: the system does not say which.
    void left(std::string const& call) {
        holds_.erase(std::remove_if(holds_.begin(), holds_.end(),
                                    [&](api::HeldCall const& each) { return each.call == call; }),
                     holds_.end());
    }
    /// The caller hung up before anybody answered, and the system says so, from now on.
    void hung_up(std::string const& call) {
        left(call);
        hung_up_.push_back(call);
    }
    /// The extension to which it was put through turns it away.
    void refused(std::string const& call, std::string const& extension) {
        for (auto& each : holds_)
            if (each.call == call)
                each.refused = extension;
    }
    std::vector<api::HeldCall>& holds() { return holds_; }

    Result<api::HeldCallPlaces> try_send(api::HeldCalls const& message) {
        central::Call call{*services_, caller_, "", "", {}, "", "held_calls_told", false, 0};
        return central::tell_held_calls(call, message);
    }
    std::string send_reason(api::HeldCalls const& message) {
        auto const sent = try_send(message);
        return sent.has_error() ? sent.error().reason : "";
    }
    api::HeldCalls message() {
        api::HeldCalls message{++sequence_, holds_};
        if (!hung_up_.empty())
            message.hung_up = hung_up_;
        return message;
    }
    api::HeldCallPlaces tell() { return must(try_send(message())); }
    /// "1 2" places in the order told; "201" in place of one where it is to be put through.
    std::string tell_places() { return words(tell()); }
    static std::string words(api::HeldCallPlaces const& places) {
        std::string all;
        for (auto const& each : places.calls)
            all += (all.empty() ? "" : " ") + each.call + ":" +
                   (each.connect.empty() ? std::to_string(each.place) : "to " + each.connect);
        return all;
    }
    std::int64_t sequence() const { return sequence_; }

private:
    LineBench& bench_;
    central::Services* services_;
    central::Caller caller_;
    std::string id_;
    std::vector<api::HeldCall> holds_;
    std::vector<std::string> hung_up_;
    std::int64_t sequence_ = 0;
};

/// The desk of a rep with a telephone at this extension.
inline void give_extension(LineBench& bench, LineRep const& rep, std::string const& extension) {
    bench.run("INSERT INTO terminal (id, name, program, state, code_expires_us, added_us, enrolled_us,"
              " revoked_us, valid_until_us, extension) VALUES ('" +
              rep.caller().terminal.text() + "', 'Desk', 'agent', 'active', 0, 0, 1, 0, 0, '" + extension +
              "')");
}

/// A line with a telephone system, and a rep with an extension.
struct HeldBench : LineBench {
    TelephoneSystem telephone{*this};
    HeldBench() { give_extension(*this, rep, "201"); }

    std::string state_of(std::string const& call) {
        return must(store->read<std::string>([&](storage::Database& database) -> Result<std::string> {
            auto query = TRY(database.prepare(
                "SELECT state FROM line_held_call WHERE call = $1 ORDER BY ended_us DESC LIMIT 1"));
            query.bind(1, call);
            return TRY(query.step()) ? query.text(0) : std::string();
        }));
    }
    std::size_t return_unconnected() {
        return must(store->write_value<std::vector<central::HeldCall>>([&](storage::Database& database) {
                   return central::return_unconnected_of(database, central::WaitingLine(*vault, clock),
                                                         *services->changes, *audit);
               }))
            .size();
    }
    std::vector<std::string> fields_of(std::string const& action) {
        std::vector<std::string> fields;
        must(store->read<void>([&](storage::Database& database) -> Result<void> {
            return audit->each_record(database,
                                      [&](std::string const&, std::int64_t, ByteView,
                                          std::optional<central::AuditRecord> const& record) -> Result<void> {
                                          if (record && record->action == action)
                                              fields.insert(fields.end(), record->fields.begin(),
                                                            record->fields.end());
                                          return ok();
                                      });
        }));
        return fields;
    }
    bool note_silence() {
        return must(store->write_value<bool>([&](storage::Database& database) {
            return central::note_silence_of(database, central::WaitingLine(*vault, clock),
                                            *services->changes);
        }));
    }
};

} // namespace portico::test
