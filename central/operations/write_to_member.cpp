#include "central/operations/contact_details.h"
#include "central/operations/member_messages.h"
#include "central/operations/rule.h"
#include "shared/domain/plain_text.h"

namespace portico::central {

namespace {

constexpr std::size_t text_characters_max = 2000;
/// To one member: more than that is a fault, or an offence.
constexpr std::int64_t messages_day_max = 20;

Result<void> check_text(std::string const& text) {
    if (!are_plain_lines(text))
        return error(ErrorKind::InvalidInput, "message_invalid",
                     "a message has lines of text, and no control characters");
    if (is_blank(text))
        return error(ErrorKind::InvalidInput, "message_empty", "a message says something");
    if (character_count(text) > text_characters_max)
        return error(ErrorKind::InvalidInput, "message_long", "a message has 2000 characters at most");
    return ok();
}

} // namespace

Result<RuleOutcome> apply_write_to_member(RuleTools const& tools, OperationInHand const& hand,
                                          api::WriteToMember const& message) {
    auto const patient = TRY(member_of_staff(hand));
    TRY(check_text(message.text));
    auto const now = tools.clock.now();
    if (TRY(messages_since(hand.database, tools.vault, patient, now - std::chrono::hours(24))) >=
        messages_day_max)
        return error(ErrorKind::Refused, "messages_many", "this member got twenty messages within a day");
    TRY(keep_message(hand.database, tools.vault, patient, {hand.operation.id, message.text, now}));
    // By mail that one waits, and never what it says; to the address in force alone, for it is no warning.
    if (auto const contact = TRY(current_contact(tools, hand.database, patient));
        contact && !contact->email.empty())
        TRY(tools.notify.tell_of_message(hand.database, contact->email, contact->on_file.language));
    return RuleOutcome{OperationState::Applied, "", 0, {"message"}};
}

} // namespace portico::central
