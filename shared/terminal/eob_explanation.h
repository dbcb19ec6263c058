#pragma once

#include "shared/api/member.h"
#include "shared/ui/catalog.h"
#include "shared/ui/message.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// One EOB in whole sentences, as who helps a member says it to them: what was asked for, what the plan pays,
/// what the member owes and why, what looks wrong and what can be done. Every amount is one that the EOB's
/// panel shows (`dollar_flow`, `stated_amount`, the findings); one that is not stated is said to be not told,
/// and none is worked out here. No code, id or number of a claim is in it.
namespace portico::terminal {

/// Whether the member has answered a finding of this kind already.
using IsAnswered = std::function<bool(FindingKind)>;

/// The sentences in their order. Words for reasons are those of `language` (an offered one), the rest is in
/// whichever language the texts are resolved.
std::vector<ui::Text> eob_explanation(ui::Catalog const& catalog, api::EobDetail const& detail,
                                      std::string_view language, IsAnswered const& answered);

/// The same as it is said: amounts and days in words, as speech says them (`ui::spoken_text`).
std::vector<std::string> eob_read_aloud(ui::Catalog const& catalog, api::EobDetail const& detail,
                                        std::string_view language, IsAnswered const& answered);

/// The language in which somebody who speaks `tag` (BCP 47) is told of an EOB: theirs where all texts are
/// there in it, else English.
std::string_view language_to_explain(std::string_view tag);

} // namespace portico::terminal
