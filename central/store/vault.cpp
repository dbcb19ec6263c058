#include "central/store/vault.h"

#include "shared/base/private_file.h"
#include "shared/base/uuid.h"

#include <fstream>
#include <iterator>
#include <system_error>

namespace portico::central {

namespace {

constexpr char const* records_file = "record.key";
constexpr char const* sealing_file = "sealing.key";

Result<void> write_key(std::filesystem::path const& file, ByteView key) {
    if (write_private_file(file, as_text(key), IfThere::Refuse))
        return error(ErrorKind::Unavailable, "keys_unwritable", "cannot write " + file.string());
    return ok();
}

Result<Secret> read_key(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return error(ErrorKind::NotFound, "keys_missing",
                     "cannot read " + file.string() +
                         ": run portico-central init, or restore the keys folder");
    std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    Secret key(bytes);
    wipe(bytes);
    return key;
}

Result<Vault> assemble(Secret const& record_key, Secret const& sealing_key) {
    auto base = crypto::RecordKey::from_bytes(record_key.bytes());
    auto sealing = crypto::SealingKeyPair::from_secret(sealing_key.bytes());
    if (base.has_error() || sealing.has_error())
        return error(ErrorKind::Corrupt, "keys_damaged",
                     "a key file has the wrong size: restore the keys folder");
    return Vault{base.value().derive("portico records 1"), base.value().derive("portico index 1"),
                 std::move(sealing).value()};
}

} // namespace

Result<Vault> Vault::create(std::filesystem::path const& data) {
    auto const folder = data / "keys";
    if (std::filesystem::exists(folder / records_file) || std::filesystem::exists(folder / sealing_file))
        return error(ErrorKind::Conflict, "keys_exist", folder.string() + " has keys already");
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return error(ErrorKind::Unavailable, "keys_unwritable", "cannot make " + folder.string());
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    auto const record = crypto::RecordKey::generate();
    auto const sealing = crypto::SealingKeyPair::generate();
    TRY(write_key(folder / records_file, record.bytes()));
    TRY(write_key(folder / sealing_file, sealing.secret_key.bytes()));
    return open(data);
}

Result<Vault> Vault::open(std::filesystem::path const& data) {
    auto const record = TRY(read_key(data / "keys" / records_file));
    auto const sealing = TRY(read_key(data / "keys" / sealing_file));
    return assemble(record, sealing);
}

} // namespace portico::central
