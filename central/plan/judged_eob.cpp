#include "central/plan/judged_eob.h"

#include <algorithm>

namespace portico::central {

namespace {
constexpr std::size_t eob_seal_tag_bytes = 16;
} // namespace

ByteView eob_seal_tag(ByteView sealed) {
    return sealed.last(std::min(sealed.size(), eob_seal_tag_bytes));
}

std::string eob_seal(ByteView sealed) {
    return to_hex(eob_seal_tag(sealed));
}

JudgedEob judge(Eob const& eob, ByteView sealed) {
    return {eob_alone_version, eob_seal(sealed), eob.sensitive, alone_of(eob)};
}

bool counts_for(JudgedEob const& judged, std::string_view seal) {
    return judged.version == eob_alone_version && !seal.empty() && judged.of == seal;
}

} // namespace portico::central
