#include "central/http/call_audit.h"

namespace portico::central {

AuditRecord audit_record(Call const& call, std::string const& decision, std::string const& reason) {
    AuditRecord record;
    record.terminal = call.caller.terminal.text();
    record.role = "nobody";
    if (auto const& session = call.caller.session) {
        bool const staff = !session->staff.empty();
        record.role = !staff ? "member" : session->roles.empty() ? "staff" : text_of(session->roles);
        record.actor = staff ? session->staff.text() : session->account.text();
        record.session = session->id.text();
        record.factors = session->factors;
        record.assurance = name(session->assurance);
        record.subject = session->patient.text();
    }
    if (!call.audit_subject.empty())
        record.subject = call.audit_subject;
    record.action = call.action;
    record.fields = call.audit_fields;
    record.operation = call.audit_operation;
    record.decision = decision;
    record.reason = reason;
    return record;
}

} // namespace portico::central
