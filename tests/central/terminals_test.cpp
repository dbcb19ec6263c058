#include "shared/api/caller_code.h"
#include "shared/base/uuid.h"
#include "tests/central/serving_bench.h"
#include "tests/support/eventually.h"

using namespace portico;
using namespace portico::central;
using test::ServingBench;

TEST_CASE("terminals: a code certifies one key once, and is refused with one answer after that") {
    ServingBench bench;
    auto const key = crypto::PrivateKey::generate();
    auto const code = bench.invite();
    auto const first = bench.enroll_raw(code, key);
    CHECK(first.status == 200);
    auto const again = bench.enroll_raw(code, crypto::PrivateKey::generate());
    CHECK(again.status == 422);
    auto const unknown = bench.enroll_raw("AAAA-AAAA-AAAA-AAAA", key);
    CHECK(unknown.body == again.body);
}

TEST_CASE(
    "terminals: a terminal that lost the answer has the same certificate again, until it is revoked or the "
    "code is too old") {
    ServingBench bench;
    auto const key = crypto::PrivateKey::generate();
    auto const code = bench.invite();
    auto const first = bench.enroll_raw(code, key);
    REQUIRE(first.status == 200);
    auto const again = bench.enroll_raw(code, key);
    CHECK(again.status == 200);
    CHECK(again.body == first.body);
    auto const id =
        api::from_json<api::EnrollReply>(again.body, api::UnknownFields::Ignore).value().terminal_id;
    auto const another = crypto::PrivateKey::generate();
    SECTION("revoked") {
        CHECK(bench.core()
                  .operate("terminal_revoke", id,
                           [&](storage::Database& database) {
                               return bench.core().terminals->revoke(database, TerminalId(id));
                           })
                  .has_value());
    }
    SECTION("too old") {
        bench.clock.advance(std::chrono::hours(25));
    }
    CHECK(bench.enroll_raw(code, key).status == 422);
    CHECK(bench.enroll_raw(code, another).status == 422);
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

namespace {

/// "" or the reason why not.
std::string invite_reason(ServingBench& bench, std::string const& program, std::string const& desk) {
    auto const invited =
        bench.core().operate("terminal_add", "", [&](storage::Database& database) -> Result<void> {
            TRY(bench.core().terminals->invite(database, "Bench", program, TerminalId(desk)));
            return ok();
        });
    return invited.has_error() ? invited.error().reason : "";
}

api::KeyedDigits a_keyed(ServingBench& bench) {
    return {make_uuid_v7(bench.clock), "call-1", "123456"};
}

} // namespace

TEST_CASE("terminals: a phone belongs to a desk in use, and nothing else belongs to one") {
    ServingBench bench;
    auto const desk = bench.enroll("agent");
    auto const kiosk = bench.enroll("kiosk");
    CHECK(invite_reason(bench, "phone", "") == "desk_needed");
    CHECK(invite_reason(bench, "phone", "none") == "desk_unknown");
    CHECK(invite_reason(bench, "phone", kiosk.id.text()) == "desk_unknown");
    CHECK(invite_reason(bench, "kiosk", desk.id.text()) == "desk_not_wanted");
    CHECK(invite_reason(bench, "agent", desk.id.text()) == "desk_not_wanted");
    CHECK(invite_reason(bench, "fax", desk.id.text()) == "program_unknown");
    CHECK(invite_reason(bench, "phone", desk.id.text()).empty());
    auto const phone = bench.enroll("phone", desk.id);
    CHECK(invite_reason(bench, "phone", phone.id.text()) == "desk_unknown");
    auto& core = bench.core();
    auto const rows = core.store
                          ->read<std::vector<TerminalRow>>(
                              [&](storage::Database& database) { return core.terminals->list(database); })
                          .value();
    int of_desk = 0;
    for (auto const& row : rows)
        of_desk += row.desk == desk.id && row.program == "phone" ? 1 : 0;
    CHECK(of_desk == 2);
    // It may call, and learns that no code waits; a desk or a kiosk may not.
    auto const keyed = ServingBench::post("/v1/phone/keyed", api::to_json(a_keyed(bench)));
    CHECK(bench.call(phone, keyed).status == 404);
    CHECK(bench.call(desk, keyed).status == 403);
    CHECK(bench.call(kiosk, keyed).status == 403);
    CHECK(bench.call(phone, ServingBench::get("/v1/changes")).status == 403);
}

TEST_CASE("terminals: with a desk its phones are revoked, invited and certified ones, and no other desk's") {
    ServingBench bench;
    auto const desk = bench.enroll("agent");
    auto const other = bench.enroll("agent");
    auto const phone = bench.enroll("phone", desk.id);
    auto const spared = bench.enroll("phone", other.id);
    auto const code = bench.invite("phone", desk.id);
    auto const keyed = ServingBench::post("/v1/phone/keyed", api::to_json(a_keyed(bench)));
    CHECK(bench.call(phone, keyed).status == 404);
    auto& core = bench.core();
    core.operate("terminal_revoke", desk.id.text(),
                 [&](storage::Database& database) { return core.terminals->revoke(database, desk.id); })
        .value();
    core.changes->hint();
    CHECK(test::eventually([&] { return bench.call(phone, keyed).status == 403; }));
    CHECK(bench.call(phone, keyed).body.find("terminal_revoked") != std::string::npos);
    CHECK(bench.enroll_raw(code, crypto::PrivateKey::generate(), "phone").status == 422);
    CHECK(invite_reason(bench, "phone", desk.id.text()) == "desk_unknown");
    CHECK(bench.call(spared, keyed).status == 404);
}

TEST_CASE(
    "terminals: a telephone system tells its calls and calls nothing else, and nobody tells them for it") {
    ServingBench bench;
    auto const system = bench.enroll("telephone_system");
    auto const desk = bench.enroll("agent");
    auto const phone = bench.enroll("phone", desk.id);
    CHECK(invite_reason(bench, "telephone_system", desk.id.text()) == "desk_not_wanted");
    auto const calls = ServingBench::post("/v1/line/calls", R"({"sequence":1,"calls":[]})");
    CHECK(bench.call(system, calls).status == 200);
    CHECK(bench.call(system, ServingBench::get("/v1/changes")).status == 403);
    for (auto const& other : {desk, phone, bench.enroll("kiosk")})
        CHECK(bench.call(other, calls).status == 403);
    // Junk of any kind is refused, and central answers on.
    for (auto const* junk :
         {"", "null", "[]", "{}", R"({"sequence":"1","calls":[]})", R"({"sequence":1,"calls":{}})",
          R"({"sequence":1,"calls":[null]})", R"({"sequence":1.5,"calls":[]})",
          R"({"sequence":1,"calls":[]})x",
          R"({"sequence":99999999999999999999,"calls":[]})",
          R"({"sequence":2,"calls":[],"more":1})", R"({"sequence":2,"calls":[{"call":"a"}]})"})
        CHECK(bench.call(system, ServingBench::post("/v1/line/calls", junk)).status == 400);
    CHECK(bench.call(system, "POST /v1/line/calls HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n")
              .status == 413);
    CHECK(bench.call(system, ServingBench::post("/v1/line/calls", R"({"sequence":2,"calls":[]})")).status ==
          200);
}

TEST_CASE("terminals: a desk's extension is digits, one desk's, and gone with the desk") {
    ServingBench bench;
    auto const desk = bench.enroll("agent");
    auto const other = bench.enroll("agent");
    auto const kiosk = bench.enroll("kiosk");
    auto& core = bench.core();
    auto const set = [&](TerminalId const& id, std::string const& extension) {
        auto const outcome = core.operate("terminal_extension", id.text(), [&](storage::Database& database) {
            return core.terminals->set_extension(database, id, extension);
        });
        return outcome.has_error() ? outcome.error().reason : "";
    };
    auto const extension = [&](TerminalId const& id) {
        return core.store
            ->read<std::string>(
                [&](storage::Database& database) { return core.terminals->extension_of(database, id); })
            .value();
    };
    for (auto const* wrong : {"20a", "+201", "20 1", "2\n", "1234567890123456", "sip:201"})
        CHECK(set(desk.id, wrong) == "extension_invalid");
    CHECK(set(kiosk.id, "201") == "desk_unknown");
    CHECK(set(TerminalId("none"), "201") == "desk_unknown");
    CHECK(set(desk.id, "201").empty());
    CHECK(set(desk.id, "201").empty());
    CHECK(extension(desk.id) == "201");
    CHECK(set(other.id, "201") == "extension_taken");
    CHECK(set(desk.id, "").empty());
    CHECK(extension(desk.id).empty());
    CHECK(set(other.id, "201").empty());
    core.operate("terminal_revoke", other.id.text(),
                 [&](storage::Database& database) { return core.terminals->revoke(database, other.id); })
        .value();
    CHECK(extension(other.id).empty());
    CHECK(set(desk.id, "201").empty());
}
