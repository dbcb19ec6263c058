#include "shared/documents/eob_letter.h"

#include "shared/documents/letter/eob_sections.h"

namespace portico::documents {

Result<Bytes> eob_letter_pdf(EobLetter const& letter, Texts const& texts) {
    if (letter.plan_name.empty() || letter.service_phone.empty())
        return error(ErrorKind::InvalidInput, "letter_field_missing",
                     "a letter needs plan name and service phone");
    LetterFrame frame;
    frame.plan_name = letter.plan_name;
    frame.notice = texts.text("document.eob.not_a_bill");
    frame.running = texts.text("document.eob.running", {{"plan", printable(letter.plan_name)},
                                                        {"claim", printable(letter.eob.claim_number)}});
    frame.foot = letter_foot(letter.service_phone, letter.web, texts);
    return make_letter({texts.text("document.eob.file_title"), letter.printed, code(texts.language())}, frame,
                       texts, [&](PageFlow& flow) {
                           EobSections const sections{flow, letter, texts};
                           sections.addressee();
                           sections.summary();
                           sections.dollars();
                           sections.findings();
                           sections.lines();
                           sections.reasons();
                           sections.year();
                           sections.notes();
                           sections.appeal();
                           sections.words();
                       });
}

} // namespace portico::documents
