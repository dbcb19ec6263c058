#include "shared/documents/letter/reasons.h"

#include "shared/documents/drawing/text.h"

#include <algorithm>

namespace portico::documents {

namespace {

std::string shown_code(Code const& reason) {
    return printable(reason.code.empty() ? reason.display : reason.code);
}

/// "45" of "CO-45", "CO45" and "45": the group before it says who bears the amount.
std::string without_group(std::string code) {
    for (auto const* group : {"CO", "PR", "OA", "PI", "CR"})
        if (code.starts_with(group) && code.size() > 2) {
            code.erase(0, code[2] == '-' ? 3 : 2);
            break;
        }
    return code;
}

/// A code of another list may have the same digits and mean something else.
bool may_be_claim_adjustment_reason(Code const& reason) {
    return reason.system.empty() || reason.system.find("claim-adjustment-reason") != std::string::npos ||
           reason.system.find("x12.org/codes/claim-adjustment") != std::string::npos ||
           reason.system.find("AdjustmentReason") != std::string::npos;
}

} // namespace

ReasonMeaning reason_meaning(Code const& reason, Texts const& texts) {
    auto const code = shown_code(reason);
    auto const id = "document.reason." + without_group(code);
    if (may_be_claim_adjustment_reason(reason) && texts.has(id))
        return {code, texts.text(id)};
    if (auto display = printable(reason.display); !display.empty() && display != code)
        return {code, display};
    return {code, texts.text("document.reason.unknown")};
}

std::vector<std::string> reason_codes(EobLine const& line) {
    std::vector<std::string> codes;
    for (auto const& each : line.adjudications)
        if (!each.reason.empty())
            if (auto const code = shown_code(each.reason);
                std::find(codes.begin(), codes.end(), code) == codes.end())
                codes.push_back(code);
    return codes;
}

std::vector<ReasonMeaning> all_reasons(Eob const& eob, Texts const& texts) {
    std::vector<ReasonMeaning> out;
    auto const collect = [&](std::vector<Adjudication> const& entries) {
        for (auto const& each : entries) {
            if (each.reason.empty())
                continue;
            auto const code = shown_code(each.reason);
            if (std::none_of(out.begin(), out.end(), [&](auto const& known) { return known.code == code; }))
                out.push_back(reason_meaning(each.reason, texts));
        }
    };
    for (auto const& line : eob.lines)
        collect(line.adjudications);
    collect(eob.header_adjudications);
    collect(eob.totals);
    return out;
}

} // namespace portico::documents
