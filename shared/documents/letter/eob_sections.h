#pragma once

#include "shared/documents/eob_letter.h"
#include "shared/documents/letter/page_flow.h"

namespace portico::documents {

/// The letter's parts, in reading order.
struct EobSections {
    PageFlow& flow;
    EobLetter const& letter;
    Texts const& texts;

    void addressee() const;
    void summary() const; ///< heading, the sentence, the facts
    void dollars() const; ///< the picture, or a table where a picture would mislead
    void lines() const;
    void reasons() const;
    void year() const;
    void findings() const;
    void notes() const;
    void appeal() const;
    void words() const;

private:
    std::string provider() const; ///< name, or "The provider"
    void staircase(DollarFlow const& dollars) const;
    void dollar_table(DollarFlow const& dollars) const;
    std::string finding_text(Finding const& finding) const;
};

} // namespace portico::documents
