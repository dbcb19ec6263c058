#pragma once

#include "central/import/import_report.h"
#include "central/import/source_files.h"
#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/base/result.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace portico::central {

struct ImportProgress {
    std::uint64_t bytes_done = 0;
    std::uint64_t bytes_total = 0;
    std::uint64_t resources = 0;
};

struct ImportOptions {
    /// Records in one transaction. Each is durable when the next begins; a bench may want more of them.
    std::size_t transaction_row_count_max = 4000;
    unsigned worker_count = 0;                           ///< 0: as many as the machine has cores
    std::function<void(ImportProgress const&)> progress; ///< from one thread, a few times a second at most
    std::function<void(ImportReject const&)> on_reject;  ///< from one thread
};

/// Reads the files into the store: one thread splits them, workers parse, convert and seal, one writes in the
/// order of the input. Memory is bounded whatever the input. Every batch is durable when written; after an
/// interruption the same import again does the rest. Ends with the directory and the plans published.
/// Errors: those of the store; what is wrong with the input is in the report.
Result<ImportReport> run_import(Store& store, Vault const& vault, std::vector<SourceFile> const& files,
                                ImportOptions const& options);

} // namespace portico::central
