#include "shared/api/set_up_label.h"
#include "tests/support/catch.h"
#include "tests/support/must.h"

using namespace portico;
using namespace portico::api;
using portico::test::must;

namespace {

std::string const fingerprint_of_all_digits =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

SetUpLabel sample_label() {
    return {.enroll_at = "central.example.org:8444",
            .serve_at = "desk.example.org:8443",
            .code = Secret("ABCD-EFGH-2345-MNOP"),
            .fingerprint = fingerprint_of_all_digits};
}

std::string reason_of(std::string const& text) {
    auto const parsed = parse_set_up_label(text);
    return parsed.has_error() ? parsed.error().reason : std::string();
}

} // namespace

TEST_CASE("set-up label: what central writes a terminal reads") {
    auto const text = must(encode_set_up_label(sample_label()));
    CHECK(text.reveal() ==
          "PORTICO-SETUP/1/CENTRAL.EXAMPLE.ORG:8444/DESK.EXAMPLE.ORG:8443/ABCD-EFGH-2345-MNOP/"
          "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF");
    auto const read = must(parse_set_up_label(text.reveal()));
    CHECK(read.enroll_at == "central.example.org:8444");
    CHECK(read.serve_at == "desk.example.org:8443");
    CHECK(read.code.reveal() == "ABCD-EFGH-2345-MNOP");
    CHECK(read.fingerprint == fingerprint_of_all_digits);
}

TEST_CASE(
    "set-up label: what is cut, longer, of another kind or of a later layout is refused, and never by half") {
    std::string const whole(must(encode_set_up_label(sample_label())).reveal());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        INFO(size);
        CHECK_FALSE(reason_of(whole.substr(0, size)).empty());
    }
    CHECK(reason_of(whole + "/MORE") == "set_up_label_fields");
    CHECK(reason_of("8084012345") == "set_up_label_not_ours");
    CHECK(reason_of("") == "set_up_label_not_ours");
    CHECK(reason_of("PORTICO-SETUPS" + whole.substr(13)) == "set_up_label_not_ours");
    CHECK(reason_of("PORTICO-SETUP/2" + whole.substr(15)) == "set_up_label_version");
    CHECK(reason_of(whole + std::string(set_up_label_bytes_max, 'A')) == "set_up_label_not_ours");
}

TEST_CASE("set-up label: an address is a host with a port, or with the usual one") {
    auto const read = [](std::string_view typed) {
        auto const address = central_address(typed, 8444);
        return address.has_value() ? address.value() : address.error().reason;
    };
    CHECK(read("Central.Example.org") == "central.example.org:8444");
    CHECK(read("https://central.example.org:9000/") == "central.example.org:9000");
    CHECK(read("10.0.0.7:1") == "10.0.0.7:1");
    CHECK(read("[2001:DB8::7]") == "[2001:db8::7]:8444");
    CHECK(read("[2001:db8::7]:65535") == "[2001:db8::7]:65535");
    for (auto const* wrong :
         {"", " ", ":8444", "host:", "host:0", "host:65536", "host:84x", "ho st@x", "a..b", "-a", ".a",
          "[::1", "[::1]8444", "host/path", "http://host", "host:1:2", "h\xc3\xb6st"}) {
        INFO(wrong);
        CHECK(read(wrong) == "central_address_invalid");
    }
    CHECK(at_port("central.example.org:8444", 8443) == "central.example.org:8443");
    CHECK(at_port("[2001:db8::7]:8444", 8443) == "[2001:db8::7]:8443");
}

TEST_CASE("set-up label: a fingerprint and a code are read as people type them") {
    CHECK(must(certificate_fingerprint(
              "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:"
              "45:67:89:AB:CD:EF")) == fingerprint_of_all_digits);
    CHECK(must(certificate_fingerprint("0123 4567" + fingerprint_of_all_digits.substr(8))) ==
          fingerprint_of_all_digits);
    std::string const pin = "sha256//" + std::string(43, 'x') + "=";
    CHECK(must(certificate_fingerprint(pin)) == pin);
    CHECK_FALSE(certificate_fingerprint(fingerprint_of_all_digits.substr(1)));
    CHECK_FALSE(certificate_fingerprint("g" + fingerprint_of_all_digits.substr(1)));
    CHECK_FALSE(certificate_fingerprint(pin.substr(1)));
    CHECK(is_enrollment_code("abcd efgh 2345 mnop"));
    CHECK_FALSE(is_enrollment_code("ABCD-EFGH-2345-MNO"));
    CHECK_FALSE(is_enrollment_code("ABCD-EFGH-2345-MNO1")); // no 1 in it: it is an I
}
