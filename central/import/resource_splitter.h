#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace portico::central {

/// A piece of an input that should be one FHIR resource (or a whole small Bundle in one NDJSON line).
struct SplitResource {
    enum class Problem : std::uint8_t {
        None,
        TooLarge, ///< over resource_bytes_max; `text` is only its beginning
        Cut,      ///< the input ended inside it; `text` is what there was of it
    };
    std::string text;
    std::uint64_t line = 0; ///< where it begins, from 1
    Problem problem = Problem::None;
};

/// Finds resources in a stream of bytes in bounded memory: each JSON document at the top level is one, except
/// that of a Bundle each `entry[].resource` is one, however large the Bundle is. It only counts brackets and
/// follows strings; whether a piece is JSON is for the parser to say.
class ResourceSplitter {
public:
    enum class Shape : std::uint8_t {
        Lines,     ///< NDJSON: a line break always ends a document, so one broken line spoils only itself
        Documents, ///< documents over any number of lines
    };
    using Emit = std::function<void(SplitResource)>;

    ResourceSplitter(Shape shape, Emit emit) : shape_(shape), emit_(std::move(emit)) {}

    void feed(std::string_view bytes);
    /// The input ended.
    void finish();

    /// What `beginning`, the first bytes of an input, looks like when its name does not tell.
    static Shape guess(std::string_view beginning);

private:
    void feed_shape(std::string_view bytes);
    void feed_lines(std::string_view bytes);
    void feed_document(std::string_view bytes);
    void end_line();
    void structure(char byte);
    void open(char bracket);
    void close();
    void finish_string();
    void emit_piece(SplitResource::Problem problem);
    void keep(char byte);
    void reset_document();

    Shape shape_;
    Emit emit_;
    bool beginning_ = true;
    std::string head_; ///< until it is clear whether a byte order mark begins the input
    std::uint64_t line_ = 1;

    // Lines
    std::string held_line_;
    bool line_streams_ = false; ///< the line outgrew the buffer and goes through the document machine

    // One document
    std::int64_t depth_ = 0;
    bool in_string_ = false;
    bool escaped_ = false;
    bool key_next_ = false;    ///< the next string at this depth is a key
    bool reading_key_ = false; ///< the current string is a key at depth 1 or 3
    bool in_entries_ = false;  ///< inside the top-level array "entry"
    bool keeping_ = false;     ///< bytes belong to a piece
    bool too_large_ = false;
    bool garbage_ = false;         ///< outside any object
    std::int64_t piece_depth_ = 0; ///< depth at which the piece ends
    std::uint64_t piece_line_ = 1;
    std::string key_;
    std::string piece_;
};

} // namespace portico::central
