#include "shared/config/reader.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#include <toml++/toml.h>
#pragma GCC diagnostic pop

namespace portico::config {

namespace {
constexpr std::size_t file_size_max_bytes = 1024 * 1024;
}

/// Turns the parsed tree into dotted keys.
class Flattener {
public:
    explicit Flattener(Reader& reader) : reader_(reader) {}

    void table(toml::table const& table, std::string const& prefix) {
        for (auto const& [key, node] : table)
            add(prefix.empty() ? std::string(key.str()) : prefix + "." + std::string(key.str()), node);
    }

private:
    void add(std::string const& key, toml::node const& node) {
        int const line = static_cast<int>(node.source().begin.line);
        if (auto const* below = node.as_table()) {
            table(*below, key);
            return;
        }
        if (auto const* array = node.as_array(); array != nullptr && is_tables(*array)) {
            for (std::size_t i = 0; i < array->size(); ++i)
                table(*(*array)[i].as_table(), key + "[" + std::to_string(i) + "]");
            return;
        }
        reader_.entries_[key] = {value(node), line};
    }

    static bool is_tables(toml::array const& array) {
        return !array.empty() && array.is_homogeneous(toml::node_type::table);
    }

    static Reader::Value value(toml::node const& node) {
        if (auto const* text = node.as_string())
            return text->get();
        if (auto const* number = node.as_integer())
            return number->get();
        if (auto const* truth = node.as_boolean())
            return truth->get();
        if (auto const* array = node.as_array()) {
            std::vector<std::string> texts;
            for (auto const& each : *array) {
                if (!each.is_string())
                    return {};
                texts.push_back(each.as_string()->get());
            }
            return texts;
        }
        return {};
    }

    Reader& reader_;
};

Result<Reader> Reader::open(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return error(ErrorKind::NotFound, "config_missing", "cannot read " + file.string());
    std::string const toml((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    return parse(toml, file.string());
}

Result<Reader> Reader::parse(std::string_view toml, std::string name) {
    if (toml.size() > file_size_max_bytes)
        return error(ErrorKind::InvalidInput, "config_syntax", name + ": larger than 1 MiB");
    auto const parsed = toml::parse(toml, name);
    if (parsed.failed())
        return error(ErrorKind::InvalidInput, "config_syntax",
                     name + ":" + std::to_string(parsed.error().source().begin.line) + ": " +
                         std::string(parsed.error().description()));
    Reader reader;
    reader.name_ = std::move(name);
    Flattener(reader).table(parsed.table(), "");
    return reader;
}

template <class T>
T Reader::take(std::string const& key, std::optional<T> const& fallback, char const* type) {
    known_.insert(key);
    auto const found = entries_.find(key);
    if (found == entries_.end()) {
        if (has(key))
            mistakes_.push_back({0, key + " must be " + type + ", not a table"});
        else if (!fallback)
            mistakes_.push_back({0, key + " is missing: it must be " + type});
        return fallback.value_or(T{});
    }
    if (auto const* value = std::get_if<T>(&found->second.value))
        return *value;
    mistakes_.push_back({found->second.line, key + " must be " + type});
    return fallback.value_or(T{});
}

std::string Reader::text(std::string const& key, std::optional<std::string> const& fallback) {
    return take<std::string>(key, fallback, "a text in quotes");
}

std::string Reader::word(std::string const& key, std::vector<std::string> const& words,
                         std::optional<std::string> const& fallback) {
    auto const value = text(key, fallback);
    if (entries_.count(key) != 0 && std::find(words.begin(), words.end(), value) == words.end()) {
        std::string all;
        for (auto const& word : words)
            all += (all.empty() ? "\"" : ", \"") + word + "\"";
        refuse(key, "one of " + all);
    }
    return value;
}

std::int64_t Reader::integer(std::string const& key, Range range, std::optional<std::int64_t> fallback) {
    auto const value = take<std::int64_t>(key, fallback, "a whole number");
    auto const found = entries_.find(key);
    bool const given = found != entries_.end() && std::holds_alternative<std::int64_t>(found->second.value);
    if (given && (value < range.least || value > range.most))
        refuse(key, "from " + std::to_string(range.least) + " to " + std::to_string(range.most));
    return value;
}

bool Reader::boolean(std::string const& key, std::optional<bool> fallback) {
    return take<bool>(key, fallback, "true or false");
}

std::vector<std::string> Reader::texts(std::string const& key) {
    return take<std::vector<std::string>>(key, std::vector<std::string>{}, "a list of texts in quotes");
}

std::size_t Reader::table_count(std::string const& key) {
    std::size_t count = 0;
    while (has(key + "[" + std::to_string(count) + "]"))
        ++count;
    return count;
}

bool Reader::has(std::string const& key) const {
    if (entries_.count(key) != 0)
        return true;
    auto const below = entries_.lower_bound(key + ".");
    return below != entries_.end() && below->first.compare(0, key.size() + 1, key + ".") == 0;
}

void Reader::refuse(std::string const& key, std::string const& must_be) {
    auto const found = entries_.find(key);
    mistakes_.push_back({found == entries_.end() ? 0 : found->second.line, key + " must be " + must_be});
}

Result<void> Reader::finish() const {
    auto mistakes = mistakes_;
    for (auto const& [key, entry] : entries_)
        if (known_.count(key) == 0)
            mistakes.push_back({entry.line, "unknown key " + key});
    if (mistakes.empty())
        return ok();
    std::stable_sort(mistakes.begin(), mistakes.end());
    std::string message;
    for (auto const& mistake : mistakes) {
        if (!message.empty())
            message += "\n";
        message +=
            name_ + ":" + (mistake.line > 0 ? std::to_string(mistake.line) + ":" : "") + " " + mistake.text;
    }
    return error(ErrorKind::InvalidInput, "config_invalid", message);
}

} // namespace portico::config
