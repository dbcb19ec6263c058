#pragma once

#include "shared/devices/real/fido_call.h"

namespace portico {

/// The two ceremonies on an open key. Errors as SecurityKey.
Result<Attestation> fido_make_credential(FidoCall const& call, MakeCredentialRequest const& request,
                                         Secret const& pin);
Result<Assertion> fido_get_assertion(FidoCall const& call, GetAssertionRequest const& request,
                                     Secret const& pin);

} // namespace portico
