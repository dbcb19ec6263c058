#include "central/operations/rule.h"
#include "shared/domain/plain_text.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {
constexpr std::array<std::string_view, 6> whats{"phone",    "address", "not_accepting",
                                                "not_here", "network", "other"};
constexpr std::size_t comment_max = 500;
} // namespace

Result<RuleOutcome> apply_report_directory_error(RuleTools const& tools, OperationInHand const& hand,
                                                 api::ReportDirectoryError const& report) {
    if (std::find(whats.begin(), whats.end(), report.what) == whats.end())
        return error(ErrorKind::InvalidInput, "what_unknown", "not a kind of directory error");
    // Staff read it at a command line: there a control character of it would be obeyed.
    if (!is_plain_text(report.comment) || character_count(report.comment) > comment_max)
        return error(ErrorKind::InvalidInput, "comment_invalid",
                     "a comment has 500 characters at most, and no control characters");
    if (!TRY(tools.facts.has_listing(report.listing_id)))
        return error(ErrorKind::NotFound, "listing_unknown", "the directory has no such listing");
    TRY(tools.queue.add(hand.database,
                        {"", "directory_error", hand.terminal.text(), hand.operation.id, report.what,
                         report.listing_id + (report.comment.empty() ? "" : ": " + report.comment), 0, 0,
                         ""}));
    return RuleOutcome{OperationState::Applied, report.listing_id, 0, {"listing"}};
}

} // namespace portico::central
