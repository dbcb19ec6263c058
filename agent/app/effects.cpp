#include "agent/app/effects.h"

#include "shared/base/uuid.h"

namespace portico::agent {

namespace {

Result<api::SessionReply> ask_key(Job const& job, Secret const& pin, bool of_anybody) {
    auto const by =
        TRY(terminal::ask_key(job.services.central, job.services.sync, job.with(), job.services.key,
                              {.purpose = "security_key",
                               .pin = pin,
                               .touch_wanted = [&] { job.reply(TouchWanted{}); },
                               .given_up = job.given_up,
                               .of_anybody = of_anybody}));
    return job.heard(job.services.central.sign_in(job.with(), by));
}

/// Errors: as ask_key; Refused "other_account" when the key is a colleague's: it has nothing of this account,
/// so it is asked for what it has, and central says that it is somebody else's.
Result<void> unlock(Job const& job, Secret const& pin) {
    auto raised = ask_key(job, pin, false);
    if (raised.has_error() && raised.error().reason == "key_no_credential")
        raised = ask_key(job, pin, true);
    if (raised.has_error())
        return raised.error();
    return ok();
}

Result<Admission> admit(Job const& job, Secret const& pin) {
    Admission admission;
    admission.session = TRY(ask_key(job, pin, false));
    client::With const with{.token = admission.session.token, .cancel = job.session_ended};
    auto me = admission.session.is_staff ? job.heard(job.services.central.staff_me(with))
                                         : Result<api::StaffMe>(error(ErrorKind::Refused, "sign_in_refused"));
    if (me.has_error()) {
        // Nobody is shown as signed in: the session that was opened ends, best effort.
        (void)job.services.central.sign_out({.token = admission.session.token});
        return me.error();
    }
    admission.me = std::move(me).value();
    return admission;
}

/// Who has an entry, for whoever wanted to take it; empty when it cannot be told.
std::string holder_of(Job const& job, std::string const& entry) {
    auto const list = job.services.central.work(job.with(), {});
    if (list.has_value())
        for (auto const& item : list.value().items)
            if (item.entry == entry)
                return item.taken_by_name;
    return {};
}

void wipe_facts(api::IdentifyCaller& said) {
    for (auto* fact : {&said.member_id, &said.birth_date, &said.zip})
        if (*fact)
            wipe(**fact);
    if (said.name) {
        wipe(said.name->given);
        wipe(said.name->family);
    }
}

void perform(Job const& job, SignIn& command) {
    job.reply(SignedIn{admit(job, command.pin)});
}
void perform(Job const& job, Unlock& command) {
    job.reply(Unlocked{unlock(job, command.pin)});
}
void perform(Job const& job, FetchMe&) {
    job.reply(MeRead{job.heard(job.services.central.staff_me(job.with()))});
}
void perform(Job const& job, FetchWork& command) {
    job.reply(WorkRead{job.heard(job.services.central.work(job.with(), command.query))});
}
void perform(Job const& job, Take& command) {
    auto taken = job.heard(job.services.central.take_work(job.with(), {.entry = command.entry}));
    WorkDone done{ok()};
    if (taken.has_value())
        done.taken = std::move(taken).value();
    else
        done.result = taken.error();
    if (done.result.has_error() && done.result.error().reason == "work_taken")
        done.holder = holder_of(job, command.entry);
    job.reply(std::move(done));
}
void perform(Job const& job, GiveBack& command) {
    job.reply(WorkDone{job.heard(job.services.central.give_work_back(job.with(), {.entry = command.entry}))});
}
void perform(Job const& job, HandOver& command) {
    job.reply(WorkDone{job.heard(
        job.services.central.hand_work_over(job.with(), {.entry = command.entry, .to = command.to}))});
}
void perform(Job const& job, Decide& command) {
    job.reply(WorkDone{job.heard(job.services.central.decide_work(job.with(), command.decision))});
}
void perform(Job const& job, FetchAskedUnlock& command) {
    job.reply(AskedUnlockRead{command.entry,
                              job.heard(job.services.central.asked_unlock(job.with(), {command.entry}))});
}

void perform(Job const& job, FetchCases&) {
    job.reply(CasesRead{job.heard(job.services.central.cases(job.with(), {}))});
}
void perform(Job const& job, OpenCase& command) {
    job.reply(CaseOpened{job.heard(job.services.central.open_case(job.with(), command.request))});
}
void perform(Job const& job, ChangeReason& command) {
    auto result = job.heard(job.services.central.change_case_reason(job.with(), command.request));
    job.reply(ReasonChanged{command.request.case_id, command.request.reason, std::move(result)});
}
void perform(Job const& job, Identify& command) {
    auto result = job.heard(job.services.central.identify_caller(job.with(), command.request));
    std::string const id = command.request.case_id;
    wipe_facts(command.request);
    job.reply(CallerIdentified{id, std::move(result)});
}
void perform(Job const& job, CloseCase& command) {
    auto result = job.heard(job.services.central.close_case(job.with(), command.request));
    wipe(command.request.note);
    job.reply(CaseClosed{command.request.case_id, std::move(result)});
}
void perform(Job const& job, AllowMore& command) {
    job.reply(MoreAllowed{job.heard(job.services.central.allow_more(job.with(), {command.staff}))});
}
void perform(Job const& job, FetchMember& command) {
    auto result = job.heard(job.services.central.case_member(job.with(), {command.case_id}));
    job.reply(MemberRead{command.case_id, std::move(result)});
}
void perform(Job const& job, FetchClaims& command) {
    auto result = job.heard(job.services.central.case_claims(job.with(), command.query));
    job.reply(ClaimsRead{command.query.case_id, std::move(result)});
}
void perform(Job const& job, FetchEob& command) {
    auto result = job.heard(job.services.central.case_eob(job.with(), command.query));
    job.reply(EobRead{command.query.case_id, command.query.eob, std::move(result)});
}
void perform(Job const& job, FetchEobReview& command) {
    auto result = job.heard(job.services.central.case_eob_review(job.with(), command.query));
    job.reply(EobReviewRead{command.query.case_id, command.query.eob, std::move(result)});
}
void perform(Job const& job, Reveal& command) {
    auto result = job.heard(job.services.central.reveal_field(job.with(), command.request));
    job.reply(FieldRevealed{command.request.case_id, std::move(result)});
}
void perform(Job const& job, BreakGlass& command) {
    auto result = job.heard(job.services.central.break_glass(job.with(), command.request));
    wipe(command.request.reason);
    job.reply(GlassBroken{command.request.case_id, std::move(result)});
}
void perform(Job const& job, Verify& command) {
    auto result = job.heard(job.services.central.verify_caller(job.with(), command.request));
    job.reply(CallerAsked{command.request.case_id, std::move(result)});
}
void perform(Job const& job, FetchSpeakers& command) {
    auto result = job.heard(job.services.central.case_speakers(job.with(), {command.case_id}));
    job.reply(SpeakersRead{command.case_id, std::move(result)});
}
void perform(Job const& job, ChooseSpeaker& command) {
    auto result = job.heard(job.services.central.choose_speaker(job.with(), command.request));
    job.reply(SpeakerChosen{command.request.case_id, std::move(result)});
}
void perform(Job const& job, FetchWays& command) {
    auto result = job.heard(job.services.central.verify_ways(job.with(), {command.case_id}));
    job.reply(WaysRead{command.case_id, std::move(result)});
}
void perform(Job const& job, SendCode& command) {
    auto result = job.heard(job.services.central.send_code(job.with(), command.request));
    job.reply(CodeSent{command.request.case_id, command.request.call, std::move(result)});
}
void perform(Job const& job, KeepOperation& command) {
    job.reply(OperationKept{command.case_id, job.services.outbox.add(std::move(command.operation))});
}
void perform(Job const& job, ReadOutbox& command) {
    auto standing = job.services.outbox.standing(command.operations);
    job.reply(OutboxRead{std::move(standing), job.services.outbox.refused()});
}
void perform(Job const& job, ForgetRefused& command) {
    // Best effort: it is shown once more otherwise, and stands in the staff queue in any case.
    (void)job.services.outbox.forget_refused(command.operation);
}
void perform(Job const& job, AddNote& command) {
    auto& request = command.request;
    if (request.note.empty())
        request.note = make_uuid_v7(job.services.clock);
    auto result = job.heard(job.services.central.add_note(job.with(), request));
    wipe(request.text);
    job.reply(NoteAdded{request.case_id, request.note, std::move(result)});
}
void perform(Job const& job, FetchNotes& command) {
    job.reply(NotesRead{command.case_id,
                        job.heard(job.services.central.case_notes(job.with(), {command.case_id}))});
}
void perform(Job const& job, FetchEarlierCases& command) {
    job.reply(EarlierCasesRead{command.case_id,
                               job.heard(job.services.central.earlier_cases(job.with(), {command.case_id}))});
}
void perform(Job const& job, FetchRequests& command) {
    job.reply(RequestsRead{command.case_id,
                           job.heard(job.services.central.case_requests(job.with(), {command.case_id}))});
}
void perform(Job const& job, CallNumberOnFile& command) {
    auto result = job.heard(job.services.central.call_number_on_file(job.with(), {command.case_id}));
    job.reply(TicketMade{command.case_id, std::move(result)});
}
void perform(Job const& job, FetchCandidates& command) {
    auto result = job.heard(job.services.central.call_candidates(job.with(), {command.number}));
    wipe(command.number);
    job.reply(CandidatesRead{command.call, std::move(result)});
}
void perform(Job const& job, FetchLine&) {
    job.reply(LineRead{job.heard(job.services.central.waiting_line(job.with()))});
}
void perform(Job const& job, OpenWorkCase& command) {
    job.reply(WorkCaseGot{command.entry,
                          job.heard(job.services.central.open_work_case(job.with(), {command.entry}))});
}
void perform(Job const& job, FetchMatter& command) {
    job.reply(MatterRead{command.case_id,
                         job.heard(job.services.central.case_matter(job.with(), {command.case_id}))});
}
void perform(Job const& job, FetchMatterEob& command) {
    job.reply(EobRead{command.case_id, command.eob,
                      job.heard(job.services.central.matter_eob(job.with(), {command.case_id}))});
}
void perform(Job const& job, TakeNext&) {
    job.reply(CallBackGot{job.heard(job.services.central.next_call_back(job.with()))});
}
void perform(Job const& job, SayOutcome& command) {
    job.reply(OutcomeSaid{command.request.outcome,
                          job.heard(job.services.central.call_back_outcome(job.with(), command.request))});
}
void perform(Job const& job, FetchLock& command) {
    auto result = job.heard(job.services.central.case_lock(job.with(), {command.case_id}));
    job.reply(LockRead{command.case_id, std::move(result)});
}
void perform(Job const& job, FetchRecovery& command) {
    auto result = job.heard(job.services.central.case_recovery(job.with(), {command.case_id}));
    job.reply(RecoveryRead{command.case_id, std::move(result)});
}
void perform(Job const& job, StartRecovery& command) {
    auto result = job.heard(job.services.central.start_recovery(job.with(), command.request));
    job.reply(RecoveryStarted{command.request.case_id, std::move(result)});
}
void perform(Job const& job, WithdrawRecovery& command) {
    auto result = job.heard(job.services.central.withdraw_recovery(job.with(), command.request));
    job.reply(RecoveryWithdrawn{command.request.case_id, std::move(result)});
}
void perform(Job const& job, UnlockAccount& command) {
    auto result = job.heard(job.services.central.unlock_account(job.with(), command.request));
    job.reply(AccountUnlocked{command.request.case_id, std::move(result)});
}

Result<void> work(Telephone& telephone, WorkTelephone const& command) {
    using Do = WorkTelephone::Do;
    switch (command.what) {
    case Do::Answer:
        return telephone.answer(command.call);
    case Do::Hold:
        return telephone.hold(command.call);
    case Do::Resume:
        return telephone.resume(command.call);
    case Do::HangUp:
        return telephone.hang_up(command.call);
    case Do::Transfer:
        return telephone.transfer(command.call, command.to);
    case Do::StartKeying:
        return telephone.start_keying(command.call);
    case Do::Dial:
        return telephone.dial(command.to);
    case Do::StopKeying:
        break;
    }
    return telephone.stop_keying(command.call);
}

/// Done by the effects or the program themselves, not by a worker.
template <class C>
concept Immediate = std::same_as<C, CancelWork> || std::same_as<C, WorkTelephone> ||
    std::same_as<C, EndSession> || std::same_as<C, CoverAndForget> || std::same_as<C, ForgetDrawn>;

/// Needs the outbox alone, and is not dropped when the session ends.
template <class C>
concept OnDisk =
    std::same_as<C, KeepOperation> || std::same_as<C, ReadOutbox> || std::same_as<C, ForgetRefused>;

bool is_on_disk(CommandBody const& body) {
    return std::visit([](auto const& each) { return OnDisk<std::remove_cvref_t<decltype(each)>>; }, body);
}

} // namespace

Effects::Effects(Services services, std::function<void(Event)> post)
    : services_(services), post_(std::move(post)) {}

Effects::~Effects() {
    session_.request_stop();
    given_up_.request_stop();
    shutdown_.request_stop();
}

void Effects::end_session(std::string token) {
    session_.request_stop();
    given_up_.request_stop();
    session_ = std::stop_source();
    given_up_ = std::stop_source();
    workers_.drop_waiting();
    services_.central.forget();
    if (token.empty())
        return;
    workers_.run([this, token = std::move(token)] {
        // Best effort: central ends the session by itself.
        (void)services_.central.sign_out({.token = token, .cancel = shutdown_.get_token()});
        services_.central.forget();
    });
}

void Effects::run(Command command) {
    if (std::holds_alternative<CancelWork>(command.body)) {
        given_up_.request_stop();
        given_up_ = std::stop_source();
        return;
    }
    // At once, and so in the order in which the rep wanted them; it never blocks.
    if (auto const* wanted = std::get_if<WorkTelephone>(&command.body)) {
        auto const done = services_.telephone == nullptr
                              ? Result<void>(error(ErrorKind::Unavailable, "telephone_gone"))
                              : work(*services_.telephone, *wanted);
        if (done.has_error())
            post_(Event{.session = command.session, .body = TelephoneFailed{wanted->call, done.error()}});
        return;
    }
    if (std::holds_alternative<EndSession>(command.body))
        return end_session(std::move(command.token));
    auto shared = std::make_shared<Command>(std::move(command));
    auto& workers = is_on_disk(shared->body) ? disk_ : workers_;
    workers.run([this, shared, session = session_.get_token(), given_up = given_up_.get_token()] {
        Job const job{.services = services_,
                      .post = post_,
                      .session = shared->session,
                      .request = shared->request,
                      .token = std::move(shared->token),
                      .session_ended = session,
                      .given_up = given_up};
        std::visit(
            [&](auto& body) {
                if constexpr (!Immediate<std::remove_cvref_t<decltype(body)>>)
                    perform(job, body);
            },
            shared->body);
    });
}

} // namespace portico::agent
