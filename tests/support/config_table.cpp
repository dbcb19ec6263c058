#include "tests/support/config_table.h"

#include "tests/support/catch.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace portico::test {

void set_config_table(std::filesystem::path const& file, std::string const& name, std::string const& lines) {
    std::stringstream read;
    read << std::ifstream(file).rdbuf();
    auto text = read.str();
    auto const header = "[" + name + "]\n";
    auto const at = text.find(header);
    INFO("[" << name << "] in " << file);
    REQUIRE(at != std::string::npos);
    auto const begin = at + header.size();
    auto const end = std::min(text.find("\n[", begin), text.size());
    text.replace(begin, end - begin, lines);
    std::ofstream(file) << text;
}

} // namespace portico::test
