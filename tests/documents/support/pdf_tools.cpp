#include "tests/documents/support/pdf_tools.h"

#include "shared/base/language.h"
#include "shared/base/uuid.h"
#include "tests/support/catch.h"

#include <ZXing/ReadBarcode.h>
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <regex>
#include <sstream>

namespace portico::documents::test {

namespace {

// zxing-cpp 1.4 (Debian 12) gives wide text, 2 (Debian 13) UTF-8.
[[maybe_unused]] std::string utf8(std::string text) {
    return text;
}
[[maybe_unused]] std::string utf8(std::wstring const& text) {
    std::string out;
    for (auto const letter : text) {
        auto const code = static_cast<std::uint32_t>(letter);
        if (code < 0x80) {
            out += static_cast<char>(code);
            continue;
        }
        int const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        constexpr std::array lead{0x00U, 0xC0U, 0xE0U, 0xF0U};
        out += static_cast<char>(lead.at(static_cast<std::size_t>(more)) |
                                 (code >> (6U * static_cast<unsigned>(more))));
        for (int at = more - 1; at >= 0; --at)
            out += static_cast<char>(0x80U | ((code >> (6U * static_cast<unsigned>(at))) & 0x3FU));
    }
    return out;
}

} // namespace

PdfFile::PdfFile(Bytes const& pdf, std::string const& name)
    : folder_(std::filesystem::temp_directory_path() / ("portico-doc-" + to_hex(random_bytes(8)))) {
    std::filesystem::create_directories(folder_);
    auto const write = [&](std::filesystem::path const& path) {
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<char const*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
    };
    write(folder_ / "document.pdf");
    if (auto const* keep = std::getenv("PORTICO_DOCUMENTS_OUT"); keep != nullptr)
        write(std::filesystem::path(keep) / (name + ".pdf"));
}

PdfFile::~PdfFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string PdfFile::run(std::string const& command) const {
    auto const line = "cd '" + folder_.string() + "' && " + command;
    std::unique_ptr<FILE, int (*)(FILE*)> const pipe(popen(line.c_str(), "r"), &pclose);
    REQUIRE(pipe);
    std::string out;
    std::array<char, 65536> part{};
    for (std::size_t got = 0; (got = std::fread(part.data(), 1, part.size(), pipe.get())) > 0;)
        out.append(part.data(), got);
    return out;
}

std::string PdfFile::information(std::string const& field) const {
    std::istringstream lines(run("pdfinfo document.pdf"));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(field + ":"))
            return one_line(line.substr(field.size() + 1));
    return {};
}

std::string PdfFile::attributes() const {
    return run("pdfinfo -struct document.pdf");
}

std::string PdfFile::faults() const {
    return run("qpdf --check document.pdf > check 2>&1 || cat check");
}

std::string PdfFile::objects() const {
    return run("qpdf --qdf --object-streams=disable document.pdf -");
}

std::string PdfFile::structure() const {
    return run("pdfinfo -struct-text document.pdf");
}

std::string PdfFile::text(int page) const {
    auto const pages =
        page == 0 ? std::string() : "-f " + std::to_string(page) + " -l " + std::to_string(page);
    return one_line(run("pdftotext -raw " + pages + " document.pdf -"));
}

std::string PdfFile::arabic_text(int page) const {
    auto const pages =
        page == 0 ? std::string() : "-f " + std::to_string(page) + " -l " + std::to_string(page);
    return one_line(without_direction_marks(run("pdftotext " + pages + " document.pdf -")));
}

std::vector<PdfFile::Word> PdfFile::words(int page) const {
    auto const number = std::to_string(page);
    auto const boxes = run("pdftotext -bbox -f " + number + " -l " + number + " document.pdf -");
    std::regex const one(
        R"re(<word xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)" [^>]*>([^<]*)</word>)re");
    std::vector<Word> out;
    for (std::sregex_iterator it(boxes.begin(), boxes.end(), one), end; it != end; ++it)
        out.push_back({without_direction_marks((*it)[4].str()), std::stod((*it)[1]), std::stod((*it)[3]),
                       std::stod((*it)[2])});
    return out;
}

Picture PdfFile::picture(int page, int dots_per_inch) const {
    auto const number = std::to_string(page);
    auto const pgm = run("pdftoppm -gray -r " + std::to_string(dots_per_inch) + " -f " + number + " -l " +
                         number + " document.pdf");
    std::istringstream in(pgm);
    std::string magic;
    Picture out;
    int greatest = 0;
    in >> magic >> out.width >> out.height >> greatest;
    REQUIRE(magic == "P5");
    REQUIRE(greatest == 255);
    in.get();
    out.grey.resize(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
    in.read(reinterpret_cast<char*>(out.grey.data()), static_cast<std::streamsize>(out.grey.size()));
    REQUIRE(in.gcount() == static_cast<std::streamsize>(out.grey.size()));
    return out;
}

std::string one_line(std::string const& text) {
    std::string out;
    std::istringstream words(text);
    for (std::string word; words >> word;)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

std::vector<std::string> decode(Picture const& picture, SymbolKind kind) {
    ZXing::DecodeHints hints;
    hints.setFormats(kind == SymbolKind::Pdf417 ? ZXing::BarcodeFormat::PDF417
                                                : ZXing::BarcodeFormat::QRCode);
    auto const found = ZXing::ReadBarcodes(
        {picture.grey.data(), picture.width, picture.height, ZXing::ImageFormat::Lum}, hints);
    std::vector<std::string> out;
    for (auto const& each : found)
        if (each.isValid())
            out.push_back(utf8(each.text()));
    return out;
}

Ink ink(Picture const& picture, int from_row) {
    constexpr std::uint8_t light = 250;
    Ink out;
    for (int y = from_row; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) {
            if (picture.at(x, y) >= light)
                continue;
            if (out.top < 0)
                out = {x, y, x, y};
            out.left = std::min(out.left, x);
            out.right = std::max(out.right, x);
            out.bottom = y;
        }
    return out;
}

} // namespace portico::documents::test
