#pragma once

#include "central/core.h"
#include "tests/central/tls_client.h"

#include <string>
#include <string_view>

namespace portico::bench {

/// A terminal with somebody signed in on it.
struct SignedInTerminal {
    test::TlsFace face;
    std::string token;
};

/// Certifies a terminal of this program ("kiosk", "agent") and opens a session of two factors there: of a
/// member when `staff` is empty, else of staff. Before central serves the folder, or in its process. Stops
/// the program when that fails.
SignedInTerminal sign_in_at_new_terminal(central::Core& core, std::string const& program,
                                         AccountId const& account, PatientId const& patient,
                                         StaffId const& staff);

/// "GET target" with the terminal's token.
std::string get_request(std::string_view target, std::string_view token);
/// "POST target" with a JSON body, and with a token where there is one.
std::string post_request(std::string_view target, std::string_view body, std::string_view token = {});

} // namespace portico::bench
