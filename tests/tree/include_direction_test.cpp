#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

/// Which parts a part may include, itself aside. docs/architecture.md, "Includes point one way".
std::map<std::string, std::set<std::string>> const allowed = {
    {"shared/base", {}},
    {"shared/crypto", {"shared/base"}},
    {"shared/delta", {"shared/base"}},
    {"shared/config", {"shared/base"}},
    {"shared/domain", {"shared/base"}},
    {"shared/api", {"shared/base", "shared/domain"}},
    {"shared/storage", {"shared/base", "shared/crypto"}},
    {"shared/client",
     {"shared/base", "shared/crypto", "shared/delta", "shared/domain", "shared/api", "shared/storage"}},
    {"shared/devices", {"shared/base", "shared/crypto", "shared/domain"}},
    {"shared/documents", {"shared/base", "shared/crypto", "shared/domain"}},
    {"shared/ui", {"shared/base", "shared/crypto", "shared/domain"}},
    {"shared/terminal",
     {"shared/base", "shared/crypto", "shared/config", "shared/domain", "shared/api", "shared/storage",
      "shared/client", "shared/devices", "shared/ui"}},
};
std::set<std::string> const programs = {"kiosk", "agent", "phone", "central"};

struct Foreign {
    std::string header_prefix;
    std::vector<std::string> only_in; ///< path prefixes
};
std::vector<Foreign> const foreign = {
    {"imgui", {"shared/ui/", "kiosk/main.cpp", "agent/main.cpp"}},
    {"SDL", {"shared/ui/", "kiosk/main.cpp", "agent/main.cpp"}},
    {"espeak-ng/", {"shared/ui/speech/"}},
    {"fido", {"shared/devices/", "central/auth/"}},
    {"boost/json",
     {"shared/api/", "shared/ui/", "shared/devices/", "shared/documents/", "shared/client/",
      "shared/terminal/", "central/", "kiosk/", "agent/", "phone/"}},
    {"curl/", {"shared/client/", "central/"}},
    {"sqlite3", {"shared/storage/sqlite/"}},
    {"libpq-fe", {"shared/storage/postgres/"}},
    {"cups/", {"shared/devices/"}},
    {"librsync", {"shared/delta/"}},
};

std::string part_of(std::string const& path) {
    auto const first = path.find('/');
    auto const top = path.substr(0, first);
    if (top != "shared")
        return top;
    return path.substr(0, path.find('/', first + 1));
}

struct Include {
    std::string file;
    std::string target;
    bool quoted = false;
};

std::vector<Include> includes_of(fs::path const& root) {
    std::vector<Include> found;
    for (auto const* top : {"shared", "kiosk", "agent", "phone", "central"}) {
        for (auto const& entry : fs::recursive_directory_iterator(root / top)) {
            auto const extension = entry.path().extension();
            if (extension != ".h" && extension != ".cpp")
                continue;
            std::ifstream stream(entry.path());
            std::string line;
            while (std::getline(stream, line)) {
                if (line.rfind("#include ", 0) != 0 || line.size() < 12)
                    continue;
                auto const close = line.find_first_of("\">", 10);
                found.push_back(
                    {fs::relative(entry.path(), root).string(), line.substr(10, close - 10), line[9] == '"'});
            }
        }
    }
    return found;
}

std::vector<std::string> wrong_arrows(std::vector<Include> const& includes) {
    std::vector<std::string> wrong;
    for (auto const& include : includes) {
        auto const arrow = include.file + " -> " + include.target;
        if (!include.quoted) {
            for (auto const& rule : foreign) {
                if (include.target.rfind(rule.header_prefix, 0) != 0)
                    continue;
                bool may = false;
                for (auto const& place : rule.only_in)
                    may = may || include.file.rfind(place, 0) == 0;
                if (!may)
                    wrong.push_back(arrow);
            }
            continue;
        }
        auto const from = part_of(include.file);
        auto const to = part_of(include.target);
        if (from == to)
            continue;
        bool const shared_target = allowed.count(to) != 0;
        bool const may = programs.count(from) != 0
                             ? shared_target
                             : allowed.count(from) != 0 && allowed.at(from).count(to) != 0;
        if (!may)
            wrong.push_back(arrow);
    }
    return wrong;
}

} // namespace

TEST_CASE("tree: includes point one way") {
    auto const includes = includes_of(portico::test::source_dir());
    REQUIRE(includes.size() > 20);
    std::ostringstream list;
    for (auto const& arrow : wrong_arrows(includes))
        list << arrow << '\n';
    CHECK(list.str() == "");
}

TEST_CASE("tree: a wrong arrow is found") {
    CHECK(wrong_arrows({{"shared/domain/eob.cpp", "shared/storage/database.h", true}}).size() == 1);
    CHECK(wrong_arrows({{"kiosk/main.cpp", "central/services.h", true}}).size() == 1);
    CHECK(wrong_arrows({{"central/http/server.cpp", "imgui.h", false}}).size() == 1);
    CHECK(wrong_arrows({{"shared/ui/x.cpp", "shared/ui/../client/y.h", true}}).empty());
    CHECK(wrong_arrows({{"shared/ui/x.cpp", "shared/client/y.h", true}}).size() == 1);
    CHECK(wrong_arrows({{"central/main.cpp", "shared/base/result.h", true}}).empty());
}

TEST_CASE("tree: no source file goes back up the tree in an include") {
    std::string found;
    for (auto const& include : includes_of(portico::test::source_dir()))
        if (include.quoted && include.target.find("..") != std::string::npos)
            found += include.file + '\n';
    CHECK(found == "");
}
