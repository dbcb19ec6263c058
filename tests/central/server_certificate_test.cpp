#include "central/authority_files.h"
#include "tests/central/serving_bench.h"

using namespace portico;
using namespace portico::central;
using test::ServingBench;
using test::TlsClient;

namespace {

/// What whoever connects now is shown, at the terminals' listener and at that for enrolment.
std::string shown_now(ServingBench& bench, test::BenchTerminal const& terminal) {
    auto const shown = TlsClient(bench.port(), terminal.face).server_certificate_pem();
    auto const& authority = bench.core().identity.authority.certificate_pem();
    CHECK(
        TlsClient(bench.serving->server().enrollment_port(), {authority, "", ""}).server_certificate_pem() ==
        shown);
    return shown;
}

void put(std::filesystem::path const& file, std::string_view text) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

/// The certificate in the folder becomes one that ends so soon.
void let_it_end_in(ServingBench& bench, int days) {
    auto const& own = bench.core().identity;
    auto const made =
        bench.clock.now() - std::chrono::hours(24 * (crypto::CertificateAuthority::server_valid_days - days));
    put(bench.data / "keys" / "server.crt",
        own.authority.issue_server(own.server_key, bench.core().settings.hosts, made).value());
}

bool answers(TlsClient& client) {
    return client.send(ServingBench::get("/v1/changes")) && client.read_reply().has_value();
}

} // namespace

TEST_CASE("server certificate: one that is about to end is made anew and shown without a restart") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    auto const first = shown_now(bench, terminal);
    REQUIRE_FALSE(first.empty());
    CHECK_FALSE(bench.serving->renew_certificate().value());
    CHECK(shown_now(bench, terminal) == first);

    TlsClient before(bench.port(), terminal.face);
    let_it_end_in(bench, 29);
    CHECK(bench.serving->renew_certificate().value());
    auto const second = shown_now(bench, terminal);
    CHECK(second != first);
    CHECK(crypto::read_certificate(second).value().not_after >
          bench.clock.now() + std::chrono::hours(24 * 300));
    // Who was connected goes on.
    CHECK(answers(before));
    TlsClient after(bench.port(), terminal.face);
    CHECK(answers(after));

    // One that has a day more is left as it is: it was put there, so it is shown.
    let_it_end_in(bench, 31);
    CHECK(bench.serving->renew_certificate().value());
    auto const third = shown_now(bench, terminal);
    CHECK(third != second);
    CHECK_FALSE(bench.serving->renew_certificate().value());
    CHECK(shown_now(bench, terminal) == third);
}

TEST_CASE(
    "server certificate: another key is taken with its certificate, what fits nothing changes nothing") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    auto const keys = bench.data / "keys";
    auto const first = shown_now(bench, terminal);

    // A key, and the certificate of the one before.
    put(keys / "server.key", crypto::PrivateKey::generate().pem().reveal());
    let_it_end_in(bench, 100);
    auto const refused = bench.serving->renew_certificate();
    REQUIRE(refused.has_error());
    CHECK(refused.error().reason == "tls_invalid");
    CHECK(shown_now(bench, terminal) == first);

    put(keys / "server.key", "not a key");
    CHECK(bench.serving->renew_certificate().error().reason == "keys_damaged");
    CHECK(shown_now(bench, terminal) == first);

    put(keys / "server.key", crypto::PrivateKey::generate().pem().reveal());
    std::filesystem::remove(keys / "server.crt");
    CHECK(bench.serving->renew_certificate().value());
    CHECK(shown_now(bench, terminal) != first);
    TlsClient client(bench.port(), terminal.face);
    CHECK(answers(client));
}
