#include "central/settings.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <fstream>

using namespace portico;
using namespace portico::central;

namespace {

Result<Settings> settings_from(std::string const& text) {
    test::ScratchFolder const folder;
    std::ofstream(folder.path / "central.toml") << text;
    return read_settings(folder.path);
}

/// "" or what is wrong with a [text] of these lines.
std::string mistakes(std::string const& lines) {
    auto text = settings_text("Testville Health Plan", {"localhost"});
    auto const table = text.find("[text]\n");
    REQUIRE(table != std::string::npos);
    text.insert(table + std::string("[text]\n").size(), lines);
    auto const read = settings_from(text);
    return read.has_error() ? read.error().message : "";
}

/// What `init` writes, with another time zone, or with none.
std::string in_time_zone(std::string const& line) {
    auto text = settings_text("Testville Health Plan", {"localhost"});
    auto const begin = text.find("time_zone = ");
    REQUIRE(begin != std::string::npos);
    return text.replace(begin, text.find('\n', begin) - begin, line);
}

constexpr auto rest = "username = \"portico\"\npassword_file = \"p\"\nfrom = \"24680\"\n";

} // namespace

TEST_CASE("settings: without a gateway nothing of one is needed, with one all of it is") {
    CHECK(mistakes("").empty());
    CHECK(mistakes("url = \"https://gateway.example.org:13013/cgi-bin/sendsms\"\n" + std::string(rest))
              .empty());
    auto const alone = mistakes("url = \"https://gateway.example.org/\"\n");
    for (auto const* key : {"text.username", "text.password_file", "text.from"})
        CHECK(alone.find(key) != std::string::npos);
    CHECK(mistakes("pasword_file = \"p\"\n").find("text.pasword_file") != std::string::npos);
    CHECK(mistakes("timeout_s = 31\n").find("text.timeout_s") != std::string::npos);
}

TEST_CASE(
    "settings: the plan is in Boston's time zone until its file names another, and only a real one counts") {
    auto const zone = [](std::string const& line) {
        auto const read = settings_from(in_time_zone(line));
        return read.has_error() ? read.error().message : read.value().time_zone.name();
    };
    CHECK(settings_from(settings_text("Testville Health Plan", {"localhost"})).value().time_zone.name() ==
          "America/New_York");
    CHECK(zone("") == "America/New_York");
    CHECK(zone("time_zone = \"Pacific/Honolulu\"") == "Pacific/Honolulu");
    for (auto const* wrong : {"Boston", "", "../etc/passwd", "America"})
        CHECK(zone("time_zone = \"" + std::string(wrong) + "\"").find("plan.time_zone") != std::string::npos);
}

TEST_CASE("settings: a code goes over TLS, or stays on this machine") {
    auto const with = [](std::string const& url) { return mistakes("url = \"" + url + "\"\n" + rest); };
    for (auto const* url :
         {"http://127.0.0.1:13013/cgi-bin/sendsms", "http://[::1]:13013/", "http://localhost:1/"})
        CHECK(with(url).empty());
    for (auto const* url :
         {"http://gateway.example.org/", "http://127.0.0.1.example.org/", "ftp://127.0.0.1:1/",
          "http://127.0.0.1:80@gateway.example.org/", "gateway.example.org", "HTTP://127.0.0.1:1/"})
        CHECK(with(url).find("text.url") != std::string::npos);
}

TEST_CASE(
    "settings: what stands in a header of the gateway's is one line, and a sender is a number or a word") {
    auto const with = [](std::string const& key, std::string const& value) {
        std::string lines = "url = \"https://gateway.example.org/\"\n" + std::string(rest);
        auto const at = lines.find(key + " = \"") + key.size() + 4;
        lines.replace(at, lines.find('"', at) - at, value);
        return mistakes(lines);
    };
    CHECK(with("from", "PLAN").empty());
    CHECK(with("from", "+16175550112").empty());
    for (auto const* value : {"", "a b", "12\\r\\nX-Kannel-To: 1", "1234567890123456", "1+2"})
        CHECK(with("from", value).find("text.from") != std::string::npos);
    for (auto const* value : {"", "portico\\r\\nX-Kannel-To: 1"})
        CHECK(with("username", value).find("text.username") != std::string::npos);
}
