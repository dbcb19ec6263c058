#pragma once

#include "kiosk/app/command.h"
#include "kiosk/app/facts.h"
#include "kiosk/app/faults.h"
#include "kiosk/app/screen.h"
#include "kiosk/app/set_up.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::kiosk {

/// What a technician saw work, also when it was taken away again: since the program of a set-up began, or
/// since they signed in.
struct DevicesSeen {
    bool key_read = false;
    bool chip_read = false;
    bool scanned = false; ///< the barcode reader read something
    bool headphones_in = false;
};

/// Who stands before the kiosk, as far as we know. Wiped whole at the end.
struct Session {
    std::uint64_t stamp = 1; ///< one a visit; results of another one are dropped
    std::string token;
    Assurance assurance = Assurance::Nothing;
    std::string given_name;
    std::string member_id_end;
    std::vector<std::string> step_up_ways;
    MonoTime ends_at{};                   ///< absolute end; only when signed in
    bool registering = false;             ///< may only set up an account
    bool staff = false;                   ///< of a staff member
    bool service = false;                 ///< ... who looks after this kiosk, and does nothing else here
    std::uint64_t service_key = 0;        ///< `KeyReady::insertion` of their key: without it this ends
    std::string sets_anew;                ///< ... of a member who comes back: what was lost
    std::vector<std::string> network_ids; ///< of the member's plan
    std::vector<ProviderListing> doctors; ///< "my list"
    std::string doctors_searched_for;
    std::size_t doctors_found = 0;
    CallCheckToCome call_check;
    /// The call that was asked for in this visit, as it stood last.
    std::optional<api::CallBackPlace> call_back;

    bool signed_in() const { return !token.empty(); }
    /// In their own account: no staff, and nobody who sets one up or comes back to it.
    bool is_member() const { return signed_in() && !staff && !registering; }
    ~Session() { wipe(token); }
    Session() = default;
    Session(Session&&) = default;
    Session& operator=(Session&&) = default;
};

/// All state of the program. Owned by the UI thread.
struct App {
    Settings defaults; ///< what a visit begins with
    Settings settings;
    Facts facts;
    /// Only of a kiosk that is not enrolled: without it no screen of the set-up is reached.
    std::optional<SetUp> set_up;
    DevicesSeen devices_seen;
    std::vector<SeenFault> faults; ///< of the kiosk itself; in memory alone
    Session session;
    Screen screen = Attract{};
    std::vector<Screen> beneath; ///< what Back returns to, the top last
    MonoTime last_touch{};
    RequestNumber last_request = 0;
};

struct Now {
    MonoTime mono{};
    UtcTime utc{};
};

/// One turn: the state moves, and what comes back must be done. No I/O, no clock, no threads.
std::vector<Command> update(App& app, Intent intent, Now now);
std::vector<Command> update(App& app, Event event, Now now);
/// When a Tick changes something: a countdown, the end of a visit.
std::optional<MonoTime> next_deadline(App const& app);
/// Draws the current screen.
MaybeIntent draw(ui::Ui& ui, App const& app);

} // namespace portico::kiosk
