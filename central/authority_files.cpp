#include "central/authority_files.h"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace portico::central {

namespace {

constexpr int renew_before_days = 30;

Result<void> write_private(std::filesystem::path const& file, std::string_view bytes, bool replace) {
    auto const place = replace ? std::filesystem::path(file.string() + ".new") : file;
    int const how = O_WRONLY | O_CREAT | O_CLOEXEC | (replace ? O_TRUNC : O_EXCL);
    int const handle = ::open(place.c_str(), how, 0600);
    bool const written = handle >= 0 &&
                         ::write(handle, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
                         ::fsync(handle) == 0;
    if (handle >= 0)
        ::close(handle);
    std::error_code failed;
    if (written && replace)
        std::filesystem::rename(place, file, failed);
    if (!written || failed)
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
    TRY(write_private(folder / "authority.key", authority.key().pem().reveal(), false));
    TRY(write_private(folder / "authority.crt", authority.certificate_pem(), false));
    return write_private(folder / "server.key", crypto::PrivateKey::generate().pem().reveal(), false);
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
        TRY(write_private(folder / "server.crt", fresh, true));
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
