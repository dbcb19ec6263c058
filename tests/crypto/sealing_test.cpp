#include "shared/crypto/sealing.h"
#include "tests/support/catch.h"

using namespace portico;
using namespace portico::crypto;

TEST_CASE("sealing: a record opens only with its key, in its place, unchanged") {
    auto const key = RecordKey::generate();
    auto sealed = seal_record(key, "eob/1", as_bytes("made-up record"));
    CHECK(as_text(open_record(key, "eob/1", sealed).value()) == "made-up record");
    CHECK(open_record(key, "eob/2", sealed).error().reason == "record_seal_broken");
    CHECK(open_record(RecordKey::generate(), "eob/1", sealed).has_error());
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        sealed[i] ^= 1U;
        CHECK(open_record(key, "eob/1", sealed).has_error());
        sealed[i] ^= 1U;
    }
    CHECK(open_record(key, "eob/1", ByteView(sealed).first(20)).has_error());
    CHECK(open_record(key, "e", seal_record(key, "e", {})).value().empty());
}

TEST_CASE("sealing: what is sealed to central opens with central's secret half only") {
    auto const central = SealingKeyPair::generate();
    auto const box = seal_to(central.public_key, as_bytes("operation")).value();
    CHECK(open_sealed(central, box).value().reveal() == "operation");
    CHECK(open_sealed(SealingKeyPair::generate(), box).error().reason == "sealed_box_broken");
    auto const again = SealingKeyPair::from_secret(central.secret_key.bytes()).value();
    CHECK(again.public_key == central.public_key);
}

TEST_CASE("sealing: derived keys differ by purpose and the same text hashes alike under one key only") {
    auto const key = RecordKey::generate();
    CHECK(as_text(key.derive("records").bytes()) != as_text(key.derive("index").bytes()));
    CHECK(keyed_hash(key, "a") == keyed_hash(key, "a"));
    CHECK(keyed_hash(key, "a") != keyed_hash(key.derive("x"), "a"));
    // HMAC-SHA-256 as Python's hmac module makes it.
    auto const known = RecordKey::from_bytes(Bytes(32, 0x0B)).value();
    CHECK(to_hex(keyed_hash(known, "Hi There")) ==
          "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7");
    CHECK(keyed_hash(known, "Hi There") == keyed_hash(known, "Hi There"));
    CHECK(to_hex(sha256(as_bytes("abc"))) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
