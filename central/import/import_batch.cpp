#include "central/import/import_batch.h"

#include "central/import/fhir/convert.h"

#include <utility>

namespace portico::central {

namespace {

/// A Bundle within a Bundle within...
constexpr int bundle_depth_max = 4;

std::string label(JsonNode resource) {
    std::string out(resource["resourceType"].text().substr(0, 64));
    if (auto const id = resource["id"].text(); !id.empty())
        out += "/" + std::string(id.substr(0, 64));
    return out;
}

/// The type of a piece that does not parse, from its text; empty when it cannot be seen.
std::string type_by_text(std::string_view text) {
    static constexpr std::string_view key = "\"resourceType\"";
    auto at = text.find(key);
    if (at == std::string_view::npos)
        return {};
    at = text.find('"', at + key.size());
    if (at == std::string_view::npos)
        return {};
    std::string out;
    for (++at; at < text.size() && out.size() < 64; ++at) {
        char const c = text[at];
        if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z'))
            break;
        out.push_back(c);
    }
    return out;
}

bool is_export_manifest(JsonNode node) {
    return !node["resourceType"].exists() && node["transactionTime"].exists() && node["output"].is_array();
}

/// What `portico-central sample` writes beside its resources.
bool is_sample_list(JsonNode node) {
    return !node["resourceType"].exists() && node["planted"].is_array();
}

} // namespace

ConvertedBatch BatchConverter::convert(ImportBatch batch) {
    ConvertedBatch out;
    out.source_bytes = batch.bytes;
    out.rejects = std::move(batch.rejects);
    for (auto& piece : batch.pieces)
        convert_piece(piece, out);
    return out;
}

void BatchConverter::reject(ImportBatch::Piece const& piece, std::string resource, Error const& why,
                            ConvertedBatch& out) {
    out.rejected_kinds.push_back(resource.substr(0, resource.find('/')));
    out.rejects.push_back({piece.file, piece.resource.line, std::move(resource), why.reason, why.message});
}

void BatchConverter::convert_piece(ImportBatch::Piece& piece, ConvertedBatch& out) {
    using Problem = SplitResource::Problem;
    if (piece.resource.problem == Problem::TooLarge) {
        reject(piece, type_by_text(piece.resource.text),
               error(ErrorKind::InvalidInput, "resource_too_large", "a resource may have 16 MiB"), out);
        return;
    }
    auto parsed = tree_.parse(piece.resource.text);
    if (parsed.has_error()) {
        auto why = parsed.error();
        if (piece.resource.problem == Problem::Cut && why.reason == "json_invalid")
            why = error(ErrorKind::InvalidInput, "cut_off", "the input ends inside the resource");
        reject(piece, type_by_text(piece.resource.text), why, out);
        return;
    }
    convert_resource(parsed.value(), piece, 0, out);
}

void BatchConverter::convert_resource(JsonNode resource, ImportBatch::Piece const& piece, int bundle_depth,
                                      ConvertedBatch& out) {
    auto const type = resource["resourceType"].text();
    if (type == "Bundle") {
        if (bundle_depth >= bundle_depth_max) {
            reject(piece, label(resource),
                   error(ErrorKind::InvalidInput, "nesting_too_deep", "Bundles nested too deeply"), out);
            return;
        }
        for (auto const entry : resource["entry"])
            if (entry["resource"].exists())
                convert_resource(entry["resource"], piece, bundle_depth + 1, out);
        return;
    }
    if (is_export_manifest(resource)) {
        ++out.not_used["bulk export manifest"];
        return;
    }
    if (is_sample_list(resource)) {
        ++out.not_used["list of planted discrepancies"];
        return;
    }
    auto converted = fhir::convert(resource);
    if (converted.has_error()) {
        reject(piece, label(resource), converted.error(), out);
        return;
    }
    if (!converted.value()) {
        ++out.not_used[std::string(type.substr(0, 64))];
        return;
    }
    if (auto const* eob = std::get_if<EobRecord>(&converted.value()->body)) {
        out.amounts += static_cast<std::uint64_t>(eob->amount_count);
        out.amounts_not_whole_cents += static_cast<std::uint64_t>(eob->amounts_not_whole_cents);
    }
    out.rows.push_back(
        {std::string(type), prepare(converted.value()->body, converted.value()->version, vault_)});
}

} // namespace portico::central
