#pragma once

#include "shared/devices/virtual/network_cable.h"
#include "tests/support/driver.h"
#include "tests/support/process.h"
#include "tests/support/scratch_database.h"
#include "tests/support/scratch_folder.h"

#include <boost/json.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::test {

/// A made-up plan in a real portico-central, as a process, and kiosks beside it, as processes, each on a
/// network cable of its own. Everything goes with this object.
class Bench {
public:
    struct Settings {
        int members = 3;
        std::string language = "en";
        std::string orientation = "portrait";
        std::string key_pin = "2468";
        std::string chip_card_pin = {}; ///< set: the kiosk gets a SoftHSM2 chip card slot
        int print_ms = 1;
        std::string kiosk_config = {};   ///< more tables of the kiosks' TOML
        bool kiosk_names_central = true; ///< false: a kiosk's configuration says nothing of where central is
        std::string desk_config = {};    ///< more tables of the desks' TOML
        /// Called with central's folder before it serves for the first time.
        std::function<void(std::filesystem::path const&)> set_up_central = {};
        /// Called with the sample plan's folder before it is imported.
        std::function<void(std::filesystem::path const&)> change_plan = {};
        /// Environment of the kiosks' programs, by name.
        std::map<std::string, std::string> kiosk_environment = {};
        StoreEngine engine = engine_of_this_run();
        /// An empty PostgreSQL database that the test has made; empty: the bench makes one.
        std::string database = {};
        int mail_port = 0; ///< of a mail server on loopback; 0: mails wait in the store
    };
    Bench() : Bench(Settings()) {}
    explicit Bench(Settings settings);
    Bench(Bench const&) = delete;
    Bench& operator=(Bench const&) = delete;
    ~Bench();

    /// Called when a bench whose test did not fail by an exception goes. Set before any test runs.
    static std::function<void()>& at_end();

    /// Runs portico-central with `args` and --data; its standard output. Fails the test unless it exits 0.
    std::string central(std::vector<std::string> args);
    boost::json::object central_json(std::vector<std::string> args);
    void start_central();
    /// SIGTERM, and waits for its end.
    void stop_central();
    /// SIGKILL.
    void kill_central();

    /// One kiosk.
    class Kiosk {
    public:
        enum class Enrolled : std::uint8_t { Yes, No };
        Kiosk(Bench& bench, std::string name, Enrolled enrolled);
        /// Starts the program, with `environment` beside the bench's, and waits for its first screen.
        void start(std::map<std::string, std::string> const& environment = {},
                   std::string const& first_screen = "attract");
        void kill();
        /// Certifies the terminal under a new invitation of this name; `more` are words of the command.
        void enroll(Bench& bench, std::string const& name, std::vector<std::string> const& more = {});
        Driver& screen() { return *driver_; }
        NetworkCable& cable() { return *cable_; }
        std::filesystem::path const& folder() const { return folder_; }
        std::string const& terminal_id() const { return terminal_id_; }
        Process& process() { return *process_; }

    private:
        std::map<std::string, std::string> environment_;
        std::filesystem::path folder_;
        std::string terminal_id_;
        std::unique_ptr<NetworkCable> cable_;
        std::optional<Process> process_;
        std::unique_ptr<Driver> driver_;
    };
    /// Enrolled by its one-time code, it shows its attract screen.
    std::unique_ptr<Kiosk> add_kiosk(std::string const& name = "lobby");
    /// As it comes: it shows its set-up.
    std::unique_ptr<Kiosk> add_new_kiosk(std::string const& name = "lobby");

    /// Kiosks that are added from now on find central on these ports of loopback: behind a load balancer, or
    /// at another node.
    void lead_kiosks_to(std::uint16_t port, std::uint16_t enroll_port) {
        port_ = port;
        enroll_port_ = enroll_port;
    }
    /// Terminals that are added from now on find central on the port that `way` names for the folder of their
    /// data: each by a line of its own, that a test may meddle with. Central keeps its own ports.
    void lead_each_terminal_by(std::function<std::uint16_t(std::filesystem::path const& data)> way) {
        way_ = std::move(way);
    }
    /// Where a terminal with this data folder, which need not be there yet, finds central.
    std::uint16_t port_for(std::filesystem::path const& data) const { return way_ ? way_(data) : port_; }

    /// A member's activation code, as it stands in the letter.
    std::string invite(std::string const& patient);

    /// Imports more FHIR files into the plan while central serves.
    void import(std::filesystem::path const& files);
    /// For the next `start_central`.
    void set_central_environment(std::map<std::string, std::string> environment) {
        central_environment_ = std::move(environment);
    }
    Process& central_process() { return *central_; }

    std::filesystem::path const& folder() const { return scratch_.path; }
    std::filesystem::path data() const { return scratch_.path / "central"; }
    Settings const& settings() const { return settings_; }
    std::uint16_t port() const { return port_; }
    std::uint16_t enroll_port() const { return enroll_port_; }
    /// Of PostgreSQL; empty when central keeps a SQLite file.
    std::string const& database_address() const { return scratch_database_.server_address(); }
    /// Central's store, beside central.
    storage::Database database() const {
        return scratch_database_.engine() == StoreEngine::Postgres
                   ? scratch_database_.connect()
                   : storage::Database::open(data() / "central.db").value();
    }

private:
    void use_mail_server() const;

    Settings settings_;
    ScratchFolder scratch_;
    ScratchDatabase scratch_database_{settings_.database.empty() ? ScratchDatabase(settings_.engine)
                                                                 : ScratchDatabase(settings_.database)};
    std::map<std::string, std::string> central_environment_;
    std::optional<Process> central_;
    std::uint16_t port_ = 0;
    std::uint16_t enroll_port_ = 0;
    std::function<std::uint16_t(std::filesystem::path const&)> way_;
    int starts_ = 0;
};

} // namespace portico::test
