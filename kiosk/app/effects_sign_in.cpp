#include "kiosk/app/effects.h"
#include "shared/base/encoding.h"

#include <utility>

namespace portico::kiosk {

namespace {

using terminal::decoded;

Result<api::SecurityKeySignIn> ask_key(Job const& job, std::string const& purpose, Secret const& pin) {
    return terminal::ask_key(job.services.central, job.services.sync, job.with(), job.services.key,
                             {.purpose = purpose,
                              .pin = pin,
                              .touch_wanted = [&] { job.reply(TouchWanted{}); },
                              .given_up = job.given_up,
                              .of_anybody = false});
}

Result<api::SessionReply> sign_in_with_key(Job const& job, Secret const& pin) {
    auto const by = TRY(ask_key(job, "security_key", pin));
    return job.heard(job.services.central.sign_in(job.with(), by));
}

Result<api::SessionReply> register_in_person(Job const& job, RegisterInPerson const& command) {
    auto by = TRY(ask_key(job, "staff_key", command.pin));
    return job.heard(job.services.central.register_in_person(
        job.with(), api::RegisterInPerson{.card_number = command.card_number,
                                          .challenge_id = std::move(by.challenge_id),
                                          .credential_id = std::move(by.credential_id),
                                          .authenticator_data = std::move(by.authenticator_data),
                                          .client_data_json = std::move(by.client_data_json),
                                          .signature = std::move(by.signature),
                                          .user_handle = std::move(by.user_handle)}));
}

Result<void> add_key(Job const& job, AddKey const& command) {
    auto const challenge =
        TRY(job.heard(job.services.central.challenge(job.with(), {.purpose = "register_key"})));
    // Before the list: g++ 12 leaks what a braced list holds when a TRY in it returns.
    auto challenge_bytes = TRY(from_base64url(challenge.challenge));
    auto user_id = TRY(from_base64url(challenge.user_id));
    auto exclude = TRY(decoded(challenge.credential_ids));
    MakeCredentialRequest const request{.rp_id = challenge.rp_id,
                                        .rp_name = job.services.plan_name,
                                        .origin = challenge.origin,
                                        .challenge = std::move(challenge_bytes),
                                        .user_id = std::move(user_id),
                                        .user_name = challenge.user_name,
                                        .user_display_name = challenge.user_name,
                                        .exclude = std::move(exclude)};
    auto const made = TRY(job.services.key.make_credential(
        request, command.pin, [&] { job.reply(TouchWanted{}); }, job.given_up));
    return job.heard(job.services.central.add_security_key(
        job.with(), {.challenge_id = challenge.challenge_id,
                     .credential_id = to_base64url(made.credential_id),
                     .attestation_object = to_base64url(made.attestation_object),
                     .client_data_json = to_base64url(as_bytes(made.client_data_json)),
                     .label = command.label}));
}

Result<api::SessionReply> sign_in_with_card(Job const& job, Secret const& pin) {
    auto const by = TRY(ask_card(job, pin));
    return job.heard(job.services.central.sign_in(
        job.with(), api::ChipCardSignIn{.challenge_id = by.challenge_id,
                                        .certificate = to_base64url(by.proof.certificate),
                                        .signature = to_base64url(by.proof.signature),
                                        .mechanism = mechanism_of(by.proof.scheme)}));
}

Result<void> add_card(Job const& job, Secret const& pin) {
    auto const by = TRY(ask_card(job, pin));
    return job.heard(job.services.central.add_chip_card(
        job.with(), api::AddChipCard{.challenge_id = by.challenge_id,
                                     .certificate = to_base64url(by.proof.certificate),
                                     .signature = to_base64url(by.proof.signature),
                                     .mechanism = mechanism_of(by.proof.scheme)}));
}

} // namespace

char const* mechanism_of(ChipCardScheme scheme) {
    return scheme == ChipCardScheme::RsaPkcs1Sha256 ? "rsa_pkcs1_sha256" : "ecdsa_sha256";
}

Result<SignedByCard> ask_card(Job const& job, Secret const& pin) {
    auto const challenge =
        TRY(job.heard(job.services.central.challenge(job.with(), {.purpose = "chip_card"})));
    auto proof =
        TRY(job.services.chip.sign_challenge(TRY(from_base64url(challenge.challenge)), pin, job.given_up));
    return SignedByCard{challenge.challenge_id, std::move(proof)};
}

void perform(Job const& job, SignInWithKey& command) {
    job.reply(SignedIn{sign_in_with_key(job, command.pin)});
}
void perform(Job const& job, SignInWithChip& command) {
    job.reply(SignedIn{sign_in_with_card(job, command.pin)});
}
void perform(Job const& job, SignInWithCard& command) {
    job.reply(SignedIn{job.heard(
        job.services.central.sign_in(job.with(), api::PrintedCardSignIn{.card_number = command.card_number,
                                                                        .pin = std::move(command.pin)}))});
}
void perform(Job const& job, SignInWithPassword& command) {
    job.reply(SignedIn{job.heard(job.services.central.sign_in(
        job.with(),
        api::PasswordSignIn{.username = command.username, .password = std::move(command.password)}))});
}
void perform(Job const& job, SignInWithTotp& command) {
    job.reply(SignedIn{job.heard(
        job.services.central.sign_in(job.with(), api::TotpSignIn{.code = std::move(command.code)}))});
}
void perform(Job const& job, RegisterByCode& command) {
    job.reply(SignedIn{job.heard(job.services.central.register_with_code(
        job.with(), {.code = std::move(command.code), .birth_date = command.birth_date}))});
}
void perform(Job const& job, RegisterInPerson& command) {
    job.reply(SignedIn{register_in_person(job, command)});
}
void perform(Job const& job, SetUsername& command) {
    job.reply(AccountChanged{job.heard(job.services.central.set_password(
        job.with(), {.username = command.username, .password = std::move(command.password)}))});
}
void perform(Job const& job, SetPin& command) {
    job.reply(
        AccountChanged{job.heard(job.services.central.set_pin(job.with(), {.pin = std::move(command.pin)}))});
}
void perform(Job const& job, BeginTotp&) {
    job.reply(Loaded<api::TotpBegun>{job.heard(job.services.central.begin_totp(job.with()))});
}
void perform(Job const& job, ConfirmTotp& command) {
    job.reply(AccountChanged{
        job.heard(job.services.central.confirm_totp(job.with(), {.code = std::move(command.code)}))});
}
void perform(Job const& job, AddKey& command) {
    job.reply(AccountChanged{add_key(job, command)});
}
void perform(Job const& job, AddChip& command) {
    job.reply(AccountChanged{add_card(job, command.pin)});
}
void perform(Job const& job, RemoveMethod& command) {
    job.reply(
        AccountChanged{job.heard(job.services.central.remove_credential(job.with(), {.id = command.id}))});
}

} // namespace portico::kiosk
