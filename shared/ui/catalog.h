#pragma once

#include "shared/base/result.h"
#include "shared/ui/message.h"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portico::ui {

/// A text as it is shown: plain characters, and which of them are bold (byte ranges).
struct ResolvedText {
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> bold;
    std::string language;
    bool operator==(ResolvedText const&) const = default;
};

/// The words of every language, from assets/messages/<language>/*.json: flat objects of id and text.
/// In a text, {name} is an argument, {count|one sheet|{count} sheets} chooses by number (the language's
/// plural forms in CLDR's order: shared/base/language.h), and <b>...</b> is bold. Arguments are never read as
/// markup.
class Catalog {
public:
    /// Errors: NotFound without the folder, Corrupt naming file and id for JSON that is not such an object,
    /// an id given twice, braces that do not close, or a choice by number without the language's forms.
    static Result<Catalog> load(std::filesystem::path const& messages_folder);

    std::vector<std::string> languages() const;
    bool has(std::string_view language, std::string_view id) const;
    std::set<std::string> ids(std::string_view language) const;
    /// Names of the arguments that a text uses, "count|" for one that chooses.
    std::set<std::string> arguments(std::string_view language, std::string_view id) const;

    /// The text of a message as the catalog has it, arguments unfilled; English where the language lacks it.
    std::string pattern(std::string_view id, std::string_view language) const;

    /// The message `family` + `name` when the catalog has it: for reasons and codes known at run time.
    std::optional<Msg> find(MsgFamily family, std::string_view name) const;

    /// What to show. A message that is missing in the language is taken from English, with its language; that
    /// is told to `problems` unless the language has only some of the files (shared/base/language.h). One
    /// that is missing there too, or an argument that was not given, is shown as its id in brackets and told.
    ResolvedText resolve(Text const& text, std::string_view language,
                         std::vector<std::string>* problems) const;
    /// The same without marks, for logs of the frame and speech.
    std::string plain(Text const& text, std::string_view language) const;

private:
    friend class Resolver;
    using Messages = std::map<std::string, std::string, std::less<>>;
    std::map<std::string, Messages, std::less<>> languages_;
};

} // namespace portico::ui
