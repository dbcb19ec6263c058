#include "tests/phone/phone_bench.h"
#include "tests/phone/tls_telephones.h"
#include "tests/support/catch.h"
#include "tests/support/eventually.h"

using namespace portico;
using namespace portico::test;
using State = PhoneCall::State;

namespace {

PhoneBench::Settings telephone_at(TlsTelephones& telephones, std::string encryption = "srtp") {
    PhoneBench::Settings made;
    made.encryption = std::move(encryption);
    made.telephones = [&telephones](std::uint16_t port) { return telephones.start(port); };
    return made;
}

/// Waits for it.
bool was_called(TlsTelephones const& telephones) {
    auto const call = "INVITE sip:" + std::string(TlsTelephones::number);
    return eventually([&] { return telephones.output().find(call) != std::string::npos; });
}

/// How a call to somebody ended that cannot be made.
std::string end_of_call(PhoneBench& bench) {
    bench.central().set_number(TlsTelephones::number);
    return bench.wait_end(bench.dial());
}

} // namespace

TEST_CASE(
    "telephone over tls: a call goes through where the telephone system is certified, its sound is SRTP") {
    if (!PhoneBench::can_run())
        return;
    for (auto const* encryption : {"srtp", "dtls_srtp"}) {
        INFO(encryption);
        TlsTelephones telephones({.sound = encryption == std::string("srtp") ? "srtp-mand" : "dtls_srtp"});
        PhoneBench bench(telephone_at(telephones, encryption));
        bench.central().set_number(TlsTelephones::number);
        auto const id = bench.dial();
        REQUIRE(bench.wait_state(id, State::Talking));
        CHECK(was_called(telephones));
        // No byte of it went past TLS, and the sound is offered enciphered alone.
        auto const said = telephones.output();
        CHECK(said.find("Via: SIP/2.0/TLS ") != std::string::npos);
        CHECK(said.find("Via: SIP/2.0/UDP ") == std::string::npos);
        CHECK(said.find("Via: SIP/2.0/TCP ") == std::string::npos);
        CHECK(said.find("RTP/SAVP") != std::string::npos);
        CHECK(said.find("RTP/AVP ") == std::string::npos);
        CHECK(bench.desk().hang_up(id).has_value());
        CHECK(bench.wait_end(id) == "desk");
    }
}

TEST_CASE(
    "telephone over tls: one whom another authority certifies is told nothing, under the same name too") {
    if (!PhoneBench::can_run())
        return;
    TlsTelephones telephones({.certified = false});
    PhoneBench bench(telephone_at(telephones));
    CHECK(end_of_call(bench) != "desk");
    for (auto const& view : bench.told())
        for (auto const& one : view.calls)
            CHECK(one.state != State::Talking);
    // It was not even said hello to.
    CHECK(telephones.output().find("SIP/2.0") == std::string::npos);
}

TEST_CASE("telephone over tls: sound in clear is not offered, and who takes no other is not talked to") {
    if (!PhoneBench::can_run())
        return;
    TlsTelephones telephones({.sound = ""});
    PhoneBench bench(telephone_at(telephones));
    CHECK(end_of_call(bench) != "desk");
    CHECK(was_called(telephones)); // so that it was this that failed
    CHECK(telephones.output().find("RTP/AVP ") == std::string::npos);
    for (auto const& view : bench.told())
        for (auto const& one : view.calls)
            CHECK(one.state != State::Talking);
}
