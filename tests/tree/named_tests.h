#pragma once

#include "tests/support/places.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

// What the pages in docs/ name as proof: read from the sources, so that a table cannot outlive its tests.

namespace portico::test {

inline std::string contents(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline std::string const& all_tests() {
    static std::string const text = [] {
        std::string all;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(source_dir() + "/tests"))
            if (entry.path().extension() == ".cpp")
                all += contents(entry.path());
        return all;
    }();
    return text;
}

/// What stands between backquotes: the name of a test ("group: what it shows", perhaps cut off with " ..."),
/// of a group ("group: ..."), of a fuzz target, or of a file.
inline std::vector<std::string> quoted(std::string const& text) {
    std::vector<std::string> found;
    std::regex const quote("`([^`]+)`");
    for (auto at = std::sregex_iterator(text.begin(), text.end(), quote); at != std::sregex_iterator(); ++at)
        found.push_back((*at)[1]);
    return found;
}

/// Whether a test, fuzz target or file of this name is in the tree.
inline bool is_there(std::string name) {
    if (auto const cut = name.find(" ..."); cut != std::string::npos)
        name.erase(cut);
    if (name.find(": ") != std::string::npos || (!name.empty() && name.back() == ':'))
        return all_tests().find("\"" + name) != std::string::npos;
    if (name.rfind("fuzz.", 0) == 0)
        return name == "fuzz.*" ||
               std::filesystem::exists(source_dir() + "/tests/fuzz/" + name.substr(5) + ".cpp");
    return name.find('/') == std::string::npos || std::filesystem::exists(source_dir() + "/" + name);
}

} // namespace portico::test
