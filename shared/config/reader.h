#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::config {

/// Bounds of a whole number in a configuration, both included.
struct Range {
    std::int64_t least;
    std::int64_t most;
};

/// A TOML file, asked for key by key. Keys are dotted ("mail.port"); a table of an array of tables counts
/// from 0
/// ("counter[0].name"). Each question marks its key as known; `finish` then reports every key nobody asked
/// for, every wrong type and every missing key with file, line and key, so that nothing starts half
/// configured:
///
///     auto reader = TRY(config::Reader::open(path));
///     Settings settings{.listen = reader.text("listen"), .idle_s = reader.integer("idle_s", {10, 600}, 60)};
///     TRY(reader.finish());
///
/// A question without a fallback is for a key that must be there. After a mistake a question answers with its
/// fallback or an empty value; `finish` says so before the value is used.
class Reader {
public:
    /// Errors: NotFound "config_missing"; InvalidInput "config_syntax" with file and line.
    static Result<Reader> open(std::filesystem::path const& file);
    /// The same from memory; `name` stands for the file in messages.
    static Result<Reader> parse(std::string_view toml, std::string name);

    std::string text(std::string const& key, std::optional<std::string> const& fallback = std::nullopt);
    /// One of `words`.
    std::string word(std::string const& key, std::vector<std::string> const& words,
                     std::optional<std::string> const& fallback = std::nullopt);
    std::int64_t integer(std::string const& key, Range range,
                         std::optional<std::int64_t> fallback = std::nullopt);
    bool boolean(std::string const& key, std::optional<bool> fallback = std::nullopt);
    /// A list of texts; empty when the key is absent.
    std::vector<std::string> texts(std::string const& key);
    /// How many tables the array of tables `key` has; 0 when absent.
    std::size_t table_count(std::string const& key);
    /// True when the key, or a key below it, stands in the file.
    bool has(std::string const& key) const;
    /// For a value of the right type that the caller finds wrong: `must_be` continues "key must be ...".
    void refuse(std::string const& key, std::string const& must_be);

    /// All mistakes, one a line. Errors: InvalidInput "config_invalid".
    Result<void> finish() const;

private:
    using Value = std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>>;
    struct Entry {
        Value value; ///< monostate: a TOML type that no setting has
        int line = 0;
    };
    struct Mistake {
        int line;
        std::string text;
        bool operator<(Mistake const& other) const { return line < other.line; }
    };

    template <class T>
    T take(std::string const& key, std::optional<T> const& fallback, char const* type);

    std::string name_;
    std::map<std::string, Entry> entries_;
    std::set<std::string> known_;
    std::vector<Mistake> mistakes_;

    friend class Flattener;
};

} // namespace portico::config
