#pragma once

#include "central/import/import_report.h"
#include "central/import/json_tree.h"
#include "central/import/resource_splitter.h"
#include "central/plan/prepared_record.h"
#include "central/store/vault.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portico::central {

/// Pieces of input that travel together. Numbered in the order of the input, and written in it, whatever
/// worker finishes first.
struct ImportBatch {
    std::uint64_t number = 0;
    struct Piece {
        std::string file;
        SplitResource resource;
    };
    std::vector<Piece> pieces;
    std::vector<ImportReject> rejects; ///< about files as a whole
    std::size_t bytes = 0;
};

/// What a worker made of a batch.
struct ConvertedBatch {
    struct Row {
        std::string kind; ///< resource type
        PreparedRecord record;
    };
    std::vector<Row> rows;
    std::vector<ImportReject> rejects;
    std::vector<std::string> rejected_kinds; ///< resource type of each reject that has one we use
    std::map<std::string, std::uint64_t> not_used;
    std::uint64_t amounts = 0;
    std::uint64_t amounts_not_whole_cents = 0;
    std::size_t source_bytes = 0;
};

/// Parses, converts, encodes and seals. One per worker thread.
class BatchConverter {
public:
    explicit BatchConverter(Vault const& vault) : vault_(vault) {}
    ConvertedBatch convert(ImportBatch batch);

private:
    void convert_piece(ImportBatch::Piece& piece, ConvertedBatch& out);
    void convert_resource(JsonNode resource, ImportBatch::Piece const& piece, int bundle_depth,
                          ConvertedBatch& out);
    void reject(ImportBatch::Piece const& piece, std::string resource, Error const& why, ConvertedBatch& out);

    Vault const& vault_;
    JsonTree tree_;
};

} // namespace portico::central
