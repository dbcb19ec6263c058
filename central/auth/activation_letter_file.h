#pragma once

#include "central/auth/account_desk.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <filesystem>
#include <string>

namespace portico::central {

struct LetterOrder {
    std::filesystem::path file;
    std::filesystem::path assets;
    std::string language; ///< "en", "es", "ar"
    std::string plan_name;
    std::string service_phone;
    std::string web;
    UtcTime now;
    std::string family = "document.activation."; ///< as ActivationLetter
};

/// Writes the letter of an invitation as PDF, readable by its owner only. Errors: those of
/// activation_letter_pdf; Unavailable "file_unwritable".
Result<void> write_activation_letter(LetterOrder const& order, AccountDesk::Invitation const& invitation);

} // namespace portico::central
