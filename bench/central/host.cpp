#include "bench/central/host.h"

#include "bench/support/stop.h"
#include "central/commands/commands.h"
#include "central/core.h"
#include "central/http/dispatcher.h"
#include "central/import/import_command.h"
#include "central/sample/command.h"
#include "tests/support/places.h"

#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::bench {

namespace {

std::string with_all(std::string text, std::string const& old, std::string const& put) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + put.size()))
        text.replace(at, old.size(), put);
    return text;
}

std::string day_of_year_2016_on(int days) {
    using namespace std::chrono;
    year_month_day const day = sys_days(year(2016) / 1 / 1) + std::chrono::days(days % 3650);
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(day.year()), unsigned(day.month()),
                  unsigned(day.day()));
    return text;
}

central::ServerParts server_parts(central::Core& core, central::Dispatcher& dispatcher) {
    central::ServerParts parts;
    parts.handle = [&](central::HttpRequest const& request) { return dispatcher.handle(request); };
    parts.body_limit = [&](std::string_view method, std::string_view target) {
        return dispatcher.body_limit(method, target);
    };
    parts.admit = [&](TerminalId const& id, ByteView fingerprint) {
        return core.terminals->admit(id, fingerprint);
    };
    parts.still_admitted = [&](TerminalId const& id, ByteView fingerprint) {
        return core.terminals->still_admitted(id, fingerprint);
    };
    parts.news_count = [&] { return core.changes->news_count(); };
    parts.certificate = {core.identity.server_chain_pem(), core.identity.server_key.pem()};
    parts.authority_pem = core.identity.authority.certificate_pem();
    return parts;
}

/// The child: serves until the other end of `lifeline` is closed.
[[noreturn]] void serve(std::filesystem::path const& data, std::vector<std::string> const& patients,
                        CentralHost::Options const& options, int tell, int lifeline) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    SystemClock clock;
    auto core = must(central::Core::open(data, clock));
    boost::json::object told;
    auto& terminals = told["terminals"].emplace_array();
    for (auto const& patient : patients) {
        auto const made = sign_in_at_new_terminal(*core, "kiosk", AccountId("account-" + patient),
                                                  PatientId(patient), StaffId());
        boost::json::object terminal;
        terminal["certificate"] = made.face.certificate_pem;
        terminal["key"] = made.face.key_pem;
        terminal["token"] = made.token;
        terminals.push_back(std::move(terminal));
    }
    must(core->terminals->refresh());
    auto const all = central::routes();
    std::vector<central::Route> routes(all.begin(), all.end());
    for (auto& route : routes)
        if (!options.audits_eob_reads && route.path == "/v1/eobs/{id}")
            route.audit = central::Audit::NothingPersonal;
    central::Dispatcher dispatcher(*core->services, routes);
    auto const server = must(central::Server::start(server_parts(*core, dispatcher), options.limits,
                                                    {"127.0.0.1", 0}, std::nullopt));
    told["port"] = server->port();
    told["authority"] = core->identity.authority.certificate_pem();
    told["chain"] = core->identity.server_chain_pem();
    told["key"] = std::string(core->identity.server_key.pem().reveal());
    auto const text = boost::json::serialize(told);
    if (::write(tell, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        stop("the bench's own pipe is broken");
    ::close(tell);
    char byte = 0;
    while (::read(lifeline, &byte, 1) > 0) {
    }
    std::_Exit(0);
}

} // namespace

ImportedPlan::ImportedPlan(int members, int eobs_each) {
    ::setenv("PORTICO_ASSETS", (test::source_dir() + "/assets").c_str(), 1);
    auto const plan = (folder() / "plan").string();
    using Words = std::vector<std::string>;
    Words sample{"--out", plan, "--members", std::to_string(members), "--seed", "3"};
    if (eobs_each > 0)
        sample.insert(sample.end(), {"--eobs-each", std::to_string(eobs_each)});
    if (central::init_command(Words{"--data", data().string(), "--plan-name", "Sample Health Plan"}) != 0 ||
        central::sample::sample_command(sample) != 0 ||
        central::import_command({"--data", data().string(), plan}) != 0)
        stop("the sample plan could not be made");
}

void ImportedPlan::add_eobs(std::string const& patient, int count) const {
    std::ifstream file(folder() / "plan/ExplanationOfBenefit.ndjson");
    std::string pattern;
    while (std::getline(file, pattern) && pattern.find("Patient/" + patient + "\"") == std::string::npos) {
    }
    auto const json = boost::json::parse(pattern);
    // "eob-0005000-0001" and "SHC-0005000-0001" end in the same number.
    auto const number = std::string(json.at("id").as_string()).substr(std::string_view("eob-").size());
    auto const day = std::string(json.at("billablePeriod").at("start").as_string());
    auto const more = folder() / "more";
    std::filesystem::create_directory(more);
    std::ofstream out(more / "ExplanationOfBenefit.ndjson");
    for (int i = 1; i <= count; ++i) {
        char end[12];
        std::snprintf(end, sizeof end, "%04d", i);
        auto line = with_all(pattern, number, number.substr(0, number.size() - 4) + end);
        out << with_all(std::move(line), day, day_of_year_2016_on(i)) << "\n";
    }
    out.close();
    if (central::import_command({"--data", data().string(), more.string()}) != 0)
        stop("the EOBs could not be imported");
}

std::vector<ImportedPlan::MemberEob> ImportedPlan::eobs(std::size_t count) const {
    std::vector<MemberEob> found;
    std::set<std::string> seen;
    std::ifstream file(folder() / "plan/ExplanationOfBenefit.ndjson");
    std::string line;
    while (found.size() < count && std::getline(file, line)) {
        auto const json = boost::json::parse(line);
        auto const reference = std::string(json.at("patient").at("reference").as_string());
        auto const patient = reference.substr(reference.find('/') + 1);
        if (seen.insert(patient).second)
            found.push_back({patient, std::string(json.at("id").as_string())});
    }
    return found;
}

CentralHost::CentralHost(std::filesystem::path const& data, std::vector<std::string> const& patients,
                         Options options) {
    int tell[2];
    int lifeline[2];
    if (::pipe(tell) != 0 || ::pipe(lifeline) != 0)
        stop("no pipes");
    std::fflush(stdout);
    process_ = ::fork();
    if (process_ == 0) {
        ::close(tell[0]);
        ::close(lifeline[1]);
        serve(data, patients, options, tell[1], lifeline[0]);
    }
    ::close(tell[1]);
    ::close(lifeline[0]);
    lifeline_ = lifeline[1];
    std::string text;
    char chunk[65536];
    for (ssize_t got = 0; (got = ::read(tell[0], chunk, sizeof chunk)) > 0;)
        text.append(chunk, static_cast<std::size_t>(got));
    ::close(tell[0]);
    if (text.empty())
        stop("central did not start");
    auto const told = boost::json::parse(text);
    port_ = static_cast<std::uint16_t>(told.at("port").as_int64());
    server_chain_pem_ = std::string(told.at("chain").as_string());
    server_key_pem_ = std::string(told.at("key").as_string());
    for (auto const& each : told.at("terminals").as_array())
        terminals_.push_back(
            {{std::string(told.at("authority").as_string()), std::string(each.at("certificate").as_string()),
              std::string(each.at("key").as_string())},
             std::string(each.at("token").as_string())});
}

CentralHost::~CentralHost() {
    ::close(lifeline_);
    ::waitpid(process_, nullptr, 0);
}

} // namespace portico::bench
