#include "shared/domain/work_matter.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

constexpr std::array<WorkMatter, 6> matters{{
    {"finding_disputed", "dispute", "work", true},
    {"mailed_eob", "eob_question", "work", true},
    {"mailed_card", "card", "work"},
    {"mailed_card_needs_approval", "card", "work"},
    {"contact_change_held", "contact_change", "work"},
    {"call_back_promised", "message", "call_back"},
}};

} // namespace

WorkMatter const* find_work_matter(std::string_view kind) {
    auto const* found = std::find_if(matters.begin(), matters.end(),
                                     [&](WorkMatter const& each) { return each.kind == kind; });
    return found == matters.end() ? nullptr : found;
}

} // namespace portico
