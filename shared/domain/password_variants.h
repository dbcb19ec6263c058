#pragma once

#include <functional>
#include <string_view>

namespace portico {

/// Holds a password against a list the way people try to get around one: figures and marks put before and
/// behind, figures for letters ("p4$$w0rd"), blanks and marks between, the word twice, the word backwards.
/// Source: NIST SP 800-63B-4, 3.1.1.2, and what guessing programs try first.
/// `folded` is in lower case. `listed` is asked for each simple variant, `folded` itself first; what it is
/// given is wiped afterwards. True as soon as one is listed.
bool any_variant_listed(std::string_view folded, std::function<bool(std::string_view)> const& listed);

/// The text with figures and marks read as the letters they stand for; `one` is what "1" and "!" read as, 'i'
/// or 'l'. Calls `use` with it and wipes it.
void with_letters_for_figures(std::string_view folded, char one,
                              std::function<void(std::string_view)> const& use);

} // namespace portico
