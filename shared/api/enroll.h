#pragma once

#include "shared/api/describe.h"

#include <string>

namespace portico::api {

/// POST /v1/enroll on the enrolment listener: the only call without a terminal certificate.
/// The terminal makes its own key; the one-time code from `portico-central terminal add` is spent by this
/// call: asked again by the owner of the same key it gives the same certificate, for every other key the code
/// is unknown. Errors: Refused "enrollment_code_refused" (unknown, spent or expired: one answer), TooMany.
struct EnrollRequest {
    std::string code;
    std::string certificate_request_pem; ///< PKCS#10
    std::string program;                 ///< "kiosk", "agent", "phone", "telephone_system"
};
struct EnrollReply {
    std::string terminal_id;
    std::string certificate_pem;
    std::string authority_pem;      ///< the plan's certificate authority
    std::string sealing_public_key; ///< base64url, X25519: what waits for the network is sealed to it
    std::string plan_name;
};
/// POST /v1/terminal/certificate, by an enrolled terminal of any program before its certificate ends: the
/// same key is certified for another period. The certificate that it has stays good until its own end, so
/// that a lost reply costs nothing. Errors: Refused "certificate_key_differs" (of another key than the
/// connection's).
struct RenewRequest {
    std::string certificate_request_pem; ///< PKCS#10
};
struct RenewReply {
    std::string certificate_pem;
};
BOOST_DESCRIBE_STRUCT(RenewRequest, (), (certificate_request_pem))
BOOST_DESCRIBE_STRUCT(RenewReply, (), (certificate_pem))

BOOST_DESCRIBE_STRUCT(EnrollRequest, (), (code, certificate_request_pem, program))
BOOST_DESCRIBE_STRUCT(EnrollReply, (),
                      (terminal_id, certificate_pem, authority_pem, sealing_public_key, plan_name))

} // namespace portico::api
