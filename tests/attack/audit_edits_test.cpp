#include "central/audit/audit_log.h"
#include "central/audit/checkpoints.h"
#include "central/store/vault.h"
#include "tests/attack/byte_mutation.h"
#include "tests/support/catch.h"
#include "tests/support/must.h"
#include "tests/support/rounds.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <array>
#include <set>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

struct Row {
    std::string node;
    std::int64_t sequence = 0;
    Bytes hash;
    Bytes body;
    auto operator<=>(Row const&) const = default;
};
struct Head {
    std::string node;
    std::int64_t sequence = 0;
    Bytes hash;
    auto operator<=>(Head const&) const = default;
};

/// The two tables of the audit, as who has the database has them.
struct Tables {
    std::vector<Row> rows;
    std::vector<Head> heads;
    bool operator==(Tables const&) const = default;

    std::string text() const {
        std::string all;
        for (auto const& row : rows)
            all +=
                "\n  " + row.node + " " + std::to_string(row.sequence) + " " + to_hex(row.hash).substr(0, 8);
        for (auto const& head : heads)
            all += "\n  head " + head.node + " " + std::to_string(head.sequence) + " " +
                   to_hex(head.hash).substr(0, 8);
        return all;
    }
    /// In the order of their keys, which no two rows share.
    void put_in_order() {
        auto const key = [](auto const& each) { return std::pair(each.node, each.sequence); };
        std::stable_sort(rows.begin(), rows.end(),
                         [&](auto const& left, auto const& right) { return key(left) < key(right); });
        rows.erase(std::unique(rows.begin(), rows.end(),
                               [&](auto const& left, auto const& right) { return key(left) == key(right); }),
                   rows.end());
        std::stable_sort(heads.begin(), heads.end(),
                         [](auto const& left, auto const& right) { return left.node < right.node; });
        heads.erase(std::unique(heads.begin(), heads.end(),
                                [](auto const& left, auto const& right) { return left.node == right.node; }),
                    heads.end());
    }
    std::vector<std::size_t> of(std::string const& node) const {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i].node == node)
                found.push_back(i);
        return found;
    }
    /// What the head of `node` would be if central had stopped there.
    void set_head_to_last(std::string const& node) {
        std::erase_if(heads, [&](Head const& head) { return head.node == node; });
        if (auto const left = of(node); !left.empty())
            heads.push_back({node, rows[left.back()].sequence, rows[left.back()].hash});
    }
};

/// The audit of a plan with two central nodes. What they wrote is kept, and put into the store again for each
/// round.
class AuditOfTwoNodes {
public:
    static constexpr std::array nodes{"node-1", "node-2"};

    AuditOfTwoNodes() {
        AuditLog::migrate(store).value();
        for (int turn = 0; turn < 6; ++turn) {
            append(0);
            if (turn % 2 == 0)
                append(1);
            history.push_back(load());
            if (turn < checkpointed_turns)
                for (auto const& head : must(log(0).heads(store)))
                    checkpoints += write_checkpoint(log(0), head) + "\n";
        }
        whole = history.back();
    }

    /// As central itself would go on.
    void append(std::size_t node) {
        clock_.advance(std::chrono::seconds(1));
        AuditRecord record;
        record.action = "eob_read";
        record.subject = "alex";
        record.decision = "allowed";
        must(log(node).append(store, record));
    }
    /// As somebody would who has another plan's keys and this plan's database.
    void append_with_other_keys(std::size_t node) {
        AuditRecord record;
        record.action = "home_read";
        record.decision = "allowed";
        must(AuditLog(clock_, foreign_.records, foreign_.index, nodes[node]).append(store, record));
    }

    Tables load() {
        Tables tables;
        auto rows =
            must(store.prepare("SELECT node, sequence, hash, body FROM audit ORDER BY node, sequence"));
        while (must(rows.step()))
            tables.rows.push_back({rows.text(0), rows.integer(1), rows.blob(2), rows.blob(3)});
        auto heads = must(store.prepare("SELECT node, sequence, hash FROM audit_head ORDER BY node"));
        while (must(heads.step()))
            tables.heads.push_back({heads.text(0), heads.integer(1), heads.blob(2)});
        return tables;
    }
    void put(Tables const& tables) {
        must(store.execute("DELETE FROM audit; DELETE FROM audit_head"));
        auto rows =
            must(store.prepare("INSERT INTO audit (node, sequence, hash, body) VALUES ($1, $2, $3, $4)"));
        for (auto const& row : tables.rows) {
            must(rows.bind(1, row.node)
                     .bind(2, row.sequence)
                     .bind(3, ByteView(row.hash))
                     .bind(4, ByteView(row.body))
                     .run());
            rows.reset();
        }
        auto heads = must(store.prepare("INSERT INTO audit_head (node, sequence, hash) VALUES ($1, $2, $3)"));
        for (auto const& head : tables.heads) {
            must(heads.bind(1, head.node).bind(2, head.sequence).bind(3, ByteView(head.hash)).run());
            heads.reset();
        }
    }
    bool found_whole() { return must(verify_audit(log(0), store, checkpoints)).faults.empty(); }

    /// Whether the store is as it was at some moment since its last checkpoint: nothing can tell that moment
    /// from now, for what came later was written down nowhere else.
    bool is_a_state_since_the_last_checkpoint(Tables const& tables) const {
        return std::find(history.begin() + checkpointed_turns - 1, history.end(), tables) != history.end();
    }

    storage::Database store = storage::Database::in_memory().value();
    std::vector<Tables> history; ///< after each turn
    Tables whole;
    std::string checkpoints;
    static constexpr int checkpointed_turns = 5;

private:
    AuditLog& log(std::size_t node) { return logs_[node]; }

    ScratchFolder folder_;
    ScratchFolder foreign_folder_;
    ManualClock clock_{from_micros(1'800'000'000'000'000)};
    Vault vault_ = Vault::create(folder_.path).value();
    Vault foreign_ = Vault::create(foreign_folder_.path).value();
    std::array<AuditLog, 2> logs_{AuditLog(clock_, vault_.records, vault_.index, nodes[0]),
                                  AuditLog(clock_, vault_.records, vault_.index, nodes[1])};
};

std::string some_node(Dice& dice) {
    return dice.one_in(4) ? "node-3" : AuditOfTwoNodes::nodes[dice.below(2)];
}

std::int64_t some_sequence(Dice& dice) {
    return dice.one_in(4) ? static_cast<std::int64_t>(dice.any())
                          : static_cast<std::int64_t>(dice.below(12)) - 2;
}

void edit_a_row(Dice& dice, Tables& tables) {
    if (tables.rows.empty())
        return;
    auto& row = *place_in(dice, tables.rows);
    auto const& other = *place_in(dice, tables.rows);
    switch (dice.below(6)) {
    case 0:
        return mutate_bytes(dice, row.body);
    case 1:
        mutate_bytes(dice, row.hash);
        if (dice.one_in(2))
            tables.set_head_to_last(std::string(row.node));
        return;
    case 2:
        row.body = Bytes(other.body);
        if (dice.one_in(2))
            row.hash = Bytes(other.hash);
        break;
    case 3:
        row.hash = Bytes(other.hash);
        break;
    case 4:
        row.sequence = some_sequence(dice);
        break;
    default:
        row.node = some_node(dice);
    }
}

void remove_rows(Dice& dice, Tables& tables) {
    if (tables.rows.empty())
        return;
    auto const from = place_in(dice, tables.rows);
    auto const left = static_cast<std::uint64_t>(tables.rows.end() - from);
    tables.rows.erase(from, from + 1 + static_cast<std::ptrdiff_t>(dice.one_in(2) ? 0 : dice.below(left)));
}

/// Two or more records change places; each keeps its hash, or leaves it.
void reorder(Dice& dice, Tables& tables) {
    if (tables.rows.size() < 2)
        return;
    bool const hashes_too = dice.one_in(2);
    for (auto swaps = 1 + dice.below(3); swaps > 0; --swaps) {
        auto& one = *place_in(dice, tables.rows);
        auto& other = *place_in(dice, tables.rows);
        std::swap(one.body, other.body);
        if (hashes_too)
            std::swap(one.hash, other.hash);
    }
}

/// A chain ends earlier, and its head may say so too.
void cut_off(Dice& dice, Tables& tables) {
    auto const node = some_node(dice);
    auto const last = static_cast<std::int64_t>(dice.below(7));
    std::erase_if(tables.rows, [&](Row const& row) { return row.node == node && row.sequence > last; });
    if (!dice.one_in(4))
        tables.set_head_to_last(node);
}

void duplicate(Dice& dice, Tables& tables) {
    if (tables.rows.empty())
        return;
    auto copy = *place_in(dice, tables.rows);
    if (dice.one_in(3)) {
        copy.node = some_node(dice);
    } else {
        auto const there = tables.of(copy.node);
        copy.sequence = dice.one_in(2) ? tables.rows[there.back()].sequence + 1 : some_sequence(dice);
    }
    tables.rows.push_back(copy);
    if (dice.one_in(2))
        tables.set_head_to_last(copy.node);
}

void edit_a_head(Dice& dice, Tables& tables) {
    if (tables.heads.empty() || dice.one_in(4)) {
        tables.heads.push_back({some_node(dice), some_sequence(dice), Bytes(32, 0)});
        return;
    }
    auto& head = *place_in(dice, tables.heads);
    switch (dice.below(4)) {
    case 0:
        head.sequence = some_sequence(dice);
        break;
    case 1:
        mutate_bytes(dice, head.hash);
        break;
    case 2:
        head.node = some_node(dice);
        break;
    default:
        tables.heads.erase(place_in(dice, tables.heads));
    }
}

/// A whole chain under another name, with its head.
void rename_a_chain(Dice& dice, Tables& tables) {
    auto const from = some_node(dice);
    auto const to = some_node(dice);
    for (auto& row : tables.rows)
        if (row.node == from)
            row.node = to;
    for (auto& head : tables.heads)
        if (head.node == from)
            head.node = to;
}

void edit(Dice& dice, Tables& tables) {
    switch (dice.below(8)) {
    case 0:
    case 1:
        edit_a_row(dice, tables);
        break;
    case 2:
        remove_rows(dice, tables);
        break;
    case 3:
        reorder(dice, tables);
        break;
    case 4:
        cut_off(dice, tables);
        break;
    case 5:
        duplicate(dice, tables);
        break;
    case 6:
        edit_a_head(dice, tables);
        break;
    default:
        rename_a_chain(dice, tables);
    }
    tables.put_in_order();
}

/// The store of a moment before the last checkpoint is put back, and central, or who has other keys, goes on.
Tables rolled_back(Dice& dice, AuditOfTwoNodes& audit) {
    bool const other_keys = dice.one_in(3);
    auto const turns = other_keys ? audit.history.size() : AuditOfTwoNodes::checkpointed_turns - 1;
    audit.put(audit.history[dice.below(turns)]);
    for (auto more = dice.below(8) + (other_keys ? 1 : 0); more > 0; --more) {
        auto const node = static_cast<std::size_t>(dice.below(2));
        if (other_keys)
            audit.append_with_other_keys(node);
        else
            audit.append(node);
    }
    return audit.load();
}

Tables edited(Dice& dice, AuditOfTwoNodes& audit) {
    if (dice.one_in(6))
        return rolled_back(dice, audit);
    auto tables = audit.whole;
    do
        edit(dice, tables);
    while (dice.one_in(3) || tables == audit.whole);
    return tables;
}

} // namespace

TEST_CASE("audit edits: each change of the store up to its last checkpoint is found", "[rounds]") {
    AuditOfTwoNodes audit;
    for (auto const round : Rounds(2'000)) {
        Dice dice(round);
        auto const tables = edited(dice, audit);
        audit.put(tables);
        bool const should_be_whole = audit.is_a_state_since_the_last_checkpoint(tables);
        if (audit.found_whole() != should_be_whole)
            FAIL("round " << round
                          << (should_be_whole ? ": a fault is told where there is none" : ": not found")
                          << tables.text() << "\n of" << audit.whole.text());
    }
}

TEST_CASE("audit edits: a store as it was at any moment is whole, before its last checkpoint it is cut off") {
    AuditOfTwoNodes audit;
    for (std::size_t turn = 0; turn < audit.history.size(); ++turn) {
        INFO("turn " << turn);
        audit.put(audit.history[turn]);
        CHECK(audit.found_whole() == (turn + 1 >= AuditOfTwoNodes::checkpointed_turns));
    }
}
