#include "central/key_check.h"

#include <map>
#include <string>

namespace portico::central {

namespace {

/// What tells one key from another, by the name of its file.
using Proofs = std::map<std::string, Bytes>;

Proofs proofs_of(Vault const& vault, Identity const& identity) {
    Proofs proofs;
    // The other two stand for key pairs: their public halves are no secret.
    proofs["record.key"] = crypto::keyed_hash(vault.index.derive("portico key check 1"), "record.key");
    proofs["sealing.key"] = vault.sealing.public_key;
    proofs["authority.key"] = crypto::sha256(as_bytes(identity.authority_fingerprint()));
    return proofs;
}

Result<Proofs> kept_in(storage::Database& database) {
    auto query = TRY(database.prepare("SELECT name, proof FROM key_check"));
    Proofs proofs;
    while (TRY(query.step()))
        proofs[query.text(0)] = query.blob(1);
    return proofs;
}

Result<void> compare(Proofs const& ours, Proofs const& kept) {
    std::string differ;
    for (auto const& [name, proof] : ours)
        if (kept.count(name) == 0 || kept.at(name) != proof)
            differ += (differ.empty() ? "" : ", ") + ("keys/" + name);
    if (differ.empty())
        return ok();
    return error(ErrorKind::Conflict, "keys_of_another",
                 "this folder's keys are not those that the database was written with (" + differ +
                     "): restore the keys folder, or make this node's folder with portico-central node add");
}

} // namespace

Result<void> migrate_key_check(storage::Database& database) {
    return storage::migrate(database, "key_check", {{"key_check", 1, R"(
        CREATE TABLE key_check (name TEXT PRIMARY KEY, proof BLOB NOT NULL) STRICT;
    )"}});
}

Result<void> check_keys(Store& store, Vault const& vault, Identity const& identity, AuditLog const& audit) {
    auto const ours = proofs_of(vault, identity);
    auto const kept = TRY(store.read<Proofs>(kept_in));
    if (!kept.empty())
        return compare(ours, kept);
    return store.write([&](storage::Database& database) -> Result<void> {
        // Another node may have been first.
        if (auto const meanwhile = TRY(kept_in(database)); !meanwhile.empty())
            return compare(ours, meanwhile);
        // Written before there was this table: what stands in it must open.
        if (!TRY(audit.opens_first_record(database)))
            return compare(ours, {});
        auto insert = TRY(database.prepare("INSERT INTO key_check (name, proof) VALUES ($1, $2)"));
        for (auto const& [name, proof] : ours)
            TRY(insert.bind(1, name).bind(2, ByteView(proof)).run());
        return ok();
    });
}

} // namespace portico::central
