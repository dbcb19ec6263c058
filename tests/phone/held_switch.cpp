#include "tests/phone/held_switch.h"

#include "shared/base/rfc3339.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/places.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace portico::test {

namespace {

constexpr int ports_of_leg = 6; // SIP, control, and four of sound
constexpr std::chrono::seconds tell_again{2};

/// The indented lines of docs/operations.md that come first after `words`: a command as an operator has it.
std::string documented_command(std::string const& words) {
    std::ifstream page(source_dir() + "/docs/operations.md");
    std::string line;
    bool found = false;
    std::string command;
    while (std::getline(page, line)) {
        found = found || line.find(words) != std::string::npos;
        bool const indented = line.rfind("    ", 0) == 0;
        if (found && indented)
            command += line.substr(4) + "\n";
        else if (!command.empty())
            break;
    }
    INFO("in docs/operations.md, after: " << words);
    REQUIRE_FALSE(command.empty());
    return command;
}

void put_in(std::string& text, std::string const& word, std::string const& value) {
    auto const at = text.find(word);
    INFO(word << " in " << text);
    REQUIRE(at != std::string::npos);
    text.replace(at, word.size(), value);
}

std::string on_loopback(std::uint16_t port) {
    return "127.0.0.1:" + std::to_string(port);
}

std::string word_after(std::string const& printed, std::string const& name) {
    auto const at = printed.find(name + "=");
    REQUIRE(at != std::string::npos);
    auto const begin = at + name.size() + 1;
    return printed.substr(begin, printed.find_first_of(" \n", begin) - begin);
}

Finished in_shell(std::filesystem::path const& folder, std::string const& commands) {
    return run({"bash", "-c", "set -e -o pipefail\ncd '" + folder.string() + "'\n" + commands});
}

bool is_certificate(std::filesystem::path const& file) {
    std::ifstream text(file);
    std::string line;
    return std::getline(text, line) && line.rfind("-----BEGIN CERTIFICATE", 0) == 0;
}

UtcTime now_of_switch() {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

} // namespace

bool HeldSwitch::can_run() {
    for (std::string const name : {"/usr/bin/openssl", "/usr/bin/jq", "/usr/bin/curl"}) {
        if (::access(name.c_str(), X_OK) == 0)
            continue;
        if (std::getenv("CI") != nullptr)
            FAIL(name << " is not installed");
        std::cout << "SKIP: " << name << " is not installed\n";
        return false;
    }
    return true;
}

HeldSwitch::HeldSwitch(Bench& bench,
                       std::function<std::uint16_t(std::filesystem::path const& folder)> const& way)
    : folder_(bench.folder() / "switch") {
    std::filesystem::create_directories(folder_);
    std::filesystem::copy_file(bench.data() / "keys" / "authority.crt", folder_ / "authority.pem");
    auto const invitation =
        bench.central({"terminal", "add", "--name", "switch", "--program", "telephone_system"});
    auto enroll = documented_command("makes a key and is certified once");
    put_in(enroll, "code CODE", "code " + word_after(invitation, "code"));
    put_in(enroll, "HOST:8444", on_loopback(bench.enroll_port()));
    Finished done;
    // Central lets so many enrol from one address at once, then one every few seconds.
    bool const enrolled = eventually([&] {
        done = in_shell(folder_, enroll);
        return done.exit_code == 0 && is_certificate(folder_ / "switch.pem");
    });
    INFO(done.output << done.errors);
    REQUIRE(enrolled);
    // Under the names by which a terminal of ours keeps the same, for who stands between.
    std::filesystem::copy_file(folder_ / "switch.pem", folder_ / "terminal.crt");
    std::filesystem::copy_file(folder_ / "switch.key", folder_ / "terminal.key");
    tell_command_ = documented_command("at each change and every two seconds");
    tell_command_.erase(tell_command_.find(" '")); // the message, which is our own
    put_in(tell_command_, "HOST:8443", on_loopback(way(folder_)));
    put_in(tell_command_, "curl ", "curl --silent --show-error --fail-with-body --max-time 20 ");
    tell_command_ += " @message.json";
}

HeldSwitch::~HeldSwitch() = default;

void HeldSwitch::connect_desk(std::string const& extension, std::uint16_t sip_port) {
    desks_[extension] = sip_port;
}

SipLeg::Place HeldSwitch::next_place(std::uint16_t telephone, std::string const& scenario) {
    auto const first = next_port_;
    next_port_ += ports_of_leg;
    REQUIRE(next_port_ <= PortBlock::size);
    return {folder_,
            telephone,
            ports_.at(first),
            ports_.at(first + 1),
            ports_.at(first + 2),
            source_dir() + "/tests/phone/" + scenario};
}

HeldSwitch::OnHold& HeldSwitch::call_from(std::string const& number, std::string const& language) {
    auto& one = calls_.emplace_back();
    one.number = number;
    one.language = language;
    auto here = next_place(0, "held_queue.xml");
    auto const there = next_place(here.sip, "caller.xml");
    here.telephone = there.sip;
    one.caller = std::make_unique<Caller>(there, number);
    one.id = one.caller->call_id();
    one.queue = std::make_unique<SipLeg>(here, one.id, "queue");
    one.queue->tell("Do: await");
    one.queue->hear("ready"); // a call that comes before it is expected would be another one
    one.caller->call();
    return one;
}

void HeldSwitch::work() {
    for (auto& one : calls_) {
        bool const caller = hear_caller(one);
        bool const desk = hear_desk(one);
        changed_ = changed_ || caller || desk;
    }
    auto const since_told = std::chrono::steady_clock::now() - told_at_;
    // What could not be told waits for the next time: nobody is asked again and again without a pause.
    if (lives_ && (changed_ || since_told >= tell_again))
        tell();
}

bool HeldSwitch::hear_caller(OnHold& one) {
    bool changed = false;
    for (auto const& word : one.queue->news()) {
        changed = true;
        if (word == "holds") {
            one.state = OnHold::State::Waiting;
            one.since = to_rfc3339(now_of_switch());
        } else {
            one.hung_up = !one.talks();
            let_go_of_desk(one, one.talks() ? "Do: bye" : "Do: cancel");
            one.state = OnHold::State::Over;
        }
    }
    return changed;
}

bool HeldSwitch::hear_desk(OnHold& one) {
    if (!one.desk)
        return false;
    bool changed = false;
    for (auto const& word : one.desk->news()) {
        if (word == "rings") {
            one.rang_at.push_back(one.extension);
        } else if (word == "answered") {
            one.state = OnHold::State::Talking;
            changed = true;
        } else if (word == "refused") {
            one.refused_at = one.extension;
            let_go_of_desk(one, "");
            changed = true;
            break;
        } else if (word == "ended") {
            one.queue->tell("Do: bye");
            one.state = OnHold::State::Over;
            let_go_of_desk(one, "");
            break;
        }
    }
    // Nobody is at the other end, not even to refuse it.
    if (one.desk && one.waits() && one.desk->is_over()) {
        one.refused_at = one.extension;
        let_go_of_desk(one, "");
        changed = true;
    }
    return changed;
}

void HeldSwitch::let_go_of_desk(OnHold& one, std::string const& how) {
    if (!one.desk)
        return;
    if (!how.empty() && !one.desk->is_over())
        one.desk->tell(how);
    let_go_.push_back(std::move(one.desk));
    one.desk.reset();
    one.extension.clear();
}

void HeldSwitch::put_through(OnHold& one, std::string const& extension) {
    let_go_of_desk(one, "Do: cancel");
    INFO("extension " << extension);
    REQUIRE(desks_.count(extension) == 1);
    one.extension = extension;
    one.desk = std::make_unique<SipLeg>(next_place(desks_.at(extension), "put_through.xml"),
                                        SipLeg::new_call_id(), one.number);
    one.desk->tell("Call: now");
}

void HeldSwitch::come_back() {
    for (auto& one : calls_) {
        one.place = 0;
        one.refused_at.clear();
    }
    sequence_ = 0;
    changed_ = true;
    lives_ = true;
}

std::string HeldSwitch::message() {
    // The clock may stand still between two of them.
    auto const ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(now_of_switch().time_since_epoch()).count();
    sequence_ = std::max<std::int64_t>(sequence_ + 1, ms);
    boost::json::array calls;
    boost::json::array hung_up;
    for (auto const& one : calls_) {
        if (one.hung_up)
            hung_up.push_back(boost::json::string(one.id));
        if (!one.waits())
            continue;
        boost::json::object call{
            {"call", one.id}, {"since", one.since}, {"number", one.number}, {"language", one.language}};
        if (!one.refused_at.empty())
            call["refused"] = one.refused_at;
        calls.push_back(std::move(call));
    }
    return boost::json::serialize(
        boost::json::object{{"sequence", sequence_}, {"calls", calls}, {"hung_up", hung_up}});
}

bool HeldSwitch::tell() {
    std::ofstream(folder_ / "message.json") << message();
    auto const sent = in_shell(folder_, tell_command_);
    told_at_ = std::chrono::steady_clock::now();
    changed_ = false;
    if (sent.exit_code != 0) {
        ++untold_;
        return false;
    }
    for (auto& one : calls_)
        one.hung_up = false;
    auto const reply = boost::json::parse(sent.output).as_object();
    CHECK(reply.at("again_within_s").as_int64() == 30);
    CHECK(reply.at("connect_within_s").as_int64() == 60);
    for (auto const& each : reply.at("calls").as_array())
        do_as_told(each.as_object());
    return true;
}

void HeldSwitch::do_as_told(boost::json::object const& place) {
    auto const found = std::find_if(calls_.begin(), calls_.end(), [&](OnHold const& one) {
        return one.id == place.at("call").as_string();
    });
    REQUIRE(found != calls_.end());
    auto& one = *found;
    one.place = static_cast<int>(place.at("place").as_int64());
    std::string const connect(place.at("connect").as_string());
    if (connect.empty()) {
        // It waits again: nobody has answered it, or the rep gave it back.
        let_go_of_desk(one, "Do: cancel");
        one.refused_at.clear();
    } else if (one.extension != connect && one.refused_at != connect) {
        one.refused_at.clear();
        put_through(one, connect);
    }
}

} // namespace portico::test
