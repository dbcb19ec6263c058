#pragma once

#include "shared/domain/check/counted_before.h"
#include "shared/domain/eob_alone.h"
#include "shared/domain/eob_check.h"

#include <vector>

/// The rules of the EOB check, one file each.
namespace portico::rules {

using Findings = std::vector<Finding>;

// What an EOB says alone. Another answer of these is another `eob_alone_version`.

void totals_against_lines(Eob const& eob, Findings& out);
void allowed_against_paid_and_share(Eob const& eob, Findings& out);
void duplicate_lines(Eob const& eob, Findings& out);
void denied_yet_billed(Eob const& eob, Findings& out);
/// A line that may rightly stand twice: a modifier says that it was done again, or somewhere else.
bool says_distinct(EobLine const& line);

/// The EOB that is compared: what it says alone, and its facts as they stand among the others.
struct Compared {
    EobAlone const& alone;
    EobFacts const& facts;
};

// What comparing it with others and with the directory says.

void duplicate_claim(Compared const& compared, std::span<EobFacts const> all, Findings& out);
void network_against_directory(Compared const& compared, DirectoryWord const& directory, Findings& out);
void over_maximum(Compared const& compared, std::span<YearInQuestion const> years, Findings& out);
void replaced_still_counted(Compared const& compared, std::span<EobFacts const> all, Findings& out);

} // namespace portico::rules
