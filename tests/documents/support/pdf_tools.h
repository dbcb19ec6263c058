#pragma once

#include "shared/base/encoding.h"

#include <filesystem>
#include <string>
#include <vector>

namespace portico::documents::test {

/// A page as another program draws it, 8-bit grey.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> grey;
    std::uint8_t at(int x, int y) const {
        return grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                    static_cast<std::size_t>(x)];
    }
};

/// A PDF in a folder of its own, read by poppler's programs; the folder goes with it. With
/// PORTICO_DOCUMENTS_OUT set, a copy called `name` stays there for the eye.
class PdfFile {
public:
    PdfFile(Bytes const& pdf, std::string const& name);
    ~PdfFile();
    PdfFile(PdfFile const&) = delete;
    PdfFile& operator=(PdfFile const&) = delete;

    /// pdfinfo's line "Pages:", "Tagged:"...
    std::string information(std::string const& field) const;
    /// pdfinfo -struct-text.
    std::string structure() const;
    /// pdfinfo -struct: the elements with their attributes.
    std::string attributes() const;
    /// What qpdf --check finds wrong; nothing when all is well.
    std::string faults() const;
    /// The objects as plain text (qpdf --qdf).
    std::string objects() const;
    /// pdftotext in the order drawn, which is the order read, blanks and line ends as one blank each.
    std::string text(int page = 0) const;
    /// pdftotext in the order it makes out by itself, without marks of direction: of Arabic, what is read. It
    /// takes the two letters of a joined lam-alef in the wrong order, and marks over letters too.
    std::string arabic_text(int page = 0) const;
    /// pdftotext -bbox: the words of a page and where they stand, in points from the top left.
    struct Word {
        std::string text;
        double left = 0, right = 0, top = 0;
    };
    std::vector<Word> words(int page) const;
    /// pdftoppm. `page` from 1.
    Picture picture(int page, int dots_per_inch) const;

private:
    std::string run(std::string const& command) const;
    std::filesystem::path folder_;
};

std::string one_line(std::string const& text);

/// What zxing-cpp reads in the picture; one text for each symbol of that format.
enum class SymbolKind : std::uint8_t { Pdf417, QrCode };
std::vector<std::string> decode(Picture const& picture, SymbolKind kind);

/// The ink's bounding box in pixels, left, top, right, bottom (inclusive); all -1 when the page is empty.
struct Ink {
    int left = -1, top = -1, right = -1, bottom = -1;
};
/// `from_row`: rows above it are left out.
Ink ink(Picture const& picture, int from_row = 0);

} // namespace portico::documents::test
