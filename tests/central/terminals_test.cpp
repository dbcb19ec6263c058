#include "tests/central/serving_bench.h"

using namespace portico;
using namespace portico::central;
using test::ServingBench;

TEST_CASE("terminals: a code certifies one key once, and is refused with one answer after that") {
    ServingBench bench;
    auto const key = crypto::PrivateKey::generate();
    auto const code = bench.invite();
    auto const first = bench.enroll_raw(code, key);
    CHECK(first.status == 200);
    auto const again = bench.enroll_raw(code, key);
    CHECK(again.status == 422);
    auto const unknown = bench.enroll_raw("AAAA-AAAA-AAAA-AAAA", key);
    CHECK(unknown.body == again.body);
}

TEST_CASE("terminals: a code is read with small letters and blanks, but not for another program") {
    ServingBench bench;
    auto const key = crypto::PrivateKey::generate();
    auto code = bench.invite("agent");
    CHECK(bench.enroll_raw(code, key, "kiosk").status == 422);
    for (auto& c : code)
        c = c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    CHECK(bench.enroll_raw(code, key, "agent").status == 200);
}

TEST_CASE("terminals: a code is too old after a day") {
    ServingBench bench;
    auto const code = bench.invite();
    bench.clock.advance(std::chrono::hours(25));
    auto const reply = bench.enroll_raw(code, crypto::PrivateKey::generate());
    CHECK(reply.status == 422);
}

TEST_CASE("terminals: a request that its own key did not sign is refused and the code can still be used") {
    ServingBench bench;
    auto const code = bench.invite();
    api::EnrollRequest const request{code, "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n", "kiosk"};
    test::TlsClient client(bench.serving->server().enrollment_port(),
                           {bench.core().identity.authority.certificate_pem(), "", ""});
    client.send(ServingBench::post("/v1/enroll", api::to_json(request)));
    CHECK(client.read_reply()->status == 400);
    CHECK(bench.enroll_raw(code, crypto::PrivateKey::generate()).status == 200);
}

TEST_CASE("terminals: guessing codes from one address is slowed down") {
    ServingBench bench;
    auto const key = crypto::PrivateKey::generate();
    int slowed = 0;
    for (int i = 0; i < 7; ++i) {
        auto const reply = bench.enroll_raw("BBBB-BBBB-BBBB-BBBB", key);
        slowed += reply.status == 429 ? 1 : 0;
        CHECK((reply.status == 422 || reply.status == 429));
        if (reply.status == 429)
            CHECK(reply.head.find("Retry-After: ") != std::string::npos);
    }
    CHECK(slowed >= 1);
}

TEST_CASE("terminals: the enrolment listener knows no other call") {
    ServingBench bench;
    test::TlsClient client(bench.serving->server().enrollment_port(), {"", "", ""});
    client.send(ServingBench::get("/v1/changes"));
    CHECK(client.read_reply()->status == 404);
}
