#include "central/audit/audit_log.h"
#include "central/audit/checkpoints.h"
#include "shared/api/json.h"

#include <map>

namespace portico::central {

namespace {

/// Follows one chain from its first record.
struct Chain {
    std::int64_t last_sequence = 0;
    std::string last_hash;
    std::map<std::int64_t, std::string> hashes_wanted; ///< by checkpoints
};

class Verifier {
public:
    explicit Verifier(AuditLog const& log) : log_(log) {}

    Result<AuditVerdict> run(storage::Database& database, std::string_view checkpoints) {
        read_checkpoints(checkpoints);
        // Records and heads of one moment: central may serve meanwhile.
        auto const moment = TRY(storage::Transaction::begin_read(database));
        TRY(walk(database));
        TRY(compare_heads(database));
        for (auto const& [node, chain] : chains_)
            for (auto const& [sequence, hash] : chain.hashes_wanted)
                if (sequence > chain.last_sequence)
                    fault(node, sequence,
                          "a checkpoint knows this record, the store ends before it: cut off");
        return std::move(verdict_);
    }

private:
    void fault(std::string const& node, std::int64_t sequence, std::string const& what) {
        verdict_.faults.push_back("node " + node + ", record " + std::to_string(sequence) + ": " + what);
    }

    void read_checkpoints(std::string_view text) {
        std::int64_t line_number = 0;
        for (auto const& line : checkpoint_lines(text)) {
            ++line_number;
            auto const checkpoint = read_checkpoint(log_, line);
            if (checkpoint.has_error()) {
                verdict_.faults.push_back("checkpoint line " + std::to_string(line_number) +
                                          " is not one this plan's central wrote");
                continue;
            }
            ++verdict_.checkpoint_count;
            auto& wanted = chains_[checkpoint.value().node].hashes_wanted;
            auto const [place, fresh] = wanted.emplace(checkpoint.value().sequence, checkpoint.value().hash);
            if (!fresh && place->second != checkpoint.value().hash)
                fault(checkpoint.value().node, checkpoint.value().sequence,
                      "two checkpoints disagree: the chain was written anew");
        }
    }

    Result<void> walk(storage::Database& database) {
        return log_.each_record(database,
                                [&](std::string const& node, std::int64_t sequence, ByteView stored_hash,
                                    std::optional<AuditRecord> const& record) -> Result<void> {
                                    ++verdict_.record_count;
                                    check(node, sequence, stored_hash, record);
                                    return ok();
                                });
    }

    void check(std::string const& node, std::int64_t sequence, ByteView stored_hash,
               std::optional<AuditRecord> const& record) {
        auto& chain = chains_[node];
        auto const hash = to_hex(stored_hash);
        if (sequence != chain.last_sequence + 1)
            fault(node, chain.last_sequence + 1, "missing");
        if (!record)
            fault(node, sequence, "does not open: edited or moved");
        else if (record->sequence != sequence || record->node != node)
            fault(node, sequence, "stands in another's place");
        else if (to_hex(log_.record_hash(*record)) != hash)
            fault(node, sequence, "its hash differs: edited");
        else if (sequence == chain.last_sequence + 1 && record->previous != chain.last_hash)
            fault(node, sequence, "does not follow the record before it");
        auto const wanted = chain.hashes_wanted.find(sequence);
        if (wanted != chain.hashes_wanted.end() && wanted->second != hash)
            fault(node, sequence, "differs from its checkpoint: the chain was written anew");
        chain.last_sequence = sequence;
        chain.last_hash = hash;
    }

    Result<void> compare_heads(storage::Database& database) {
        std::map<std::string, AuditLog::Head> heads;
        for (auto& head : TRY(log_.heads(database)))
            heads[head.node] = head;
        for (auto const& [node, chain] : chains_) {
            auto const head = heads.find(node);
            if (chain.last_sequence == 0)
                continue;
            if (head == heads.end() || head->second.sequence != chain.last_sequence ||
                to_hex(head->second.hash) != chain.last_hash)
                fault(node, chain.last_sequence, "is not where the chain says it ends: cut off or added to");
        }
        for (auto const& [node, head] : heads)
            if (chains_[node].last_sequence == 0)
                fault(node, head.sequence, "the chain it says it ends is not there");
        return ok();
    }

    AuditLog const& log_;
    AuditVerdict verdict_;
    std::map<std::string, Chain> chains_;
};

} // namespace

Result<AuditVerdict> verify_audit(AuditLog const& log, storage::Database& database,
                                  std::string_view checkpoints) {
    return Verifier(log).run(database, checkpoints);
}

} // namespace portico::central
