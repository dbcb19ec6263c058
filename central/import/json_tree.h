#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

/// Limits on one FHIR resource. A resource beyond them is a listed reject.
inline constexpr std::size_t resource_bytes_max = std::size_t{16} * 1024 * 1024;
inline constexpr int json_depth_max = 64;
inline constexpr std::size_t json_node_count_max = 1'000'000;

class JsonTree;

/// A value of a parsed document, or "absent": every question about an absent value has an empty answer, so
/// that paths can be walked without a check at each step. Valid until its tree parses again.
class JsonNode {
public:
    enum class Kind : std::uint8_t { Absent, Null, True, False, Number, String, Array, Object };

    JsonNode() = default;
    Kind kind() const;
    bool exists() const { return kind() != Kind::Absent && kind() != Kind::Null; }
    bool is_object() const { return kind() == Kind::Object; }
    bool is_array() const { return kind() == Kind::Array; }
    bool is_string() const { return kind() == Kind::String; }
    bool is_number() const { return kind() == Kind::Number; }
    bool is_true() const { return kind() == Kind::True; }

    /// A string's characters, unescaped; empty for anything else.
    std::string_view text() const;
    /// A number exactly as it stands in the source; empty for anything else.
    std::string_view number() const;
    /// Either of the two: some senders write codes as numbers.
    std::string_view scalar() const;
    /// A member's name.
    std::string_view key() const;
    JsonNode operator[](std::string_view key) const;
    /// The first element of an array; of anything else the value itself.
    JsonNode first() const;

    class Iterator {
    public:
        Iterator(JsonTree const* tree, std::uint32_t index) : tree_(tree), index_(index) {}
        JsonNode operator*() const { return {tree_, index_}; }
        Iterator& operator++();
        bool operator!=(Iterator const& other) const { return index_ != other.index_; }

    private:
        JsonTree const* tree_;
        std::uint32_t index_;
    };
    /// The elements of an array or the members of an object.
    Iterator begin() const;
    Iterator end() const { return {tree_, 0}; }

private:
    friend class JsonTree;
    JsonNode(JsonTree const* tree, std::uint32_t index) : tree_(tree), index_(index) {}
    JsonTree const* tree_ = nullptr;
    std::uint32_t index_ = 0;
};

/// Parses one JSON document after another into a compact tree, and checks all of it: UTF-8, grammar, depth,
/// size, no key twice in an object. Numbers keep their source text. One per thread.
class JsonTree {
public:
    JsonTree();
    JsonTree(JsonTree const&) = delete;
    JsonTree& operator=(JsonTree const&) = delete;
    ~JsonTree();

    /// `text` may be given more capacity and must outlive the use of the nodes.
    /// Errors: InvalidInput "json_invalid", "utf8_invalid", "nesting_too_deep", "duplicate_key",
    /// "control_character" (U+0000), "resource_too_large".
    Result<JsonNode> parse(std::string& text);

private:
    friend class JsonNode;
    friend struct JsonWalker;
    struct Node {
        std::string_view key;
        std::string_view text;
        std::uint32_t first_child = 0;
        std::uint32_t next = 0;
        JsonNode::Kind kind = JsonNode::Kind::Absent;
    };
    struct Parser;

    std::unique_ptr<Parser> parser_;
    std::vector<Node> nodes_;
};

} // namespace portico::central
