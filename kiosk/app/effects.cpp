#include "kiosk/app/effects.h"

namespace portico::kiosk {

namespace {

/// Done by the effects or the program themselves, not by a worker.
template <class C>
concept Immediate = std::same_as<C, CancelWork> || std::same_as<C, EndSession> ||
    std::same_as<C, CoverAndForget> || std::same_as<C, Say>;

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
                if constexpr (!Immediate<std::remove_cvref_t<decltype(body)>>)
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
