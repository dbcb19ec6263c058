#include "shared/client/enrollment.h"

#include "shared/api/json.h"
#include "shared/client/central.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <memory>

namespace portico::client {

/// What stands in terminal.json beside the PEM files.
struct TerminalFacts {
    std::string terminal_id;
    std::string plan_name;
    std::string sealing_public_key; ///< base64url
};
BOOST_DESCRIBE_STRUCT(TerminalFacts, (), (terminal_id, plan_name, sealing_public_key))

namespace {

using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using MemoryBio = std::unique_ptr<BIO, decltype(&BIO_free)>;

MemoryBio memory_bio() {
    return {BIO_new(BIO_s_mem()), BIO_free};
}
Secret contents(BIO* bio) {
    char* data = nullptr;
    long const size = BIO_get_mem_data(bio, &data);
    return Secret(std::string_view(data, static_cast<std::size_t>(size)));
}

Error key_fault() {
    return error(ErrorKind::Internal, "terminal_key", "the terminal's key could not be made");
}

Result<std::string> certificate_request(EVP_PKEY* key, std::string const& program) {
    std::unique_ptr<X509_REQ, decltype(&X509_REQ_free)> const request(X509_REQ_new(), X509_REQ_free);
    // Central writes its own subject: what stands here is only for a reader of the request.
    std::string const name = "portico-" + program;
    X509_NAME* const subject = X509_REQ_get_subject_name(request.get());
    auto const out = memory_bio();
    bool const good = X509_REQ_set_version(request.get(), 0) == 1 &&
                      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                                 reinterpret_cast<unsigned char const*>(name.data()),
                                                 static_cast<int>(name.size()), -1, 0) == 1 &&
                      X509_REQ_set_pubkey(request.get(), key) == 1 &&
                      X509_REQ_sign(request.get(), key, EVP_sha256()) > 0 &&
                      PEM_write_bio_X509_REQ(out.get(), request.get()) == 1;
    if (!good)
        return key_fault();
    return std::string(contents(out.get()).reveal());
}

/// Whole or not at all, and on the disk before it returns.
Result<void> write_file(std::filesystem::path const& file, std::string_view text, mode_t mode) {
    auto const fresh = std::filesystem::path(file).concat(".new");
    int const handle = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    bool good = handle >= 0 && ::fchmod(handle, mode) == 0;
    while (good && !text.empty()) {
        auto const written = ::write(handle, text.data(), text.size());
        good = written > 0;
        if (good)
            text.remove_prefix(static_cast<std::size_t>(written));
    }
    good = good && ::fsync(handle) == 0;
    if (handle >= 0)
        ::close(handle);
    good = good && ::rename(fresh.c_str(), file.c_str()) == 0;
    if (!good)
        return error(ErrorKind::Unavailable, "terminal_folder",
                     "cannot write " + file.filename().string() + " in the terminal's data folder");
    return ok();
}

Result<std::string> read_file(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return error(ErrorKind::Unavailable, "terminal_identity_missing",
                     "this terminal is not enrolled: " + file.filename().string() + " is missing");
    return std::string(std::istreambuf_iterator<char>(in), {});
}

TlsIdentity identity_in(std::filesystem::path const& folder) {
    return {.certificate = folder / "terminal.crt",
            .private_key = folder / "terminal.key",
            .authority = folder / "authority.crt"};
}

} // namespace

Result<Enrollment> enroll(std::filesystem::path const& folder, std::string const& central_url,
                          std::string_view fingerprint, std::string const& code, std::string const& program,
                          EnrollmentKind kind) {
    if (kind == EnrollmentKind::First && load_enrollment(folder).has_value())
        return error(
            ErrorKind::Conflict, "already_enrolled",
            "this terminal is enrolled. After it was withdrawn: --again enrols it anew and keeps what "
            "it has not sent yet");
    Central central(TRY(Https::open_by_fingerprint(central_url, fingerprint)));
    PrivateKey const key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    auto const key_pem = memory_bio();
    if (!key ||
        PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return key_fault();
    auto const reply =
        TRY(central.enroll({.code = code,
                            .certificate_request_pem = TRY(certificate_request(key.get(), program)),
                            .program = program}));
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failure);
    auto const identity = identity_in(folder);
    // Never a key beside the certificate of another: cut off here, it is not enrolled, and can be again.
    std::filesystem::remove(folder / "terminal.json", failure);
    TRY(write_file(identity.private_key, contents(key_pem.get()).reveal(), 0600));
    TRY(write_file(identity.certificate, reply.certificate_pem, 0644));
    TRY(write_file(identity.authority, reply.authority_pem, 0644));
    // Last: with it the terminal counts as enrolled.
    TRY(write_file(folder / "terminal.json",
                   api::to_json(TerminalFacts{reply.terminal_id, reply.plan_name, reply.sealing_public_key}),
                   0644));
    return load_enrollment(folder);
}

Result<Enrollment> load_enrollment(std::filesystem::path const& folder) {
    auto const text = TRY(read_file(folder / "terminal.json"));
    auto facts = api::from_json<TerminalFacts>(text, api::UnknownFields::Ignore);
    auto key =
        facts.has_value() ? from_base64url(facts.value().sealing_public_key) : Result<Bytes>(facts.error());
    if (key.has_error() || key.value().size() != 32)
        return error(ErrorKind::Corrupt, "enrollment_unreadable",
                     "terminal.json cannot be read; enrol this terminal anew");
    return Enrollment{.terminal_id = facts.value().terminal_id,
                      .plan_name = facts.value().plan_name,
                      .sealing_public_key = std::move(key).value(),
                      .identity = identity_in(folder)};
}

} // namespace portico::client
