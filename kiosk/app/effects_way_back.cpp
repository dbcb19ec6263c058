#include "kiosk/app/effects.h"
#include "shared/base/encoding.h"
#include "shared/base/uuid.h"

#include <utility>

namespace portico::kiosk {

namespace {

Result<api::SessionReply> prove_return(Job const& job, ProveReturn& command) {
    api::ProveRecovery shown;
    shown.who = command.who;
    shown.birth_date = command.birth_date;
    shown.code = std::move(command.code);
    shown.second = command.second;
    shown.second_code = std::move(command.second_code);
    if (!command.visit.empty())
        shown.visit = command.visit;
    if (command.second == "security_key" || command.second == "staff_key") {
        auto by = TRY(terminal::ask_key(job.services.central, job.services.sync, job.with(), job.services.key,
                                        {.purpose = command.second,
                                         .pin = command.pin,
                                         .touch_wanted = [&] { job.reply(TouchWanted{}); },
                                         .given_up = job.given_up,
                                         .of_anybody = false}));
        shown.challenge_id = std::move(by.challenge_id);
        shown.credential_id = std::move(by.credential_id);
        shown.authenticator_data = std::move(by.authenticator_data);
        shown.client_data_json = std::move(by.client_data_json);
        shown.signature = std::move(by.signature);
        shown.user_handle = std::move(by.user_handle);
    }
    if (command.second == "chip_card") {
        auto const by = TRY(ask_card(job, command.pin));
        shown.challenge_id = by.challenge_id;
        shown.certificate = to_base64url(by.proof.certificate);
        shown.signature = to_base64url(by.proof.signature);
        shown.mechanism = mechanism_of(by.proof.scheme);
    }
    return job.heard(job.services.central.prove_recovery(job.with(), shown));
}

} // namespace

void perform(Job const& job, SendRecoveryCodes& command) {
    job.reply(RecoveryAsked{job.heard(job.services.central.begin_recovery(
                                job.with(), {.who = command.who, .birth_date = command.birth_date})),
                            make_uuid_v7(job.services.clock)});
}
void perform(Job const& job, ProveReturn& command) {
    job.reply(SignedIn{prove_return(job, command)});
}
void perform(Job const& job, FinishReturn&) {
    job.reply(AccountChanged{job.heard(job.services.central.finish_recovery(job.with()))});
}

void perform(Job const& job, FetchOwnRecovery&) {
    job.reply(Loaded<api::OwnRecovery>{job.heard(job.services.central.own_recovery(job.with()))});
}
void perform(Job const& job, StopReturn&) {
    auto stopped = job.heard(job.services.central.stop_recovery(job.with()));
    job.reply(Loaded<api::OwnRecovery>{stopped.has_error() ? Result<api::OwnRecovery>(stopped.error())
                                                           : Result<api::OwnRecovery>(api::OwnRecovery{})});
}

} // namespace portico::kiosk
