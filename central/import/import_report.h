#pragma once

#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace portico::central {

/// Something in an input that could not be used.
struct ImportReject {
    std::string file;
    std::uint64_t line = 0; ///< where the resource begins, from 1; 0 for the file as a whole
    std::string resource;   ///< "Type/id" as far as it is known
    std::string reason;     ///< snake_case
    std::string message;
};

/// What became of the resources of one type.
struct ImportCounts {
    std::uint64_t read = 0;
    std::uint64_t added = 0;
    std::uint64_t replaced = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t older = 0; ///< a later version stands
    std::uint64_t rejected = 0;
};

/// What an import did.
struct ImportReport {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;                        ///< of the files as they are, packed or not
    std::map<std::string, ImportCounts> kinds;      ///< by resource type
    std::map<std::string, std::uint64_t> not_used;  ///< resources of types a desk has no use for
    std::map<std::string, std::uint64_t> by_reason; ///< rejects
    std::uint64_t amounts = 0;
    std::uint64_t amounts_not_whole_cents = 0;
    std::map<std::string, std::uint64_t> dangling; ///< references to what is not there, after the import
    std::uint64_t reject_count = 0;
    std::vector<ImportReject> first_rejects; ///< at most `rejects_kept_max`
    double seconds = 0;

    static constexpr std::size_t rejects_kept_max = 50;
    void add_reject(ImportReject reject);
};

/// The table for the terminal.
void print_report(ImportReport const& report, std::ostream& out);

/// Writes the report as JSON: every reject at once as it comes, so that their number does not matter, then
/// the counts. The file is complete or absent.
class ReportFile {
public:
    /// Errors: Unavailable "report_unwritable".
    static Result<ReportFile> create(std::filesystem::path const& file);
    void add(ImportReject const& reject);
    Result<void> finish(ImportReport const& report);

private:
    explicit ReportFile(std::filesystem::path file) : file_(std::move(file)) {}
    std::filesystem::path file_;
    std::ofstream out_;
    bool any_ = false;
};

} // namespace portico::central
