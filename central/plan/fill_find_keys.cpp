#include "central/plan/fill_find_keys.h"

#include "central/plan/personal_reads.h"

#include <array>
#include <vector>

namespace portico::central {

namespace {

struct Unfound {
    Bytes member_key;
    Bytes content_hash;
    FindKeys keys;
};

Result<std::vector<Unfound>> unfound(storage::Database& database, Vault const& vault, int members_max) {
    // The condition as the index of schema_4 has it. Who has this key has the older ones: the programs that
    // knew of those alone left this one as it was.
    auto query = TRY(database.prepare("SELECT record_key, content_hash, sealed FROM plan_member"
                                      " WHERE phone_of IS NULL OR phone_of <> content_hash LIMIT $1"));
    query.bind(1, std::int64_t{members_max});
    std::vector<Unfound> members;
    while (TRY(query.step())) {
        Unfound member{query.blob(0), query.blob(1), {}};
        auto const record = open_sealed_record<MemberRecord>(vault, "plan_member", member.member_key,
                                                             member.member_key, query.blob(2));
        if (record.has_value())
            member.keys = find_keys(vault, find_facts(record.value().member));
        members.push_back(std::move(member));
    }
    return members;
}

} // namespace

void bind_find_keys(storage::Statement& statement, int from, FindKeys const& keys) {
    for (auto const* key : std::array{&keys.name_birth, &keys.name_zip, &keys.birth_zip, &keys.phone}) {
        if (*key)
            statement.bind(from, **key);
        else
            statement.bind_null(from);
        ++from;
    }
}

Result<int> fill_find_keys(Store& store, Vault const& vault, int members_max) {
    // Hashed outside of the write, which is alone among those of all nodes.
    auto const members = TRY(store.read<std::vector<Unfound>>(
        [&](storage::Database& database) { return unfound(database, vault, members_max); }));
    if (members.empty())
        return 0;
    TRY(store.write([&](storage::Database& database) -> Result<void> {
        auto update = TRY(database.prepare("UPDATE plan_member SET name_birth = $1, name_zip = $2,"
                                           " birth_zip = $3, phone = $4, find_of = $5, phone_of = $5"
                                           " WHERE record_key = $6 AND content_hash = $5"));
        for (auto const& member : members) {
            bind_find_keys(update, 1, member.keys);
            update.bind(5, ByteView(member.content_hash)).bind(6, ByteView(member.member_key));
            TRY(update.run());
        }
        return ok();
    }));
    return static_cast<int>(members.size());
}

} // namespace portico::central
