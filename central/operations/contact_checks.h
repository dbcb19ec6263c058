#pragma once

#include "shared/base/result.h"
#include "shared/domain/member.h"

#include <string>

namespace portico::central {

/// Errors: InvalidInput "address_invalid".
Result<void> check_address(PostalAddress const& address);
/// Ten digits of the North American plan, with or without +1 and the usual signs between.
/// Errors: InvalidInput "phone_invalid".
Result<void> check_phone(std::string const& phone);
/// Errors: InvalidInput "email_invalid".
Result<void> check_email(std::string const& email);

} // namespace portico::central
