#include "tests/support/catch.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

std::string contents(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string const& all_tests() {
    static std::string const text = [] {
        std::string all;
        for (auto const& entry : fs::recursive_directory_iterator(PORTICO_SOURCE_DIR "/tests"))
            if (entry.path().extension() == ".cpp")
                all += contents(entry.path());
        return all;
    }();
    return text;
}

/// What stands between backquotes: the name of a test ("group: what it shows", perhaps cut off with " ..."),
/// of a group ("group: ..."), of a fuzz target, or of a file.
std::vector<std::string> quoted(std::string const& text) {
    std::vector<std::string> found;
    std::regex const quote("`([^`]+)`");
    for (auto at = std::sregex_iterator(text.begin(), text.end(), quote); at != std::sregex_iterator(); ++at)
        found.push_back((*at)[1]);
    return found;
}

bool is_there(std::string name) {
    if (auto const cut = name.find(" ..."); cut != std::string::npos)
        name.erase(cut);
    if (name.find(": ") != std::string::npos || (!name.empty() && name.back() == ':'))
        return all_tests().find("\"" + name) != std::string::npos;
    if (name.rfind("fuzz.", 0) == 0)
        return name == "fuzz.*" || fs::exists(PORTICO_SOURCE_DIR "/tests/fuzz/" + name.substr(5) + ".cpp");
    return name.find('/') == std::string::npos || fs::exists(PORTICO_SOURCE_DIR "/" + name);
}

} // namespace

TEST_CASE("security table: each test that docs/security.md names is there") {
    CHECK_FALSE(is_there(std::string("memory: what nobody ") + "has written ...")); // else it stands here
    CHECK_FALSE(is_there("fuzz.nothing_fuzz"));
    auto const table = contents(PORTICO_SOURCE_DIR "/docs/security.md");
    auto const rows = table.substr(table.find("## "));
    auto const names = quoted(rows);
    REQUIRE(names.size() > 40);
    for (auto const& name : names) {
        INFO(name);
        CHECK(is_there(name));
    }
}
