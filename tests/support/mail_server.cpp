#include "tests/support/mail_server.h"

#include "tests/support/catch.h"
#include "tests/support/eventually.h"

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

namespace portico::test {

namespace {

constexpr char const* server_program = R"py(
import asyncio, os, sys
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
        os.rename(f"{sys.argv[1]}/{self.count}.eml.part", f"{sys.argv[1]}/{self.count}.eml")
        self.count += 1
        print("kept", flush=True)
        return "250 kept"

async def main():
    keeper = Keeper()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(keeper), "127.0.0.1", 0)
    print(f"listens port={server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()

asyncio.run(main())
)py";

constexpr std::chrono::seconds arrival_timeout_s{60};

} // namespace

MailServer::MailServer() {
    std::ofstream(folder_.path / "server.py") << server_program;
    std::filesystem::create_directories(folder_.path / "mails");
    process_.emplace(std::vector<std::string>{"/usr/bin/python3", (folder_.path / "server.py").string(),
                                              (folder_.path / "mails").string()},
                     folder_.path / "log");
    // A word that no complaint of Python ("import ...") holds.
    std::string const ready = "listens port=";
    auto const line = process_->wait_for_line(ready);
    port_ = std::stoi(line.substr(line.find(ready) + ready.size()));
}

std::string MailServer::mail(int number) const {
    std::ifstream stream(folder_.path / "mails" / (std::to_string(number) + ".eml"), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

int MailServer::count() const {
    int number = 0;
    while (!mail(number).empty())
        ++number;
    return number;
}

void MailServer::wait_for(std::string const& to, std::string const& subject) const {
    auto const arrived = [&] {
        for (int number = 0; !mail(number).empty(); ++number) {
            auto const text = mail(number);
            if (text.find("Envelope-To: " + to + "\n") == 0 &&
                text.find("Subject: " + subject + "\r\n") != std::string::npos)
                return true;
        }
        return false;
    };
    if (!eventually(arrived, arrival_timeout_s))
        FAIL("no mail with the subject \"" << subject << "\" arrived");
}

} // namespace portico::test
