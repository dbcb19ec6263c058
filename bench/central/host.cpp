#include "bench/central/host.h"

#include "central/commands/commands.h"
#include "central/core.h"
#include "central/http/dispatcher.h"
#include "central/import/import_command.h"
#include "central/sample/command.h"
#include "shared/api/enroll.h"
#include "tests/support/places.h"

#include <boost/json.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portico::bench {

namespace {

[[noreturn]] void stop(std::string const& why) {
    std::fprintf(stderr, "bench: %s\n", why.c_str());
    std::_Exit(1);
}

template <class T>
T must(Result<T> result) {
    if (result.has_error())
        stop(result.error().message);
    return std::move(result).value();
}
void must(Result<void> const& result) {
    if (result.has_error())
        stop(result.error().message);
}

boost::json::object add_terminal(central::Core& core, std::string const& patient) {
    auto const key = crypto::PrivateKey::generate();
    boost::json::object made;
    must(core.store->write([&](storage::Database& database) -> Result<void> {
        auto const invitation = TRY(core.terminals->invite(database, "Bench", "kiosk"));
        api::EnrollRequest const request{std::string(invitation.code.reveal()),
                                         crypto::make_certificate_request(key, "bench"), "kiosk"};
        auto const enrolled = TRY(core.terminals->enroll(database, request, core.identity.authority));
        auto const opened = TRY(core.sessions->open(database, {enrolled.id,
                                                               AccountId("account-" + patient),
                                                               PatientId(patient),
                                                               StaffId(),
                                                               Assurance::TwoFactors,
                                                               {"security_key"},
                                                               false}));
        made = {{"certificate", enrolled.certificate_pem},
                {"key", std::string(key.pem().reveal())},
                {"token", std::string(opened.token.reveal())}};
        return ok();
    }));
    return made;
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
    parts.server_certificate_pem = core.identity.server_chain_pem();
    parts.server_key_pem = core.identity.server_key.pem();
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
    for (auto const& patient : patients)
        terminals.push_back(add_terminal(*core, patient));
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

std::string get_request(std::string const& target, std::string const& token) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
}

std::string post_request(std::string const& target, std::string const& body) {
    return "POST " + target +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace portico::bench
