#include "tests/support/bench.h"

#include "tests/support/catch.h"
#include "tests/support/config_table.h"
#include "tests/support/device_process.h"
#include "tests/support/places.h"

#include <csignal>
#include <exception>
#include <fstream>
#include <sstream>

namespace portico::test {

namespace {

/// "name=value" out of a line or a block of lines.
std::string value_of(std::string const& text, std::string const& name) {
    auto const at = text.find(name + "=");
    INFO(name << " in " << text);
    REQUIRE(at != std::string::npos);
    auto const begin = at + name.size() + 1;
    return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

} // namespace

Bench::Bench(Settings settings) : settings_(std::move(settings)) {
    auto const plan = (scratch_.path / "plan").string();
    auto run_well = [](std::vector<std::string> const& argv) {
        auto const finished = run(argv);
        INFO(finished.output << finished.errors);
        REQUIRE(finished.exit_code == 0);
    };
    auto const program_file = program("portico-central");
    run_well({program_file, "sample", "--out", plan, "--members", std::to_string(settings_.members), "--seed",
              "7"});
    if (settings_.change_plan)
        settings_.change_plan(plan);
    std::vector<std::string> init{program_file,    "init",        "--data",
                                  data().string(), "--plan-name", "Sample Health Plan"};
    // Named once: every later command reads it in central.toml.
    if (settings_.engine == StoreEngine::Postgres)
        init.insert(init.end(), {"--database", scratch_database_.server_address()});
    run_well(init);
    run_well({program_file, "import", "--data", data().string(), plan});
    // Nothing may fall back to a file.
    REQUIRE(std::filesystem::exists(data() / "central.db") == (settings_.engine == StoreEngine::Sqlite));
    if (settings_.mail_port != 0)
        use_mail_server();
    if (settings_.set_up_central)
        settings_.set_up_central(data());
    start_central();
}

std::function<void()>& Bench::at_end() {
    static std::function<void()> check;
    return check;
}

Bench::~Bench() {
    if (std::uncaught_exceptions() == 0 && at_end())
        at_end()();
}

void Bench::import(std::filesystem::path const& files) {
    central({"import", files.string()});
}

void Bench::use_mail_server() const {
    set_config_table(data() / "central.toml", "mail",
                     "host = \"127.0.0.1\"\nport = " + std::to_string(settings_.mail_port) +
                         "\nfrom = \"desk@plan.example.org\"\ntls = false\n");
}

std::string Bench::central(std::vector<std::string> args) {
    args.insert(args.begin(), program("portico-central"));
    args.insert(args.end(), {"--data", data().string()});
    auto const finished = run(args);
    INFO(finished.output << finished.errors);
    REQUIRE(finished.exit_code == 0);
    return finished.output;
}

boost::json::object Bench::central_json(std::vector<std::string> args) {
    args.emplace_back("--json");
    return boost::json::parse(central(std::move(args))).as_object();
}

void Bench::start_central() {
    // A kiosk's cable leads to this port: central comes back to it after a restart, and nobody else on this
    // machine is given it while central is dead.
    if (port_ == 0) {
        port_ = static_cast<std::uint16_t>(free_port());
        enroll_port_ = static_cast<std::uint16_t>(free_port());
    }
    central_.emplace(std::vector<std::string>{program("portico-central"), "serve", "--data", data().string(),
                                              "--listen", "127.0.0.1:" + std::to_string(port_),
                                              "--enroll-listen", "127.0.0.1:" + std::to_string(enroll_port_)},
                     scratch_.path / ("central-" + std::to_string(++starts_) + ".log"), central_environment_);
    central_->wait_for_line("portico-central ready");
}

void Bench::stop_central() {
    central_->signal(SIGTERM);
    CHECK(central_->wait() == 0);
    central_.reset();
}

void Bench::kill_central() {
    central_->signal(SIGKILL);
    central_->wait();
    central_.reset();
}

std::string Bench::invite(std::string const& patient) {
    return std::string(central_json({"account", "invite", "--patient", patient}).at("code").as_string());
}

std::unique_ptr<Bench::Kiosk> Bench::add_kiosk(std::string const& name) {
    return std::make_unique<Kiosk>(*this, name, Kiosk::Enrolled::Yes);
}

std::unique_ptr<Bench::Kiosk> Bench::add_new_kiosk(std::string const& name) {
    return std::make_unique<Kiosk>(*this, name, Kiosk::Enrolled::No);
}

Bench::Kiosk::Kiosk(Bench& bench, std::string name, Enrolled enrolled)
    : environment_(bench.settings().kiosk_environment), folder_(bench.folder() / name) {
    std::filesystem::create_directories(folder_);
    cable_ = NetworkCable::lay(bench.port_for(folder_ / "data")).value();
    auto const& settings = bench.settings();
    std::ofstream config(folder_ / "kiosk.toml");
    config << "data = \"" << (folder_ / "data").string() << "\"\n"
           << "assets = \"" << source_dir() << "/assets\"\n";
    if (settings.kiosk_names_central)
        config << "central = \"https://127.0.0.1:" << cable_->port() << "\"\n";
    config << "languages = [\"en\", \"es\", \"ar\", \"km\"]\n"
           << "language = \"" << settings.language << "\"\n"
           << "orientation = \"" << settings.orientation << "\"\n"
           << "[bench]\n"
           << "folder = \"" << (folder_ / "bench").string() << "\"\n"
           << "key_pin = \"" << settings.key_pin << "\"\n"
           << "print_ms = " << settings.print_ms << "\n";
    if (!settings.chip_card_pin.empty())
        config << "card_module = \"/usr/lib/softhsm/libsofthsm2.so\"\n"
               << "card_pin = \"" << settings.chip_card_pin << "\"\n";
    config << settings.kiosk_config;
    config.close();
    if (enrolled == Enrolled::Yes) {
        enroll(bench, name);
        start();
    } else {
        start({}, "set_up_language");
    }
}

void Bench::Kiosk::enroll(Bench& bench, std::string const& name, std::vector<std::string> const& more) {
    auto const invitation = bench.central({"terminal", "add", "--name", name});
    terminal_id_ = value_of(invitation, "terminal");
    std::vector<std::string> command{program("portico-kiosk"),
                                     "--config",
                                     (folder_ / "kiosk.toml").string(),
                                     "--enroll",
                                     value_of(invitation, "code"),
                                     "--central",
                                     "https://127.0.0.1:" + std::to_string(bench.enroll_port_),
                                     "--fingerprint",
                                     value_of(invitation, "fingerprint")};
    command.insert(command.end(), more.begin(), more.end());
    auto const enrolled = run(command);
    INFO(enrolled.output << enrolled.errors);
    REQUIRE(enrolled.exit_code == 0);
}

void Bench::Kiosk::start(std::map<std::string, std::string> const& environment,
                         std::string const& first_screen) {
    auto all = environment_;
    for (auto const& [variable, value] : environment)
        all[variable] = value;
    auto const socket = folder_ / "driver";
    std::filesystem::remove(socket);
    process_.emplace(std::vector<std::string>{program("portico-kiosk"), "--config",
                                              (folder_ / "kiosk.toml").string(), "--headless", "--driver",
                                              socket.string()},
                     folder_ / "kiosk.log", all);
    driver_ = std::make_unique<Driver>(socket);
    driver_->wait_screen(first_screen);
}

void Bench::Kiosk::kill() {
    driver_.reset();
    process_->signal(SIGKILL);
    process_->wait();
    process_.reset();
}

} // namespace portico::test
