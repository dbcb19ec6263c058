#include "central/authority_files.h"
#include "tests/support/bench.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"
#include "tests/walk/visit_steps.h"

#include <fstream>
#include <iterator>

using namespace portico;
using namespace portico::test;

namespace {

std::string certificate_of(Bench::Kiosk const& kiosk) {
    std::ifstream stream(kiosk.folder() / "data" / "terminal.crt", std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The terminal was certified long ago: a hundred days are left. Neither program runs meanwhile.
void let_it_age(Bench& bench, Bench::Kiosk const& kiosk) {
    auto const data = kiosk.folder() / "data";
    SystemClock const clock;
    auto const identity = central::open_identity(bench.data(), {"localhost"}, clock.now()).value();
    std::ifstream stream(data / "terminal.key", std::ios::binary);
    auto const key =
        crypto::PrivateKey::from_pem(Secret(std::string(std::istreambuf_iterator<char>(stream), {}))).value();
    auto const old =
        identity.authority
            .issue_terminal(crypto::make_certificate_request(key, "x"), kiosk.terminal_id(), clock.now(), 100)
            .value();
    auto database = bench.database();
    auto update = database.prepare("UPDATE terminal SET fingerprint = $2 WHERE id = $1").value();
    auto const facts = crypto::read_certificate(old).value();
    REQUIRE(update.bind(1, kiosk.terminal_id()).bind(2, ByteView(facts.fingerprint)).run().has_value());
    std::ofstream(data / "terminal.crt", std::ios::trunc) << old;
}

} // namespace

TEST_CASE("certificate: a kiosk whose certificate ends in a while has a new one before anybody notices") {
    Bench bench;
    auto const kiosk = bench.add_kiosk();
    kiosk->kill();
    bench.stop_central();
    let_it_age(bench, *kiosk);
    auto const old = certificate_of(*kiosk);
    bench.start_central();
    kiosk->start();
    REQUIRE(eventually([&] { return certificate_of(*kiosk) != old; }));
    auto const fresh = crypto::read_certificate(certificate_of(*kiosk)).value();
    CHECK(fresh.not_after > crypto::read_certificate(old).value().not_after + std::chrono::days(600));
    // It goes on as it is, and with nothing but the new one.
    begin_visit(kiosk->screen());
    CHECK_FALSE(kiosk->screen().shows("part.network_out"));
    kiosk->kill();
    bench.stop_central();
    bench.start_central();
    kiosk->start();
    begin_visit(kiosk->screen());
    register_with_letter(kiosk->screen(), bench.invite("patient-0000001"), bench.settings().key_pin);
    finish_visit(kiosk->screen());
    CHECK(crypto::read_certificate(certificate_of(*kiosk)).value().fingerprint == fresh.fingerprint);
}
