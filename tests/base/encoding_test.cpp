#include "shared/base/encoding.h"
#include "shared/base/uuid.h"
#include "tests/support/catch.h"

using namespace portico;

TEST_CASE("encoding: base64url, base32 and hex follow RFC 4648's test vectors") {
    CHECK(to_base64(as_bytes("foob")) == "Zm9vYg==");
    CHECK(to_base64url(as_bytes("foobar")) == "Zm9vYmFy");
    CHECK(to_base32(as_bytes("foobar")) == "MZXW6YTBOI");
    CHECK(to_hex(as_bytes("\x01\xff")) == "01ff");
    CHECK(as_text(from_base64url("Zm9vYg").value()) == "foob");
    CHECK(as_text(from_base32("mzxw 6ytb oi").value()) == "foobar");
}

TEST_CASE("encoding: a second spelling of the same bytes is refused") {
    CHECK(from_base64url("Zm9vYh").error().reason == "base64url_invalid"); // low bits set
    CHECK(from_base64url("Zm9vYg==").has_error());
    CHECK(from_base64url("Zm9vY/").has_error());
    CHECK(from_hex("abc").has_error());
    CHECK(from_hex("ag").has_error());
}

TEST_CASE("encoding: overlong, surrogate and cut UTF-8 is not UTF-8") {
    CHECK(is_utf8("\xC3\x81ngela"));
    CHECK(is_utf8("\xE1\x9E\x81\xF0\x9F\x99\x82"));
    CHECK_FALSE(is_utf8("\xC0\x80"));
    CHECK_FALSE(is_utf8("\xED\xA0\x80"));
    CHECK_FALSE(is_utf8("\xE1\x9E"));
    CHECK_FALSE(is_utf8("\xF5\x80\x80\x80"));
}

TEST_CASE("uuid: version 7 ids carry the time and keep their order within a millisecond") {
    ManualClock clock(from_micros(1'700'000'000'000'000));
    auto before = make_uuid_v7(clock);
    CHECK(is_uuid_v7(before));
    CHECK(uuid_v7_time_ms(before) == 1'700'000'000'000);
    for (int i = 0; i < 10'000; ++i) {
        auto next = make_uuid_v7(clock);
        REQUIRE(next > before);
        before = next;
    }
    CHECK_FALSE(is_uuid_v7("01890a5d-ac96-474b-bcce-b302099a8057")); // version 4
}
