#include "central/notify/mail_sender.h"
#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"
#include "tests/support/process.h"

#include <fstream>
#include <iterator>

using namespace portico;
using namespace portico::central;

namespace {

/// aiosmtpd on loopback: a real SMTP server. Every mail it takes becomes a file; it refuses those to
/// "refused@".
constexpr char const* server_program = R"py(
import asyncio, sys
from aiosmtpd.smtp import SMTP

class Keeper:
    def __init__(self): self.count = 0
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 no such person"
        if address.startswith("later@"):
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"
    async def handle_DATA(self, server, session, envelope):
        with open(f"{sys.argv[1]}/{self.count}.eml.part", "wb") as out:
            out.write(("Envelope-To: " + ",".join(envelope.rcpt_tos) + "\n").encode() + envelope.content)
        import os
        os.rename(f"{sys.argv[1]}/{self.count}.eml.part", f"{sys.argv[1]}/{self.count}.eml")
        self.count += 1
        print("kept", flush=True)
        return "250 kept"

async def main():
    keeper = Keeper()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(keeper), "127.0.0.1", 0)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
)py";

struct MailServer {
    MailServer() {
        std::ofstream(folder.path / "server.py") << server_program;
        std::filesystem::create_directories(folder.path / "mails");
        process.emplace(std::vector<std::string>{"/usr/bin/python3", (folder.path / "server.py").string(),
                                                 (folder.path / "mails").string()},
                        folder.path / "log");
        auto const line = process->wait_for_line("port ");
        settings.host = "127.0.0.1";
        settings.port = std::stoi(line.substr(line.find("port ") + 5));
        settings.from = "desk@plan.example.org";
        settings.tls = false;
    }
    std::string mail(int number) const {
        std::ifstream stream(folder.path / "mails" / (std::to_string(number) + ".eml"), std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    }

    test::ScratchFolder folder;
    std::optional<test::Process> process;
    MailSettings settings;
};

} // namespace

TEST_CASE("mail: what is told to an address on file arrives at a real mail server and leaves the store") {
    MailServer server;
    test::OperationsBench bench;
    bench.store
        ->write([&](storage::Database& database) {
            return bench.notify->tell(database, {{"alex@example.org"}, {}, "es"}, "pin_changed");
        })
        .value();
    auto const sender =
        MailSender::start(bench.clock, *bench.store, *bench.notify, server.settings, server.folder.path)
            .value();
    server.process->wait_for_line("kept");
    auto const mail = server.mail(0);
    CHECK(mail.find("Envelope-To: alex@example.org\n") == 0);
    CHECK(mail.find("From: <desk@plan.example.org>") != std::string::npos);
    CHECK(mail.find("Subject: =?UTF-8?B?") != std::string::npos); // its words are not ASCII
    CHECK(mail.find("Content-Transfer-Encoding: base64") != std::string::npos);
}

TEST_CASE("mail: an address that the server refuses for good goes to the staff queue") {
    MailServer server;
    auto const refused = send_mail(server.settings, "", {"id-1", "refused@example.org", "Hello", "Text", 0},
                                   "Mon, 01 Jan 2029 00:00:00 +0000");
    CHECK(refused.error().reason == "mail_refused");
    auto const later = send_mail(server.settings, "", {"id-2", "later@example.org", "Hello", "Text", 0},
                                 "Mon, 01 Jan 2029 00:00:00 +0000");
    CHECK(later.error().reason == "mail_refused_now");
    auto nobody = server.settings;
    nobody.port = 1;
    CHECK(send_mail(nobody, "", {"id-3", "a@example.org", "H", "T", 0}, "").error().reason ==
          "mail_unreachable");
    auto wants_tls = server.settings;
    wants_tls.tls = true;
    CHECK(send_mail(wants_tls, "", {"id-4", "a@example.org", "H", "T", 0}, "").has_error());
}

TEST_CASE("mail: a mail that cannot be sent is tried again with growing pauses, and then given to staff") {
    test::OperationsBench bench;
    bench.store
        ->write([&](storage::Database& database) {
            return bench.notify->tell(database, {{"alex@example.org"}, {"1 Sample Street"}, "en"},
                                      "pin_changed");
        })
        .value();
    CHECK(bench.queued() == std::vector<std::string>{"send_letter"});
    int tries = 0;
    std::int64_t waited_h = 0;
    while (tries < 100) {
        auto const due = bench.mails();
        if (due.empty()) {
            if (bench.queued().size() == 2)
                break;
            bench.clock.advance(std::chrono::hours(1));
            ++waited_h;
            continue;
        }
        ++tries;
        bench.store
            ->write([&](storage::Database& database) {
                return bench.notify->failed(database, due[0], "mail_unreachable");
            })
            .value();
    }
    CHECK(tries == Notifier::tries_max);
    CHECK(waited_h >= tries - 1);
    CHECK(bench.queued() == std::vector<std::string>{"send_letter", "mail_undeliverable"});
}

TEST_CASE("mail: every message that can be told has its words in both languages") {
    auto const texts = MailTexts::load(PORTICO_SOURCE_DIR "/assets").value();
    for (auto const* message :
         {"account_opened", "username_password_changed", "pin_changed", "totp_added", "security_key_added",
          "chip_card_added", "credential_removed", "account_unlocked", "account_disabled",
          "chip_card_revoked", "contact_changed", "contact_change_held", "card_requested"})
        for (auto const* language : {"en", "es-US"})
            for (auto const* part : {".subject", ".body"})
                CHECK(
                    texts.text(language, std::string("mail.") + message + part, {{"plan", "P"}}).has_value());
    CHECK(texts.text("es", "mail.greeting", {}).value() != texts.text("en", "mail.greeting", {}).value());
    CHECK(texts.text("en", "mail.nothing", {}).error().reason == "message_unknown");
}
