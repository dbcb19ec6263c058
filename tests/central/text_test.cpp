#include "central/notify/mail_sender.h"
#include "central/notify/text_sender.h"
#include "tests/central/cases/code_bench.h"
#include "tests/support/eventually.h"
#include "tests/support/kannel.h"
#include "tests/support/mail_server.h"

#include <fstream>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

TextSettings settings_of(Kannel const& kannel) {
    TextSettings settings;
    settings.url = kannel.url();
    settings.username = Kannel::username;
    settings.password_file = "text.password";
    settings.from = "12345";
    std::ofstream(kannel.folder() / settings.password_file) << Kannel::password << "\n";
    return settings;
}

WaitingMessage text_to(std::string const& to, std::string const& words) {
    WaitingMessage text;
    text.id = "id-1";
    text.to = to;
    text.text = words;
    return text;
}

std::string outcome_of(Result<void> const& outcome) {
    return outcome.has_error() ? outcome.error().reason : "";
}

std::unique_ptr<OutboxSender> sender(CodeBench& bench, Kannel const& kannel) {
    return must(start_text_sender({bench.clock, *bench.store, bench.notify->outbox()}, settings_of(kannel),
                                  kannel.folder()));
}

bool becomes(CodeCall& call, std::string const& state) {
    return eventually([&] { return call.item().code == state; }, std::chrono::seconds(60));
}

} // namespace

TEST_CASE("text: words of every language arrive whole at the message center of a real gateway") {
    if (Kannel::missing())
        return;
    Kannel const kannel;
    auto const settings = settings_of(kannel);
    auto const texts = MailTexts::load(source_dir() + "/assets").value();
    std::vector<std::string> said{"plain 123456", "brackets [123456] {and} ~",
                                  "n\xC3\xB1 123456 \xE2\x82\xAC"};
    for (auto const* language : {"en", "es", "ar"})
        said.push_back(
            must(texts.text(language, "mail.caller_code.text",
                            {{"plan", "Testville Health Plan"}, {"code", "123456"}, {"minutes", "5"}})));
    for (auto const& words : said)
        CHECK(outcome_of(send_text(settings, Kannel::password, text_to("+16175550112", words), 5)).empty());
    auto const received = kannel.wait_for(said.size());
    REQUIRE(received.size() == said.size());
    for (std::size_t at = 0; at < said.size(); ++at) {
        CHECK(received[at].text == said[at]);
        CHECK(received[at].to == "+16175550112");
        CHECK(received[at].from == "12345");
    }
}

TEST_CASE("text: what a gateway refuses, and why, is told apart") {
    if (Kannel::missing())
        return;
    Kannel kannel;
    auto settings = settings_of(kannel);
    auto const hello = text_to("+16175550112", "hello 123456");
    CHECK(outcome_of(send_text(settings, "not the password", hello, 5)) == "text_login_refused");
    CHECK(outcome_of(send_text(settings, Kannel::password, text_to("+19995550112", "hello"), 5)) ==
          "text_refused");
    CHECK(outcome_of(send_text(settings, Kannel::password, text_to("", "hello"), 5)) == "text_refused");
    settings.url += "-of-another";
    CHECK(outcome_of(send_text(settings, Kannel::password, hello, 5)) == "text_refused");
    settings.url = kannel.url();
    kannel.stop_gateway();
    CHECK(outcome_of(send_text(settings, Kannel::password, hello, 5)) == "text_unreachable");
    kannel.restart();
    CHECK(outcome_of(send_text(settings, Kannel::password, hello, 5)).empty());
    CHECK(kannel.wait_for(1).front().text == "hello 123456");
    // TLS is TLS: one that speaks none gets nothing.
    settings.url.replace(0, 4, "https");
    CHECK(outcome_of(send_text(settings, Kannel::password, hello, 5)) == "text_unreachable");
}

TEST_CASE("text: a code reaches the caller's telephone by a real gateway, and what they key verifies them") {
    if (Kannel::missing())
        return;
    Kannel kannel;
    CodeBench bench;
    CodeCall call(bench);
    auto const sending = sender(bench, kannel);
    must(call.try_send());
    auto const received = kannel.wait_for(1).front();
    CHECK(received.to == "+16175550112");
    std::smatch found;
    REQUIRE(std::regex_search(received.text, found, std::regex("[0-9]{6}")));
    CHECK(call.phone.key(found.str()) == "right");
    CHECK(call.item().verified_way == "text_code");
    CHECK(eventually([&] { return bench.number("SELECT count(*) FROM outbox_message") == 0; }));
}

TEST_CASE(
    "text: a number that the gateway refuses, and a password that is not its own, are told to the desk") {
    if (Kannel::missing())
        return;
    Kannel kannel;
    CodeBench bench;
    bench.facts.members["alex"].phone = "999-555-0112";
    CodeCall call(bench);
    {
        auto const sending = sender(bench, kannel);
        must(call.try_send());
        CHECK(becomes(call, "unsent"));
    }
    bench.facts.members["alex"].phone = "617-555-0112";
    auto settings = settings_of(kannel);
    std::ofstream(kannel.folder() / "other.password") << "another\n";
    settings.password_file = "other.password";
    auto const sending = must(
        start_text_sender({bench.clock, *bench.store, bench.notify->outbox()}, settings, kannel.folder()));
    must(call.try_send());
    CHECK(becomes(call, "unsent"));
    CHECK(kannel.received().empty());
    settings.password_file = "none.password";
    CHECK(start_text_sender({bench.clock, *bench.store, bench.notify->outbox()}, settings, kannel.folder())
              .error()
              .reason == "text_password_missing");
}

TEST_CASE(
    "text: a gateway that is away for a moment sends the code when it is back, and none after its time") {
    if (Kannel::missing())
        return;
    Kannel kannel;
    CodeBench bench;
    CodeCall call(bench);
    auto const sending = sender(bench, kannel);
    auto const tries = [&] { return bench.number("SELECT coalesce(max(tries), 0) FROM outbox_message"); };
    kannel.stop_gateway();
    must(call.try_send());
    REQUIRE(eventually([&] { return tries() == 1; }, std::chrono::seconds(60)));
    CHECK(call.item().code == "waiting");
    kannel.start_gateway();
    bench.clock.advance(std::chrono::seconds(Outbox::perishable_pause_s));
    auto const received = kannel.wait_for(1);
    CHECK(call.item().code == "waiting");
    CHECK(eventually([&] { return bench.number("SELECT count(*) FROM outbox_message") == 0; }));

    kannel.stop_gateway();
    must(call.try_send());
    REQUIRE(eventually([&] { return tries() == 1; }, std::chrono::seconds(60)));
    bench.clock.advance(std::chrono::minutes(5));
    CHECK(becomes(call, "unsent"));
    kannel.restart();
    CHECK(bench.number("SELECT count(*) FROM outbox_message") == 0);
    CHECK(kannel.received().size() == 1);
}

TEST_CASE("text: a code by mail goes out by a real mail server, and an address that it refuses is told") {
    MailServer const server;
    CodeBench bench;
    CodeCall call(bench);
    MailSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server.port();
    settings.from = "desk@plan.example.org";
    settings.tls = false;
    auto const code = call.send("mail_code");
    auto const sending = must(
        start_mail_sender({bench.clock, *bench.store, bench.notify->outbox()}, settings, server.folder()));
    server.process().wait_for_line("kept");
    auto const mail = server.mail(0);
    CHECK(mail.find("Envelope-To: alex@example.org\n") == 0);
    CHECK(mail.find(code) == std::string::npos); // its text is base64
    CHECK(call.phone.key(code) == "right");
    CHECK(call.item().verified_way == "mail_code");
    bench.facts.members["alex"].email = "refused@example.org";
    bench.clock.advance(std::chrono::minutes(31));
    must(call.try_send("mail_code"));
    CHECK(becomes(call, "unsent"));
    CHECK(bench.queued().empty());
}
