#pragma once

#include "tests/walk/staff_steps.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace portico::test {

/// A desk: a real portico-agent as a process, enrolled by its one-time code, on a network cable of its own.
class Desk {
public:
    struct Settings {
        std::string name = "desk-1";
        /// Where the keys of the people who come by are kept: the folder of a kiosk's bench, so that a key
        /// that was registered there can be carried here.
        std::filesystem::path keys = {};
        std::string key_pin = "2468"; ///< of keys that are new; empty: they have none
        bool has_telephone = true;    ///< false: without the bench's tables for desks
        std::string config = {};      ///< more tables of its own
    };
    Desk(Bench& bench, Settings const& settings);
    Desk(Desk const&) = delete;
    Desk& operator=(Desk const&) = delete;

    /// Starts the program and waits for its first screen.
    void start(std::string const& first_screen = "sign_in");
    Driver& screen() { return *driver_; }
    NetworkCable& cable() { return *cable_; }
    Process& process() { return *process_; }
    std::string const& terminal_id() const { return terminal_id_; }
    std::filesystem::path const& folder() const { return folder_; }
    /// Of programs that run in the rep's session beside it: where `portico-agent call` finds the desktop.
    std::map<std::string, std::string> session_environment() const {
        return {{"XDG_RUNTIME_DIR", folder_.string()}};
    }

    /// Carries a key here by its name; ends where its PIN is asked for.
    void insert_key(std::string const& name);
    void take_key_out() { screen().device("security_key", "remove"); }
    /// On a screen that asks for the PIN of the key: types it, and touches the key.
    void pin_and_touch(std::string const& pin = "2468");
    /// Key, PIN, touch. Ends at the queue, with the key out again.
    void sign_in(std::string const& key);
    /// Until an entry of this kind stands in the list; its key.
    std::string wait_entry(std::string const& kind_msg);

private:
    std::filesystem::path folder_;
    std::string terminal_id_;
    std::unique_ptr<NetworkCable> cable_;
    std::optional<Process> process_;
    std::unique_ptr<Driver> driver_;
};

/// A member, at a kiosk, asks the plan to check a claim: an entry for staff. Begins and ends at the attract
/// screen.
void dispute_claim(Bench& bench, Driver& screen);

} // namespace portico::test
