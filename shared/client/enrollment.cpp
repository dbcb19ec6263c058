#include "shared/client/enrollment.h"

#include "shared/api/json.h"
#include "shared/client/central.h"
#include "shared/client/terminal_files.h"

#include <optional>

namespace portico::client {

/// What stands in terminal.json beside the PEM files.
struct TerminalFacts {
    std::string terminal_id;
    std::string plan_name;
    std::string sealing_public_key;       ///< base64url
    std::optional<std::string> serve_url; ///< absent in what was enrolled by the command
};
BOOST_DESCRIBE_STRUCT(TerminalFacts, (), (terminal_id, plan_name, sealing_public_key, serve_url))

namespace {

TlsIdentity identity_in(std::filesystem::path const& folder) {
    return {.certificate = folder / "terminal.crt",
            .private_key = folder / "terminal.key",
            .authority = folder / "authority.crt"};
}

/// The key of an enrolment that has not come to its end.
std::filesystem::path waiting_key_in(std::filesystem::path const& folder) {
    return folder / "enrolling.key";
}

/// That of the last try, whose answer may have been lost: central knows it by its key. Else a new one, on the
/// disk before anybody hears of it.
Result<crypto::PrivateKey> key_to_certify(std::filesystem::path const& folder) {
    if (auto waiting = read_terminal_key(waiting_key_in(folder)); waiting.has_value())
        return waiting;
    auto key = crypto::PrivateKey::generate();
    TRY(write_terminal_file(waiting_key_in(folder), key.pem().reveal(), 0600));
    return key;
}

Result<void> keep(std::filesystem::path const& folder, crypto::PrivateKey const& key,
                  api::EnrollReply const& reply, std::string const& serve_url) {
    auto const identity = identity_in(folder);
    // Never a key beside the certificate of another: cut off here, it is not enrolled, and can be again.
    std::error_code failure;
    std::filesystem::remove(folder / "terminal.json", failure);
    TRY(write_terminal_file(identity.private_key, key.pem().reveal(), 0600));
    TRY(write_terminal_file(identity.certificate, reply.certificate_pem, 0644));
    TRY(write_terminal_file(identity.authority, reply.authority_pem, 0644));
    TerminalFacts facts{reply.terminal_id, reply.plan_name, reply.sealing_public_key, {}};
    if (!serve_url.empty())
        facts.serve_url = serve_url;
    // Last: with it the terminal counts as enrolled.
    TRY(write_terminal_file(folder / "terminal.json", api::to_json(facts), 0644));
    std::filesystem::remove(waiting_key_in(folder), failure);
    return ok();
}

} // namespace

Result<Enrollment> enroll(std::filesystem::path const& folder, EnrollmentQuestion const& question,
                          std::function<void(EnrollmentStep)> const& step, std::stop_token cancel) {
    if (question.kind == EnrollmentKind::First && load_enrollment(folder).has_value())
        return error(
            ErrorKind::Conflict, "already_enrolled",
            "this terminal is enrolled. After it was withdrawn: --again enrols it anew and keeps what "
            "it has not sent yet");
    auto const now_at = [&](EnrollmentStep at) {
        if (step)
            step(at);
    };
    Central central(TRY(Https::open_by_fingerprint(question.enroll_url, question.fingerprint)));
    now_at(EnrollmentStep::MakingKey);
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
    auto const key = TRY(key_to_certify(folder));
    api::EnrollRequest request{.code = {},
                               // Central writes its own subject: this one is for a reader of the request.
                               .certificate_request_pem =
                                   crypto::make_certificate_request(key, "portico-" + question.program),
                               .program = question.program};
    request.code = question.code.reveal();
    now_at(EnrollmentStep::AskingCentral);
    auto answered = central.enroll(std::move(cancel), request);
    wipe(request.code);
    auto const reply = TRY(std::move(answered));
    now_at(EnrollmentStep::Keeping);
    TRY(keep(folder, key, reply, question.serve_url));
    return load_enrollment(folder);
}

Result<Enrollment> load_enrollment(std::filesystem::path const& folder) {
    auto const text = TRY(read_terminal_file(folder / "terminal.json"));
    auto facts = api::from_json<TerminalFacts>(text, api::UnknownFields::Ignore);
    auto key =
        facts.has_value() ? from_base64url(facts.value().sealing_public_key) : Result<Bytes>(facts.error());
    if (key.has_error() || key.value().size() != 32)
        return error(ErrorKind::Corrupt, "enrollment_unreadable",
                     "terminal.json cannot be read; enrol this terminal anew");
    return Enrollment{.terminal_id = facts.value().terminal_id,
                      .plan_name = facts.value().plan_name,
                      .serve_url = facts.value().serve_url.value_or(std::string()),
                      .sealing_public_key = std::move(key).value(),
                      .identity = identity_in(folder)};
}

} // namespace portico::client
