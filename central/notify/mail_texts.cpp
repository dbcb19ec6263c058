#include "central/notify/mail_texts.h"

#include "shared/api/json.h"
#include "shared/base/language.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>

namespace portico::central {

namespace {

Result<std::map<std::string, std::string>> load_language(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return error(ErrorKind::NotFound, "messages_not_found", "cannot read " + file.string());
    std::string const text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    auto const json = api::parse_json(text);
    auto const broken =
        error(ErrorKind::Corrupt, "messages_broken", file.string() + " is no flat object of texts");
    if (json.has_error() || !json.value().is_object())
        return broken;
    std::map<std::string, std::string> texts;
    for (auto const& [id, value] : json.value().get_object()) {
        if (!value.is_string())
            return broken;
        texts.emplace(std::string(id), std::string(value.get_string()));
    }
    return texts;
}

/// The id of a text that `words` lacks and `english` has.
std::optional<std::string> missing_text(std::map<std::string, std::string> const& english,
                                        std::map<std::string, std::string> const& words) {
    for (auto const& [id, text] : english)
        if (words.count(id) == 0)
            return id;
    return std::nullopt;
}

} // namespace

Result<MailTexts> MailTexts::load(std::filesystem::path const& assets) {
    MailTexts texts;
    for (auto const& language : offered_languages()) {
        std::string const code(language.code);
        if (language.is_complete())
            texts.languages_[code] = TRY(load_language(assets / "messages" / code / "mail.json"));
    }
    for (auto const& [code, words] : texts.languages_) {
        auto const missing = missing_text(texts.languages_["en"], words);
        if (missing)
            return error(ErrorKind::Corrupt, "messages_broken",
                         "mail.json of " + code + " has no text for " + *missing);
    }
    return texts;
}

Result<std::string> MailTexts::text(std::string_view language, std::string const& id,
                                    std::map<std::string, std::string> const& values) const {
    auto const* offered = find_language(language);
    auto const known = languages_.find(offered == nullptr ? "en" : std::string(offered->code));
    auto const& [code, texts] = known == languages_.end() ? *languages_.find("en") : *known;
    auto const found = texts.find(id);
    if (found == texts.end())
        return error(ErrorKind::NotFound, "message_unknown", "mail.json has no text " + id);
    std::string out;
    std::string_view rest = found->second;
    while (!rest.empty()) {
        auto const open = rest.find('{');
        auto const close = rest.find('}', open == std::string_view::npos ? 0 : open);
        if (open == std::string_view::npos || close == std::string_view::npos)
            break;
        out += rest.substr(0, open);
        auto const value = values.find(std::string(rest.substr(open + 1, close - open - 1)));
        out += value == values.end() ? "" : isolated(value->second, code);
        rest.remove_prefix(close + 1);
    }
    return out + std::string(rest);
}

Result<std::filesystem::path> find_assets() {
    if (auto const* given = std::getenv("PORTICO_ASSETS"); given != nullptr)
        return std::filesystem::path(given);
    std::error_code ignored;
    auto const program = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    for (auto const* place : {"../share/portico", "../../assets"})
        if (std::filesystem::exists(program / place / "messages", ignored))
            return std::filesystem::weakly_canonical(program / place, ignored);
    return error(ErrorKind::NotFound, "assets_not_found",
                 "cannot find the assets folder: set PORTICO_ASSETS to where it is");
}

} // namespace portico::central
