#pragma once

#include "shared/api/member.h"
#include "shared/ui/ui.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What an EOB says on a screen, wherever it is read: a member at a kiosk and who helps them at a desk see
/// the same words, but that the one is told of "your share" and the other of the member's.
namespace portico::terminal {

enum class Reader : std::uint8_t { Member, Staff };

using ui::operator""_msg;
using ui::operator""_msgs;

/// An optional amount, else the words for "not given".
ui::Text money_or_unknown(std::optional<Money> const& amount);
/// As precise as the source was.
ui::Text date_text(Date day, ui::DateLength length = ui::DateLength::Long);
/// Words in the screen's language, else in English and marked as English; empty when there are none at all.
ui::Text in_language(ui::Ui const& ui, std::string const& english, std::string const& spanish,
                     std::string const& arabic = {});

/// An amount of a line by category, as the payer stated it.
std::optional<Money> line_amount(EobLine const& line, AmountCategory category);
/// The member's share of a line as stated, else what makes it up.
std::optional<Money> line_share(EobLine const& line);
/// "1. Office visit"
ui::Text line_text(EobLine const& line);
/// "2, 3": the lines it rests on.
std::string line_numbers(Finding const& finding);
ui::Text finding_text(ui::Ui const& ui, Eob const& eob, Finding const& finding,
                      Reader reader = Reader::Member);
/// The same away from a screen.
ui::Text finding_text(ui::Catalog const& catalog, Eob const& eob, Finding const& finding, Reader reader);
/// Our words for a reason; else the payer's own; else that there are none.
ui::Text reason_text(ui::Ui const& ui, api::ReasonText const& reason);

/// As central's timeline says it.
bool is_decided(api::EobDetail const& detail);
std::vector<ui::TimelineEntry> story_steps(ui::Ui const& ui, api::EobDetail const& detail,
                                           Reader reader = Reader::Member);

} // namespace portico::terminal
