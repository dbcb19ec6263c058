#include "shared/client/provider_index.h"

#include "shared/api/json.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace portico::client {

std::string_view const provider_schema_v1 = R"sql(
    create table provider (
        key integer primary key,
        id text not null unique,
        name text not null,
        zip5 text not null,
        accepting integer not null,
        networks text not null,
        languages text not null,
        latitude_e6 integer,
        longitude_e6 integer,
        generation integer not null,
        json text not null
    ) strict;
    create index provider_generation on provider (generation);
    create virtual table provider_name using fts5(
        name, content='provider', content_rowid='key', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
    create table specialty (key integer primary key, display text not null unique) strict;
    create table provider_specialty (
        specialty integer not null, cell integer not null, provider integer not null,
        primary key (specialty, cell, provider)
    ) strict, without rowid;
    create index provider_specialty_provider on provider_specialty (provider);
    create table zip (
        zip5 text primary key, latitude_sum integer not null, longitude_sum integer not null,
        count integer not null
    ) strict, without rowid;
)sql";

namespace {

constexpr std::int64_t any_specialty = 0;
constexpr int lines_wanted_min = 60; ///< a search goes on outwards until it has this many

std::int64_t cell_of(int latitude_tenths, int longitude_tenths) {
    return (std::int64_t{latitude_tenths} + 900) * 10'000 + longitude_tenths + 1800;
}
std::int64_t cell_of_zip(std::string const& zip) {
    return -2 - std::strtoll(zip.empty() ? "0" : zip.c_str(), nullptr, 10);
}
std::int64_t e6(double degrees) {
    return std::llround(degrees * 1e6);
}
int tenths(double degrees) {
    return static_cast<int>(std::floor(degrees * 10));
}

std::string joined(std::vector<std::string> const& words) {
    std::string out = ",";
    for (auto const& word : words)
        out += word + ",";
    return out;
}

Result<std::int64_t> specialty_key(storage::Database& database, std::string const& display) {
    auto find = TRY(database.prepare("select key from specialty where display = $1"));
    find.bind(1, display);
    if (TRY(find.step()))
        return find.integer(0);
    auto add = TRY(database.prepare("insert into specialty (display) values ($1) returning key"));
    add.bind(1, display);
    (void)TRY(add.step());
    auto const key = add.integer(0);
    TRY(add.run());
    return key;
}

Result<void> move_zip(storage::Database& database, std::string const& zip, std::int64_t latitude,
                      std::int64_t longitude, int count) {
    auto statement = TRY(database.prepare(
        "insert into zip values ($1, $2, $3, $4) on conflict (zip5) do update set "
        "latitude_sum = latitude_sum + excluded.latitude_sum, "
        "longitude_sum = longitude_sum + excluded.longitude_sum, count = count + excluded.count"));
    statement.bind(1, zip).bind(2, latitude).bind(3, longitude).bind(4, std::int64_t{count});
    return statement.run();
}

/// Takes one row out of every index and the table.
Result<void> remove_by_key(storage::Database& database, std::int64_t key) {
    auto find =
        TRY(database.prepare("select name, zip5, latitude_e6, longitude_e6 from provider where key = $1"));
    find.bind(1, key);
    if (!TRY(find.step()))
        return ok();
    auto const name = find.text(0);
    if (!find.is_null(2) && !find.text(1).empty())
        TRY(move_zip(database, find.text(1), -find.integer(2), -find.integer(3), -1));
    auto unname = TRY(
        database.prepare("insert into provider_name (provider_name, rowid, name) values ('delete', $1, $2)"));
    unname.bind(1, key).bind(2, name);
    TRY(unname.run());
    for (auto const* sql :
         {"delete from provider_specialty where provider = $1", "delete from provider where key = $1"}) {
        auto remove = TRY(database.prepare(sql));
        remove.bind(1, key);
        TRY(remove.run());
    }
    return ok();
}

} // namespace

Result<void> remove_provider(storage::Database& database, std::string_view id) {
    auto find = TRY(database.prepare("select key from provider where id = $1"));
    find.bind(1, id);
    if (!TRY(find.step()))
        return ok();
    auto const key = find.integer(0);
    TRY(find.run());
    return remove_by_key(database, key);
}

Result<void> remove_providers_before(storage::Database& database, std::int64_t generation) {
    while (true) {
        auto find = TRY(database.prepare("select key from provider where generation < $1 limit 1000"));
        find.bind(1, generation);
        std::vector<std::int64_t> keys;
        while (TRY(find.step()))
            keys.push_back(find.integer(0));
        if (keys.empty())
            return ok();
        for (auto const key : keys)
            TRY(remove_by_key(database, key));
    }
}

Result<void> put_provider(storage::Database& database, ProviderListing const& listing,
                          std::int64_t generation) {
    TRY(remove_provider(database, listing.id));
    bool const placed = listing.latitude && listing.longitude;
    auto add = TRY(database.prepare(
        "insert into provider (id, name, zip5, accepting, networks, languages, latitude_e6, longitude_e6, "
        "generation, json) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning key"));
    add.bind(1, listing.id)
        .bind(2, listing.name)
        .bind(3, listing.zip5)
        .bind(4, std::int64_t{listing.accepting == AcceptingPatients::Yes})
        .bind(5, joined(listing.network_ids))
        .bind(6, joined(listing.languages))
        .bind(9, generation)
        .bind(10, api::to_json(listing));
    if (placed)
        add.bind(7, e6(*listing.latitude)).bind(8, e6(*listing.longitude));
    (void)TRY(add.step());
    auto const key = add.integer(0);
    TRY(add.run());

    auto name = TRY(database.prepare("insert into provider_name (rowid, name) values ($1, $2)"));
    name.bind(1, key).bind(2, listing.name);
    TRY(name.run());
    if (placed && !listing.zip5.empty())
        TRY(move_zip(database, listing.zip5, e6(*listing.latitude), e6(*listing.longitude), 1));

    auto const cell =
        placed ? cell_of(tenths(*listing.latitude), tenths(*listing.longitude)) : cell_of_zip(listing.zip5);
    std::set<std::int64_t> specialties{any_specialty};
    for (auto const& display : listing.specialties)
        specialties.insert(TRY(specialty_key(database, display)));
    auto link = TRY(database.prepare("insert into provider_specialty values ($1, $2, $3)"));
    for (auto const specialty : specialties) {
        link.bind(1, specialty).bind(2, cell).bind(3, key);
        TRY(link.run());
    }
    return ok();
}

namespace {

struct Place {
    double latitude = 0, longitude = 0;
};

/// The middle of a ZIP's providers; where it has none, of the ZIP next to it in number.
Result<std::optional<Place>> place_of(storage::Database& database, std::string const& zip) {
    constexpr std::string_view next =
        "select latitude_sum, longitude_sum, count from zip where zip5 >= $1 and "
        "zip5 <= $2 and count > 0 order by zip5 limit 1";
    constexpr std::string_view before =
        "select latitude_sum, longitude_sum, count from zip where zip5 <= $1 and "
        "zip5 >= $2 and count > 0 order by zip5 desc limit 1";
    for (auto const& [sql, end] : {std::pair(next, "99"), std::pair(before, "00")}) {
        auto statement = TRY(database.prepare(sql));
        statement.bind(1, zip).bind(2, zip.substr(0, 3) + end);
        if (TRY(statement.step())) {
            auto const count = static_cast<double>(statement.integer(2)) * 1e6;
            return std::optional(Place{static_cast<double>(statement.integer(0)) / count,
                                       static_cast<double>(statement.integer(1)) / count});
        }
    }
    return std::optional<Place>();
}

/// Specialties of which every typed word begins some word.
Result<std::vector<std::int64_t>> specialties_for(storage::Database& database,
                                                  std::vector<std::string> const& words) {
    static std::set<std::string, std::less<>> const filler{"doctor", "doctors", "dr",   "doctora",
                                                           "medico", "medica",  "near", "de"};
    std::vector<std::string> wanted;
    std::copy_if(words.begin(), words.end(), std::back_inserter(wanted),
                 [](auto const& word) { return !filler.contains(word); });
    std::vector<std::int64_t> keys;
    if (wanted.empty())
        return keys;
    auto statement = TRY(database.prepare("select key, display from specialty"));
    while (TRY(statement.step())) {
        auto const display = search_words(statement.text(1));
        bool const all = std::all_of(wanted.begin(), wanted.end(), [&](std::string const& word) {
            auto const stems = specialty_stems(word);
            return std::any_of(stems.begin(), stems.end(), [&](std::string const& stem) {
                return std::any_of(display.begin(), display.end(),
                                   [&](std::string const& each) { return each.starts_with(stem); });
            });
        });
        if (all)
            keys.push_back(statement.integer(0));
    }
    return keys;
}

// SQLite numbers parameters as they first appear in the text.
constexpr std::string_view columns_and_filter = R"sql(
    p.key, p.latitude_e6, p.longitude_e6, p.name from {from}
    where ($1 = 0 or p.accepting = 1)
    and ($2 = '' or instr(p.networks, $2) > 0)
    and ($3 = '' or instr(p.languages, $3) > 0)
    and {where}
    limit 501)sql";

/// Candidates of one search, nearest first once sorted.
class Candidates {
public:
    Candidates(storage::Database& database, ProviderQuery const& query, std::optional<Place> place)
        : database_(database), query_(query), place_(place) {}

    struct Row {
        std::int64_t key = 0;
        std::optional<double> miles;
        std::string name;
    };

    Result<void> by_name(std::vector<std::string> const& words) {
        std::string match;
        for (auto const& word : words)
            match += (match.empty() ? "\"" : " \"") + word + "\"*";
        auto statement =
            TRY(prepare("provider_name n join provider p on p.key = n.rowid", "provider_name match $4"));
        statement.bind(4, match);
        return take(statement);
    }

    Result<void> by_specialty(std::int64_t specialty, std::optional<std::int64_t> cell) {
        auto statement = TRY(prepare("provider_specialty s join provider p on p.key = s.provider",
                                     cell ? "s.specialty = $4 and s.cell = $5" : "s.specialty = $4"));
        statement.bind(4, specialty);
        if (cell)
            statement.bind(5, *cell);
        return take(statement);
    }

    /// Outwards from the place, a ring of cells at a time, until enough were found.
    Result<void> near(std::vector<std::int64_t> const& specialties) {
        int const y = tenths(place_->latitude);
        int const x = tenths(place_->longitude);
        for (auto const specialty : specialties)
            TRY(by_specialty(specialty, cell_of_zip(query_.zip5)));
        for (int ring = 0; ring <= near_cells_max; ++ring) {
            // One ring further than enough: a near corner of the next cell may be closer than a far one here.
            bool const last =
                ring > 0 && rows_.size() >= static_cast<std::size_t>(lines_wanted_min + query_.offset);
            for (int dy = -ring; dy <= ring; ++dy)
                for (int dx = -ring; dx <= ring; ++dx)
                    if (std::max(std::abs(dx), std::abs(dy)) == ring)
                        for (auto const specialty : specialties)
                            TRY(by_specialty(specialty, cell_of(y + dy, x + dx)));
            if (last || rows_.size() > providers_found_max * 4)
                break;
        }
        return ok();
    }

    std::vector<Row> sorted() && {
        std::sort(rows_.begin(), rows_.end(), [](Row const& a, Row const& b) {
            if (a.miles.has_value() != b.miles.has_value())
                return a.miles.has_value();
            if (a.miles && *a.miles != *b.miles)
                return *a.miles < *b.miles;
            return a.name != b.name ? a.name < b.name : a.key < b.key;
        });
        return std::move(rows_);
    }
    std::size_t size() const { return rows_.size(); }

private:
    Result<storage::Statement> prepare(std::string_view from, std::string_view where) {
        std::string sql = "select " + std::string(columns_and_filter);
        sql.replace(sql.find("{from}"), 6, from);
        sql.replace(sql.find("{where}"), 7, where);
        auto statement = TRY(database_.prepare(sql));
        statement.bind(1, std::int64_t{query_.accepting})
            .bind(2, query_.network_id.empty() ? std::string() : "," + query_.network_id + ",")
            .bind(3, query_.language.empty() ? std::string() : "," + query_.language + ",");
        return statement;
    }

    Result<void> take(storage::Statement& statement) {
        while (TRY(statement.step())) {
            if (!seen_.insert(statement.integer(0)).second)
                continue;
            Row row{statement.integer(0), {}, statement.text(3)};
            if (place_ && !statement.is_null(1))
                row.miles = miles_between(place_->latitude, place_->longitude,
                                          static_cast<double>(statement.integer(1)) / 1e6,
                                          static_cast<double>(statement.integer(2)) / 1e6);
            rows_.push_back(std::move(row));
        }
        return ok();
    }

    storage::Database& database_;
    ProviderQuery const& query_;
    std::optional<Place> place_;
    std::vector<Row> rows_;
    std::set<std::int64_t> seen_;
};

} // namespace

Result<ProvidersFound> search_providers(storage::Database& database, ProviderQuery const& query) {
    ProvidersFound found;
    std::optional<Place> place;
    if (!query.zip5.empty()) {
        place = TRY(place_of(database, query.zip5));
        found.zip_known = place.has_value();
    }
    auto const words = search_words(query.words);
    auto specialties = TRY(specialties_for(database, words));
    if (words.empty())
        specialties = {any_specialty};
    Candidates candidates(database, query, place);
    if (place) {
        TRY(candidates.near(specialties));
    } else {
        for (auto const specialty : specialties)
            if (candidates.size() < providers_found_max)
                TRY(candidates.by_specialty(specialty, {}));
    }
    if (!words.empty())
        TRY(candidates.by_name(words));

    auto const rows = std::move(candidates).sorted();
    found.found_count = std::min(rows.size(), providers_found_max);
    auto load = TRY(database.prepare("select json from provider where key = $1"));
    auto const first = static_cast<std::size_t>(std::max(0, query.offset));
    for (std::size_t i = first; i < found.found_count && i < first + static_cast<std::size_t>(query.limit);
         ++i) {
        load.bind(1, rows[i].key);
        if (TRY(load.step()))
            found.providers.push_back(
                {TRY(api::from_json<ProviderListing>(load.text(0), api::UnknownFields::Ignore)),
                 rows[i].miles});
        load.reset();
    }
    return found;
}

} // namespace portico::client
