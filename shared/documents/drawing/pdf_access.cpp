// qpdf asks whether its old pointer type is still in use; it is not.
#define POINTERHOLDER_TRANSITION 4

#include "shared/documents/drawing/pdf_access.h"

#include <algorithm>
#include <exception>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

namespace portico::documents {

namespace {

using Object = QPDFObjectHandle;

std::vector<Object> children(Object element) {
    auto kids = element.getKey("/K");
    std::vector<Object> out;
    if (kids.isArray())
        out = kids.getArrayAsVector();
    else if (kids.isDictionary())
        out.push_back(kids);
    // Numbers name content on a page; only elements are of interest.
    std::erase_if(out, [](Object& kid) { return !kid.isDictionary(); });
    return out;
}

std::string kind(Object element) {
    auto name = element.getKey("/S");
    return name.isName() ? name.getName() : std::string();
}

/// A heading among data names its row; in a row of headings each names its column.
void mark_headings(Object row) {
    auto cells = children(row);
    bool const has_data =
        std::any_of(cells.begin(), cells.end(), [](Object const& cell) { return kind(cell) == "/TD"; });
    for (auto& cell : cells) {
        if (kind(cell) != "/TH")
            continue;
        auto attributes = Object::newDictionary();
        attributes.replaceKey("/O", Object::newName("/Table"));
        attributes.replaceKey("/Scope", Object::newName(has_data ? "/Row" : "/Column"));
        cell.replaceKey("/A", attributes);
    }
}

/// Walks the elements in reading order; gives the figures.
std::vector<Object> mark_elements(Object root) {
    std::vector<Object> figures;
    std::vector<Object> open{std::move(root)};
    while (!open.empty()) {
        auto element = open.back();
        open.pop_back();
        auto const name = kind(element);
        if (name == "/Figure")
            figures.push_back(element);
        else if (name == "/TR")
            mark_headings(element);
        auto inside = children(element);
        open.insert(open.end(), inside.rbegin(), inside.rend());
    }
    return figures;
}

Bytes rewrite(Bytes const& pdf, PdfAccess const& access) {
    QPDF document;
    document.setSuppressWarnings(true);
    document.processMemoryFile("document", reinterpret_cast<char const*>(pdf.data()), pdf.size());
    auto catalog = document.getRoot();
    catalog.replaceKey("/Lang", Object::newUnicodeString(access.language));
    auto preferences = Object::newDictionary();
    preferences.replaceKey("/DisplayDocTitle", Object::newBool(true));
    catalog.replaceKey("/ViewerPreferences", preferences);
    auto tree = catalog.getKey("/StructTreeRoot");
    auto figures = tree.isDictionary() ? mark_elements(tree) : std::vector<Object>();
    if (figures.size() != access.figure_words.size())
        throw std::runtime_error(std::to_string(figures.size()) + " figures, words for " +
                                 std::to_string(access.figure_words.size()));
    for (std::size_t at = 0; at < figures.size(); ++at)
        figures[at].replaceKey("/Alt", Object::newUnicodeString(access.figure_words[at]));

    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    auto const written = writer.getBufferSharedPointer();
    return {written->getBuffer(), written->getBuffer() + written->getSize()};
}

} // namespace

Result<Bytes> with_access(Bytes const& pdf, PdfAccess const& access) {
    // qpdf tells of errors by exceptions; they end here.
    try {
        return rewrite(pdf, access);
    } catch (std::exception const& failure) {
        return error(ErrorKind::Internal, "pdf_failed", failure.what());
    }
}

} // namespace portico::documents
