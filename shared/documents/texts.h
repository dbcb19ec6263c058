#pragma once

#include "shared/base/language.h"
#include "shared/base/result.h"
#include "shared/domain/date.h"
#include "shared/domain/money.h"

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::documents {

/// The languages that all documents are in.
enum class DocumentLanguage : std::uint8_t { English, Spanish, Arabic };
inline constexpr DocumentLanguage document_languages[] = {
    DocumentLanguage::English, DocumentLanguage::Spanish, DocumentLanguage::Arabic};

/// The language of letters and cards for who uses `tag`; English where there are none in it.
DocumentLanguage document_language(std::string_view tag);

/// "en", "es", "ar": BCP 47, and the folder of the catalog.
char const* code(DocumentLanguage language);

/// The words of documents in one language, from documents.json and findings.json (which the screens share) in
/// assets/messages/<language>: flat objects of id and text. In a text, {name} is an argument and
/// {count|one page|{count} pages} chooses by number, by the language's plural forms; <b> and </b>, which
/// screens draw, are left out. Arguments are never read as markup; in a language that runs to the left each
/// is set apart
/// (`isolated` in shared/base/language.h). Read-only once loaded: any number of threads may use it.
class Texts {
public:
    using Arguments = std::initializer_list<std::pair<std::string_view, std::string>>;

    /// `assets` is the folder that holds messages/. Errors: NotFound "messages_not_found", Corrupt
    /// "messages_malformed" naming file and id; an id in both files is malformed too.
    static Result<Texts> load(std::filesystem::path const& assets, DocumentLanguage language);

    DocumentLanguage language() const { return language_; }
    bool has(std::string_view id) const { return messages_.contains(id); }
    std::set<std::string> ids() const;
    /// Names of the arguments that a text uses, sorted; a choice counts as its argument's name and "|".
    std::set<std::string> arguments(std::string_view id) const;

    /// The text with its arguments in place. An unknown id or an argument that was not given comes out in
    /// brackets: visible in every test, harmless to the reader.
    std::string text(std::string_view id, Arguments arguments = {}) const;

    /// "$1,140.00", "-$86.05".
    std::string money(Money amount) const;
    /// A piece of a text that is put together outside of the catalog, set apart from the rest.
    std::string set_apart(std::string_view piece) const { return isolated(piece, code(language_)); }

    /// "$25" for whole dollars, else with cents; for the card.
    std::string short_money(Money amount) const;
    /// "March 3, 2026", "3 de marzo de 2026", "3 مارس 2026"; less when the date has no day. Empty for an
    /// empty date.
    std::string date(Date date) const;
    /// "03/12/2026", month first in every language, as forms in the US are filled in.
    static std::string short_date(Date date);

private:
    using Messages = std::map<std::string, std::string, std::less<>>;
    Texts(DocumentLanguage language, Messages messages)
        : language_(language), messages_(std::move(messages)) {}

    DocumentLanguage language_;
    Messages messages_;
};

/// The words of documents in every language that they are in.
class AllTexts {
public:
    /// Errors: as of `Texts::load`.
    static Result<AllTexts> load(std::filesystem::path const& assets);

    /// For who uses the language `tag`; English where there are none in it.
    Texts const& in(std::string_view tag) const {
        return all_[static_cast<std::size_t>(document_language(tag))];
    }

private:
    explicit AllTexts(std::vector<Texts> all) : all_(std::move(all)) {}
    std::vector<Texts> all_; // as in document_languages
};

} // namespace portico::documents
