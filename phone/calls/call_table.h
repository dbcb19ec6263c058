#pragma once

#include "phone/dialled/dial_step.h"
#include "phone/keyed/keyed_entry.h"
#include "phone/softphone/softphone_event.h"
#include "shared/base/clock.h"
#include "shared/devices/key_entry.h"
#include "shared/devices/telephone_wire.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace portico::phone {

struct CallTableOptions {
    std::string line = {};           ///< what the plan calls this telephone's line; may be empty
    std::string country_code = {};   ///< as caller_number
    std::string player = {};         ///< where the rep hears: "alsa,default"
    bool keypad = false;             ///< what is keyed can go to central
    bool registers = false;          ///< with a telephone system; else calls come straight to it
    std::chrono::seconds ring_s{60}; ///< how long somebody who is called may take to answer
};

/// The calls of one softphone: from its events and the desk's commands follow what the desk is shown, what
/// the softphone is told, and what goes to central. No thread, no I/O; the clock is asked for ids and pauses.
///
/// Of baresip 1.0.0 it knows, each shown by a test against it: that a command says nothing of whether it
/// worked; that answering one of several that ring takes a try for each other one; that the end of a call
/// takes up another one that was held; that a transfer that fails has ended the call.
class CallTable {
public:
    CallTable(CallTableOptions options, Clock const& clock);

    /// The softphone runs and can be told things.
    void started();
    /// It does not run any more: every call has failed.
    void stopped();
    void handle(SoftphoneEvent const& event);
    void handle(SoftphoneResponse const& response);
    void obey(TelephoneCommand const& command);
    /// What came of an entry; one that nobody waits for any more changes nothing.
    void handle(KeyedAnswer const& answer);
    /// The number of a ticket, or that there is none.
    void handle(NumberCame const& came);
    /// What came of a report.
    void handle(DialReported const& reported);
    /// The desk has gone, and takes its calls for ended: those there are get new ids, for the next. Keying
    /// stops, for nobody is there who asked.
    void desk_left();
    /// Does what is due at this time.
    void tick();
    /// When `tick` is due next.
    std::optional<MonoTime> next_tick() const;

    TelephoneView view() const;
    /// After the view was told: calls that ended are gone. True when there were any.
    bool forget_ended();
    std::vector<SoftphoneCommand> take_commands();
    std::optional<KeyedEntry> take_entry();
    std::vector<NumberWanted> take_wanted();
    std::vector<DialReport> take_reports();

private:
    using State = PhoneCall::State;
    struct Line {
        PhoneCall told;
        std::string sip_id;
        std::string account;
        std::string answer_token; ///< of the commands to answer
        enum class Answering : std::uint8_t { No, Asked, OnTheWay };
        Answering answering = Answering::No;
        int tries = 0; ///< to answer
        MonoTime answer_by{};
        std::string dialled_as;   ///< of one that the desk dialled: its first id, by which central knows it
        Secret number;            ///< dialled, and not yet known to be this call
        std::string dial_token;   ///< of the command to dial
        MonoTime dial_by{};       ///< when it is given up; none: it is not being dialled
        bool confirmed = false;   ///< who answered has keyed 1
        bool hung_up = false;     ///< by the desk
        bool transferred = false; ///< asked to be
    };
    /// Whether the rep hears anything. One ear for all calls: it is the softphone that plays.
    enum class Ear : std::uint8_t { Open, Closing, Closed };

    void incoming(SoftphoneEvent const& event);
    void established(Line& line);
    void closed(Line& line, std::string_view why);
    void key_down(Line& line, char key);
    void key_up(Line& line);

    void answer(Line& line);
    void try_to_answer(Line& line);
    void hold(Line& line);
    void resume(Line& line);
    void transfer(Line& line, std::string const& to);
    void start_keying(Line& line);
    /// The entry is dropped; the ear opens when the last tone is surely over.
    void leave_keying(Line& line, State next);
    void hold_others(Line const& but);
    void end(Line& line, std::string how);

    // In call_table_dialling.cpp.
    void dial(std::string const& ticket);
    void outgoing(SoftphoneEvent const& event);
    void dial_ended(Line& line, std::string_view why);
    void give_up_dialling(Line& line);
    void report(Line const& line, std::string outcome);
    Line* by_ticket(std::string_view ticket);

    void ear_answered(std::string_view text);
    void open_ear();
    void tell(Line const& line, std::string command, std::string params = {}, std::string token = {});
    Line* by_sip_id(std::string_view id);
    Line* by_id(std::string_view id);

    CallTableOptions options_;
    Clock const& clock_;
    bool running_ = false;
    bool registered_;
    std::vector<Line> lines_;
    std::vector<SoftphoneCommand> commands_;
    int tokens_ = 0;

    Ear ear_ = Ear::Open;
    std::string ear_token_; ///< Closing: of the command
    std::string ear_call_;  ///< Closing: id of the call whose keys are wanted
    std::optional<MonoTime> open_ear_at_;
    bool key_is_down_ = false;
    MonoTime key_changed_{};

    KeyEntry keys_;         ///< of the one call that is keyed in
    std::string in_flight_; ///< KeyedEntry::keyed; empty: central is not asked
    std::optional<KeyedEntry> entry_;

    std::vector<NumberWanted> wanted_;
    std::vector<DialReport> reports_;
};

} // namespace portico::phone
