#include "shared/client/certificate_keeper.h"
#include "shared/client/enrollment.h"
#include "tests/central/serving_bench.h"

using namespace portico;
using namespace portico::central;
using test::BenchTerminal;
using test::ServingBench;

namespace {

std::string contents(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// A terminal whose certificate ends in a hundred days, as it lies in its folder, and a real central.
class EndingTerminal {
public:
    explicit EndingTerminal(std::string const& program)
        : terminal(bench.enroll(program, program == "phone" ? bench.enroll("agent").id : TerminalId())) {
        auto const key = crypto::PrivateKey::from_pem(Secret(terminal.face.key_pem)).value();
        terminal.face.certificate_pem = bench.core()
                                            .identity.authority
                                            .issue_terminal(crypto::make_certificate_request(key, "x"),
                                                            terminal.id.text(), bench.clock.now(), 100)
                                            .value();
        auto const facts = crypto::read_certificate(terminal.face.certificate_pem).value();
        bench.core()
            .store
            ->write([&](storage::Database& database) -> Result<void> {
                auto update = TRY(database.prepare("UPDATE terminal SET fingerprint = $2 WHERE id = $1"));
                return update.bind(1, terminal.id.text()).bind(2, ByteView(facts.fingerprint)).run();
            })
            .value();
        bench.core().terminals->refresh().value();
        std::ofstream(identity.private_key) << terminal.face.key_pem;
        std::ofstream(identity.authority) << terminal.face.authority_pem;
        put(terminal.face.certificate_pem);
    }

    void put(std::string const& certificate_pem) const {
        std::ofstream(identity.certificate, std::ios::trunc) << certificate_pem;
    }
    client::Central central() {
        return client::Central(
            client::Https::open("https://localhost:" + std::to_string(bench.port()), identity).value());
    }
    Result<void> renew() {
        auto asked = central();
        return client::renew_certificate(asked, identity, {});
    }
    std::string certificate() const { return contents(identity.certificate); }
    /// Whether who shows this certificate of the terminal's is let in.
    bool is_let_in(std::string const& certificate_pem) {
        auto face = terminal.face;
        face.certificate_pem = certificate_pem;
        test::TlsClient client(bench.port(), face);
        return client.send(ServingBench::get("/v1/openapi.json")) && client.read_reply().has_value();
    }

    ServingBench bench;
    BenchTerminal terminal;
    test::ScratchFolder folder;
    client::TlsIdentity identity{folder.path / "terminal.crt", folder.path / "terminal.key",
                                 folder.path / "authority.crt"};
};

} // namespace

TEST_CASE("certificate renewal: a terminal of any program is certified for another two years by itself") {
    for (auto const* program : {"kiosk", "agent", "phone", "telephone_system"}) {
        INFO(program);
        EndingTerminal is(program);
        auto const first = is.certificate();
        auto const now = is.bench.clock.now();
        CHECK(client::renewal_is_due(is.identity, now).value());
        CHECK_FALSE(client::renewal_is_due(is.identity, now + std::chrono::days(100) - client::renew_before -
                                                            std::chrono::hours(1))
                        .value());
        REQUIRE(is.renew().has_value());
        auto const second = is.certificate();
        CHECK(second != first);
        auto const facts = crypto::read_certificate(second).value();
        CHECK(facts.common_name == is.terminal.id.text());
        CHECK(facts.not_after > now + std::chrono::days(729));
        CHECK_FALSE(client::renewal_is_due(is.identity, now).value());
        // What is connected under the old one goes on, until that ends by itself.
        CHECK(is.is_let_in(first));
        CHECK(is.is_let_in(second));
        auto const rows = is.bench.core()
                              .store
                              ->read<std::vector<TerminalRow>>([&](storage::Database& database) {
                                  return is.bench.core().terminals->list(database);
                              })
                              .value();
        auto const row = std::ranges::find(rows, is.terminal.id, &TerminalRow::id);
        REQUIRE(row != rows.end());
        CHECK(row->valid_until_us == to_micros(facts.not_after));
    }
}

TEST_CASE("certificate renewal: a reply that is lost costs nothing, and what was lost opens nothing") {
    EndingTerminal is("kiosk");
    auto const first = is.certificate();
    REQUIRE(is.renew().has_value());
    auto const lost = is.certificate();
    is.put(first); // as if it had never come
    REQUIRE(is.renew().has_value());
    auto const second = is.certificate();
    CHECK(second != lost);
    CHECK(is.is_let_in(first));
    CHECK(is.is_let_in(second));
    CHECK_FALSE(is.is_let_in(lost));
    // From the new one on, the first is past.
    is.put(second);
    auto asked = is.central();
    auto const key = crypto::PrivateKey::from_pem(Secret(is.terminal.face.key_pem)).value();
    auto const third = asked.renew_certificate({}, {crypto::make_certificate_request(key, "x")});
    REQUIRE(third.has_value());
    CHECK(is.is_let_in(third.value().certificate_pem));
    CHECK(is.is_let_in(second));
    CHECK_FALSE(is.is_let_in(first));
}

TEST_CASE("certificate renewal: another key is not certified, and a terminal that was revoked gets nothing") {
    EndingTerminal is("kiosk");
    auto const first = is.certificate();
    auto asked = is.central();
    auto const other = asked.renew_certificate(
        {}, {crypto::make_certificate_request(crypto::PrivateKey::generate(), is.terminal.id.text())});
    CHECK(other.error().reason == "certificate_key_differs");
    CHECK(asked.renew_certificate({}, {"no request"}).error().reason == "certificate_request_invalid");
    CHECK(is.is_let_in(first));

    REQUIRE(is.renew().has_value());
    auto const second = is.certificate();
    auto& core = is.bench.core();
    core.operate(
            "terminal_revoke", is.terminal.id.text(),
            [&](storage::Database& database) { return core.terminals->revoke(database, is.terminal.id); })
        .value();
    core.terminals->refresh().value();
    for (auto const& shown : {first, second}) {
        is.put(shown);
        CHECK(is.renew().error().reason == "terminal_revoked");
        CHECK(is.certificate() == shown);
    }
}

TEST_CASE("certificate renewal: it is in the audit, with the terminal that it is about") {
    EndingTerminal is("kiosk");
    REQUIRE(is.renew().has_value());
    int records = 0;
    auto& core = is.bench.core();
    core.store
        ->read<void>([&](storage::Database& database) {
            return core.audit->each_record(database,
                                           [&](std::string const&, std::int64_t, ByteView,
                                               std::optional<AuditRecord> const& record) -> Result<void> {
                                               records += record && record->action == "certificate_renewed" &&
                                                                  record->subject == is.terminal.id.text() &&
                                                                  record->terminal == is.terminal.id.text()
                                                              ? 1
                                                              : 0;
                                               return ok();
                                           });
        })
        .value();
    CHECK(records == 1);
}
