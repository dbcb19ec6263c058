#include "central/import/resource_splitter.h"

#include "central/import/json_tree.h"

#include <cstring>
#include <utility>

namespace portico::central {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t key_bytes_max = 16;
/// Of a piece that is too large its beginning is kept, to say what it was.
constexpr std::size_t beginning_bytes = 4096;

bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

bool is_blank(std::string_view text) {
    for (char const byte : text)
        if (!is_blank(byte))
            return false;
    return true;
}

} // namespace

ResourceSplitter::Shape ResourceSplitter::guess(std::string_view beginning) {
    if (beginning.substr(0, byte_order_mark.size()) == byte_order_mark)
        beginning.remove_prefix(byte_order_mark.size());
    auto const end = beginning.find('\n');
    if (end == std::string_view::npos)
        return Shape::Documents;
    auto const line = beginning.substr(0, end);
    std::int64_t depth = 0;
    bool in_string = false;
    bool any = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char const byte = line[i];
        if (in_string) {
            if (byte == '\\')
                ++i;
            else if (byte == '"')
                in_string = false;
        } else if (byte == '"') {
            in_string = true;
        } else if (byte == '{' || byte == '[') {
            ++depth;
            any = true;
        } else if (byte == '}' || byte == ']') {
            --depth;
        }
    }
    return any && depth == 0 && !in_string ? Shape::Lines : Shape::Documents;
}

void ResourceSplitter::feed(std::string_view bytes) {
    if (beginning_) {
        // The mark may be cut by the end of a chunk.
        head_ += bytes;
        if (head_.size() < byte_order_mark.size() && byte_order_mark.substr(0, head_.size()) == head_)
            return;
        beginning_ = false;
        auto const head = std::exchange(head_, {});
        bytes = head;
        if (bytes.substr(0, byte_order_mark.size()) == byte_order_mark)
            bytes.remove_prefix(byte_order_mark.size());
        feed_shape(bytes);
        return;
    }
    feed_shape(bytes);
}

void ResourceSplitter::feed_shape(std::string_view bytes) {
    if (shape_ == Shape::Lines)
        feed_lines(bytes);
    else
        feed_document(bytes);
}

void ResourceSplitter::feed_lines(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const end = bytes.find('\n');
        auto const part = bytes.substr(0, end);
        if (line_streams_) {
            feed_document(part);
        } else if (held_line_.size() + part.size() > resource_bytes_max) {
            // Perhaps a whole Bundle in one line: take it apart while it streams.
            line_streams_ = true;
            feed_document(std::exchange(held_line_, {}));
            feed_document(part);
        } else {
            held_line_ += part;
        }
        if (end == std::string_view::npos)
            return;
        end_line();
        bytes.remove_prefix(end + 1);
    }
}

void ResourceSplitter::end_line() {
    if (line_streams_) {
        if (depth_ > 0)
            emit_piece(too_large_ ? SplitResource::Problem::TooLarge : SplitResource::Problem::Cut);
        reset_document();
        line_streams_ = false;
    } else if (!is_blank(held_line_)) {
        emit_({std::exchange(held_line_, {}), line_, SplitResource::Problem::None});
    }
    held_line_.clear();
    ++line_;
}

void ResourceSplitter::finish() {
    if (beginning_)
        feed_shape(std::exchange(head_, {}));
    if (shape_ == Shape::Lines && !line_streams_) {
        // Whether the last line is whole is for the parser to say.
        if (!is_blank(held_line_))
            emit_({std::exchange(held_line_, {}), line_, SplitResource::Problem::Cut});
        return;
    }
    if (garbage_)
        emit_piece(SplitResource::Problem::None);
    else if (depth_ > 0)
        emit_piece(too_large_ ? SplitResource::Problem::TooLarge : SplitResource::Problem::Cut);
    reset_document();
}

void ResourceSplitter::reset_document() {
    depth_ = 0;
    in_string_ = escaped_ = key_next_ = reading_key_ = in_entries_ = false;
    keeping_ = too_large_ = garbage_ = false;
    key_.clear();
    piece_.clear();
}

void ResourceSplitter::emit_piece(SplitResource::Problem problem) {
    if (too_large_ && problem == SplitResource::Problem::None)
        problem = SplitResource::Problem::TooLarge;
    emit_({std::exchange(piece_, {}), piece_line_, problem});
    keeping_ = too_large_ = garbage_ = false;
}

void ResourceSplitter::keep(char byte) {
    if (too_large_)
        return;
    if (piece_.size() >= resource_bytes_max) {
        too_large_ = true;
        piece_.resize(beginning_bytes);
        piece_.shrink_to_fit();
        return;
    }
    piece_.push_back(byte);
}

void ResourceSplitter::feed_document(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        char const byte = bytes[i];
        if (byte == '\n')
            ++line_;
        if (in_string_) {
            if (keeping_)
                keep(byte);
            if (escaped_) {
                escaped_ = false;
            } else if (byte == '\\') {
                escaped_ = true;
                key_ += reading_key_ ? "\\" : "";
            } else if (byte == '"') {
                in_string_ = false;
                reading_key_ = false;
            } else if (reading_key_ && key_.size() < key_bytes_max) {
                key_.push_back(byte);
            }
            continue;
        }
        structure(byte);
    }
}

void ResourceSplitter::structure(char byte) {
    if (garbage_) {
        if (byte == '\n')
            emit_piece(SplitResource::Problem::None);
        else
            keep(byte);
        return;
    }
    if (depth_ == 0 && byte != '{') {
        if (is_blank(byte))
            return;
        garbage_ = true;
        piece_line_ = line_;
        keep(byte);
        return;
    }
    switch (byte) {
    case '{':
    case '[':
        open(byte);
        return;
    case '}':
    case ']':
        if (keeping_)
            keep(byte);
        close();
        return;
    case '"':
        in_string_ = true;
        reading_key_ = key_next_ && (depth_ == 1 || (depth_ == 3 && in_entries_));
        if (reading_key_)
            key_.clear();
        break;
    case ':':
        key_next_ = false;
        break;
    case ',':
        key_next_ = depth_ == 1 || depth_ == 3;
        break;
    default:
        break;
    }
    if (keeping_)
        keep(byte);
}

void ResourceSplitter::open(char bracket) {
    if (depth_ == 0) {
        keeping_ = true;
        piece_line_ = line_;
        piece_depth_ = 0;
    } else if (depth_ == 1 && bracket == '[' && key_ == "entry") {
        in_entries_ = true;
    } else if (depth_ == 3 && in_entries_ && bracket == '{' && key_ == "resource") {
        // From here on it is a Bundle: what was kept of its head is not a piece.
        piece_.clear();
        too_large_ = false;
        keeping_ = true;
        piece_line_ = line_;
        piece_depth_ = 3;
    }
    ++depth_;
    key_next_ = bracket == '{';
    if (keeping_)
        keep(bracket);
}

void ResourceSplitter::close() {
    --depth_;
    key_next_ = false;
    if (depth_ == 1)
        in_entries_ = false;
    if (keeping_ && depth_ == piece_depth_)
        emit_piece(SplitResource::Problem::None);
    if (depth_ == 0)
        reset_document();
}

} // namespace portico::central
