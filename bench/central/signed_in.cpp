#include "bench/central/signed_in.h"

#include "bench/support/stop.h"
#include "shared/api/enroll.h"

namespace portico::bench {

SignedInTerminal sign_in_at_new_terminal(central::Core& core, std::string const& program,
                                         AccountId const& account, PatientId const& patient,
                                         StaffId const& staff) {
    auto const key = crypto::PrivateKey::generate();
    SignedInTerminal made;
    must(core.store->write([&](storage::Database& database) -> Result<void> {
        auto const invitation = TRY(core.terminals->invite(database, "Bench", program));
        api::EnrollRequest const request{std::string(invitation.code.reveal()),
                                         crypto::make_certificate_request(key, "bench"), program};
        auto const enrolled = TRY(core.terminals->enroll(database, request, core.identity.authority));
        central::SessionTable::Opening const opening{enrolled.id,           account,          patient, staff,
                                                     Assurance::TwoFactors, {"security_key"}, false};
        auto const opened = TRY(core.sessions->open(database, opening));
        made = {{core.identity.authority.certificate_pem(), enrolled.certificate_pem,
                 std::string(key.pem().reveal())},
                std::string(opened.token.reveal())};
        return ok();
    }));
    return made;
}

std::string get_request(std::string_view target, std::string_view token) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
           std::string(token) + "\r\n\r\n";
}

std::string post_request(std::string_view target, std::string_view body, std::string_view token) {
    auto const bearer = token.empty() ? "" : "\r\nAuthorization: Bearer " + std::string(token);
    return "POST " + std::string(target) +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + bearer + "\r\n\r\n" + std::string(body);
}

} // namespace portico::bench
