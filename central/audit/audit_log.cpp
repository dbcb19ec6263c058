#include "central/audit/audit_log.h"

#include "central/version.h"
#include "shared/api/json.h"
#include "shared/base/rfc3339.h"

#include <limits>
#include <utility>

namespace portico::central {

namespace {
constexpr int page_rows = 1000;

std::string seal_context(std::string_view node, std::int64_t sequence) {
    return "audit/" + std::string(node) + "/" + std::to_string(sequence);
}
} // namespace

AuditLog::AuditLog(Clock& clock, crypto::RecordKey const& records, crypto::RecordKey const& index,
                   std::string node)
    : clock_(clock), sealing_key_(records.derive("portico audit 1")),
      chain_key_(index.derive("portico audit chain 1")),
      checkpoint_key_(index.derive("portico audit checkpoint 1")), node_(std::move(node)) {}

Result<void> AuditLog::migrate(storage::Database& database) {
    return storage::migrate(database, "audit", {{"audit", 1, R"(
        CREATE TABLE audit (
            node TEXT NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (node, sequence)) STRICT;
        CREATE TABLE audit_head (node TEXT PRIMARY KEY, sequence INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
    )"}});
}

Bytes AuditLog::record_hash(AuditRecord const& record) const {
    return crypto::keyed_hash(chain_key_, api::to_json(record));
}

Bytes AuditLog::checkpoint_mac(std::string_view line) const {
    return crypto::keyed_hash(checkpoint_key_, line);
}

Result<void> AuditLog::append(storage::Database& database, AuditRecord record) const {
    auto head = TRY(database.prepare("SELECT sequence, hash FROM audit_head WHERE node = $1"));
    head.bind(1, node_);
    record.sequence = 1;
    record.previous.clear();
    if (TRY(head.step())) {
        record.sequence = head.integer(0) + 1;
        record.previous = to_hex(head.blob(1));
    }
    head.reset();
    record.at = to_rfc3339(clock_.now());
    record.node = node_;
    record.build = version;
    auto const plain = api::to_json(record);
    auto const hash = crypto::keyed_hash(chain_key_, plain);
    auto const body =
        crypto::seal_record(sealing_key_, seal_context(node_, record.sequence), as_bytes(plain));
    auto insert =
        TRY(database.prepare("INSERT INTO audit (node, sequence, hash, body) VALUES ($1, $2, $3, $4)"));
    TRY(insert.bind(1, node_).bind(2, record.sequence).bind(3, ByteView(hash)).bind(4, ByteView(body)).run());
    auto update = TRY(database.prepare(
        "INSERT INTO audit_head (node, sequence, hash) VALUES ($1, $2, $3)"
        " ON CONFLICT (node) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash"));
    return update.bind(1, node_).bind(2, record.sequence).bind(3, ByteView(hash)).run();
}

Result<std::vector<AuditLog::Head>> AuditLog::heads(storage::Database& database) const {
    auto query = TRY(database.prepare("SELECT node, sequence, hash FROM audit_head ORDER BY node"));
    std::vector<Head> heads;
    while (TRY(query.step()))
        heads.push_back({query.text(0), query.integer(1), query.blob(2)});
    return heads;
}

Result<bool> AuditLog::opens_first_record(storage::Database& database) const {
    auto query =
        TRY(database.prepare("SELECT node, sequence, body FROM audit ORDER BY node, sequence LIMIT 1"));
    if (!TRY(query.step()))
        return true;
    return crypto::open_record(sealing_key_, seal_context(query.text(0), query.integer(1)), query.blob(2))
        .has_value();
}

Result<void> AuditLog::each_record(storage::Database& database, EachRecord const& each) const {
    // By pages: a server hands over all rows of a query at once.
    std::string node;
    std::int64_t sequence = std::numeric_limits<std::int64_t>::min();
    for (int rows = page_rows; rows == page_rows;) {
        auto query =
            TRY(database.prepare("SELECT node, sequence, hash, body FROM audit"
                                 " WHERE (node, sequence) > ($1, $2) ORDER BY node, sequence LIMIT $3"));
        query.bind(1, node).bind(2, sequence).bind(3, std::int64_t{page_rows});
        for (rows = 0; TRY(query.step()); ++rows) {
            node = query.text(0);
            sequence = query.integer(1);
            std::optional<AuditRecord> record;
            auto const plain = crypto::open_record(sealing_key_, seal_context(node, sequence), query.blob(3));
            if (plain.has_value()) {
                auto read = api::from_json<AuditRecord>(as_text(plain.value()), api::UnknownFields::Refuse);
                if (read.has_value())
                    record = std::move(read).value();
            }
            TRY(each(node, sequence, query.blob(2), record));
        }
    }
    return ok();
}

} // namespace portico::central
