#include "central/authority_files.h"

#include "shared/base/private_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace portico::central {

namespace {

constexpr int renew_before_days = 30;

Result<void> write_key_file(std::filesystem::path const& file, std::string_view bytes, IfThere there) {
    if (write_private_file(file, bytes, there))
        return error(ErrorKind::Unavailable, "keys_unwritable", "cannot write " + file.string());
    return ok();
}

Result<std::string> read_text(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return error(ErrorKind::NotFound, "keys_missing",
                     "cannot read " + file.string() +
                         ": run portico-central init, or restore the keys folder");
    return std::string((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
}

Result<Secret> read_secret(std::filesystem::path const& file) {
    auto text = TRY(read_text(file));
    Secret secret(text);
    wipe(text);
    return secret;
}

bool still_good(std::filesystem::path const& file, std::vector<std::string> const& hosts, UtcTime now) {
    auto const pem = read_text(file);
    if (pem.has_error())
        return false;
    auto facts = crypto::read_certificate(pem.value());
    if (facts.has_error() || facts.value().not_after < now + std::chrono::hours(24 * renew_before_days) ||
        facts.value().not_before > now)
        return false;
    auto have = facts.value().host_names;
    auto want = hosts;
    std::sort(have.begin(), have.end());
    std::sort(want.begin(), want.end());
    return have == want;
}

} // namespace

Result<void> create_identity(std::filesystem::path const& data, std::string const& plan_name, UtcTime now) {
    auto const folder = data / "keys";
    if (std::filesystem::exists(folder / "authority.key") || std::filesystem::exists(folder / "server.key"))
        return error(ErrorKind::Conflict, "keys_exist", folder.string() + " has keys already");
    auto const authority = crypto::CertificateAuthority::create(plan_name, now);
    TRY(write_key_file(folder / "authority.key", authority.key().pem().reveal(), IfThere::Refuse));
    TRY(write_key_file(folder / "authority.crt", authority.certificate_pem(), IfThere::Refuse));
    return write_key_file(folder / "server.key", crypto::PrivateKey::generate().pem().reveal(),
                          IfThere::Refuse);
}

Result<Identity> open_identity(std::filesystem::path const& data, std::vector<std::string> const& hosts,
                               UtcTime now) {
    auto const folder = data / "keys";
    auto const authority_pem = TRY(read_text(folder / "authority.crt"));
    auto authority =
        crypto::CertificateAuthority::from_pem(authority_pem, TRY(read_secret(folder / "authority.key")));
    auto server_key = crypto::PrivateKey::from_pem(TRY(read_secret(folder / "server.key")));
    if (authority.has_error() || server_key.has_error())
        return error(ErrorKind::Corrupt, "keys_damaged",
                     "a key in " + folder.string() + " is damaged: restore it");
    bool const renew = !still_good(folder / "server.crt", hosts, now);
    if (renew) {
        auto const fresh = TRY(authority.value().issue_server(server_key.value(), hosts, now));
        TRY(write_key_file(folder / "server.crt", fresh, IfThere::Replace));
    }
    auto certificate = TRY(read_text(folder / "server.crt"));
    return Identity{std::move(authority).value(), std::move(server_key).value(), std::move(certificate),
                    renew};
}

std::string Identity::authority_fingerprint() const {
    auto const facts = crypto::read_certificate(authority.certificate_pem());
    return facts.has_value() ? to_hex(facts.value().fingerprint) : std::string();
}

} // namespace portico::central
