#include "central/operations/contact_details.h"
#include "central/operations/rule.h"
#include "central/operations/work_deadlines.h"
#include "shared/base/clock.h"
#include "shared/domain/date.h"
#include "shared/domain/plain_text.h"

namespace portico::central {

namespace {

constexpr std::size_t about_characters_max = 200;
constexpr std::int64_t days_ahead_max = 30;
constexpr std::int64_t promised_max = 10;

/// The day as a number. Days are those of UTC, as those of every deadline.
Result<std::int64_t> day_of(api::PromiseCallBack const& promise, UtcTime captured) {
    auto const on = Date::parse(promise.on);
    if (on.has_error() || !on.value().has_day() || on.value().text() != promise.on)
        return error(ErrorKind::InvalidInput, "date_invalid", "a day is written YYYY-MM-DD");
    auto const day = day_number(on.value());
    auto const today = to_micros(captured) / day_us;
    if (day < today || day > today + days_ahead_max)
        return error(ErrorKind::InvalidInput, "date_out_of_range", "a call is promised for the next 30 days");
    return day;
}

/// Those that nobody has made yet.
Result<std::int64_t> promised_to(RuleTools const& tools, storage::Database& database,
                                 PatientId const& patient) {
    auto query = TRY(database.prepare("SELECT count(*) FROM operation WHERE patient_hash = $1"
                                      " AND kind = 'promise_call_back' AND state = 'waiting'"));
    query.bind(1, ByteView(patient_hash(tools.vault, patient)));
    TRY(query.step());
    return query.integer(0);
}

} // namespace

Result<RuleOutcome> apply_promise_call_back(RuleTools const& tools, OperationInHand const& hand,
                                            api::PromiseCallBack const& promise) {
    auto const patient = TRY(member_of_staff(hand));
    auto const day = TRY(day_of(promise, hand.captured));
    if (!is_plain_text(promise.about) || is_blank(promise.about) ||
        character_count(promise.about) > about_characters_max)
        return error(ErrorKind::InvalidInput, "about_invalid", "say in 1 to 200 characters what it is about");
    auto const contact = TRY(current_contact(tools, hand.database, patient));
    if (!contact || contact->phone.empty())
        return error(ErrorKind::Refused, "no_number_on_file", "the member has no phone number on file");
    if (TRY(promised_to(tools, hand.database, patient)) >= promised_max)
        return error(ErrorKind::Refused, "call_backs_many", "this member was promised ten calls already");
    QueueEntry entry;
    entry.kind = std::string(call_back_promised_kind);
    entry.terminal = hand.terminal.text();
    entry.operation = hand.operation.id;
    entry.detail = patient.text() + "\n" + promise.about;
    entry.due_us = (day + 1) * day_us - 1;
    TRY(tools.queue.add(hand.database, std::move(entry)));
    return RuleOutcome{OperationState::Waiting, promise.on, 0, {"call_back"}};
}

} // namespace portico::central
