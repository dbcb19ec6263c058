#include "shared/documents/letter/reasons.h"

#include "shared/documents/drawing/text.h"
#include "shared/domain/reason_codes.h"

#include <algorithm>

namespace portico::documents {

namespace {

std::string shown_code(Code const& reason) {
    return printable(reason.code.empty() ? reason.display : reason.code);
}

} // namespace

ReasonWords reason_words(Code const& reason, Texts const& texts) {
    auto const code = shown_code(reason);
    if (auto const known = reason_meaning(reason))
        return {code, std::string(texts.language() == DocumentLanguage::Spanish  ? known->text_es
                                  : texts.language() == DocumentLanguage::Arabic ? known->text_ar
                                                                                 : known->text_en)};
    if (auto display = printable(reason.display); !display.empty() && display != code)
        return {code, display};
    return {code, texts.text("reason.no_words")};
}

std::vector<std::string> reason_codes(EobLine const& line) {
    std::vector<std::string> codes;
    for (auto const& each : line.adjudications)
        if (says_why(each.reason))
            if (auto const code = shown_code(each.reason);
                std::find(codes.begin(), codes.end(), code) == codes.end())
                codes.push_back(code);
    return codes;
}

std::vector<ReasonWords> all_reasons(Eob const& eob, Texts const& texts) {
    std::vector<ReasonWords> out;
    auto const collect = [&](std::vector<Adjudication> const& entries) {
        for (auto const& each : entries) {
            if (!says_why(each.reason))
                continue;
            auto const code = shown_code(each.reason);
            if (std::none_of(out.begin(), out.end(), [&](auto const& known) { return known.code == code; }))
                out.push_back(reason_words(each.reason, texts));
        }
    };
    for (auto const& line : eob.lines)
        collect(line.adjudications);
    collect(eob.header_adjudications);
    collect(eob.totals);
    return out;
}

} // namespace portico::documents
