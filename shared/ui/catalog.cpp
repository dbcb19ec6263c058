#include "shared/ui/catalog.h"

#include "shared/base/language.h"
#include "shared/ui/format.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace portico::ui {
namespace {

constexpr std::string_view base_language = "en";
constexpr std::size_t nesting_max = 4;

/// The text between the brace at `open` and the one that closes it; empty when nothing closes it.
std::optional<std::string_view> braced(std::string_view text, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '{')
            ++depth;
        if (text[i] == '}' && --depth == 0)
            return text.substr(open + 1, i - open - 1);
    }
    return std::nullopt;
}

/// "count|one sheet|{count} sheets" at its own bars, not those of inner braces.
std::vector<std::string_view> split_choice(std::string_view text) {
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || (text[i] == '|' && depth == 0)) {
            parts.push_back(text.substr(from, i - from));
            from = i + 1;
        } else if (text[i] == '{') {
            ++depth;
        } else if (text[i] == '}') {
            --depth;
        }
    }
    return parts;
}

/// Braces close, and a choice by number has the forms of its language.
bool well_formed(std::string_view text, std::size_t forms) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '}')
            return false;
        if (text[i] != '{')
            continue;
        auto const inner = braced(text, i);
        if (!inner || inner->empty())
            return false;
        auto const parts = split_choice(*inner);
        if (parts.size() > 1 && parts.size() != forms + 1)
            return false;
        for (std::size_t p = 1; p < parts.size(); ++p)
            if (!well_formed(parts[p], forms))
                return false;
        i += inner->size() + 1;
    }
    return true;
}

void collect_arguments(std::string_view text, std::set<std::string>& into) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '{')
            continue;
        auto const inner = braced(text, i);
        if (!inner)
            return;
        auto const parts = split_choice(*inner);
        into.insert(std::string(parts[0]) + (parts.size() > 1 ? "|" : ""));
        for (std::size_t p = 1; p < parts.size(); ++p)
            collect_arguments(parts[p], into);
        i += inner->size() + 1;
    }
}

} // namespace

/// Writes one text: keeps what the recursion needs together.
class Resolver {
public:
    Resolver(Catalog const& catalog, std::string_view language, std::vector<std::string>* problems)
        : catalog_(catalog), language_(language), problems_(problems) {}

    ResolvedText resolve(Text const& text, std::size_t depth = 0) {
        ResolvedText out;
        out.language = text.language().empty() ? std::string(language_) : text.language();
        if (text.is_data()) {
            if (text.args().empty())
                out.text = text.data();
            else
                out.text = written(text.args().front().second, depth);
            return out;
        }
        if (text.empty() || depth > nesting_max)
            return out;
        auto const* pattern = find(text.id());
        if (pattern == nullptr) {
            out.text = "[" + std::string(text.id()) + "]";
            return out;
        }
        if (language_ != base_language && !catalog_.has(language_, text.id())) {
            // The whole text is English then, its dates and amounts too, and says so.
            language_ = base_language;
            out.language = base_language;
        }
        expand(*pattern, text, out, depth);
        return out;
    }

    std::string const* find(std::string_view id) {
        for (std::string_view const language : {language_, base_language}) {
            auto const messages = catalog_.languages_.find(language);
            if (messages != catalog_.languages_.end()) {
                auto const found = messages->second.find(id);
                if (found != messages->second.end())
                    return &found->second;
            }
            // A language that has some of the files lacks the others on purpose.
            auto const* known = find_language(language);
            if (known == nullptr || known->is_complete())
                tell("no text for " + std::string(id) + " in " + std::string(language));
        }
        return nullptr;
    }

private:
    void tell(std::string problem) {
        if (problems_ != nullptr)
            problems_->push_back(std::move(problem));
    }

    void expand(std::string_view pattern, Text const& text, ResolvedText& out, std::size_t depth) {
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern.substr(i, 3) == "<b>") {
                out.bold.emplace_back(out.text.size(), std::string::npos);
                i += 2;
            } else if (pattern.substr(i, 4) == "</b>") {
                if (!out.bold.empty())
                    out.bold.back().second = out.text.size();
                i += 3;
            } else if (pattern[i] == '{') {
                auto const inner = braced(pattern, i);
                if (!inner)
                    return;
                argument(*inner, text, out, depth);
                i += inner->size() + 1;
            } else {
                out.text += pattern[i];
            }
        }
    }

    void argument(std::string_view inner, Text const& text, ResolvedText& out, std::size_t depth) {
        auto const parts = split_choice(inner);
        auto const& args = text.args();
        auto const given =
            std::find_if(args.begin(), args.end(), [&](auto const& a) { return a.first == parts[0]; });
        if (given == args.end()) {
            tell("no value for {" + std::string(parts[0]) + "} of " + std::string(text.id()));
            out.text += "[" + std::string(parts[0]) + "]";
            return;
        }
        if (parts.size() == 1) {
            out.text += set_apart(given->second, depth);
            return;
        }
        auto const* count = std::get_if<std::int64_t>(&given->second);
        if (count == nullptr) {
            tell("{" + std::string(parts[0]) + "} of " + std::string(text.id()) + " must be a number");
            return;
        }
        expand(parts[1 + plural_form(language_, *count)], text, out, depth);
    }

    std::string written(Arg const& arg, std::size_t depth) {
        FormatWords const words = [this](std::string_view id) {
            auto const* text = find(id);
            return text == nullptr ? std::string() : *text;
        };
        struct Write {
            Resolver& self;
            FormatWords const& words;
            std::size_t depth;
            std::string operator()(std::int64_t n) const { return format_number(n, words); }
            std::string operator()(std::string const& s) const { return s; }
            std::string operator()(Cents c) const { return format_money(c, words); }
            std::string operator()(DateArg const& d) const { return format_date(d, words); }
            std::string operator()(TimeOfDay t) const { return format_time(t, words); }
            std::string operator()(std::shared_ptr<Text const> const& t) const {
                return t ? Resolver(self.catalog_, self.language_, self.problems_).resolve(*t, depth + 1).text
                         : std::string();
            }
        };
        return std::visit(Write{*this, words, depth}, arg);
    }

    /// An argument inside of a text: neither turns the order of the words around the other.
    std::string set_apart(Arg const& arg, std::size_t depth) {
        std::string text = written(arg, depth);
        auto const* inner = std::get_if<std::shared_ptr<Text const>>(&arg);
        // A text of ours keeps what is set apart inside of it.
        bool const ours = inner != nullptr && *inner != nullptr && !(*inner)->is_data();
        return ours ? in_isolate(text, language_) : isolated(text, language_);
    }

    Catalog const& catalog_;
    std::string_view language_;
    std::vector<std::string>* problems_;
};

namespace {

Result<void> read_file(std::filesystem::path const& path, std::string const& language,
                       std::map<std::string, std::string, std::less<>>& into) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    std::string const where = language + "/" + path.filename().string();
    boost::system::error_code code;
    auto const value = boost::json::parse(content.str(), code);
    if (code || !value.is_object())
        return error(ErrorKind::Corrupt, "messages_unreadable", where + " is not a JSON object");
    auto const* known = find_language(language);
    auto const forms = known == nullptr ? 2 : known->plural_forms;
    for (auto const& [id, text] : value.get_object()) {
        if (!is_message_id(id) || !text.is_string() || !well_formed(text.get_string(), forms))
            return error(ErrorKind::Corrupt, "message_malformed", where + ": " + std::string(id));
        if (!into.emplace(id, text.get_string()).second)
            return error(ErrorKind::Corrupt, "message_twice", where + ": " + std::string(id));
    }
    return ok();
}

} // namespace

Result<Catalog> Catalog::load(std::filesystem::path const& messages_folder) {
    std::error_code code;
    Catalog catalog;
    for (auto const& folder : std::filesystem::directory_iterator(messages_folder, code)) {
        if (!folder.is_directory())
            continue;
        auto const language = folder.path().filename().string();
        std::vector<std::filesystem::path> files;
        for (auto const& file : std::filesystem::directory_iterator(folder.path(), code))
            // Documents have a reader of their own (shared/documents/texts.h), with ids of another shape.
            if (file.path().extension() == ".json" && file.path().filename() != "documents.json")
                files.push_back(file.path());
        std::sort(files.begin(), files.end());
        for (auto const& file : files)
            TRY(read_file(file, language, catalog.languages_[language]));
    }
    if (code || catalog.languages_.count(base_language) == 0)
        return error(ErrorKind::NotFound, "messages_missing", "no messages in " + messages_folder.string());
    return catalog;
}

std::vector<std::string> Catalog::languages() const {
    std::vector<std::string> out;
    for (auto const& [language, messages] : languages_)
        out.push_back(language);
    return out;
}

bool Catalog::has(std::string_view language, std::string_view id) const {
    auto const messages = languages_.find(language);
    return messages != languages_.end() && messages->second.find(id) != messages->second.end();
}

std::set<std::string> Catalog::ids(std::string_view language) const {
    std::set<std::string> out;
    auto const messages = languages_.find(language);
    if (messages != languages_.end())
        for (auto const& [id, text] : messages->second)
            out.insert(id);
    return out;
}

std::set<std::string> Catalog::arguments(std::string_view language, std::string_view id) const {
    std::set<std::string> out;
    auto const messages = languages_.find(language);
    if (messages == languages_.end())
        return out;
    auto const found = messages->second.find(id);
    if (found != messages->second.end())
        collect_arguments(found->second, out);
    return out;
}

std::optional<Msg> Catalog::find(MsgFamily family, std::string_view name) const {
    auto const& messages = languages_.find(base_language)->second;
    auto const found = messages.find(std::string(family.prefix) + std::string(name));
    if (found == messages.end())
        return std::nullopt;
    return Msg(found->first);
}

ResolvedText Catalog::resolve(Text const& text, std::string_view language,
                              std::vector<std::string>* problems) const {
    auto out = Resolver(*this, language, problems).resolve(text);
    for (auto& range : out.bold)
        range.second = std::min(range.second, out.text.size());
    return out;
}

std::string Catalog::pattern(std::string_view id, std::string_view language) const {
    auto const* found = Resolver(*this, language, nullptr).find(id);
    return found == nullptr ? std::string() : *found;
}

std::string Catalog::plain(Text const& text, std::string_view language) const {
    return resolve(text, language, nullptr).text;
}

} // namespace portico::ui
