#pragma once

#include "central/import/command_line.h"
#include "central/import/import_run.h"
#include "central/plan/plan_data.h"
#include "shared/storage/database.h"
#include "tests/central/store_of_test.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace portico::test {

/// A data folder with keys and an empty store, and a place for inputs.
struct ImportBench {
    explicit ImportBench(bool own_keys = true) {
        std::filesystem::create_directories(data());
        std::filesystem::create_directories(inputs());
        if (own_keys)
            central::Vault::create(data()).value();
    }

    std::filesystem::path data() const { return folder.path / "data"; }
    central::DataPlace place() const { return {data(), scratch.server_address()}; }
    std::filesystem::path inputs() const { return folder.path / "in"; }

    std::string write(std::string const& name, std::string const& text) const {
        auto const path = inputs() / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return path.string();
    }

    central::OpenedData& opened() {
        if (!opened_)
            opened_ = std::make_unique<central::OpenedData>(central::open_data(place()).value());
        return *opened_;
    }
    void close() { opened_.reset(); }

    central::ImportReport import(std::vector<std::string> const& paths, std::size_t rows = 4000) {
        central::ImportOptions options;
        options.transaction_row_count_max = rows;
        return central::run_import(*opened().store, opened().vault, central::source_files(paths).value(),
                                   options)
            .value();
    }
    /// Imports one file of this text.
    central::ImportReport import_text(std::string const& name, std::string const& text) {
        return import({write(name, text)});
    }

    /// Every row of every table of the plan's data, as text; `sealed` also what is sealed (which differs from
    /// one sealing to the next).
    std::string dump(bool sealed) {
        struct Table {
            char const* name;
            char const* columns;
        };
        static constexpr Table plain[] = {
            {"plan_member", "hex(record_key), updated_us, version_number, hex(content_hash)"},
            {"plan_member_index", "hex(member_key), hex(source_key), hex(index_key)"},
            {"plan_coverage",
             "hex(member_key), hex(record_key), updated_us, version_number, hex(content_hash)"},
            {"plan_eob", "hex(member_key), hex(record_key), updated_us, version_number, hex(content_hash)"},
            {"plan_part", "kind, record_key, lookup, body, updated_us, version_number"},
            {"plan_formulary_item", "record_key, formulary, drug, tier, active, updated_us"},
            {"plan_superseded", "record_kind, hex(record_key), hex(content_hash)"},
            {"plan_published", "kind, id, feed_position, removed, body"},
            {"plan_listing_specialty", "specialty, zip5, listing"},
        };
        static constexpr Table also_sealed[] = {
            {"plan_member", "hex(sealed)"},
            {"plan_coverage", "hex(sealed)"},
            {"plan_eob", "hex(sealed), hex(summary)"},
            {"plan_state", "name, value"},
        };
        std::string text;
        for (auto const& table : plain)
            text += rows(table.name, table.columns);
        if (sealed)
            for (auto const& table : also_sealed)
                text += rows(table.name, table.columns);
        return text;
    }

    std::int64_t count(std::string const& table) {
        return opened()
            .store
            ->read<std::int64_t>([&](storage::Database& database) -> Result<std::int64_t> {
                auto query = TRY(database.prepare("SELECT count(*) FROM " + table));
                TRY(query.step());
                return query.integer(0);
            })
            .value();
    }

    ScratchFolder folder;
    ScratchDatabase scratch;

private:
    /// "hex(...)" is SQLite's.
    static std::string as_text_on(StoreEngine engine, std::string const& column) {
        if (engine == StoreEngine::Sqlite || column.compare(0, 4, "hex(") != 0)
            return column;
        return "encode(" + column.substr(4, column.size() - 5) + ", 'hex')";
    }

    std::string rows(std::string const& table, std::string const& columns) {
        return opened()
            .store
            ->read<std::string>([&](storage::Database& database) -> Result<std::string> {
                std::string text = table + "\n";
                // Rows in an order of their own: by all columns as one text.
                std::string joined;
                for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 2) {
                    end = columns.find(", ", at);
                    joined += (joined.empty() ? "" : " || '|' || ") +
                              as_text_on(scratch.engine(), columns.substr(at, end - at));
                    if (end == std::string::npos)
                        break;
                }
                auto query =
                    TRY(database.prepare("SELECT " + joined + " AS line FROM " + table + " ORDER BY line"));
                while (TRY(query.step()))
                    text += query.text(0) + "\n";
                return text;
            })
            .value();
    }

    std::unique_ptr<central::OpenedData> opened_;
};

/// Resources of obviously made-up people, as NDJSON lines.
inline std::string patient_line(std::string const& id, std::string const& family = "Sample",
                                std::string const& meta = "") {
    return R"({"resourceType":"Patient","id":")" + id + "\"" + (meta.empty() ? "" : ",\"meta\":" + meta) +
           R"(,"identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MB"}]},"value":"M-)" +
           id + R"("}],"name":[{"family":")" + family + R"(","given":["Alex"]}],"birthDate":"1980-02-03"})";
}

inline std::string amount_entry(std::string const& code, std::string const& value) {
    return R"({"category":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/adjudication","code":")" +
           code + R"("}]},"amount":{"value":)" + value + R"(,"currency":"USD"}})";
}

/// An EOB with one line and one total of what was submitted; `more` is further members, each after a comma.
inline std::string eob_line(std::string const& id, std::string const& patient,
                            std::string const& submitted = "100.00", std::string const& meta = "",
                            std::string const& more = "") {
    return R"({"resourceType":"ExplanationOfBenefit","id":")" + id + "\"" +
           (meta.empty() ? "" : ",\"meta\":" + meta) +
           R"(,"status":"active","use":"claim","outcome":"complete","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/claim-type","code":"professional"}]},"patient":{"reference":"Patient/)" +
           patient +
           R"("},"created":"2026-03-02","billablePeriod":{"start":"2026-03-01"},"provider":{"display":"Testville Clinic"},"item":[{"sequence":1,"adjudication":[)" +
           amount_entry("submitted", submitted) + R"(]}],"total":[)" + amount_entry("submitted", submitted) +
           "]" + more + "}";
}

} // namespace portico::test
