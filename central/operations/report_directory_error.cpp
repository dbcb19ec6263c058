#include "central/operations/rule.h"

#include <algorithm>
#include <array>

namespace portico::central {

namespace {
constexpr std::array<std::string_view, 6> whats{"phone",    "address", "not_accepting",
                                                "not_here", "network", "other"};
constexpr std::size_t comment_max = 500;

std::size_t characters(std::string const& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}
} // namespace

Result<RuleOutcome> apply_report_directory_error(RuleTools const& tools, OperationInHand const& hand,
                                                 api::ReportDirectoryError const& report) {
    if (std::find(whats.begin(), whats.end(), report.what) == whats.end())
        return error(ErrorKind::InvalidInput, "what_unknown", "not a kind of directory error");
    if (!is_utf8(report.comment) || characters(report.comment) > comment_max)
        return error(ErrorKind::InvalidInput, "comment_invalid", "a comment has 500 characters at most");
    if (!TRY(tools.facts.has_listing(report.listing_id)))
        return error(ErrorKind::NotFound, "listing_unknown", "the directory has no such listing");
    TRY(tools.queue.add(hand.database,
                        {"", "directory_error", hand.terminal.text(), hand.operation.id, report.what,
                         report.listing_id + (report.comment.empty() ? "" : ": " + report.comment), 0, 0,
                         ""}));
    return RuleOutcome{OperationState::Applied, report.listing_id, 0, {"listing"}};
}

} // namespace portico::central
