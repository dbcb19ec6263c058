#include "tests/walk/desk.h"

#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <fstream>
#include <regex>

namespace portico::test {

namespace {

/// What stands after `name=` in what portico-central printed.
std::string word(std::string const& printed, std::string const& name) {
    std::smatch found;
    REQUIRE(std::regex_search(printed, found, std::regex("\\b" + name + "=(\\S+)")));
    return found[1];
}

} // namespace

Desk::Desk(Bench& bench, Settings const& settings) : folder_(bench.folder() / settings.name) {
    std::filesystem::create_directories(folder_);
    cable_ = NetworkCable::lay(bench.port_for(folder_ / "data")).value();
    auto const file = folder_ / "agent.toml";
    std::ofstream config(file);
    config << "data = \"" << (folder_ / "data").string() << "\"\n"
           << "assets = \"" << source_dir() << "/assets\"\n"
           << "central = \"https://127.0.0.1:" << cable_->port() << "\"\n"
           << "[screen]\nwidth = 1366\nheight = 768\n"
           << "[bench]\nfolder = \"" << settings.keys.string() << "\"\n"
           << "key_pin = \"" << settings.key_pin << "\"\n"
           << (settings.has_telephone ? bench.settings().desk_config : std::string()) << settings.config;
    config.close();
    auto const invitation = bench.central({"terminal", "add", "--name", settings.name, "--program", "agent"});
    terminal_id_ = word(invitation, "terminal");
    auto const enrolled =
        run({program("portico-agent"), "--config", file.string(), "--enroll", word(invitation, "code"),
             "--central", "https://127.0.0.1:" + std::to_string(bench.enroll_port()), "--fingerprint",
             word(invitation, "fingerprint")});
    INFO(enrolled.output << enrolled.errors);
    REQUIRE(enrolled.exit_code == 0);
    start();
}

void Desk::start(std::string const& first_screen) {
    auto const socket = folder_ / "driver";
    std::filesystem::remove(socket);
    process_.emplace(std::vector<std::string>{program("portico-agent"), "--config",
                                              (folder_ / "agent.toml").string(), "--headless", "--driver",
                                              socket.string()},
                     folder_ / "agent.log", session_environment());
    driver_ = std::make_unique<Driver>(socket);
    driver_->wait_screen(first_screen);
}

void Desk::insert_key(std::string const& name) {
    screen().device("security_key", "insert", {{"value", name}});
    screen().wait_shows("desk_key.pin");
}

void Desk::pin_and_touch(std::string const& pin) {
    screen().type(pin);
    screen().key("Enter");
    screen().wait_shows("desk_key.touch");
    screen().device("security_key", "touch");
}

void Desk::sign_in(std::string const& key) {
    insert_key(key);
    pin_and_touch();
    screen().wait_screen("work");
    take_key_out();
}

std::string Desk::wait_entry(std::string const& kind_msg) {
    screen().command({{"do", "wait"}, {"role", "table_row"}, {"msg", kind_msg}, {"timeout_s", 60}});
    auto const frame = screen().frame();
    for (auto const& each : frame.at("nodes").as_array()) {
        auto const& node = each.as_object();
        if (node.at("role").as_string() == "table_row" && node.at("msg").as_string() == kind_msg)
            return std::string(node.at("key").as_string());
    }
    FAIL("no entry of this kind");
    return {};
}

void dispute_claim(Bench& bench, Driver& screen) {
    begin_visit(screen);
    register_with_letter(screen, bench.invite(alex), bench.settings().key_pin);
    screen.wait_shows("home.year");
    open_claim(screen, "eob-0000001-0002");
    screen.wait_shows("eob.check_it");
    press(screen, "eob.check_it");
    screen.wait_shows("eob.answered");
    finish_visit(screen);
}

} // namespace portico::test
