#include "central/terminals/terminals.h"

#include "central/store/counter.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr std::size_t name_size_max = 80;
constexpr char const* feed = "terminals";

/// People read these aloud and type them: case, blanks and dashes do not matter.
std::string plain_code(std::string_view typed) {
    std::string plain;
    for (char c : typed)
        if (c != '-' && c != ' ')
            plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return plain;
}

Error refused() {
    return error(ErrorKind::Refused, "enrollment_code_refused",
                 "this code is not known, was used, or is too old: make a new one with terminal add");
}

} // namespace

Result<void> Terminals::migrate(storage::Database& database) {
    return storage::migrate(database, "terminals", {{"terminals", 1, R"(
        CREATE TABLE terminal (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, program TEXT NOT NULL, state TEXT NOT NULL,
            code_hash BLOB, code_expires_us INTEGER NOT NULL, fingerprint BLOB,
            added_us INTEGER NOT NULL, enrolled_us INTEGER NOT NULL, revoked_us INTEGER NOT NULL,
            valid_until_us INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX terminal_code ON terminal (code_hash) WHERE code_hash IS NOT NULL;
    )"}});
}

Result<Terminals::Invitation> Terminals::invite(storage::Database& database, std::string const& name,
                                                std::string const& program) {
    if (name.empty() || name.size() > name_size_max || !is_utf8(name))
        return error(ErrorKind::InvalidInput, "terminal_name_invalid",
                     "a terminal's name has 1 to 80 characters");
    if (program != "kiosk" && program != "agent")
        return error(ErrorKind::InvalidInput, "program_unknown", "a terminal runs kiosk or agent");
    auto count = TRY(database.prepare("SELECT count(*) FROM terminal WHERE state <> 'revoked'"));
    TRY(count.step());
    if (count.integer(0) >= terminals_max)
        return error(ErrorKind::Refused, "terminal_limit", "too many terminals: revoke some first");
    count.reset();
    Invitation invitation{TerminalId(make_uuid_v7(clock_)), {}};
    auto const code = to_base32(random_bytes(10)); // 80 bits, 16 characters
    auto const hash = crypto::keyed_hash(code_key_, code);
    for (std::size_t i = 0; i < code.size(); i += 4)
        invitation.code.append((i > 0 ? "-" : "") + code.substr(i, 4));
    auto const now = clock_.now();
    auto insert = TRY(database.prepare(
        "INSERT INTO terminal (id, name, program, state, code_hash, code_expires_us, added_us, enrolled_us,"
        " revoked_us, valid_until_us) VALUES ($1, $2, $3, 'invited', $4, $5, $6, 0, 0, 0)"));
    TRY(insert.bind(1, invitation.id.text())
            .bind(2, name)
            .bind(3, program)
            .bind(4, ByteView(hash))
            .bind(5, to_micros(now + std::chrono::hours(enrollment_code_valid_h)))
            .bind(6, to_micros(now))
            .run());
    return invitation;
}

Result<Terminals::Enrolled> Terminals::enroll(storage::Database& database, api::EnrollRequest const& request,
                                              crypto::CertificateAuthority const& authority) {
    auto const hash = crypto::keyed_hash(code_key_, plain_code(request.code));
    auto query = TRY(database.prepare(
        "SELECT id, program, code_expires_us FROM terminal WHERE code_hash = $1 AND state = 'invited'"));
    query.bind(1, ByteView(hash));
    if (!TRY(query.step()))
        return refused();
    TerminalId const id(query.text(0));
    auto const now = clock_.now();
    if (query.text(1) != request.program || query.integer(2) < to_micros(now))
        return refused();
    query.reset();
    auto certificate = TRY(authority.issue_terminal(request.certificate_request_pem, id.text(), now));
    auto const facts = TRY(crypto::read_certificate(certificate));
    auto update =
        TRY(database.prepare("UPDATE terminal SET state = 'active', code_hash = NULL, fingerprint = $2,"
                             " enrolled_us = $3, valid_until_us = $4 WHERE id = $1"));
    TRY(update.bind(1, id.text())
            .bind(2, ByteView(facts.fingerprint))
            .bind(3, to_micros(now))
            .bind(4, to_micros(facts.not_after))
            .run());
    TRY(next_count(database, feed));
    return Enrolled{id, std::move(certificate)};
}

Result<void> Terminals::revoke(storage::Database& database, TerminalId const& id) {
    auto update = TRY(database.prepare(
        "UPDATE terminal SET state = 'revoked', code_hash = NULL, revoked_us = $2 WHERE id = $1"));
    TRY(update.bind(1, id.text()).bind(2, to_micros(clock_.now())).run());
    if (database.changed_rows() == 0)
        return error(ErrorKind::NotFound, "terminal_unknown", "no terminal has this id");
    TRY(next_count(database, feed));
    return ok();
}

Result<std::string> Terminals::name_of(storage::Database& database, TerminalId const& id) const {
    auto query = TRY(database.prepare("SELECT name FROM terminal WHERE id = $1"));
    query.bind(1, id.text());
    return TRY(query.step()) ? query.text(0) : std::string();
}

Result<std::vector<TerminalRow>> Terminals::list(storage::Database& database) {
    auto query = TRY(database.prepare("SELECT id, name, program, state, added_us, enrolled_us, revoked_us,"
                                      " valid_until_us FROM terminal ORDER BY id"));
    std::vector<TerminalRow> rows;
    while (TRY(query.step()))
        rows.push_back({TerminalId(query.text(0)), query.text(1), query.text(2), query.text(3),
                        query.integer(4), query.integer(5), query.integer(6), query.integer(7)});
    return rows;
}

std::optional<Terminals::Certified> Terminals::certified(TerminalId const& id, ByteView fingerprint) const {
    std::lock_guard const lock(guard_);
    auto const found = certified_.find(id);
    if (found == certified_.end() || !equal_constant_time(fingerprint, found->second.fingerprint))
        return std::nullopt;
    return found->second;
}

bool Terminals::still_admitted(TerminalId const& id, ByteView fingerprint) const {
    auto const known = certified(id, fingerprint);
    return known && !known->revoked;
}

bool Terminals::is_revoked(TerminalId const& id, ByteView fingerprint) const {
    auto const known = certified(id, fingerprint);
    return known && known->revoked;
}

Result<std::optional<std::string>> Terminals::admit(TerminalId const& id, ByteView fingerprint) {
    auto known = certified(id, fingerprint);
    if (!known) {
        TRY(refresh()); // enrolled a moment ago, perhaps by another node
        known = certified(id, fingerprint);
    }
    // Revoked is for good: one that is known to be so never costs a look into the store.
    if (!known || known->revoked)
        return std::optional<std::string>();
    return std::optional(std::move(known->program));
}

Result<bool> Terminals::admitted_now(TerminalId const& id) const {
    return store_.read<bool>([&](storage::Database& database) -> Result<bool> {
        auto query = TRY(database.prepare("SELECT 1 FROM terminal WHERE id = $1 AND state = 'active'"));
        query.bind(1, id.text());
        return query.step();
    });
}

Result<void> Terminals::refresh() {
    auto fresh = TRY((store_.read<std::map<TerminalId, Certified>>(
        [](storage::Database& database) -> Result<std::map<TerminalId, Certified>> {
            auto query = TRY(database.prepare("SELECT id, fingerprint, program, state FROM terminal"
                                              " WHERE state IN ('active', 'revoked') AND enrolled_us <> 0"));
            std::map<TerminalId, Certified> rows;
            while (TRY(query.step()))
                rows[TerminalId(query.text(0))] = {query.blob(1), query.text(2), query.text(3) == "revoked"};
            return rows;
        })));
    std::lock_guard const lock(guard_);
    certified_ = std::move(fresh);
    return ok();
}

} // namespace portico::central
