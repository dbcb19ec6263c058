#include "central/operations/on_behalf.h"

#include "central/auth/account_unlock.h"
#include "central/auth/accounts.h"
#include "central/auth/staff_rights.h"
#include "central/authority/speakers.h"
#include "central/cases/case_book.h"
#include "central/cases/own_members.h"
#include "central/cases/protected_record.h"
#include "central/changes/change_feed.h"
#include "central/plan/member_overview.h"
#include "central/plan/personal_reads.h"

#include <algorithm>

namespace portico::central {

namespace {

/// What a person who prints cards, or anybody who finds an error in the directory, tells of themself.
bool may_be_asked_on_behalf(OperationKind kind) {
    return kind != OperationKind::CardIssued && kind != OperationKind::ReportDirectoryError;
}

/// What goes to where the member is known to be, and tells the caller nothing.
bool needs_no_proof(OperationKind kind) {
    return kind == OperationKind::WriteToMember || kind == OperationKind::PromiseCallBack;
}

Result<void> check_asker(OperationInHand const& hand, std::string const& program) {
    if (!hand.actor)
        return error(ErrorKind::Refused, "session_needed", "this operation needs a signed-in staff member");
    if (hand.actor->staff.empty() || hand.actor->may_only_register)
        return error(ErrorKind::Refused, "staff_only", "staff alone ask on a member's behalf");
    if (program != "agent")
        return error(ErrorKind::Forbidden, "desk_only", "on a member's behalf one asks at a desk");
    if (hand.actor->assurance < Assurance::TwoFactors)
        return error(ErrorKind::Refused, "step_up_needed", "this operation needs two factors");
    if (!has_right(hand.actor->roles, Right::OpenCase))
        return error(ErrorKind::Forbidden, "right_missing",
                     std::string("this operation needs the right ") + name(Right::OpenCase));
    return ok();
}

Result<void> check_record(RuleTools const& tools, OperationInHand const& hand, PatientId const& patient) {
    auto const& staff = hand.actor->staff;
    if (TRY(OwnMembers::of(hand.database, tools.vault, tools.clock, staff)).has(patient))
        return own_matter();
    auto const record =
        TRY(read_member(hand.database, tools.vault, plan_key(tools.vault, "member", patient.text())));
    if (!record)
        return case_unknown(); // the plan no longer has them
    if (TRY(is_protected(hand.database, *record)) &&
        !TRY(glass_was_broken(hand.database, *hand.operation.on_behalf_case, staff, hand.captured)))
        return error(ErrorKind::Refused, "break_glass_needed",
                     "this record is protected, and was not opened to the case then");
    return ok();
}

Result<void> check_proof(CaseThen const& then) {
    if (!then.verified)
        return error(ErrorKind::Refused, "verification_needed",
                     "the caller had not shown to be the member when this was asked for");
    if (!then.surely_verified)
        return error(ErrorKind::Refused, "verification_stronger_needed",
                     "a mailed code is not enough for this: verify the caller by text or in their session");
    return ok();
}

/// An EOB that who spoke is not told of is not there for them, nor a finding that stands by another EOB of
/// which they are not told.
Result<void> check_told(RuleTools const& tools, OperationInHand const& hand, PatientId const& patient) {
    auto const& operation = hand.operation;
    auto const named = operation.dispute_finding      ? operation.dispute_finding->eob_id
                       : operation.request_mailed_eob ? operation.request_mailed_eob->eob_id
                                                      : std::string();
    if (named.empty())
        return ok();
    auto const today = plan_moment(tools.settings.time_zone, tools.clock.now()).day;
    auto const about =
        TRY(make_overview(hand.database, tools.vault, patient, today, Telling::WithoutSensitive));
    auto const* claim = about ? about->find(EobId(named)) : nullptr;
    if (claim == nullptr)
        return error(ErrorKind::NotFound, "eob_not_found", "the member has no such EOB");
    auto const& dispute = operation.dispute_finding;
    if (dispute && std::none_of(claim->findings.begin(), claim->findings.end(),
                                [&](Finding const& each) { return each.kind == dispute->finding; }))
        return error(ErrorKind::NotFound, "finding_unknown", "the EOB has no such finding");
    return ok();
}

/// Whoever spoke for the member had the authority to, in this and at that moment.
Result<void> check_spoken(RuleTools const& tools, OperationInHand const& hand, CaseThen const& then,
                          OperationKind kind) {
    auto const when = plan_moment(tools.settings.time_zone, hand.captured);
    auto const speaker =
        TRY(speaker_for(hand.database, tools.vault, tools.clock, then.patient, then.authority, when));
    TRY(check_authority(speaker, scope_of(kind), when.day));
    auto const own = TRY(OwnMembers::of(hand.database, tools.vault, tools.clock, hand.actor->staff));
    if (own.has(speaker->prover()))
        return own_matter();
    return speaker->authority.tells_sensitive ? Result<void>(ok()) : check_told(tools, hand, then.patient);
}

} // namespace

Result<OnBehalf> on_behalf_of(RuleTools const& tools, OperationInHand const& hand, AskedOnBehalf const& asked,
                              PatientId& about) {
    TRY(check_asker(hand, asked.program));
    if (!may_be_asked_on_behalf(asked.kind))
        return error(ErrorKind::Refused, "not_on_behalf", "nobody asks for this on another's behalf");
    auto const& case_id = *hand.operation.on_behalf_case;
    auto const then = TRY(
        CaseBook(tools.vault, tools.clock).then(hand.database, hand.actor->staff, case_id, hand.captured));
    about = then.patient;
    TRY(check_record(tools, hand, then.patient));
    if (!needs_no_proof(asked.kind)) {
        if (!then.authority.empty())
            TRY(check_spoken(tools, hand, then, asked.kind));
        TRY(check_proof(then));
    }
    return OnBehalf{case_id, then.patient, then.surely_verified, then.authority};
}

Result<void> tell_kiosks_of_member(storage::Database& database, RuleTools const& tools, ChangeFeed& changes,
                                   PatientId const& patient, OperationKind kind) {
    auto const account = TRY(Accounts(tools.vault, tools.clock).of_patient(database, patient));
    if (!account)
        return ok();
    auto const* event = kind == OperationKind::WriteToMember ? "message_written" : "requests_changed";
    for (auto const& terminal : TRY(terminals_in_use(database, account->id, tools.clock.now())))
        TRY(changes.tell(database, terminal, {event, ""}));
    return ok();
}

} // namespace portico::central
