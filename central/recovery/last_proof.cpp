#include "central/recovery/last_proof.h"

#include "shared/base/encoding.h"
#include "shared/domain/recovery_rules.h"

#include <string_view>

namespace portico::central {

namespace {

/// Each part with its length, so that no two proofs are one text.
void add_part(std::string& text, std::string_view part) {
    text += std::to_string(part.size());
    text += ':';
    text += part;
}

} // namespace

Bytes LastProof::hash_of(std::string const& recovery, TerminalId const& kiosk,
                         api::ProveRecovery const& shown) const {
    std::string text;
    text.reserve(512); // no part of it is left behind where it grew
    for (auto const& part : {std::string_view(recovery), std::string_view(kiosk.text()),
                             std::string_view(*shown.visit), std::string_view(shown.second)})
        add_part(text, part);
    add_part(text, shown.code.reveal());
    add_part(text, shown.second_code.reveal());
    auto hash = crypto::keyed_hash(vault_.index.derive("portico recovery proof 1"), text);
    wipe(text);
    return hash;
}

Result<void> LastProof::keep(storage::Database& database, std::string const& recovery,
                             TerminalId const& kiosk, api::ProveRecovery const& shown,
                             SessionId const& opened) const {
    if (!shown.visit)
        return forget(database, recovery);
    auto put = TRY(database.prepare(
        "INSERT INTO recovery_proof (recovery, proof_hash, session, at_us) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (recovery) DO UPDATE SET proof_hash = excluded.proof_hash, session = excluded.session,"
        " at_us = excluded.at_us"));
    put.bind(1, recovery).bind(2, ByteView(hash_of(recovery, kiosk, shown))).bind(3, opened.text());
    return put.bind(4, to_micros(clock_.now())).run();
}

Result<std::optional<SessionId>> LastProof::opened_by(storage::Database& database,
                                                      std::string const& recovery, TerminalId const& kiosk,
                                                      api::ProveRecovery const& shown) const {
    std::optional<SessionId> opened;
    if (!shown.visit)
        return opened;
    auto query =
        TRY(database.prepare("SELECT proof_hash, session, at_us FROM recovery_proof WHERE recovery = $1"));
    query.bind(1, recovery);
    if (!TRY(query.step()))
        return opened;
    auto const now_us = to_micros(clock_.now());
    auto const lives_us = std::chrono::microseconds(recovery_code_lives).count();
    bool const counts = query.integer(2) <= now_us && now_us < query.integer(2) + lives_us;
    if (equal_constant_time(query.blob(0), hash_of(recovery, kiosk, shown)) && counts)
        opened = SessionId(query.text(1));
    return opened;
}

Result<void> LastProof::forget(storage::Database& database, std::string const& recovery) {
    auto remove = TRY(database.prepare("DELETE FROM recovery_proof WHERE recovery = $1"));
    return remove.bind(1, recovery).run();
}

} // namespace portico::central
