#include "central/import/json_tree.h"

#include <algorithm>
#include <simdjson.h>

namespace portico::central {

struct JsonTree::Parser {
    simdjson::ondemand::parser parser;
};

namespace {

/// Objects up to this size are searched for a repeated key pair by pair, larger ones by sorting.
constexpr std::size_t pairwise_key_count_max = 24;
/// A parser that has grown beyond this is dropped after use.
constexpr std::size_t parser_bytes_kept_max = std::size_t{4} * 1024 * 1024;

Error invalid(char const* reason, char const* message) {
    return error(ErrorKind::InvalidInput, reason, message);
}

Error from_simdjson(simdjson::error_code code) {
    switch (code) {
    case simdjson::UTF8_ERROR:
        return invalid("utf8_invalid", "not UTF-8");
    case simdjson::CAPACITY:
        return invalid("resource_too_large", "the document is too large");
    case simdjson::DEPTH_ERROR:
        return invalid("nesting_too_deep", "nested too deeply");
    default:
        return invalid("json_invalid", simdjson::error_message(code));
    }
}

bool is_json_number(std::string_view text) {
    std::size_t i = 0;
    auto const digits = [&] {
        std::size_t const from = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9')
            ++i;
        return i - from;
    };
    if (i < text.size() && text[i] == '-')
        ++i;
    std::size_t const whole_from = i;
    std::size_t const whole = digits();
    if (whole == 0 || (whole > 1 && text[whole_from] == '0'))
        return false;
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (digits() == 0)
            return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        if (digits() == 0)
            return false;
    }
    return i == text.size();
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() &&
           (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

} // namespace

/// One walk over a document. Appends nodes in source order.
struct JsonWalker {
    using Kind = JsonNode::Kind;
    std::vector<JsonTree::Node>& nodes;

    Result<std::uint32_t> add(Kind kind, std::string_view text) {
        if (nodes.size() >= json_node_count_max)
            return invalid("resource_too_large", "the document has too many values");
        nodes.push_back({{}, text, 0, 0, kind});
        return static_cast<std::uint32_t>(nodes.size() - 1);
    }

    void link(std::uint32_t parent, std::uint32_t& last, std::uint32_t child) {
        if (last == 0)
            nodes[parent].first_child = child;
        else
            nodes[last].next = child;
        last = child;
    }

    Result<void> refuse_repeated_keys(std::uint32_t object, std::size_t count) const {
        // Made only when it is needed: this runs for every object of an import.
        auto const repeated = [] {
            return invalid("duplicate_key", "a key stands twice in one object: its meaning is not clear");
        };
        if (count <= pairwise_key_count_max) {
            for (auto a = nodes[object].first_child; a != 0; a = nodes[a].next)
                for (auto b = nodes[a].next; b != 0; b = nodes[b].next)
                    if (nodes[a].key == nodes[b].key)
                        return repeated();
            return ok();
        }
        std::vector<std::string_view> keys;
        keys.reserve(count);
        for (auto a = nodes[object].first_child; a != 0; a = nodes[a].next)
            keys.push_back(nodes[a].key);
        std::sort(keys.begin(), keys.end());
        if (std::adjacent_find(keys.begin(), keys.end()) != keys.end())
            return repeated();
        return ok();
    }

    Result<std::uint32_t> object(simdjson::ondemand::object members, int depth) {
        auto const self = TRY(add(Kind::Object, {}));
        std::uint32_t last = 0;
        std::size_t count = 0;
        for (auto each : members) {
            simdjson::ondemand::field field;
            if (auto const code = std::move(each).get(field))
                return from_simdjson(code);
            std::string_view key;
            if (auto const code = field.unescaped_key().get(key))
                return from_simdjson(code);
            auto const child = TRY(value(field.value(), depth + 1));
            nodes[child].key = key;
            link(self, last, child);
            ++count;
        }
        TRY(refuse_repeated_keys(self, count));
        return self;
    }

    Result<std::uint32_t> array(simdjson::ondemand::array elements, int depth) {
        auto const self = TRY(add(Kind::Array, {}));
        std::uint32_t last = 0;
        for (auto each : elements) {
            simdjson::ondemand::value element;
            // NOLINTNEXTLINE(performance-move-const-arg): `get` wants to take its result over
            if (auto const code = std::move(each).get(element))
                return from_simdjson(code);
            auto const child = TRY(value(element, depth + 1));
            link(self, last, child);
        }
        return self;
    }

    /// A document's root and a value inside have the same questions but not the same type.
    template <class Value>
    Result<std::uint32_t> value(Value&& from, int depth) {
        if (depth > json_depth_max)
            return invalid("nesting_too_deep", "nested too deeply");
        simdjson::ondemand::json_type type{};
        if (auto const code = from.type().get(type))
            return from_simdjson(code);
        switch (type) {
        case simdjson::ondemand::json_type::object: {
            simdjson::ondemand::object members;
            if (auto const code = from.get_object().get(members))
                return from_simdjson(code);
            return object(members, depth);
        }
        case simdjson::ondemand::json_type::array: {
            simdjson::ondemand::array elements;
            if (auto const code = from.get_array().get(elements))
                return from_simdjson(code);
            return array(elements, depth);
        }
        case simdjson::ondemand::json_type::string: {
            std::string_view text;
            if (auto const code = from.get_string().get(text))
                return from_simdjson(code);
            if (text.find('\0') != std::string_view::npos)
                return invalid("control_character", "a text holds the character U+0000");
            return add(Kind::String, text);
        }
        case simdjson::ondemand::json_type::number: {
            std::string_view token;
            if (auto const code =
                    simdjson::simdjson_result<std::string_view>(from.raw_json_token()).get(token))
                return from_simdjson(code);
            token = trimmed(token);
            if (!is_json_number(token))
                return invalid("json_invalid", "a number is not written as JSON writes numbers");
            return add(Kind::Number, token);
        }
        case simdjson::ondemand::json_type::boolean: {
            bool truth = false;
            if (auto const code = from.get_bool().get(truth))
                return from_simdjson(code);
            return add(truth ? Kind::True : Kind::False, {});
        }
        case simdjson::ondemand::json_type::null: {
            std::string_view token;
            if (auto const code =
                    simdjson::simdjson_result<std::string_view>(from.raw_json_token()).get(token))
                return from_simdjson(code);
            if (trimmed(token) != "null" || !bool(from.is_null()))
                return invalid("json_invalid", "neither a value nor null");
            return add(Kind::Null, {});
        }
        }
        return invalid("json_invalid", "not a value");
    }
};

JsonTree::JsonTree() : parser_(std::make_unique<Parser>()) {}
JsonTree::~JsonTree() = default;

Result<JsonNode> JsonTree::parse(std::string& text) {
    nodes_.clear();
    nodes_.push_back({}); // index 0 is the absent value
    if (parser_->parser.capacity() > parser_bytes_kept_max && text.size() < parser_bytes_kept_max) {
        parser_ = std::make_unique<Parser>();
        nodes_.shrink_to_fit();
    }
    if (text.size() > resource_bytes_max)
        return invalid("resource_too_large", "the document is too large");
    text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::document document;
    if (auto const code = parser_->parser.iterate(text.data(), text.size(), text.capacity()).get(document))
        return from_simdjson(code);
    JsonWalker walker{nodes_};
    // FHIR resources are objects; asking the root for one also keeps a lone number or text out.
    simdjson::ondemand::object members;
    if (auto const code = document.get_object().get(members))
        return from_simdjson(code);
    auto const root = TRY(walker.object(members, 1));
    char const* rest = nullptr;
    if (document.current_location().get(rest) == simdjson::SUCCESS)
        return invalid("json_invalid", "something follows the end of the document");
    return JsonNode(this, root);
}

JsonNode::Kind JsonNode::kind() const {
    return tree_ == nullptr ? Kind::Absent : tree_->nodes_[index_].kind;
}
std::string_view JsonNode::text() const {
    return kind() == Kind::String ? tree_->nodes_[index_].text : std::string_view();
}
std::string_view JsonNode::number() const {
    return kind() == Kind::Number ? tree_->nodes_[index_].text : std::string_view();
}
std::string_view JsonNode::scalar() const {
    return is_string() || is_number() ? tree_->nodes_[index_].text : std::string_view();
}
std::string_view JsonNode::key() const {
    return tree_ == nullptr ? std::string_view() : tree_->nodes_[index_].key;
}
JsonNode JsonNode::operator[](std::string_view key) const {
    if (is_object())
        for (auto child = tree_->nodes_[index_].first_child; child != 0; child = tree_->nodes_[child].next)
            if (tree_->nodes_[child].key == key)
                return {tree_, child};
    return {};
}
JsonNode JsonNode::first() const {
    if (!is_array())
        return *this;
    auto const child = tree_->nodes_[index_].first_child;
    return child == 0 ? JsonNode() : JsonNode(tree_, child);
}
JsonNode::Iterator JsonNode::begin() const {
    return {tree_, is_array() || is_object() ? tree_->nodes_[index_].first_child : 0};
}
JsonNode::Iterator& JsonNode::Iterator::operator++() {
    index_ = tree_->nodes_[index_].next;
    return *this;
}

} // namespace portico::central
