#pragma once

#include "shared/api/describe.h"

#include <string>

namespace portico::api {

/// POST /v1/enroll on the enrolment listener: the only call without a terminal certificate.
/// The terminal makes its own key; the one-time code from `portico-central terminal add` is spent by this
/// call. Errors: Refused "enrollment_code_refused" (unknown, spent or expired: one answer), TooMany.
struct EnrollRequest {
    std::string code;
    std::string certificate_request_pem; ///< PKCS#10
    std::string program;                 ///< "kiosk", "agent", "phone"
};
struct EnrollReply {
    std::string terminal_id;
    std::string certificate_pem;
    std::string authority_pem;      ///< the plan's certificate authority
    std::string sealing_public_key; ///< base64url, X25519: what waits for the network is sealed to it
    std::string plan_name;
};
BOOST_DESCRIBE_STRUCT(EnrollRequest, (), (code, certificate_request_pem, program))
BOOST_DESCRIBE_STRUCT(EnrollReply, (),
                      (terminal_id, certificate_pem, authority_pem, sealing_public_key, plan_name))

} // namespace portico::api
