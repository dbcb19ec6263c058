#include "shared/documents/drawing/pdf_access.h"

#include <algorithm>
#include <memory>
#include <qpdf/qpdf-c.h>
#include <string_view>

namespace portico::documents {

namespace {

struct QpdfDelete {
    void operator()(_qpdf_data* data) const { qpdf_cleanup(&data); }
};

/// A document in qpdf's hands. Its C interface: clang 14 cannot read the C++ one in C++20.
class Document {
public:
    using Element = qpdf_oh;

    Document() : data_(qpdf_init()) {
        qpdf_silence_errors(data_.get());
        qpdf_set_suppress_warnings(data_.get(), QPDF_TRUE);
    }

    Result<void> read(Bytes const& pdf) {
        return checked(qpdf_read_memory(data_.get(), "document", reinterpret_cast<char const*>(pdf.data()),
                                        pdf.size(), nullptr));
    }

    void state(std::string const& language) {
        auto const catalog = qpdf_get_root(data_.get());
        set(catalog, "/Lang", words(language));
        auto const preferences = qpdf_oh_new_dictionary(data_.get());
        set(preferences, "/DisplayDocTitle", qpdf_oh_new_bool(data_.get(), QPDF_TRUE));
        set(catalog, "/ViewerPreferences", preferences);
    }

    /// Walks the elements in reading order; marks the headings of tables and gives the figures.
    std::vector<Element> walk() {
        std::vector<Element> figures;
        std::vector<Element> open{key(qpdf_get_root(data_.get()), "/StructTreeRoot")};
        while (!open.empty()) {
            auto const element = open.back();
            open.pop_back();
            auto const name = kind(element);
            if (name == "/Figure")
                figures.push_back(element);
            else if (name == "/TR")
                mark_headings(element);
            auto const inside = children(element);
            open.insert(open.end(), inside.rbegin(), inside.rend());
        }
        return figures;
    }

    void say(Element figure, std::string const& text) { set(figure, "/Alt", words(text)); }

    Result<Bytes> write() {
        TRY(checked(qpdf_init_write_memory(data_.get())));
        qpdf_set_deterministic_ID(data_.get(), QPDF_TRUE);
        qpdf_set_stream_data_mode(data_.get(), qpdf_s_preserve);
        qpdf_set_object_stream_mode(data_.get(), qpdf_o_generate);
        TRY(checked(qpdf_write(data_.get())));
        auto const* begin = qpdf_get_buffer(data_.get());
        return Bytes(begin, begin + qpdf_get_buffer_length(data_.get()));
    }

private:
    Result<void> checked(QPDF_ERROR_CODE code) {
        if ((code & QPDF_ERRORS) == 0)
            return ok();
        return error(ErrorKind::Internal, "pdf_failed",
                     qpdf_get_error_full_text(data_.get(), qpdf_get_error(data_.get())));
    }
    Element key(Element element, char const* name) {
        return qpdf_oh_is_dictionary(data_.get(), element) != 0 ? qpdf_oh_get_key(data_.get(), element, name)
                                                                : qpdf_oh_new_null(data_.get());
    }
    void set(Element element, char const* name, Element value) {
        qpdf_oh_replace_key(data_.get(), element, name, value);
    }
    Element words(std::string const& text) { return qpdf_oh_new_unicode_string(data_.get(), text.c_str()); }

    std::string kind(Element element) {
        auto const name = key(element, "/S");
        return qpdf_oh_is_name(data_.get(), name) != 0 ? qpdf_oh_get_name(data_.get(), name) : "";
    }
    /// Numbers among the kids name content on a page; only elements are of interest.
    std::vector<Element> children(Element element) {
        auto const kids = key(element, "/K");
        std::vector<Element> all{kids};
        if (qpdf_oh_is_array(data_.get(), kids) != 0) {
            all.clear();
            for (int at = 0; at < qpdf_oh_get_array_n_items(data_.get(), kids); ++at)
                all.push_back(qpdf_oh_get_array_item(data_.get(), kids, at));
        }
        std::erase_if(all, [&](Element kid) { return qpdf_oh_is_dictionary(data_.get(), kid) == 0; });
        return all;
    }
    /// A heading among data names its row; in a row of headings each names its column.
    void mark_headings(Element row) {
        auto const cells = children(row);
        bool const has_data =
            std::any_of(cells.begin(), cells.end(), [&](Element cell) { return kind(cell) == "/TD"; });
        for (auto const cell : cells) {
            if (kind(cell) != "/TH")
                continue;
            auto const attributes = qpdf_oh_new_dictionary(data_.get());
            set(attributes, "/O", qpdf_oh_new_name(data_.get(), "/Table"));
            set(attributes, "/Scope", qpdf_oh_new_name(data_.get(), has_data ? "/Row" : "/Column"));
            set(cell, "/A", attributes);
        }
    }

    std::unique_ptr<_qpdf_data, QpdfDelete> data_;
};

} // namespace

Result<Bytes> with_access(Bytes const& pdf, PdfAccess const& access) {
    Document document;
    TRY(document.read(pdf));
    document.state(access.language);
    auto const figures = document.walk();
    if (figures.size() != access.figure_words.size())
        return error(ErrorKind::Internal, "pdf_failed",
                     std::to_string(figures.size()) + " figures, words for " +
                         std::to_string(access.figure_words.size()));
    for (std::size_t at = 0; at < figures.size(); ++at)
        document.say(figures[at], access.figure_words[at]);
    return document.write();
}

} // namespace portico::documents
