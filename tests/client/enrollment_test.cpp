#include "shared/client/enrollment.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

#include <fstream>

using namespace portico;
using namespace portico::client;
using portico::test::ScratchFolder;

namespace {

std::string content(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Of a central that is not there: nobody listens on port 1.
EnrollmentQuestion to_nobody() {
    return {.enroll_url = "https://127.0.0.1:1",
            .fingerprint = std::string(64, 'a'),
            .code = Secret("ABCD-EFGH-2345-MNOP"),
            .program = "kiosk"};
}

} // namespace

TEST_CASE(
    "enrollment: the key that central is asked with is on the disk before, and the same in the next try") {
    ScratchFolder const scratch;
    auto const folder = scratch.path / "data";
    std::vector<EnrollmentStep> steps;
    auto const first = enroll(folder, to_nobody(), [&](EnrollmentStep step) { steps.push_back(step); });
    REQUIRE(first.has_error());
    CHECK(first.error().reason == "central_unreachable");
    CHECK(steps == std::vector<EnrollmentStep>{EnrollmentStep::MakingKey, EnrollmentStep::AskingCentral});
    auto const key = content(folder / "enrolling.key");
    CHECK(key.find("PRIVATE KEY") != std::string::npos);
    CHECK((std::filesystem::status(folder / "enrolling.key").permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(enroll(folder, to_nobody()).has_error());
    CHECK(content(folder / "enrolling.key") == key);
    // It is no enrolment.
    CHECK(load_enrollment(folder).error().reason == "terminal_identity_missing");
    // What a power cut left of it is no key: another one is made.
    std::ofstream(folder / "enrolling.key") << "-----BEGIN PRIVATE";
    CHECK(enroll(folder, to_nobody()).has_error());
    CHECK(content(folder / "enrolling.key").find("END PRIVATE KEY") != std::string::npos);
}

TEST_CASE("enrollment: a fingerprint that cannot be one is refused before anything is made") {
    ScratchFolder const scratch;
    auto question = to_nobody();
    question.fingerprint = "aa";
    CHECK(enroll(scratch.path / "data", question).error().reason == "fingerprint_invalid");
    CHECK_FALSE(std::filesystem::exists(scratch.path / "data"));
}

TEST_CASE("enrollment: one that is given up ends at once, and can be tried again") {
    ScratchFolder const scratch;
    std::stop_source given_up;
    given_up.request_stop();
    auto const ended = enroll(scratch.path / "data", to_nobody(), {}, given_up.get_token());
    REQUIRE(ended.has_error());
    CHECK((ended.error().reason == "cancelled" || ended.error().reason == "central_unreachable"));
}
