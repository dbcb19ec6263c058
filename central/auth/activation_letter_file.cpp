#include "central/auth/activation_letter_file.h"

#include "shared/base/private_file.h"
#include "shared/documents/activation_letter.h"

namespace portico::central {

namespace {

Date day_of(UtcTime time) {
    return date_from_day_number(to_micros(time) / 86'400'000'000);
}

} // namespace

Result<void> write_activation_letter(LetterOrder const& order, AccountDesk::Invitation const& invitation) {
    auto const texts =
        TRY(documents::Texts::load(order.assets, documents::document_language(order.language)));
    documents::ActivationLetter letter;
    letter.plan_name = order.plan_name;
    letter.member_name = invitation.member.name.full();
    letter.mail_to = invitation.member.address;
    letter.code = invitation.code.clone();
    letter.expires = day_of(invitation.expires);
    letter.printed = day_of(order.now);
    letter.service_phone = order.service_phone;
    letter.web = order.web;
    letter.family = order.family;
    auto pdf = TRY(documents::activation_letter_pdf(letter, texts));
    auto const failure = write_private_file(order.file, as_text(pdf), IfThere::Replace);
    wipe(pdf.data(), pdf.size());
    if (failure)
        return error(ErrorKind::Unavailable, "file_unwritable",
                     "cannot write " + order.file.string() + ": " + failure.message());
    return ok();
}

} // namespace portico::central
