#include "central/cases/member_calls.h"

#include "central/cases/account_state.h"
#include "central/cases/case_member.h"
#include "central/cases/case_of_call.h"
#include "central/cases/case_words.h"
#include "central/cases/protected_record.h"
#include "central/operations/contact_details.h"
#include "central/operations/ledger.h"
#include "central/operations/work_deadlines.h"
#include "central/plan/personal_reads.h"
#include "central/services.h"
#include "shared/domain/masking.h"

#include <algorithm>

namespace portico::central {

namespace {

Result<api::CaseMember> masked(Call const& call, storage::Database& database, CaseMemberRecord const& about) {
    auto const& member = about.record.member;
    auto const& vault = call.services.vault;
    api::CaseMember reply;
    reply.case_id = about.file.id;
    reply.given_name = member.name.given;
    reply.family_initial = initial(member.name.family);
    reply.birth_year = masked_year(member.birth_date);
    reply.member_id_end = last_four(member.member_id);
    reply.language = member.language;
    if (auto const contact = TRY(current_contact(call.services.operations->tools(), database, member.id))) {
        reply.phone = masked_phone(contact->phone);
        reply.email = masked_email(contact->email);
        reply.has_postal_address = !contact->address.lines.empty();
    }
    auto const coverages = TRY(read_coverages(database, vault, plan_key(vault, "member", member.id.text())));
    reply.covered = std::any_of(coverages.begin(), coverages.end(), [&](CoverageRecord const& each) {
        return each.coverage.active_on(plan_now(call).day);
    });
    auto account = TRY(account_state(database, vault, call.services.clock, member.id));
    reply.account = std::move(account.state);
    reply.account_why = std::move(account.why);
    return reply;
}

std::string text_of(PostalAddress const& address) {
    std::string text;
    for (auto const& line : address.lines)
        text += line + ", ";
    return text + address.city + ", " + address.state + " " + address.zip;
}

Result<std::string> value_of(Call const& call, storage::Database& database, Member const& member,
                             std::string const& field) {
    if (field == "name")
        return member.name.full();
    if (field == "birth_date")
        return member.birth_date.is_empty() ? std::string() : member.birth_date.text();
    if (field == "member_id")
        return member.member_id;
    auto const contact = TRY(current_contact(call.services.operations->tools(), database, member.id));
    if (!contact)
        return std::string();
    if (field == "phone")
        return contact->phone;
    if (field == "email")
        return contact->email;
    return contact->address.lines.empty() ? std::string() : text_of(contact->address);
}

/// A value in full is for whoever is on the line: for who speaks for a member no sooner than they have shown
/// to be allowed to.
Result<CaseMemberRecord> revealed_to_case(Call& call, storage::Database& database, std::string const& id) {
    auto about = TRY(opened_member_of_case(call, database, id));
    if (!about.is_member_speaking())
        return surely_verified_member_of_case(call, database, id, AuthorityScope::Contact);
    return about;
}

Result<std::optional<PostalAddress>> address_of(Call const& call, storage::Database& database,
                                                Member const& member) {
    auto const contact = TRY(current_contact(call.services.operations->tools(), database, member.id));
    return contact ? std::optional(contact->address) : std::nullopt;
}

} // namespace

Result<api::CaseMember> read_case_member(Call& call, api::CaseMemberQuery const& query) {
    call.audit_fields = {"masked"};
    audit_case(call, query.case_id);
    return call.services.store.read<api::CaseMember>(
        [&](storage::Database& database) -> Result<api::CaseMember> {
            return masked(call, database, TRY(opened_member_of_case(call, database, query.case_id)));
        });
}

Result<api::RevealedField> reveal_field(Call& call, api::RevealField const& request) {
    audit_case(call, request.case_id);
    if (!is_reveal_field(request.field))
        return error(ErrorKind::InvalidInput, "field_unknown",
                     "a field is name, birth_date, member_id, phone, email or postal_address");
    if (!is_reveal_reason(request.reason))
        return error(ErrorKind::InvalidInput, "reveal_reason_unknown",
                     "a reason is call_back, send_mail, caller_corrects or hand_on");
    // The dispatcher makes the record of a read durable, and sends the reply after that.
    call.audit_fields.push_back(request.field);
    call.audit_fields.push_back("reason:" + request.reason);
    return call.services.store.read<api::RevealedField>(
        [&](storage::Database& database) -> Result<api::RevealedField> {
            auto const about = TRY(revealed_to_case(call, database, request.case_id));
            auto value = TRY(value_of(call, database, about.record.member, request.field));
            api::RevealedField revealed{request.field, std::move(value)};
            if (request.field == "postal_address" && !revealed.value.empty())
                revealed.address = TRY(address_of(call, database, about.record.member));
            return revealed;
        });
}

Result<api::Empty> break_glass(Call& call, api::BreakGlass const& request) {
    audit_case(call, request.case_id);
    auto const& services = call.services;
    TRY(call.write([&](storage::Database& database) -> Result<void> {
        auto const about = TRY(member_of_case(call, database, request.case_id));
        if (!TRY(is_protected(database, about.record)))
            return error(ErrorKind::Conflict, "glass_not_needed", "this record is not protected: open it");
        if (!TRY(break_glass_of(database, services.vault, services.clock, about.file, request.reason)))
            return ok();
        QueueEntry entry;
        entry.kind = std::string(glass_broken_kind);
        entry.terminal = call.caller.terminal.text();
        entry.operation = about.file.id;
        entry.detail = about.file.patient.text() + "\n" + about.file.owner.text() + "\n" + request.reason;
        return services.operations->tools().queue.add(database, std::move(entry));
    }));
    return api::Empty{};
}

} // namespace portico::central
