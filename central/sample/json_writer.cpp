#include "central/sample/json_writer.h"

#include <array>
#include <cstdio>

namespace portico::central::sample {

void JsonWriter::quote(std::string_view text) {
    out_ += '"';
    for (char const c : text) {
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> escape{};
            static_cast<void>(
                std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c)));
            out_ += escape.data();
        } else {
            out_ += c;
        }
    }
    out_ += '"';
}

} // namespace portico::central::sample
