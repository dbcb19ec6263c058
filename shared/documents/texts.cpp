#include "shared/documents/texts.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

namespace portico::documents {

namespace {

/// Where the brace that closes `text[open]` stands; npos when none does.
std::size_t closing_brace(std::string_view text, std::size_t open) {
    int depth = 0;
    for (auto at = open; at < text.size(); ++at) {
        if (text[at] == '{')
            ++depth;
        else if (text[at] == '}' && --depth == 0)
            return at;
    }
    return std::string_view::npos;
}

bool braces_close(std::string_view text) {
    int depth = 0;
    for (char const letter : text) {
        if (letter == '{')
            ++depth;
        else if (letter == '}' && --depth < 0)
            return false;
    }
    return depth == 0;
}

/// "count|one|many" cut at the bars of its own level.
std::vector<std::string_view> split_choice(std::string_view inside) {
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t at = 0; at < inside.size(); ++at) {
        if (inside[at] == '{')
            ++depth;
        else if (inside[at] == '}')
            --depth;
        else if (inside[at] == '|' && depth == 0) {
            parts.push_back(inside.substr(start, at - start));
            start = at + 1;
        }
    }
    parts.push_back(inside.substr(start));
    return parts;
}

std::optional<std::string_view> find_argument(Texts::Arguments arguments, std::string_view name) {
    for (auto const& [key, value] : arguments)
        if (key == name)
            return value;
    return std::nullopt;
}

/// The form of a choice that a number takes; the last one for what is no number.
std::string_view chosen(std::vector<std::string_view> const& parts, std::string_view number,
                        char const* language) {
    std::int64_t count = 0;
    auto const read = std::from_chars(number.data(), number.data() + number.size(), count);
    if (read.ec != std::errc() || read.ptr != number.data() + number.size())
        return parts.back();
    return parts[1 + plural_form(language, count)];
}

std::string fill(std::string_view text, Texts::Arguments arguments, char const* language) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '{') {
            out += text[at++];
            continue;
        }
        auto const close = closing_brace(text, at);
        auto const parts = split_choice(text.substr(at + 1, close - at - 1));
        auto const value = find_argument(arguments, parts.front());
        if (!value)
            out.append("[").append(parts.front()).append("]");
        else if (parts.size() == 1)
            out += in_isolate(*value, language);
        else
            out += fill(chosen(parts, *value, language), arguments, language);
        at = close + 1;
    }
    return out;
}

void collect_arguments(std::string_view text, std::set<std::string>& names) {
    for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
        auto const close = closing_brace(text, at);
        auto const parts = split_choice(text.substr(at + 1, close - at - 1));
        names.insert(std::string(parts.front()) + (parts.size() > 1 ? "|" : ""));
        for (std::size_t form = 1; form < parts.size(); ++form)
            collect_arguments(parts[form], names);
        at = close + 1;
    }
}

/// Each choice by number has the forms of its language.
bool choices_have(std::string_view text, std::size_t forms) {
    for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
        auto const close = closing_brace(text, at);
        auto const parts = split_choice(text.substr(at + 1, close - at - 1));
        if (parts.size() > 1 && parts.size() != forms + 1)
            return false;
        at = close + 1;
    }
    return true;
}

Error malformed(std::string const& where, std::string_view what) {
    return error(ErrorKind::Corrupt, "messages_malformed", where + ": " + std::string(what));
}

/// Bold is for screens; a letter sets its weights by part.
std::string without_bold(std::string text) {
    for (std::string_view const mark : {"<b>", "</b>"})
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
            text.erase(at, mark.size());
    return text;
}

Result<void> read_messages(std::filesystem::path const& assets, std::filesystem::path const& relative,
                           std::map<std::string, std::string, std::less<>>& messages) {
    std::ifstream file(assets / relative, std::ios::binary);
    if (!file)
        return error(ErrorKind::NotFound, "messages_not_found", "cannot read " + relative.string());
    std::stringstream content;
    content << file.rdbuf();

    boost::system::error_code failed;
    auto const parsed = boost::json::parse(content.str(), failed);
    if (failed || !parsed.is_object())
        return malformed(relative.string(), "not a JSON object");
    auto const* language = find_language(relative.parent_path().filename().string());
    auto const forms = language == nullptr ? 2 : language->plural_forms;
    for (auto const& entry : parsed.as_object()) {
        std::string const id(entry.key());
        if (!entry.value().is_string())
            return malformed(relative.string(), id + " is not a text");
        std::string text(entry.value().as_string());
        if (!braces_close(text))
            return malformed(relative.string(), id + " has a brace that does not close");
        if (!choices_have(text, forms))
            return malformed(relative.string(), id + " has not the plural forms of its language");
        if (!messages.emplace(id, without_bold(std::move(text))).second)
            return malformed(relative.string(), id + " stands twice");
    }
    return ok();
}

constexpr std::array months_en{"January", "February", "March",     "April",   "May",      "June",
                               "July",    "August",   "September", "October", "November", "December"};
constexpr std::array months_es{"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                               "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr std::array months_ar{"يناير", "فبراير", "مارس",   "أبريل",  "مايو",   "يونيو",
                               "يوليو", "أغسطس",  "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"};

std::string padded(int number, std::size_t digits) {
    auto text = std::to_string(number);
    return text.size() >= digits ? text : std::string(digits - text.size(), '0') + text;
}

std::string grouped(std::uint64_t number) {
    auto digits = std::to_string(number);
    for (auto at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

} // namespace

char const* code(DocumentLanguage language) {
    switch (language) {
    case DocumentLanguage::English:
        return "en";
    case DocumentLanguage::Spanish:
        return "es";
    case DocumentLanguage::Arabic:
        return "ar";
    }
    return "en";
}

DocumentLanguage document_language(std::string_view tag) {
    auto const* found = find_language(tag);
    for (auto const language : document_languages)
        if (found != nullptr && found->code == code(language))
            return language;
    return DocumentLanguage::English;
}

Result<Texts> Texts::load(std::filesystem::path const& assets, DocumentLanguage language) {
    Messages messages;
    for (auto const* name : {"documents.json", "findings.json"})
        TRY(read_messages(assets, std::filesystem::path("messages") / code(language) / name, messages));
    return Texts(language, std::move(messages));
}

Result<AllTexts> AllTexts::load(std::filesystem::path const& assets) {
    std::vector<Texts> all;
    for (auto const language : document_languages)
        all.push_back(TRY(Texts::load(assets, language)));
    return AllTexts(std::move(all));
}

std::set<std::string> Texts::ids() const {
    std::set<std::string> out;
    for (auto const& [id, text] : messages_)
        out.insert(id);
    return out;
}

std::set<std::string> Texts::arguments(std::string_view id) const {
    std::set<std::string> names;
    if (auto const found = messages_.find(id); found != messages_.end())
        collect_arguments(found->second, names);
    return names;
}

std::string Texts::text(std::string_view id, Arguments arguments) const {
    auto const found = messages_.find(id);
    if (found == messages_.end())
        return "[" + std::string(id) + "]";
    return fill(found->second, arguments, code(language_));
}

std::string Texts::money(Money amount) const {
    auto const negative = amount.cents < 0;
    auto const cents =
        negative ? 0 - static_cast<std::uint64_t>(amount.cents) : static_cast<std::uint64_t>(amount.cents);
    // A true minus sign: a hyphen is easily lost on paper.
    return (negative ? "\u2212$" : "$") + grouped(cents / 100) + "." +
           padded(static_cast<int>(cents % 100), 2);
}

std::string Texts::short_money(Money amount) const {
    auto text = money(amount);
    if (amount.cents % 100 == 0)
        text.resize(text.size() - 3);
    return text;
}

std::string Texts::date(Date date) const {
    if (date.is_empty())
        return {};
    auto year = std::to_string(date.year);
    if (date.month < 1 || date.month > 12)
        return year;
    auto const month = static_cast<std::size_t>(date.month - 1);
    auto const day = std::to_string(date.day);
    if (language_ == DocumentLanguage::Spanish)
        return (date.has_day() ? day + " de " : std::string()) + months_es.at(month) + " de " + year;
    if (language_ == DocumentLanguage::Arabic)
        return (date.has_day() ? day + " " : std::string()) + months_ar.at(month) + " " + year;
    return std::string(months_en.at(month)) + (date.has_day() ? " " + day + ", " : " ") + year;
}

std::string Texts::short_date(Date date) {
    if (date.is_empty())
        return {};
    auto year = padded(date.year, 4);
    if (date.month == 0)
        return year;
    return padded(date.month, 2) + "/" + (date.has_day() ? padded(date.day, 2) + "/" : "") + year;
}

} // namespace portico::documents
