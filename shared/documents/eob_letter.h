#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/documents/texts.h"
#include "shared/domain/eob.h"
#include "shared/domain/finding.h"
#include "shared/domain/member.h"

#include <string>
#include <vector>

namespace portico::documents {

/// How to disagree with a decision; figures of the plan's line of business.
/// Source of the defaults: ERISA 29 CFR 2560.503-1 (employer plans).
struct AppealTerms {
    int file_within_days = 180;
    int decided_within_days = 60; ///< after the service
    int urgent_within_hours = 72;
    std::string address; ///< where a written appeal goes; left out when empty
};

/// Everything an EOB letter says. Source of the fields: federal model notice, OMB 1210-0144.
struct EobLetter {
    Eob eob;
    std::string plan_name;
    std::string product_name;
    std::string member_name;  ///< to whom the letter goes
    std::string patient_name; ///< who had the care; left out when empty
    std::string member_id;
    std::string group;
    PostalAddress mail_to;
    std::vector<Accumulator> accumulators; ///< as of `printed`
    std::vector<Finding> findings;
    AppealTerms appeal;
    std::string service_phone;
    std::string web;
    Date printed;
};

/// Lines a letter shows at most; the rest is counted in words and the reader told where to see it.
inline constexpr std::size_t eob_letter_lines_max = 20'000;

/// US letter, tagged (headings, paragraphs, tables), any number of pages. Says "amounts not given" for an EOB
/// without amounts; shows a table and a sentence but no picture when an amount is negative or the parts do
/// not add up. States its language and has words for its picture; makes no claim to PDF/UA.
/// Errors: InvalidInput "letter_field_missing" (no plan name or service phone). Safe from any thread.
Result<Bytes> eob_letter_pdf(EobLetter const& letter, Texts const& texts);

} // namespace portico::documents
