#include "central/http/route.h"
#include "shared/api/failure.h"
#include "tests/central/serving_bench.h"

#include <random>
#include <sys/resource.h>

using namespace portico;
using namespace portico::central;
using test::ServingBench;
using test::TlsClient;
using test::TlsFace;

namespace {
/// True when the server answers nothing at all to a caller with this face.
bool no_connection(ServingBench& bench, TlsFace const& face) {
    TlsClient client(bench.port(), face);
    client.send(ServingBench::get("/v1/changes"));
    return !client.read_reply().has_value();
}

/// The reason of a refusal; empty for any other answer or none.
std::string refusal_of(test::RawReply const& reply) {
    if (reply.status != 403)
        return {};
    auto const failure = api::from_json<api::Failure>(reply.body, api::UnknownFields::Refuse);
    return failure.has_value() ? failure.value().reason : std::string();
}

/// One refusal, and the connection ends after it.
void expect_only_refusal(ServingBench& bench, test::BenchTerminal const& terminal) {
    TlsClient client(bench.port(), terminal.face);
    REQUIRE(client.send(ServingBench::get("/v1/changes") + ServingBench::get("/v1/changes")));
    auto const refused = client.read_reply();
    REQUIRE(refused);
    CHECK(refusal_of(*refused) == "terminal_revoked");
    CHECK_FALSE(client.read_reply().has_value());
}

void revoke(ServingBench& bench, TerminalId const& terminal) {
    bench.core()
        .operate(
            "terminal_revoke", terminal.text(),
            [&](storage::Database& database) { return bench.core().terminals->revoke(database, terminal); })
        .value();
    bench.core().terminals->refresh().value();
}

/// How many records the audit holds.
std::int64_t audit_length(ServingBench& bench) {
    auto const heads = bench.core().store->read<std::vector<AuditLog::Head>>(
        [&](storage::Database& database) { return bench.core().audit->heads(database); });
    std::int64_t length = 0;
    for (auto const& head : heads.value())
        length += head.sequence;
    return length;
}
} // namespace

TEST_CASE("server: without a terminal certificate of this plan over TLS 1.3 there is no connection") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    CHECK_FALSE(no_connection(bench, terminal.face));

    auto none = terminal.face;
    none.certificate_pem.clear();
    CHECK(no_connection(bench, none));

    auto old = terminal.face;
    old.version_max = TLS1_2_VERSION;
    CHECK(no_connection(bench, old));

    auto const key = crypto::PrivateKey::generate();
    auto const request = crypto::make_certificate_request(key, "x");
    auto const other = crypto::CertificateAuthority::create("Other Plan", bench.clock.now());
    auto const foreign = other.issue_terminal(request, terminal.id.text(), bench.clock.now()).value();
    CHECK(no_connection(bench, {terminal.face.authority_pem, foreign, std::string(key.pem().reveal())}));

    auto const& own = bench.core().identity.authority;
    auto const long_ago = bench.clock.now() - std::chrono::hours(24 * 800);
    auto const expired = own.issue_terminal(request, terminal.id.text(), long_ago).value();
    CHECK(no_connection(bench, {terminal.face.authority_pem, expired, std::string(key.pem().reveal())}));

    // Our own authority, but a key that this terminal never enrolled, and a server's certificate.
    auto const second = own.issue_terminal(request, terminal.id.text(), bench.clock.now()).value();
    CHECK(no_connection(bench, {terminal.face.authority_pem, second, std::string(key.pem().reveal())}));
    auto const server = own.issue_server(key, {"localhost"}, bench.clock.now()).value();
    CHECK(no_connection(bench, {terminal.face.authority_pem, server, std::string(key.pem().reveal())}));
}

TEST_CASE("server: a terminal revoked while it waits is cut, and from then on told that and nothing else") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    TlsClient client(bench.port(), terminal.face);
    REQUIRE(client.send(ServingBench::get("/v1/changes?after=")));
    auto const first = client.read_reply();
    REQUIRE(first);
    auto const cursor =
        api::from_json<api::ChangesPage>(first->body, api::UnknownFields::Refuse).value().cursor;
    REQUIRE(client.send(ServingBench::get("/v1/changes?wait=50&after=" + cursor)));
    revoke(bench, terminal.id);
    // The wait of 50 s would outlast the client's patience of 30 s: only the cut ends this.
    CHECK_FALSE(client.read_reply().has_value());
    CHECK(client.closed_by_server());
    expect_only_refusal(bench, terminal);
}

TEST_CASE("server: no route runs for a revoked certificate, whatever is asked with whatever token") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    auto const token = bench.sign_in(terminal, PatientId("patient-1"), Assurance::TwoFactors);
    revoke(bench, terminal.id);
    auto const before = audit_length(bench);
    for (auto const& route : routes()) {
        std::string path(route.path);
        if (auto const at = path.find("{id}"); at != std::string::npos)
            path.replace(at, 4, "some-id");
        auto const request = route.method == Method::Get ? ServingBench::get(path, token)
                                                         : ServingBench::post(path, "{}", token);
        INFO(path);
        CHECK(refusal_of(bench.call(terminal, request)) == "terminal_revoked");
    }
    for (auto const* odd : {"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n",
                            "DELETE /v1/home HTTP/1.1\r\nHost: localhost\r\n\r\n"})
        CHECK(refusal_of(bench.call(terminal, odd)) == "terminal_revoked");
    // Every route that ran would have left its record.
    CHECK(audit_length(bench) == before);
    expect_only_refusal(bench, terminal);
}

TEST_CASE("server: a certificate of a revoked terminal's name that is not its own gets no answer at all") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    revoke(bench, terminal.id);
    auto const key = crypto::PrivateKey::generate();
    auto const twin =
        bench.core()
            .identity.authority
            .issue_terminal(crypto::make_certificate_request(key, "x"), terminal.id.text(), bench.clock.now())
            .value();
    CHECK(no_connection(bench, {terminal.face.authority_pem, twin, std::string(key.pem().reveal())}));
}

TEST_CASE("server: a waiting call is answered when something is published") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    TlsClient client(bench.port(), terminal.face);
    client.send(ServingBench::get("/v1/changes"));
    auto const cursor =
        api::from_json<api::ChangesPage>(client.read_reply()->body, api::UnknownFields::Refuse)
            .value()
            .cursor;
    client.send(ServingBench::get("/v1/changes?wait=50&after=" + cursor));
    bench.core()
        .store
        ->write([&](storage::Database& database) {
            return bench.core().changes->put(
                database,
                api::Notice{"n1", "printing", "notice", "No cards today.", "Hoy no hay tarjetas.", "", ""});
        })
        .value();
    auto const reply = client.read_reply();
    REQUIRE(reply);
    auto const page = api::from_json<api::ChangesPage>(reply->body, api::UnknownFields::Refuse).value();
    REQUIRE(page.changes.size() == 1);
    CHECK(page.changes[0].notice->text_en == "No cards today.");
}

TEST_CASE("server: many waiting calls are all answered, however few may be queued") {
    constexpr std::size_t waiting = 40;
    ServerLimits limits;
    limits.connections_per_terminal_max = waiting + 1;
    limits.worker_count = 1;
    limits.queue_max = 8;
    ServingBench bench(limits);
    auto const terminal = bench.enroll();
    TlsClient control(bench.port(), terminal.face);
    auto const look = [&] {
        control.send(ServingBench::get("/v1/changes"));
        auto const reply = control.read_reply();
        REQUIRE(reply);
        INFO(reply->body);
        REQUIRE(reply->status == 200);
        return api::from_json<api::ChangesPage>(reply->body, api::UnknownFields::Refuse).value().cursor;
    };
    auto const cursor = look();
    std::vector<std::unique_ptr<TlsClient>> all;
    for (std::size_t i = 0; i < waiting; ++i) {
        all.push_back(std::make_unique<TlsClient>(bench.port(), terminal.face));
        all.back()->send(ServingBench::get("/v1/changes?wait=50&after=" + cursor));
        look(); // one after the other, so that none is refused now
    }
    bench.core()
        .store
        ->write([&](storage::Database& database) {
            return bench.core().changes->put(
                database, api::Notice{"n1", "printing", "notice", "No cards.", "Hoy no hay.", "", ""});
        })
        .value();
    for (auto const& each : all) {
        auto const reply = each->read_reply();
        REQUIRE(reply);
        CHECK(reply->status == 200);
        CHECK(reply->body.find("No cards.") != std::string::npos);
    }
}

TEST_CASE("server: unknown calls, wrong methods, and bodies of the wrong size or type are refused by name") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    auto const check = [&](std::string const& request, int status, std::string const& reason) {
        auto const reply = bench.call(terminal, request);
        CHECK(reply.status == status);
        CHECK(reply.body.find("\"reason\":\"" + reason + "\"") != std::string::npos);
        return reply;
    };
    check(ServingBench::get("/v1/nothing"), 404, "route_unknown");
    check(ServingBench::post("/v1/enroll", "{}"), 404, "route_unknown"); // not on this listener
    auto const wrong = check(ServingBench::get("/v1/operations"), 405, "method_wrong");
    CHECK(wrong.head.find("Allow: POST\r\n") != std::string::npos);
    check(ServingBench::post("/v1/sign-out", "{"), 400, "json_invalid");
    check(ServingBench::post("/v1/sign-out", R"({"extra":1})"), 400, "json_shape");
    check(ServingBench::get("/v1/changes?afetr=x"), 400, "query_invalid");
    check(ServingBench::get("/v1/changes?limit=1&limit=2"), 400, "query_invalid");
    check(ServingBench::get("/v1/changes?after=%ff"), 400, "target_invalid");
    check("POST /v1/sign-out HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
          415, "content_type_wrong");
    check("POST /v1/sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n", 413, "body_too_large");
    check("POST /v1/sign-out HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n" +
              std::string(70'000, ' '),
          413, "body_too_large");
    check("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(9000, 'a') + "\r\n\r\n", 431,
          "header_too_large");
    check(ServingBench::get("/v1/home"), 401, "session_needed");
    check(ServingBench::get("/v1/home", "not-a-token"), 401, "session_unknown");
}

TEST_CASE("server: malformed requests never stop it from answering the next terminal") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    std::mt19937 random(20260101); // seeded: a failure comes back
    auto const valid = ServingBench::post("/v1/sign-out", "{}");
    for (int round = 0; round < 60; ++round) {
        auto broken = valid;
        for (int change = 0; change < 3; ++change)
            broken[random() % broken.size()] = static_cast<char>(random() % 256);
        broken.resize(1 + random() % broken.size());
        TlsClient client(bench.port(), terminal.face);
        client.send(broken + "\r\n\r\n");
        // Whatever it made of it, it must answer or close; a reply must be one of ours.
        if (round % 3 == 0) {
            auto const reply = client.read_reply();
            CHECK((!reply || reply->status >= 200));
        }
    }
    CHECK(bench.call(terminal, ServingBench::get("/v1/changes")).status == 200);
}

TEST_CASE("server: who is too slow with a head or a body is cut") {
    ServerLimits limits;
    limits.header_timeout_s = 1;
    limits.body_timeout_s = 1;
    limits.keep_alive_timeout_s = 1;
    ServingBench bench(limits);
    auto const terminal = bench.enroll();
    for (auto const* part :
         {"", "GET /v1/chan", "POST /v1/sign-out HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{"}) {
        TlsClient client(bench.port(), terminal.face);
        client.send(part);
        CHECK(client.closed_by_server());
    }
}

TEST_CASE("server: one connection serves one call after the other, also when both came at once") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    TlsClient client(bench.port(), terminal.face);
    client.send(ServingBench::get("/v1/changes") + ServingBench::post("/v1/sign-out", "{}") +
                ServingBench::get("/v1/nothing"));
    CHECK(client.read_reply()->status == 200);
    CHECK(client.read_reply()->status == 200);
    CHECK(client.read_reply()->status == 404);
}

TEST_CASE("server: a terminal with too many connections gets no more until one is gone") {
    ServerLimits limits;
    limits.connections_per_terminal_max = 2;
    ServingBench bench(limits);
    auto const terminal = bench.enroll();
    std::vector<std::unique_ptr<TlsClient>> open;
    for (int i = 0; i < 2; ++i) {
        open.push_back(std::make_unique<TlsClient>(bench.port(), terminal.face));
        open.back()->send(ServingBench::get("/v1/changes"));
        REQUIRE(open.back()->read_reply());
    }
    CHECK(no_connection(bench, terminal.face));
    auto const other = bench.enroll();
    CHECK_FALSE(no_connection(bench, other.face));
}

TEST_CASE("server: it has more connections than files were allowed when it began, where the system lets it") {
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit const few{120, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
    ServerLimits limits;
    limits.connections_per_terminal_max = limits.connections_max = 100;
    ServingBench bench(limits);
    CHECK(bench.serving->server().connections_max() == 100);
    auto const terminal = bench.enroll();
    // Both ends are this process's files.
    std::vector<std::unique_ptr<TlsClient>> open;
    for (int i = 0; i < 100; ++i) {
        open.push_back(std::make_unique<TlsClient>(bench.port(), terminal.face));
        open.back()->send(ServingBench::get("/v1/changes"));
        REQUIRE(open.back()->read_reply());
    }
    CHECK(no_connection(bench, terminal.face));
    open.clear();
    ::setrlimit(RLIMIT_NOFILE, &before);
}

TEST_CASE("server: draining answers a waiting call and closes idle connections") {
    ServingBench bench;
    auto const terminal = bench.enroll();
    TlsClient waiting(bench.port(), terminal.face);
    waiting.send(ServingBench::get("/v1/changes"));
    auto const cursor =
        api::from_json<api::ChangesPage>(waiting.read_reply()->body, api::UnknownFields::Refuse)
            .value()
            .cursor;
    TlsClient idle(bench.port(), terminal.face);
    idle.send(ServingBench::get("/v1/changes"));
    REQUIRE(idle.read_reply());
    // Both in one record: with the first answered, the server has the second as well.
    waiting.send(ServingBench::get("/v1/nothing") + ServingBench::get("/v1/changes?wait=50&after=" + cursor));
    REQUIRE(waiting.read_reply()->status == 404);
    bench.serving->drain();
    auto const answered = waiting.read_reply();
    REQUIRE(answered);
    CHECK(answered->status == 200);
    CHECK(idle.closed_by_server());
    CHECK(bench.serving->server().open_connections() == 0);
    TlsClient late(bench.port(), terminal.face);
    CHECK_FALSE(late.connected());
}

TEST_CASE("server: what is out of reach is told with the time to ask again, not with the names of machines") {
    auto const reply = failure_reply(
        error(ErrorKind::Unavailable, "database_unavailable", "the database at db1.example.org is away"));
    CHECK(reply.status == 503);
    CHECK(reply.retry_after_s > 0);
    auto const told = api::from_json<api::Failure>(reply.body, api::UnknownFields::Refuse).value();
    CHECK(told.reason == "database_unavailable");
    CHECK(told.retry_after_s == reply.retry_after_s);
    CHECK(reply.body.find("db1") == std::string::npos);
}
