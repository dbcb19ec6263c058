#include "central/import/import_report.h"

#include <boost/json.hpp>
#include <iomanip>
#include <ostream>
#include <system_error>

namespace portico::central {

namespace {

std::filesystem::path partial(std::filesystem::path const& file) {
    return file.string() + ".partial";
}

Error unwritable(std::filesystem::path const& file) {
    return error(ErrorKind::Unavailable, "report_unwritable", "cannot write " + file.string());
}

boost::json::object numbers(std::map<std::string, std::uint64_t> const& counts) {
    boost::json::object object;
    for (auto const& [name, count] : counts)
        object[name] = count;
    return object;
}

void print_rows(std::map<std::string, std::uint64_t> const& counts, char const* heading, std::ostream& out) {
    if (counts.empty())
        return;
    out << '\n' << heading << '\n';
    for (auto const& [name, count] : counts)
        out << "  " << std::left << std::setw(40) << name << std::right << std::setw(12) << count << '\n';
}

} // namespace

void ImportReport::add_reject(ImportReject reject) {
    ++reject_count;
    ++by_reason[reject.reason];
    if (first_rejects.size() < rejects_kept_max)
        first_rejects.push_back(std::move(reject));
}

void print_report(ImportReport const& report, std::ostream& out) {
    out << std::left << std::setw(24) << "resource" << std::right;
    for (char const* column : {"read", "added", "replaced", "unchanged", "older", "rejected"})
        out << std::setw(11) << column;
    out << '\n';
    for (auto const& [kind, counts] : report.kinds) {
        out << std::left << std::setw(24) << kind << std::right;
        for (auto const count :
             {counts.read, counts.added, counts.replaced, counts.unchanged, counts.older, counts.rejected})
            out << std::setw(11) << count;
        out << '\n';
    }
    print_rows(report.not_used, "not used by a service desk", out);
    print_rows(report.dangling, "references to something that is not there (kept as they are)", out);
    print_rows(report.by_reason, "rejects by reason", out);
    if (!report.first_rejects.empty()) {
        out << "\nrejects";
        if (report.reject_count > report.first_rejects.size())
            out << " (the first " << report.first_rejects.size() << " of " << report.reject_count
                << "; --report FILE lists all)";
        out << '\n';
        for (auto const& each : report.first_rejects)
            out << "  " << each.file << ':' << each.line << "  " << each.resource << "  " << each.reason
                << ": " << each.message << '\n';
    }
    out << '\n'
        << report.amounts << " amounts, " << report.amounts_not_whole_cents
        << " of them not whole cents (kept exactly; shown rounded half to even)\n"
        << report.files << " files, " << report.bytes << " bytes, " << report.reject_count << " rejects, "
        << std::fixed << std::setprecision(1) << report.seconds << " s\n";
}

Result<ReportFile> ReportFile::create(std::filesystem::path const& file) {
    ReportFile report(file);
    report.out_.open(partial(file), std::ios::trunc);
    report.out_ << "{\"rejects\":[";
    if (!report.out_)
        return unwritable(file);
    return report;
}

void ReportFile::add(ImportReject const& reject) {
    boost::json::object object;
    object["file"] = reject.file;
    object["line"] = reject.line;
    object["resource"] = reject.resource;
    object["reason"] = reject.reason;
    object["message"] = reject.message;
    out_ << (any_ ? ",\n" : "\n") << boost::json::serialize(object);
    any_ = true;
}

Result<void> ReportFile::finish(ImportReport const& report) {
    boost::json::object kinds;
    for (auto const& [kind, counts] : report.kinds)
        kinds[kind] = {{"read", counts.read},         {"added", counts.added},
                       {"replaced", counts.replaced}, {"unchanged", counts.unchanged},
                       {"older", counts.older},       {"rejected", counts.rejected}};
    boost::json::object rest;
    rest["files"] = report.files;
    rest["bytes"] = report.bytes;
    rest["resources"] = kinds;
    rest["not_used"] = numbers(report.not_used);
    rest["reject_count"] = report.reject_count;
    rest["rejects_by_reason"] = numbers(report.by_reason);
    rest["dangling_references"] = numbers(report.dangling);
    rest["amounts"] = report.amounts;
    rest["amounts_not_whole_cents"] = report.amounts_not_whole_cents;
    rest["seconds"] = report.seconds;
    // The rest without its opening brace follows the list of rejects.
    out_ << "\n]," << boost::json::serialize(rest).substr(1) << '\n';
    out_.close();
    std::error_code failed;
    if (out_)
        std::filesystem::rename(partial(file_), file_, failed);
    if (!out_ || failed)
        return unwritable(file_);
    return ok();
}

} // namespace portico::central
