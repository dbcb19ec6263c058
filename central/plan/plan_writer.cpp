#include "central/plan/plan_writer.h"

#include "central/plan/fill_find_keys.h"
#include "central/plan/plan_state.h"
#include "central/plan/rendered_eob.h"
#include "shared/domain/eob_alone.h"

#include <utility>

namespace portico::central {

namespace {

using Kind = PreparedRecord::Table;

bool is_personal(PreparedRecord const& record) {
    return record.table == Kind::Member || record.table == Kind::Coverage || record.table == Kind::Eob;
}

std::string_view record_kind(PreparedRecord const& record) {
    switch (record.table) {
    case Kind::Member:
        return "member";
    case Kind::Coverage:
        return "coverage";
    case Kind::Eob:
        return "eob";
    case Kind::FormularyItem:
        return "item";
    case Kind::Part:
        break;
    }
    return record.kind;
}

ByteView record_key(PreparedRecord const& record) {
    return is_personal(record) ? ByteView(record.record_key) : as_bytes(record.id);
}

} // namespace

Result<PlanWriter> PlanWriter::begin(storage::Database& database) {
    auto const table = [&](std::string_view find, std::string_view write) -> Result<Table> {
        auto finder = TRY(database.prepare(find));
        auto writer = TRY(database.prepare(write));
        return Table{std::move(finder), std::move(writer)};
    };
    auto member =
        TRY(table("SELECT updated_us, version_number, content_hash FROM plan_member WHERE record_key = $1",
                  "INSERT INTO plan_member (record_key, sealed, updated_us, version_number, content_hash,"
                  " name_birth, name_zip, birth_zip, phone, find_of, phone_of)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $5, $5)"
                  " ON CONFLICT (record_key) DO UPDATE SET"
                  " sealed = excluded.sealed, updated_us = excluded.updated_us,"
                  " version_number = excluded.version_number, content_hash = excluded.content_hash,"
                  " name_birth = excluded.name_birth, name_zip = excluded.name_zip,"
                  " birth_zip = excluded.birth_zip, phone = excluded.phone,"
                  " find_of = excluded.find_of, phone_of = excluded.phone_of"));
    auto coverage =
        TRY(table("SELECT updated_us, version_number, content_hash, member_key FROM plan_coverage"
                  " WHERE record_key = $1",
                  "INSERT INTO plan_coverage (member_key, record_key, sealed, updated_us, version_number,"
                  " content_hash) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (member_key, record_key)"
                  " DO UPDATE SET sealed = excluded.sealed, updated_us = excluded.updated_us,"
                  " version_number = excluded.version_number, content_hash = excluded.content_hash"));
    auto eob = TRY(table("SELECT updated_us, version_number, content_hash, member_key FROM plan_eob"
                         " WHERE record_key = $1",
                         "INSERT INTO plan_eob (member_key, record_key, sealed, updated_us, version_number,"
                         " content_hash, summary, judged_by, judged_of)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6)"
                         " ON CONFLICT (member_key, record_key) DO UPDATE SET sealed = excluded.sealed,"
                         " summary = excluded.summary, updated_us = excluded.updated_us,"
                         " version_number = excluded.version_number, content_hash = excluded.content_hash,"
                         " judged_by = excluded.judged_by, judged_of = excluded.judged_of"));
    auto part = TRY(table("SELECT updated_us, version_number, content_hash FROM plan_part WHERE kind = $1 AND"
                          " record_key = $2",
                          "INSERT INTO plan_part (kind, record_key, lookup, body, updated_us, version_number,"
                          " content_hash) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind, record_key)"
                          " DO UPDATE SET lookup = excluded.lookup, body = excluded.body,"
                          " updated_us = excluded.updated_us, version_number = excluded.version_number,"
                          " content_hash = excluded.content_hash"));
    auto item = TRY(table(
        "SELECT updated_us, version_number, content_hash FROM plan_formulary_item WHERE record_key = $1",
        "INSERT INTO plan_formulary_item (record_key, formulary, drug, tier, active,"
        " prior_authorization, step_therapy, quantity_limit, updated_us, version_number, content_hash)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (record_key) DO UPDATE SET"
        " formulary = excluded.formulary, drug = excluded.drug, tier = excluded.tier,"
        " active = excluded.active, prior_authorization = excluded.prior_authorization,"
        " step_therapy = excluded.step_therapy, quantity_limit = excluded.quantity_limit,"
        " updated_us = excluded.updated_us, version_number = excluded.version_number,"
        " content_hash = excluded.content_hash"));
    auto find_superseded =
        TRY(database.prepare("SELECT 1 FROM plan_superseded WHERE record_kind = $1 AND record_key = $2 AND"
                             " content_hash = $3"));
    auto add_superseded = TRY(database.prepare(
        "INSERT INTO plan_superseded (record_kind, record_key, content_hash)"
        " VALUES ($1, $2, $3) ON CONFLICT (record_kind, record_key, content_hash) DO NOTHING"));
    return PlanWriter(database, std::move(member), std::move(coverage), std::move(eob), std::move(part),
                      std::move(item), std::move(find_superseded), std::move(add_superseded));
}

PlanWriter::PlanWriter(storage::Database& database, Table member, Table coverage, Table eob, Table part,
                       Table item, storage::Statement find_superseded, storage::Statement add_superseded)
    : database_(&database), member_(std::move(member)), coverage_(std::move(coverage)), eob_(std::move(eob)),
      part_(std::move(part)), item_(std::move(item)), find_superseded_(std::move(find_superseded)),
      add_superseded_(std::move(add_superseded)) {}

PlanWriter::Table& PlanWriter::table_of(PreparedRecord const& record) {
    switch (record.table) {
    case Kind::Member:
        return member_;
    case Kind::Coverage:
        return coverage_;
    case Kind::Eob:
        return eob_;
    case Kind::FormularyItem:
        return item_;
    case Kind::Part:
        break;
    }
    return part_;
}

Result<std::optional<PlanWriter::Present>> PlanWriter::find(PreparedRecord const& record) {
    auto& query = table_of(record).find;
    if (is_personal(record))
        query.bind(1, ByteView(record.record_key));
    else if (record.table == Kind::Part)
        query.bind(1, std::string_view(record.kind)).bind(2, std::string_view(record.id));
    else
        query.bind(1, std::string_view(record.id));
    std::optional<Present> present;
    if (TRY(query.step())) {
        present.emplace();
        present->version = {query.integer(0), query.integer(1)};
        present->content_hash = query.blob(2);
        if (record.table == Kind::Coverage || record.table == Kind::Eob)
            present->member_key = query.blob(3);
    }
    query.reset();
    return present;
}

Result<Applied> PlanWriter::apply(PreparedRecord const& record) {
    auto const present = TRY(find(record));
    if (present) {
        bool const same = present->content_hash == record.content_hash;
        if (same && record.version <= present->version)
            return Applied::Unchanged;
        if (record.version < present->version)
            return Applied::Older;
        if (record.version == present->version) {
            if (TRY(is_superseded(record)))
                return Applied::Older;
            TRY(supersede(record, present->content_hash));
        }
        if (!present->member_key.empty() && present->member_key != record.member_key)
            TRY(leave_former_member(record, present->member_key));
    }
    TRY(write(record));
    (is_personal(record) ? personal_changed_ : parts_changed_) = true;
    return present ? Applied::Replaced : Applied::Added;
}

Result<void> PlanWriter::write(PreparedRecord const& record) {
    auto& insert = table_of(record).write;
    auto const version_from = [&](int index) {
        insert.bind(index, record.version.updated_us)
            .bind(index + 1, record.version.number)
            .bind(index + 2, ByteView(record.content_hash));
    };
    switch (record.table) {
    case Kind::Member:
        insert.bind(1, ByteView(record.record_key)).bind(2, ByteView(record.sealed));
        version_from(3);
        bind_find_keys(insert, 6, record.find_keys);
        break;
    case Kind::Eob:
        insert.bind(7, ByteView(record.summary)).bind(8, std::int64_t{eob_alone_version});
        [[fallthrough]];
    case Kind::Coverage:
        insert.bind(1, ByteView(record.member_key))
            .bind(2, ByteView(record.record_key))
            .bind(3, ByteView(record.sealed));
        version_from(4);
        break;
    case Kind::Part:
        insert.bind(1, std::string_view(record.kind))
            .bind(2, std::string_view(record.id))
            .bind(3, std::string_view(record.lookup))
            .bind(4, std::string_view(record.body));
        version_from(5);
        break;
    case Kind::FormularyItem:
        insert.bind(1, std::string_view(record.id))
            .bind(2, std::string_view(record.item.formulary))
            .bind(3, std::string_view(record.item.drug))
            .bind(4, std::string_view(record.item.tier))
            .bind(5, std::int64_t{record.item.active})
            .bind(6, std::int64_t{record.item.prior_authorization})
            .bind(7, std::int64_t{record.item.step_therapy})
            .bind(8, std::int64_t{record.item.quantity_limit});
        version_from(9);
        break;
    }
    TRY(insert.run());
    if (record.table == Kind::Member || record.table == Kind::Coverage)
        TRY(write_index(record));
    return ok();
}

Result<void> PlanWriter::write_index(PreparedRecord const& record) {
    auto clear =
        TRY(database_->prepare("DELETE FROM plan_member_index WHERE member_key = $1 AND source_key = $2"));
    TRY(clear.bind(1, ByteView(record.member_key)).bind(2, ByteView(record.record_key)).run());
    auto add = TRY(database_->prepare("INSERT INTO plan_member_index (member_key, source_key, index_key)"
                                      " VALUES ($1, $2, $3)"
                                      " ON CONFLICT (member_key, source_key, index_key) DO NOTHING"));
    for (auto const& key : record.index_keys)
        TRY(add.bind(1, ByteView(record.member_key))
                .bind(2, ByteView(record.record_key))
                .bind(3, ByteView(key))
                .run());
    return ok();
}

Result<void> PlanWriter::leave_former_member(PreparedRecord const& record, Bytes const& former) {
    auto drop = TRY(database_->prepare(
        record.table == Kind::Eob ? "DELETE FROM plan_eob WHERE member_key = $1 AND record_key = $2"
                                  : "DELETE FROM plan_coverage WHERE member_key = $1 AND record_key = $2"));
    TRY(drop.bind(1, ByteView(former)).bind(2, ByteView(record.record_key)).run());
    auto clear =
        TRY(database_->prepare("DELETE FROM plan_member_index WHERE member_key = $1 AND source_key = $2"));
    return clear.bind(1, ByteView(former)).bind(2, ByteView(record.record_key)).run();
}

Result<bool> PlanWriter::is_superseded(PreparedRecord const& record) {
    find_superseded_.bind(1, record_kind(record))
        .bind(2, record_key(record))
        .bind(3, ByteView(record.content_hash));
    bool const found = TRY(find_superseded_.step());
    find_superseded_.reset();
    return found;
}

Result<void> PlanWriter::supersede(PreparedRecord const& record, Bytes const& content_hash) {
    return add_superseded_.bind(1, record_kind(record))
        .bind(2, record_key(record))
        .bind(3, ByteView(content_hash))
        .run();
}

Result<void> PlanWriter::finish() {
    if (personal_changed_)
        TRY(next_plan_state(*database_, personal_revision));
    if (parts_changed_)
        TRY(next_plan_state(*database_, parts_revision));
    if (personal_changed_ || parts_changed_)
        return clear_rendered_eobs(*database_);
    return ok();
}

} // namespace portico::central
