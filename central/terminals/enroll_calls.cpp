#include "central/terminals/enroll_calls.h"

#include "central/changes/change_feed.h"
#include "central/services.h"
#include "central/terminals/terminals.h"

namespace portico::central {

Result<api::EnrollReply> enroll_terminal(Call& call, api::EnrollRequest const& request) {
    auto& services = call.services;
    api::EnrollReply reply;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto enrolled = TRY(services.terminals->enroll(database, request, *services.authority));
        reply.terminal_id = enrolled.id.text();
        reply.certificate_pem = std::move(enrolled.certificate_pem);
        call.audit_subject = reply.terminal_id;
        call.audit_fields = {"certificate"};
        return ok();
    }));
    TRY(services.terminals->refresh());
    services.changes->hint();
    reply.authority_pem = services.authority->certificate_pem();
    reply.sealing_public_key = to_base64url(services.vault.sealing.public_key);
    reply.plan_name = services.plan_name;
    return reply;
}

Result<api::RenewReply> renew_terminal(Call& call, api::RenewRequest const& request) {
    auto& services = call.services;
    auto const& terminal = call.caller.terminal;
    api::RenewReply reply;
    if (call.caller.certificate == nullptr)
        return error(ErrorKind::Forbidden, "certificate_needed", "a terminal renews what it has shown");
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        call.audit_subject = terminal.text();
        call.audit_fields = {"certificate"};
        reply.certificate_pem =
            TRY(services.terminals->renew(database, terminal, *call.caller.certificate,
                                          request.certificate_request_pem, *services.authority));
        return ok();
    }));
    TRY(services.terminals->refresh());
    services.changes->hint();
    return reply;
}

} // namespace portico::central
