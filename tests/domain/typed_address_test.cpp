#include "shared/domain/typed_address.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {

enum class FormField { Phone, AddressLine, AddressLine2, City, State, AddressZip };

PostalAddress on_file() {
    return {
        .lines = {"48 Placeholder Road", "Apartment 7"}, .city = "Testville", .state = "MA", .zip = "02139"};
}

} // namespace

TEST_CASE("typed address: a form that nobody touched is the address that it began with") {
    auto const typed = TypedAddress::of(on_file());
    CHECK(typed.line == "48 Placeholder Road");
    CHECK(typed.line2 == "Apartment 7");
    CHECK(typed.address() == on_file());
    CHECK(TypedAddress::of(PostalAddress{}).address() == PostalAddress{});
}

TEST_CASE("typed address: lines that a form has no field for stay as they are on file") {
    auto long_one = on_file();
    long_one.lines.push_back("Back entrance");
    auto typed = TypedAddress::of(long_one);
    CHECK(typed.address() == long_one);
    typed.line = "50 Placeholder Road";
    CHECK(typed.address().lines ==
          std::vector<std::string>{"50 Placeholder Road", "Apartment 7", "Back entrance"});
    typed.wipe();
    CHECK(typed == TypedAddress{});
}

TEST_CASE("typed address: an empty line is none, and a state has capital letters") {
    TypedAddress typed{
        .line = "", .line2 = "Post office box 12", .city = "Testville", .state = "ma", .zip = "02139"};
    auto const address = typed.address();
    CHECK(address.lines == std::vector<std::string>{"Post office box 12"});
    CHECK(address.state == "MA");
}

TEST_CASE("typed address: each field of a form has its part, and none of another field is one") {
    TypedAddress typed;
    *typed.part(FormField::AddressLine) = "line";
    *typed.part(FormField::AddressLine2) = "line2";
    *typed.part(FormField::City) = "city";
    *typed.part(FormField::State) = "state";
    *typed.part(FormField::AddressZip) = "zip";
    CHECK(typed == TypedAddress{"line", "line2", "city", "state", "zip", {}});
    CHECK(typed.part(FormField::Phone) == nullptr);
    typed.wipe();
    CHECK(typed == TypedAddress{});
}
