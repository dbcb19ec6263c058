#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <filesystem>
#include <string>

namespace portico {

/// Makes `folder` the place where SoftHSM2 keeps its tokens, for this process. Call it before any thread
/// starts and before the module is loaded: it sets the environment. Errors: Internal
/// "soft_card_folder_unusable".
Result<void> use_soft_card_folder(std::filesystem::path const& folder);

/// What stands on a card.
struct SoftCardIdentity {
    Secret private_key; ///< DER
    Bytes certificate;  ///< X.509, DER
};

/// A private key and a certificate from one PEM file. Errors: InvalidInput "soft_card_file_invalid".
Result<SoftCardIdentity> read_soft_card(std::filesystem::path const& pem);

/// Issues a card in software: a SoftHSM2 token of that label with a private key and its certificate.
/// `private_key` is PKCS#8 or traditional DER, RSA or P-256; `certificate` is X.509 in DER.
/// Errors: Unavailable "card_module_unusable", InvalidInput "key_invalid", Conflict "soft_card_exists",
/// Internal "soft_card_unwritable".
Result<void> issue_soft_card(std::string const& module_path, std::string const& label, Secret const& pin,
                             ByteView private_key, ByteView certificate);

} // namespace portico
