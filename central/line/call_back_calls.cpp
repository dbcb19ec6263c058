#include "central/line/call_back_calls.h"

#include "central/cases/kept_refusal.h"
#include "central/line/line_calls.h"
#include "central/line/line_limits.h"
#include "central/line/line_news.h"
#include "central/line/waiting_line.h"
#include "central/operations/contact_details.h"
#include "central/operations/ledger.h"
#include "shared/base/language.h"
#include "shared/base/uuid.h"
#include "shared/domain/call_back.h"
#include "shared/domain/contact_rules.h"
#include "shared/domain/masking.h"

namespace portico::central {

namespace {

/// Who asks, as far as it counts.
struct Asker {
    PatientId patient;    ///< empty: what is typed says nothing about who they are
    bool is_sure = false; ///< by more than a card that anybody may have found
};

Asker asker_of(Call const& call) {
    auto const& session = call.caller.session;
    if (!session || session->patient.empty() || !session->staff.empty() || session->may_only_register)
        return {};
    return {session->patient, session->assurance >= Assurance::OneFactor};
}

Result<void> check_words(api::AskCallBack const& request) {
    if (!is_uuid_v7(request.call_back))
        return error(ErrorKind::InvalidInput, "call_back_id_invalid", "a call-back's id is a UUIDv7");
    if (find_language(request.language) == nullptr)
        return error(ErrorKind::InvalidInput, "language_unknown", "choose one of the languages offered");
    if (!is_call_back_about(request.about))
        return error(ErrorKind::InvalidInput, "about_unknown",
                     "a call is about account_locked, claim, card or other");
    return ok();
}

/// Where to call. Errors: InvalidInput "number_invalid"; Refused "no_number_on_file".
Result<std::string> number_for(Call const& call, storage::Database& database, api::AskCallBack const& request,
                               Asker const& asker) {
    if (!request.number.empty() || asker.patient.empty()) {
        auto typed = callable_number(request.number);
        if (typed.empty())
            return error(ErrorKind::InvalidInput, "number_invalid",
                         "a number here has ten digits, area code first");
        return typed;
    }
    auto const contact = TRY(current_contact(call.services.operations->tools(), database, asker.patient));
    // Who cannot be called from here must not be in the line: nobody behind them would be either.
    auto on_file = contact ? callable_number(contact->phone) : std::string();
    if (on_file.empty())
        return error(ErrorKind::Refused, "no_number_on_file",
                     "there is no number on file that could be called: type one");
    return on_file;
}

Result<AskedCallBack> asked_by(Call const& call, storage::Database& database,
                               api::AskCallBack const& request) {
    auto const asker = asker_of(call);
    AskedCallBack asked;
    asked.id = request.call_back;
    asked.terminal = call.caller.terminal;
    asked.number = TRY(number_for(call, database, request, asker));
    // Whoever has found a card could else have the plan call them as its member.
    if (asker.is_sure || request.number.empty())
        asked.patient = asker.patient;
    asked.language = find_language(request.language)->code;
    asked.about = request.about;
    return asked;
}

/// The same again is told how it stands. Errors: InvalidInput "call_back_id_invalid".
Result<bool> is_there(Call const& call, storage::Database& database, std::string const& id) {
    auto const found = TRY(line_of(call).rows().find(database, id));
    if (found && found->terminal != call.caller.terminal)
        return error(ErrorKind::InvalidInput, "call_back_id_invalid", "this id was made elsewhere");
    return found.has_value();
}

Result<void> add_to_line(Call& call, storage::Database& database, api::AskCallBack const& request) {
    auto const line = line_of(call);
    TRY(return_overdue_of(database, line, *call.services.changes, *call.services.audit));
    TRY(return_unconnected_of(database, line, *call.services.changes, *call.services.audit));
    TRY(count_ask(database, call.services.clock, call.caller.terminal));
    auto const asked = TRY(asked_by(call, database, request));
    TRY(line.add(database, asked));
    return tell_of_line(database, line, *call.services.changes, {});
}

/// Whom nothing on file is shown to does not see its end either.
Result<std::string> masked_for(Call const& call, storage::Database& database,
                               api::AskCallBack const& request) {
    if (request.number.empty() && !asker_of(call).is_sure)
        return std::string();
    return masked_phone(TRY(line_of(call).rows().number_of(database, request.call_back)));
}

} // namespace

Result<api::CallBackPlace> ask_call_back(Call& call, api::AskCallBack const& request) {
    TRY(check_words(request));
    call.audit_fields = {"call_back:" + request.call_back, "about:" + request.about,
                         request.number.empty() ? "number:on_file" : "number:typed"};
    // A try counts, whatever becomes of it.
    auto asked = write_and_keep_refusal<api::CallBackPlace>(
        call, [&](storage::Database& database) -> Result<api::CallBackPlace> {
            if (!TRY(is_there(call, database, request.call_back)))
                TRY(add_to_line(call, database, request));
            auto place = TRY(line_of(call).place(database, call.caller.terminal, request.call_back));
            place.to = TRY(masked_for(call, database, request));
            return place;
        });
    call.services.changes->hint();
    return asked;
}

Result<api::CallBackPlace> call_back_place(Call& call, api::CallBackQuery const& query) {
    return call.services.store.read<api::CallBackPlace>([&](storage::Database& database) {
        return line_of(call).place(database, call.caller.terminal, query.call_back);
    });
}

Result<api::Empty> cancel_call_back(Call& call, api::CancelCallBack const& request) {
    if (is_uuid_v7(request.call_back))
        call.audit_fields = {"call_back:" + request.call_back};
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const line = line_of(call);
        if (!TRY(line.cancel(database, call.caller.terminal, request.call_back)))
            return ok();
        return tell_of_line(database, line, *call.services.changes, {});
    }));
    call.services.changes->hint();
    return api::Empty{};
}

} // namespace portico::central
