#pragma once

#include "central/commands/commands.h"
#include "central/serve.h"
#include "shared/api/enroll.h"
#include "shared/api/json.h"
#include "tests/central/store_of_test.h"
#include "tests/central/tls_client.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/scratch_folder.h"

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace portico::test {

/// A terminal that was certified by the real call.
struct BenchTerminal {
    TerminalId id;
    TlsFace face;
    Bytes sealing_key;
};

/// A real central in this process, on loopback, with a data folder of its own.
class ServingBench {
public:
    explicit ServingBench(central::ServerLimits const& limits = {}, StoreEngine engine = engine_of_this_run())
        : scratch(engine), limits_(limits) {
        ::setenv("PORTICO_ASSETS", (source_dir() + "/assets").c_str(), 1);
        data = folder.path / "data";
        std::vector<std::string> args{"--data", data.string(), "--plan-name", "Testville Health Plan"};
        if (!scratch.server_address().empty())
            args.insert(args.end(), {"--database", scratch.server_address()});
        if (central::init_command(args) != 0)
            std::abort();
        start();
    }

    void start() {
        serving.reset();
        central::Serving::Options options{{"127.0.0.1", 0}, central::ServerAddress{"127.0.0.1", 0}, limits_};
        serving = central::Serving::start(data, clock, options).value();
    }

    central::Core& core() { return serving->core(); }
    std::uint16_t port() { return serving->server().port(); }

    /// `desk` is whose telephone a phone is.
    std::string invite(std::string const& program = "kiosk", TerminalId const& desk = {}) {
        std::string code;
        core()
            .operate("terminal_add", "",
                     [&](storage::Database& database) -> Result<void> {
                         auto const invitation =
                             TRY(core().terminals->invite(database, "Bench", program, desk));
                         code = std::string(invitation.code.reveal());
                         return ok();
                     })
            .value();
        return code;
    }

    /// The reply to an enrolment with `code`.
    RawReply enroll_raw(std::string const& code, crypto::PrivateKey const& key,
                        std::string const& program = "kiosk") {
        api::EnrollRequest const request{code, crypto::make_certificate_request(key, "bench"), program};
        TlsClient client(serving->server().enrollment_port(),
                         {core().identity.authority.certificate_pem(), "", ""});
        client.send(post("/v1/enroll", api::to_json(request), ""));
        return client.read_reply().value_or(RawReply{});
    }

    BenchTerminal enroll(std::string const& program = "kiosk", TerminalId const& desk = {}) {
        auto const key = crypto::PrivateKey::generate();
        auto const reply = enroll_raw(invite(program, desk), key, program);
        auto const enrolled =
            api::from_json<api::EnrollReply>(reply.body, api::UnknownFields::Refuse).value();
        return {TerminalId(enrolled.terminal_id),
                {enrolled.authority_pem, enrolled.certificate_pem, std::string(key.pem().reveal())},
                from_base64url(enrolled.sealing_public_key).value()};
    }

    static std::string get(std::string const& target, std::string const& token = "") {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + authorization(token) + "\r\n";
    }
    static std::string post(std::string const& target, std::string const& body,
                            std::string const& token = "") {
        return "POST " + target +
               " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n" + authorization(token) + "\r\n" + body;
    }

    /// One call on a connection of its own; status 0 when there was none.
    RawReply call(BenchTerminal const& terminal, std::string const& request) {
        TlsClient client(port(), terminal.face);
        client.send(request);
        return client.read_reply().value_or(RawReply{});
    }

    /// A session as sign-in would open it.
    std::string sign_in(BenchTerminal const& terminal, PatientId const& patient, Assurance assurance) {
        std::string token;
        core()
            .store
            ->write([&](storage::Database& database) -> Result<void> {
                auto const opened =
                    TRY(core().sessions->open(database, {terminal.id,
                                                         AccountId("account-" + patient.text()),
                                                         patient,
                                                         StaffId(),
                                                         assurance,
                                                         {"security_key"},
                                                         false}));
                token = std::string(opened.token.reveal());
                return ok();
            })
            .value();
        return token;
    }

    ScratchFolder folder;
    ScratchDatabase scratch;
    std::filesystem::path data;
    SystemClock clock;
    std::unique_ptr<central::Serving> serving;

private:
    static std::string authorization(std::string const& token) {
        return token.empty() ? "" : "Authorization: Bearer " + token + "\r\n";
    }
    central::ServerLimits limits_;
};

} // namespace portico::test
