#pragma once

#include "shared/base/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace portico::central {

/// The words of mails, from assets/messages/{en,es}/mail.json: flat objects of id and text with {name} where
/// a value goes.
class MailTexts {
public:
    /// Errors: NotFound "messages_not_found"; Corrupt "messages_broken"; also when the languages differ in
    /// ids.
    static Result<MailTexts> load(std::filesystem::path const& assets);
    /// The text of `id` with its values filled in, in `language` ("es", "es-US"), else in English.
    /// Errors: NotFound "message_unknown".
    Result<std::string> text(std::string_view language, std::string const& id,
                             std::map<std::string, std::string> const& values) const;

private:
    std::map<std::string, std::map<std::string, std::string>> languages_;
};

/// The folder that holds messages/: PORTICO_ASSETS, else beside the program (../share/portico, ../../assets).
/// Errors: NotFound "assets_not_found".
Result<std::filesystem::path> find_assets();

} // namespace portico::central
