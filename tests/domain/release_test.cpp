#include "shared/domain/release.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {

std::string const sum_a(64, 'a');
std::string const sum_b(64, 'B'); // either case

ReleaseVersion version(std::string const& text) {
    return ReleaseVersion::parse(text).value();
}

std::string sums_reason(std::string const& text) {
    auto const read = parse_release_sums(text);
    return read.has_error() ? read.error().reason : "";
}

} // namespace

TEST_CASE("release: versions are compared number by number and have one spelling each") {
    CHECK(version("0.5.0") > version("0.4.9"));
    CHECK(version("0.10.0") > version("0.9.9"));
    CHECK(version("1") > version("0.999999999"));
    CHECK(version("0.5.0") > version("0.5"));
    CHECK(version("0.5.0") == version("0.5.0"));
    CHECK(version("2.0.0.20261201").text() == "2.0.0.20261201");
    for (auto const* wrong :
         {"",           ".",      "0.5.",   ".5",  "0..5", "05",    "0.05",  "v0.5",
          "0.5a",       "0.5 ",   " 0.5",   "0,5", "-1",   "0.5-1", "0.5~1", "1.2.3.4.5.6.7",
          "1234567890", "../0.5", "0.5/..", "\n"})
        CHECK(ReleaseVersion::parse(wrong).error().reason == "release_version_invalid");
}

TEST_CASE("release: a file's name is never a path, hidden or an option") {
    for (auto const* good : {"SHA256SUMS", "portico-kiosk_0.5.0.efi", "a", "A+b_c-1.raw"})
        CHECK(is_release_file_name(good));
    for (auto const* wrong : {"", ".", "..", "../x", "a/b", "/etc/passwd", ".hidden", "-rf", "_x", "a b",
                              "a\nb", "a\\b", "a:b", "caf\xC3\xA9", "a\t"})
        CHECK_FALSE(is_release_file_name(wrong));
    CHECK(is_release_file_name(std::string(128, 'a')));
    CHECK_FALSE(is_release_file_name(std::string(129, 'a')));
    CHECK_FALSE(is_release_file_name(std::string("a\0b", 3)));
}

TEST_CASE("release: sums are read as sha256sum writes them, and nothing else is taken for them") {
    auto const read = parse_release_sums(sum_a + "  one.raw\n" + sum_b + " *two.efi");
    REQUIRE(read.has_value());
    REQUIRE(read.value().size() == 2);
    CHECK(read.value()[0] == SummedFile{"one.raw", Bytes(32, 0xAA)});
    CHECK(read.value()[1] == SummedFile{"two.efi", Bytes(32, 0xBB)});
    for (auto const& wrong :
         {std::string(), std::string("\n"), sum_a, sum_a + "  ", sum_a + " one.raw", sum_a + "\tone.raw",
          sum_a.substr(1) + "  one.raw", std::string(64, 'g') + "  one.raw", sum_a + "  ../one.raw",
          sum_a + "  one.raw\r\n", sum_a + "  one.raw\n\n", sum_a + "  one.raw\n" + sum_b + "  one.raw\n",
          sum_a + "  SHA256SUMS\n", sum_a + "  SHA256SUMS.gpg\n", sum_a + "  SHA256SUMS.sig\n",
          "\\" + sum_a + "  one\\nraw\n", std::string(20'000, 'a')})
        CHECK(sums_reason(wrong) == "release_sums_invalid");
    std::string many;
    for (int i = 0; i < 33; ++i)
        many += sum_a + "  file-" + std::to_string(i) + "\n";
    CHECK(sums_reason(many) == "release_sums_invalid");
    CHECK(sums_reason(many.substr(0, many.rfind(sum_a))).empty());
    CHECK(parse_release_sums(sum_a + "  one.raw\nx\n").error().message.find("line 2") != std::string::npos);
}

TEST_CASE("release: its version is what its files' names agree upon") {
    auto const told = [](std::vector<std::string> const& names) {
        std::vector<SummedFile> files;
        for (auto const& name : names)
            files.push_back({name, {}});
        auto const version = version_of_names(files);
        return version.has_error() ? version.error().reason : version.value().text();
    };
    CHECK(told({"portico-kiosk_0.5.0.efi", "portico-kiosk_0.5.0.root.raw", "portico-kiosk.spdx.json"}) ==
          "0.5.0");
    CHECK(told({"portico-kiosk_0.5.0_6f1d.verity"}) == "0.5.0");
    CHECK(told({"portico-kiosk_12.efi"}) == "12");
    // A partition's identifier may begin like one more number.
    CHECK(told({"portico-kiosk_0.5.0.12345678-1234-1234-1234-123456789012.root.raw.gz",
                "portico-kiosk_0.5.0.a2345678-1234-1234-1234-123456789012.verity.raw.gz",
                "portico-kiosk_0.5.0.efi"}) == "0.5.0");
    CHECK(told({"portico-kiosk_0.5.0.efi", "portico-kiosk_0.5.1.root.raw"}) == "release_version_differs");
    for (auto const* none : {"portico-kiosk.efi", "portico-kiosk_x.efi", "portico-kiosk_0.5.0rc1.efi",
                             "portico-kiosk_.efi", "portico-kiosk_0.05.efi"})
        CHECK(told({none}) == "release_version_missing");
}
