#include "central/terminals/terminals.h"

#include "central/store/counter.h"
#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr std::size_t name_size_max = 80;
constexpr std::size_t extension_size_max = 15; // as a whole number of ITU-T E.164
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

Result<bool> is_desk_in_use(storage::Database& database, TerminalId const& id) {
    auto query = TRY(database.prepare(
        "SELECT 1 FROM terminal WHERE id = $1 AND program = 'agent' AND state <> 'revoked'"));
    query.bind(1, id.text());
    return query.step();
}

/// Errors: as Terminals::invite.
Result<void> check_desk(storage::Database& database, std::string const& program, TerminalId const& desk) {
    if (program != "phone")
        return desk.empty() ? Result<void>(ok())
                            : error(ErrorKind::InvalidInput, "desk_not_wanted",
                                    "a phone belongs to a desk, and no other terminal does");
    if (desk.empty())
        return error(ErrorKind::InvalidInput, "desk_needed",
                     "a phone belongs to a desk: name the desk's terminal id");
    if (!TRY(is_desk_in_use(database, desk)))
        return error(ErrorKind::NotFound, "desk_unknown",
                     "no desk (program agent) in use has this id: terminal list tells them");
    return ok();
}

} // namespace

Result<void> Terminals::migrate(storage::Database& database) {
    return storage::migrate(
        database, "terminals",
        {{"terminals", 1, R"(
        CREATE TABLE terminal (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, program TEXT NOT NULL, state TEXT NOT NULL,
            code_hash BLOB, code_expires_us INTEGER NOT NULL, fingerprint BLOB,
            added_us INTEGER NOT NULL, enrolled_us INTEGER NOT NULL, revoked_us INTEGER NOT NULL,
            valid_until_us INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX terminal_code ON terminal (code_hash) WHERE code_hash IS NOT NULL;
    )"},
         // Whose telephone a phone is. An older program would let phones call what is not theirs.
         {"terminals", 2, R"(
        ALTER TABLE terminal ADD COLUMN desk TEXT NOT NULL DEFAULT '';
        CREATE INDEX terminal_desk ON terminal (desk) WHERE desk <> '';
    )"},
         // Where a desk's telephone rings. What an older program does not know is also that a telephone
         // system calls its own route alone: docs/operations.md says to enrol one when every node is new.
         {"terminals", 3, R"(
        ALTER TABLE terminal ADD COLUMN extension TEXT NOT NULL DEFAULT '';
        CREATE UNIQUE INDEX terminal_extension ON terminal (extension)
            WHERE extension <> '' AND state <> 'revoked';
    )",
          2},
         // What an older program does not know it refuses: a terminal that has renewed is let in there by its
         // new certificate alone, which it shows from its next connection on.
         {"terminals", 4, "ALTER TABLE terminal ADD COLUMN previous_fingerprint BLOB;", 3},
         // What was certified with a code, so that its owner can have it again when the answer was lost. An
         // older program forgets the code when it certifies, and refuses that terminal a second time.
         {"terminals", 5, R"(
        ALTER TABLE terminal ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
    )",
          3},
         // What kiosks tell of themselves (kiosk_diagnostics.h).
         {"terminals", 6, R"(
        CREATE TABLE terminal_diagnostics (
            id TEXT PRIMARY KEY, terminal TEXT NOT NULL, received_us INTEGER NOT NULL, told TEXT NOT NULL)
            STRICT;
        CREATE INDEX terminal_diagnostics_of ON terminal_diagnostics (terminal, received_us);
        CREATE INDEX terminal_diagnostics_age ON terminal_diagnostics (received_us);
    )",
          3}});
}

Result<Terminals::Invitation> Terminals::invite(storage::Database& database, std::string const& name,
                                                std::string const& program, TerminalId const& desk) {
    if (name.empty() || name.size() > name_size_max || !is_utf8(name))
        return error(ErrorKind::InvalidInput, "terminal_name_invalid",
                     "a terminal's name has 1 to 80 characters");
    if (program != "kiosk" && program != "agent" && program != "phone" && program != "telephone_system")
        return error(ErrorKind::InvalidInput, "program_unknown",
                     "a terminal runs kiosk, agent or phone, or is a telephone_system");
    TRY(check_desk(database, program, desk));
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
        " revoked_us, valid_until_us, desk) VALUES ($1, $2, $3, 'invited', $4, $5, $6, 0, 0, 0, $7)"));
    TRY(insert.bind(1, invitation.id.text())
            .bind(2, name)
            .bind(3, program)
            .bind(4, ByteView(hash))
            .bind(5, to_micros(now + std::chrono::hours(enrollment_code_valid_h)))
            .bind(6, to_micros(now))
            .bind(7, desk.text())
            .run());
    return invitation;
}

Result<Terminals::Enrolled> Terminals::enroll(storage::Database& database, api::EnrollRequest const& request,
                                              crypto::CertificateAuthority const& authority) {
    auto const hash = crypto::keyed_hash(code_key_, plain_code(request.code));
    auto query = TRY(database.prepare("SELECT id, program, code_expires_us, state, certificate FROM terminal"
                                      " WHERE code_hash = $1 AND state IN ('invited', 'active')"));
    query.bind(1, ByteView(hash));
    if (!TRY(query.step()))
        return refused();
    TerminalId const id(query.text(0));
    auto const now = clock_.now();
    if (query.text(1) != request.program || query.integer(2) < to_micros(now))
        return refused();
    if (query.text(3) == "active") {
        // The answer was lost, and its owner asks again: the same certificate, for a second one would end the
        // first. For every other key the code is spent.
        auto certified = query.text(4);
        if (!crypto::is_request_of(certified, request.certificate_request_pem))
            return refused();
        return Enrolled{id, std::move(certified)};
    }
    query.reset();
    auto certificate = TRY(authority.issue_terminal(request.certificate_request_pem, id.text(), now));
    auto const facts = TRY(crypto::read_certificate(certificate));
    auto update =
        TRY(database.prepare("UPDATE terminal SET state = 'active', fingerprint = $2, enrolled_us = $3,"
                             " valid_until_us = $4, certificate = $5 WHERE id = $1"));
    TRY(update.bind(1, id.text())
            .bind(2, ByteView(facts.fingerprint))
            .bind(3, to_micros(now))
            .bind(4, to_micros(facts.not_after))
            .bind(5, certificate)
            .run());
    TRY(next_count(database, feed));
    return Enrolled{id, std::move(certificate)};
}

Result<std::string> Terminals::renew(storage::Database& database, TerminalId const& id,
                                     TerminalCertificate const& shown,
                                     std::string const& certificate_request_pem,
                                     crypto::CertificateAuthority const& authority) {
    auto const now = clock_.now();
    auto certificate = TRY(authority.issue_terminal(certificate_request_pem, id.text(), now));
    auto const facts = TRY(crypto::read_certificate(certificate));
    if (!equal_constant_time(facts.key_digest, shown.key_digest))
        return error(ErrorKind::Refused, "certificate_key_differs",
                     "this is another key than the terminal's: a new one is enrolled, with a code");
    // What it shows stays beside what it gets: the reply may be lost, and then it has nothing else.
    auto update = TRY(database.prepare("UPDATE terminal SET previous_fingerprint = $2, fingerprint = $3,"
                                       " valid_until_us = $4 WHERE id = $1 AND state = 'active'"
                                       " AND (fingerprint = $2 OR previous_fingerprint = $2)"));
    TRY(update.bind(1, id.text())
            .bind(2, ByteView(shown.fingerprint))
            .bind(3, ByteView(facts.fingerprint))
            .bind(4, to_micros(facts.not_after))
            .run());
    if (database.changed_rows() == 0)
        return error(ErrorKind::NotFound, "terminal_unknown", "this terminal is not enrolled any more");
    TRY(next_count(database, feed));
    return certificate;
}

Result<void> Terminals::revoke(storage::Database& database, TerminalId const& id) {
    auto update = TRY(database.prepare(
        "UPDATE terminal SET state = 'revoked', code_hash = NULL, revoked_us = $2 WHERE id = $1"));
    TRY(update.bind(1, id.text()).bind(2, to_micros(clock_.now())).run());
    if (database.changed_rows() == 0)
        return error(ErrorKind::NotFound, "terminal_unknown", "no terminal has this id");
    auto phones = TRY(database.prepare("UPDATE terminal SET state = 'revoked', code_hash = NULL,"
                                       " revoked_us = $2 WHERE desk = $1 AND state <> 'revoked'"));
    TRY(phones.bind(1, id.text()).bind(2, to_micros(clock_.now())).run());
    TRY(next_count(database, feed));
    return ok();
}

Result<std::string> Terminals::name_of(storage::Database& database, TerminalId const& id) const {
    auto query = TRY(database.prepare("SELECT name FROM terminal WHERE id = $1"));
    query.bind(1, id.text());
    return TRY(query.step()) ? query.text(0) : std::string();
}

Result<TerminalId> Terminals::desk_of(storage::Database& database, TerminalId const& phone) const {
    auto query = TRY(database.prepare(
        "SELECT desk FROM terminal WHERE id = $1 AND program = 'phone' AND state = 'active'"));
    query.bind(1, phone.text());
    return TRY(query.step()) ? TerminalId(query.text(0)) : TerminalId();
}

Result<bool> Terminals::has_phone(storage::Database& database, TerminalId const& desk) const {
    auto query = TRY(database.prepare(
        "SELECT 1 FROM terminal WHERE desk = $1 AND program = 'phone' AND state = 'active' LIMIT 1"));
    query.bind(1, desk.text());
    return query.step();
}

Result<void> Terminals::set_extension(storage::Database& database, TerminalId const& desk,
                                      std::string const& extension) const {
    bool const digits =
        std::all_of(extension.begin(), extension.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || extension.size() > extension_size_max)
        return error(ErrorKind::InvalidInput, "extension_invalid", "an extension has 1 to 15 digits");
    if (!TRY(is_desk_in_use(database, desk)))
        return error(ErrorKind::NotFound, "desk_unknown",
                     "no desk (program agent) in use has this id: terminal list tells them");
    auto other = TRY(database.prepare("SELECT 1 FROM terminal WHERE extension = $1 AND extension <> ''"
                                      " AND id <> $2 AND state <> 'revoked'"));
    other.bind(1, extension).bind(2, desk.text());
    if (TRY(other.step()))
        return error(ErrorKind::Conflict, "extension_taken", "another desk has this extension");
    other.reset();
    auto update = TRY(database.prepare("UPDATE terminal SET extension = $2 WHERE id = $1"));
    return update.bind(1, desk.text()).bind(2, extension).run();
}

Result<std::string> Terminals::extension_of(storage::Database& database, TerminalId const& desk) const {
    auto query = TRY(database.prepare(
        "SELECT extension FROM terminal WHERE id = $1 AND program = 'agent' AND state = 'active'"));
    query.bind(1, desk.text());
    return TRY(query.step()) ? query.text(0) : std::string();
}

Result<std::vector<TerminalRow>> Terminals::list(storage::Database& database) {
    auto query =
        TRY(database.prepare("SELECT id, name, program, desk, extension, state, added_us, enrolled_us,"
                             " revoked_us, valid_until_us FROM terminal ORDER BY id"));
    std::vector<TerminalRow> rows;
    while (TRY(query.step()))
        rows.push_back({TerminalId(query.text(0)), query.text(1), query.text(2), TerminalId(query.text(3)),
                        query.text(4), query.text(5), query.integer(6), query.integer(7), query.integer(8),
                        query.integer(9)});
    return rows;
}

std::optional<Terminals::Certified> Terminals::certified(TerminalId const& id, ByteView fingerprint) const {
    std::lock_guard const lock(guard_);
    auto const found = certified_.find(id);
    if (found == certified_.end() || (!equal_constant_time(fingerprint, found->second.fingerprint) &&
                                      !equal_constant_time(fingerprint, found->second.previous)))
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
            auto query = TRY(
                database.prepare("SELECT id, fingerprint, previous_fingerprint, program, state"
                                 " FROM terminal WHERE state IN ('active', 'revoked') AND enrolled_us <> 0"));
            std::map<TerminalId, Certified> rows;
            while (TRY(query.step()))
                rows[TerminalId(query.text(0))] = {query.blob(1), query.blob(2), query.text(3),
                                                   query.text(4) == "revoked"};
            return rows;
        })));
    std::lock_guard const lock(guard_);
    certified_ = std::move(fresh);
    return ok();
}

} // namespace portico::central
