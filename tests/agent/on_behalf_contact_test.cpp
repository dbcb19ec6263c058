#include "tests/agent/behalf_desk.h"

using namespace portico;
using namespace portico::agent;
using namespace portico::agent::test;
using namespace std::chrono_literals;

namespace {

/// A caller who corrects a detail, which was `value`.
struct Correcting : Caller {
    explicit Correcting(ContactPart part) {
        want(Do{Act::ChangeContact});
        want(ChooseInCase{CaseChoice::ContactPart, static_cast<std::size_t>(part)});
        want(Continue{});
    }
    void told(char const* field, char const* value, std::optional<PostalAddress> address = {}) {
        reply(FieldRevealed{"old", api::RevealedField{field, value, std::move(address)}},
              number_of<Reveal>());
    }
};

} // namespace

TEST_CASE("on behalf: a contact detail is shown, and that is written down, before a new one is typed") {
    Correcting desk(ContactPart::Phone);
    REQUIRE(desk.asked<Reveal>() != nullptr);
    CHECK(desk.asked<Reveal>()->request.field == "phone");
    CHECK(desk.asked<Reveal>()->request.reason == "caller_corrects");
    CHECK(desk.dialog()->old == nullptr);
    desk.told("phone", "(617) 555-0112");
    REQUIRE(desk.dialog()->old != nullptr);
    CHECK(desk.at_hand()->revealed.size() == 1);
    auto const save = [&](char const* phone) -> std::string {
        desk.want(Typed{Field::NewPhone, phone});
        desk.want(Continue{});
        return desk.dialog()->wrong ? desk.dialog()->wrong->reason : "";
    };
    CHECK(save("") == "phone_missing");
    CHECK(save("12") == "phone_invalid");
    CHECK(save("(617) 555-0112") == "nothing_to_change");
    CHECK(save("(617) 555-0199").empty());
    auto const& change = *desk.asked<KeepOperation>()->operation.change_contact_details;
    CHECK(change.old_phone == "(617) 555-0112");
    CHECK(change.phone == "(617) 555-0199");
    CHECK_FALSE(change.address);
    CHECK_FALSE(change.email);
    desk.keep("op-1", desk.number_of<KeepOperation>());
    CHECK(desk.has_no_dialog());
}

TEST_CASE("on behalf: an address is what it was in its parts, and the new one by the rules of addresses") {
    Correcting desk(ContactPart::Address);
    PostalAddress const before{
        .lines = {"12 Sample Street, rear", "Apt 3"}, .city = "Testville", .state = "MA", .zip = "02999"};
    desk.told("postal_address", "12 Sample Street, rear, Apt 3, Testville, MA 02999", before);
    auto const save = [&](Field field, char const* text) -> std::string {
        desk.want(Typed{field, text});
        desk.want(Continue{});
        return desk.dialog()->wrong ? desk.dialog()->wrong->reason : "";
    };
    CHECK(save(Field::AddressLine2, "") == "address_missing");
    CHECK(save(Field::AddressLine, "48 Placeholder Road") == "city_missing");
    CHECK(save(Field::City, "Testville") == "state_invalid");
    CHECK(save(Field::State, "ma") == "zip_invalid");
    CHECK(save(Field::AddressZip, "02139").empty());
    auto const& change = *desk.asked<KeepOperation>()->operation.change_contact_details;
    CHECK(change.old_address == before);
    CHECK(change.address->state == "MA");
    CHECK(change.address->lines == std::vector<std::string>{"48 Placeholder Road"});
}

TEST_CASE("on behalf: an email address is checked, and one that was not on file is no hindrance") {
    Correcting desk(ContactPart::Email);
    desk.told("email", "");
    desk.want(Typed{Field::NewEmail, "alex"});
    desk.want(Continue{});
    CHECK(desk.dialog()->wrong->reason == "email_invalid");
    desk.want(Typed{Field::NewEmail, "alex@example.org"});
    desk.want(Continue{});
    REQUIRE(desk.asked<KeepOperation>() != nullptr);
    CHECK(desk.asked<KeepOperation>()->operation.change_contact_details->old_email == "");
}

TEST_CASE("on behalf: what was on file goes with a lock, after a minute from the screen, and with Esc") {
    Correcting desk(ContactPart::Phone);
    desk.told("phone", "(617) 555-0112");
    desk.want(Typed{Field::NewPhone, "(617) 555-0199"});
    SECTION("lock") {
        desk.want(Do{Act::LockNow});
        desk.type_pin();
        desk.answer(Unlocked{ok()});
        REQUIRE(desk.dialog() != nullptr);
        CHECK(desk.dialog()->old == nullptr);
        CHECK(desk.at_hand()->revealed.empty());
        CHECK(desk.at_hand()->draft(OnBehalf::ChangeContact).phone == "(617) 555-0199");
        // It is shown once more before it is written down.
        desk.want(Continue{});
        CHECK(desk.asked<KeepOperation>() == nullptr);
        CHECK(desk.asked<Reveal>() != nullptr);
    }
    SECTION("a minute") {
        desk.pass(61s);
        CHECK(desk.at_hand()->revealed.empty());
        desk.want(Continue{});
        REQUIRE(desk.asked<KeepOperation>() != nullptr);
        CHECK(desk.asked<KeepOperation>()->operation.change_contact_details->old_phone == "(617) 555-0112");
    }
    SECTION("Esc") {
        desk.want(Close{});
        desk.want(Do{Act::ChangeContact});
        CHECK(desk.dialog()->old == nullptr);
        CHECK(desk.at_hand()->draft(OnBehalf::ChangeContact).phone == "(617) 555-0199");
    }
}

TEST_CASE("on behalf: a value of another field, or that comes too late, is not taken for what was on file") {
    Correcting desk(ContactPart::Phone);
    auto const request = desk.number_of<Reveal>();
    desk.want(Close{});
    desk.want(Do{Act::WriteMessage});
    desk.reply(FieldRevealed{"old", api::RevealedField{"phone", "(617) 555-0112"}}, request);
    CHECK(desk.dialog()->old == nullptr);

    Correcting other(ContactPart::Phone);
    other.told("email", "alex@example.org");
    CHECK(other.dialog()->old == nullptr);
}
