#include "kiosk/app/effects.h"

#include "shared/base/uuid.h"

namespace portico::kiosk {

namespace {

/// Done by the effects or the program themselves, not by a worker.
template <class C>
concept Immediate = std::same_as<C, CancelWork> || std::same_as<C, EndSession> ||
    std::same_as<C, CoverAndForget> || std::same_as<C, Say>;
/// Of a set-up, which has effects of its own (SetUpEffects).
template <class C>
concept OfSetUp =
    std::same_as<C, CertifyTerminal> || std::same_as<C, CheckCentral> || std::same_as<C, StartServing>;

/// What this terminal alone may ask: the session may have ended long ago.
client::With without_session(Job const& job) {
    return {.token = {}, .cancel = job.session_ended};
}

} // namespace

Effects::Effects(Services services, std::function<void(Event)> post)
    : services_(std::move(services)), post_(std::move(post)) {}

Effects::~Effects() {
    session_.request_stop();
    given_up_.request_stop();
    shutdown_.request_stop();
}

void Effects::run(Command command) {
    if (std::holds_alternative<CancelWork>(command.body)) {
        given_up_.request_stop();
        given_up_ = std::stop_source();
        return;
    }
    if (std::holds_alternative<EndSession>(command.body)) {
        session_.request_stop();
        given_up_.request_stop();
        session_ = std::stop_source();
        given_up_ = std::stop_source();
        workers_.drop_waiting();
        services_.central.forget();
        if (!command.token.empty())
            workers_.run([this, token = std::move(command.token)] {
                // Best effort: central ends a silent session by itself.
                (void)services_.central.sign_out({.token = token, .cancel = shutdown_.get_token()});
                services_.central.forget();
            });
        return;
    }
    auto shared = std::make_shared<Command>(std::move(command));
    workers_.run([this, shared, session = session_.get_token(), given_up = given_up_.get_token(),
                  shutdown = shutdown_.get_token()] {
        Job const job{.services = services_,
                      .post = post_,
                      .session = shared->session,
                      .request = shared->request,
                      .token = std::move(shared->token),
                      .session_ended = session,
                      .given_up = given_up,
                      .shutdown = shutdown};
        std::visit(
            [&](auto& body) {
                using C = std::remove_cvref_t<decltype(body)>;
                if constexpr (!Immediate<C> && !OfSetUp<C>)
                    perform(job, body);
            },
            shared->body);
    });
}

void perform(Job const& job, FetchHome&) {
    job.reply(Loaded<api::Home>{job.heard(job.services.central.home(job.with()))});
}
void perform(Job const& job, FetchClaims& command) {
    job.reply(Loaded<api::ClaimsPage>{job.heard(job.services.central.claims(job.with(), command.query))});
}
void perform(Job const& job, FetchEob& command) {
    job.reply(Loaded<api::EobDetail>{job.heard(job.services.central.eob(job.with(), command.id))});
}
void perform(Job const& job, FetchContactDetails&) {
    job.reply(Loaded<api::ContactDetails>{job.heard(job.services.central.contact_details(job.with()))});
}
void perform(Job const& job, FetchRequests&) {
    job.reply(Loaded<api::Requests>{job.heard(job.services.central.requests(job.with()))});
}
void perform(Job const& job, FetchMessages&) {
    job.reply(Loaded<api::Messages>{job.heard(job.services.central.messages(job.with()))});
}
void perform(Job const& job, ReadMessage& command) {
    auto result = job.heard(job.services.central.read_message(job.with(), {command.message}));
    job.reply(MessageRead{command.message, std::move(result)});
}
void perform(Job const& job, FetchDeskWord&) {
    job.reply(Loaded<api::OpenCalls>{job.heard(job.services.central.desk_word(job.with()))});
}
void perform(Job const& job, FetchIdCard&) {
    job.reply(Loaded<api::IdCardReply>{job.heard(job.services.central.id_card(job.with()))});
}
void perform(Job const& job, FetchCredentials&) {
    job.reply(Loaded<api::Credentials>{job.heard(job.services.central.credentials(job.with()))});
}
void perform(Job const& job, FetchCallCheck&) {
    job.reply(Loaded<api::CallCheck>{job.heard(job.services.central.call_check(job.with()))});
}

void perform(Job const& job, AnswerCallCheck& command) {
    job.reply(CallCheckAnswered{job.heard(job.services.central.answer_call_check(
        job.with(), {.check = command.check, .number = command.number}))});
}

void perform(Job const& job, SendCallBack& command) {
    if (!command.instead_of.empty()) {
        auto const cancelled =
            job.heard(job.services.central.cancel_call_back(job.with(), {.call_back = command.instead_of}));
        // Central has it, or never heard of it; nobody knows yet: it stays the one to be taken back.
        bool const unknown = cancelled.has_error() && cancelled.error().kind != ErrorKind::NotFound;
        if (unknown)
            return job.reply(CallBackAsked{command.instead_of, cancelled.error()});
    }
    if (command.question.call_back.empty())
        command.question.call_back = make_uuid_v7(job.services.clock);
    job.reply(CallBackAsked{command.question.call_back,
                            job.heard(job.services.central.ask_call_back(job.with(), command.question))});
}
void perform(Job const& job, FetchCallBackPlace& command) {
    job.reply(Loaded<api::CallBackPlace>{job.heard(
        job.services.central.call_back_place(without_session(job), {.call_back = command.call_back}))});
}
void perform(Job const& job, CancelCallBack& command) {
    job.reply(CallBackCancelled{job.heard(
        job.services.central.cancel_call_back(without_session(job), {.call_back = command.call_back}))});
}

void perform(Job const& job, KeepOperation& command) {
    job.reply(OperationKept{job.services.outbox.add(std::move(command.operation))});
}

void perform(Job const& job, SearchDoctors& command) {
    job.reply(Loaded<client::ProvidersFound>{job.services.replica.find_providers(command.query)});
}

void perform(Job const& job, ReadReference&) {
    ReferenceRead read;
    if (auto notices = job.services.replica.notices(); notices.has_value())
        read.notices = std::move(notices).value();
    if (auto ways = job.services.replica.contact_ways(); ways.has_value())
        read.contact_ways = std::move(ways).value();
    if (auto const at = job.services.replica.caught_up_at(); at.has_value())
        read.directory_at = at.value();
    job.post(Event{.body = std::move(read)});
}

} // namespace portico::kiosk
