#pragma once

#include <string>
#include <string_view>

namespace portico {

/// What is dialled before a number of the plan's own country. Source: ITU-T E.164, country code 1.
inline constexpr std::string_view country_code = "1";

/// "+16175550112" of "617-555-0112", "(617) 555-0112", "1 617 555 0112" and "011 1 617...": a number as it is
/// called from anywhere (ITU-T E.164), a national one with `country_code` before it. An extension ("x 12") is
/// left out. Empty for what is no whole number: hidden, without its area, longer than 15 digits, with other
/// letters or signs in it.
std::string e164(std::string_view phone);

} // namespace portico
