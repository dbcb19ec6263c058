#pragma once

#include "shared/domain/member.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico {

constexpr std::size_t address_lines_max = 3;
constexpr std::size_t address_line_characters_max = 60;
constexpr std::size_t city_characters_max = 40;
constexpr std::size_t email_characters_max = 254; ///< RFC 5321
/// An address change and a reprinted card this close together need a second approver. Source: DOMAIN.
constexpr int address_then_card_days = 30;

/// What a member can change.
struct ContactFields {
    PostalAddress address;
    std::string phone;
    std::string email;
    bool operator==(ContactFields const&) const = default;
};

/// US ZIP: five digits, or nine with or without the hyphen. Errors: InvalidInput "zip_invalid".
Result<void> check_zip(std::string_view zip);
/// Two letters of a US state, district or territory. Errors: InvalidInput "state_invalid".
Result<void> check_state(std::string_view state);
/// A North American number: ten digits, or eleven that begin with 1, with ( ) - . + and blanks; seven when
/// the area is left out. Empty is allowed: nobody must have a phone. Errors: InvalidInput "phone_invalid".
Result<void> check_phone(std::string_view phone);
/// Where a text for this number goes, in E.164 ("+16175550112"); empty for what is no whole North American
/// number, and for one that is no subscriber's telephone (toll-free, premium: NANPA's easily recognizable
/// codes). Whether a number is a mobile's cannot be seen by it: the gateway says.
std::string text_number(std::string_view phone);
/// As which a desk's telephone may call this number, in E.164: a whole North American one, a landline's and a
/// toll-free one too. Empty for emergency and service numbers (N11 as area or exchange), for premium ones
/// (area 900, exchange 976) and for all that is abroad: what may cost a call dear is never dialled by itself.
std::string callable_number(std::string_view phone);
/// One @, a dot in the domain, no blanks. Empty is allowed. Errors: InvalidInput "email_invalid",
/// "email_long".
Result<void> check_email(std::string_view email);
/// Errors: InvalidInput "address_missing", "address_long", "address_invalid" (control characters, no text),
/// "city_missing", "state_invalid", "zip_invalid".
Result<void> check_address(PostalAddress const& address);
/// All of them, the first wrong one.
Result<void> check_contact(ContactFields const& fields);

/// Which changes someone who took over an account would make first.
enum class ContactChange : std::uint8_t { Address, Phone, Email };
std::vector<ContactChange> changes_between(ContactFields const& before, ContactFields const& after);

/// True when a change must wait and be told to the old and the new: cards, letters or codes would go
/// somewhere they did not go before. A phone or email that is only taken away is told to it, and does not
/// wait. The same place written another way is no change.
bool is_risky(ContactFields const& before, ContactFields const& after);

} // namespace portico
