#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {
Result<int> half(int n) {
    if (n % 2 != 0)
        return error(ErrorKind::InvalidInput, "odd", "only even numbers have a half");
    return n / 2;
}
Result<void> check_even(int n) {
    TRY(half(n));
    return ok();
}
Result<int> quarter(int n) {
    TRY(check_even(n));
    return TRY(half(TRY(half(n))));
}
} // namespace

TEST_CASE("result: TRY hands on the value or returns the error") {
    CHECK(quarter(8).value() == 2);
    CHECK(quarter(6).error().reason == "odd");
    CHECK(check_even(3).has_error());
}

TEST_CASE("secret: erasing removes one whole character and clearing leaves nothing") {
    Secret secret("p\xC3\xA9");
    secret.erase_last();
    CHECK(secret.reveal() == "p");
    secret.append("in");
    CHECK(secret.reveal() == "pin");
    auto const* where = secret.bytes().data();
    secret.clear();
    CHECK(secret.empty());
    CHECK(where[0] == 0);
}
