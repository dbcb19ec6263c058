#include "kiosk/bench_panel/printed_card.h"

#include <cstdio>
#include <memory>
#include <vector>

namespace portico::kiosk::bench_panel {

namespace {

std::filesystem::path last_card(std::filesystem::path const& folder) {
    std::filesystem::path last;
    std::filesystem::file_time_type newest{};
    std::error_code failure;
    for (auto const& entry : std::filesystem::directory_iterator(folder, failure)) {
        auto const& path = entry.path();
        if (path.extension() != ".pdf" || !path.filename().string().starts_with("card"))
            continue;
        if (auto const written = entry.last_write_time(failure); last.empty() || written > newest) {
            last = path;
            newest = written;
        }
    }
    return last;
}

/// A path as one word of the shell.
std::string shell_word(std::filesystem::path const& path) {
    std::string out = "'";
    for (char const c : path.string())
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string output_of(std::string const& command) {
    struct Close {
        void operator()(std::FILE* file) const { ::pclose(file); }
    };
    // NOLINTNEXTLINE(cert-env33-c): a bench tool; every word but the quoted path is ours.
    std::unique_ptr<std::FILE, Close> const pipe(::popen(command.c_str(), "r"));
    std::string out;
    std::vector<char> buffer(4096);
    while (pipe) {
        auto const got = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
        if (got == 0)
            break;
        out.append(buffer.data(), got);
    }
    return out;
}

} // namespace

Result<std::string> read_last_card(std::filesystem::path const& folder) {
    auto const card = last_card(folder);
    if (card.empty())
        return error(ErrorKind::NotFound, "no_card_printed",
                     "No card was printed yet. Print one at the kiosk first.");
    auto const picture = card.parent_path() / "scanned";
    // The barcode is on the back, the second page.
    auto const seen = output_of("pdftoppm -r 300 -f 2 -l 2 -singlefile -png " + shell_word(card) + " " +
                                shell_word(picture) + " && ZXingReader -format PDF417 " +
                                shell_word(picture.string() + ".png"));
    std::error_code failure;
    std::filesystem::remove(picture.string() + ".png", failure);
    auto const text = seen.find("Text:");
    auto const begin = text == std::string::npos ? text : seen.find('"', text);
    auto const end = begin == std::string::npos ? begin : seen.find('"', begin + 1);
    if (end == std::string::npos)
        return error(ErrorKind::Unavailable, "card_unreadable",
                     "The printed card could not be read: pdftoppm and ZXingReader are needed.");
    return seen.substr(begin + 1, end - begin - 1);
}

} // namespace portico::kiosk::bench_panel
