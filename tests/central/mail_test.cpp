#include "central/notify/mail_sender.h"
#include "tests/central/operations_bench.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/support/mail_server.h"
#include "tests/support/places.h"

#include <set>

using namespace portico;
using namespace portico::central;

namespace {

MailSettings settings_of(test::MailServer const& server) {
    MailSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server.port();
    settings.from = "desk@plan.example.org";
    settings.tls = false;
    return settings;
}

} // namespace

TEST_CASE("mail: what is told to an address on file arrives at a real mail server and leaves the store") {
    test::MailServer const server;
    test::OperationsBench bench;
    bench.store
        ->write([&](storage::Database& database) {
            return bench.notify->tell(database, {{"alex@example.org"}, {}, "es"}, "pin_changed");
        })
        .value();
    auto const sender = start_mail_sender({bench.clock, *bench.store, bench.notify->outbox()},
                                          settings_of(server), server.folder())
                            .value();
    server.process().wait_for_line("kept");
    auto const mail = server.mail(0);
    CHECK(mail.find("Envelope-To: alex@example.org\n") == 0);
    CHECK(mail.find("From: <desk@plan.example.org>") != std::string::npos);
    CHECK(mail.find("Subject: =?UTF-8?B?") != std::string::npos); // its words are not ASCII
    CHECK(mail.find("Content-Transfer-Encoding: base64") != std::string::npos);
}

TEST_CASE("mail: an address that the server refuses for good goes to the staff queue") {
    test::MailServer const server;
    auto const refused =
        send_mail(settings_of(server), "", {"id-1", "refused@example.org", "Hello", "Text", 0},
                  "Mon, 01 Jan 2029 00:00:00 +0000");
    CHECK(refused.error().reason == "mail_refused");
    auto const later = send_mail(settings_of(server), "", {"id-2", "later@example.org", "Hello", "Text", 0},
                                 "Mon, 01 Jan 2029 00:00:00 +0000");
    CHECK(later.error().reason == "mail_refused_now");
    auto nobody = settings_of(server);
    nobody.port = 1;
    CHECK(send_mail(nobody, "", {"id-3", "a@example.org", "H", "T", 0}, "").error().reason ==
          "mail_unreachable");
    auto wants_tls = settings_of(server);
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
        auto const mail = bench.claim_mail();
        if (!mail) {
            if (bench.queued().size() == 2)
                break;
            bench.clock.advance(std::chrono::hours(1));
            ++waited_h;
            continue;
        }
        ++tries;
        bench.store
            ->write([&](storage::Database& database) {
                return bench.notify->outbox().failed(database, *mail,
                                                     {Outbox::Failure::ForNow, "mail_unreachable"});
            })
            .value();
    }
    CHECK(tries == Outbox::tries_max);
    CHECK(waited_h >= tries - 1);
    CHECK(bench.queued() == std::vector<std::string>{"send_letter", "mail_undeliverable"});
}

TEST_CASE("mail: a claimed mail is nobody else's until its claim runs out, and then it is the next one's") {
    test::OperationsBench bench;
    bench.store
        ->write([&](storage::Database& database) {
            return bench.notify->tell(database, {{"alex@example.org"}, {}, "en"}, "pin_changed");
        })
        .value();
    auto const first = bench.claim_mail();
    REQUIRE(first);
    CHECK_FALSE(bench.claim_mail());
    bench.clock.advance(std::chrono::seconds(Outbox::claim_s - 1));
    CHECK_FALSE(bench.claim_mail());
    // Its node died.
    bench.clock.advance(std::chrono::seconds(1));
    auto const second = bench.claim_mail();
    REQUIRE(second);
    CHECK(second->id == first->id);
    // Or it only stood still: that its try failed moves nothing of the other's.
    auto const outcome = [&](WaitingMessage const& mail) {
        bench.store
            ->write([&](storage::Database& database) {
                return bench.notify->outbox().failed(database, mail,
                                                     {Outbox::Failure::ForNow, "mail_unreachable"});
            })
            .value();
    };
    outcome(*first);
    CHECK_FALSE(bench.claim_mail());
    outcome(*second);
    bench.clock.advance(std::chrono::seconds(Outbox::claim_s));
    auto const third = bench.claim_mail();
    REQUIRE(third);
    CHECK(third->tries == 1);
}

TEST_CASE("mail: of four senders over one store none sends what another does") {
    constexpr int mails = 40;
    test::MailServer const server;
    test::OperationsBench bench;
    bench.store
        ->write([&](storage::Database& database) -> Result<void> {
            for (int number = 0; number < mails; ++number)
                TRY(bench.notify->tell(database,
                                       {{"member" + std::to_string(number) + "@example.org"}, {}, "en"},
                                       "pin_changed"));
            return ok();
        })
        .value();
    // Each with a store of its own, as nodes have.
    std::vector<std::unique_ptr<Store>> stores;
    std::vector<std::unique_ptr<OutboxSender>> senders;
    for (int node = 0; node < 4; ++node) {
        stores.push_back(Store::open(test::address_of(bench.scratch)).value());
        senders.push_back(start_mail_sender({bench.clock, *stores.back(), bench.notify->outbox()},
                                            settings_of(server), server.folder())
                              .value());
    }
    auto const left = [&] {
        return bench.store
            ->read<bool>([](storage::Database& database) -> Result<bool> {
                auto query = TRY(database.prepare("SELECT 1 FROM outbox_message LIMIT 1"));
                return query.step();
            })
            .value();
    };
    CHECK(test::eventually([&] { return !left(); }, std::chrono::seconds(60)));
    senders.clear();
    CHECK(server.count() == mails);
    std::set<std::string> to;
    for (int number = 0; number < mails; ++number)
        to.insert(server.mail(number).substr(0, server.mail(number).find('\n')));
    CHECK(to.size() == mails);
}

TEST_CASE("mail: every message that can be told has its words in every complete language") {
    auto const texts = MailTexts::load(test::source_dir() + "/assets").value();
    for (auto const* message :
         {"account_opened", "username_password_changed", "pin_changed", "totp_added", "security_key_added",
          "chip_card_added", "credential_removed", "account_unlocked", "account_disabled",
          "chip_card_revoked", "verification_frozen", "caller_code", "contact_changed", "contact_change_held",
          "card_requested"})
        for (auto const* language : {"en", "es-US", "ar"})
            for (auto const* part : {".subject", ".body"})
                CHECK(
                    texts.text(language, std::string("mail.") + message + part, {{"plan", "P"}}).has_value());
    CHECK(texts.text("es", "mail.greeting", {}).value() != texts.text("en", "mail.greeting", {}).value());
    CHECK(texts.text("ar", "mail.greeting", {}).value() == "مرحبًا،");
    CHECK(texts.text("ar", "mail.credential_removed.body", {{"plan", "P"}}).value().find("\u2066P\u2069") !=
          std::string::npos);
    // A language that has no mails yet, and one that nobody offers, get English ones.
    for (auto const* other : {"km", "xx", ""})
        CHECK(texts.text(other, "mail.greeting", {}).value() ==
              texts.text("en", "mail.greeting", {}).value());
    CHECK(texts.text("en", "mail.nothing", {}).error().reason == "message_unknown");
}
