#include "central/auth/webauthn/assertion.h"
#include "central/auth/webauthn/attestation.h"
#include "tests/central/auth/relying_party.h"
#include "tests/support/catch.h"
#include "tests/support/device_process.h"
#include "tests/support/places.h"
#include "tests/support/process.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/webauthn_key.h"

#include <boost/json.hpp>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <sys/file.h>
#include <unistd.h>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

constexpr char const* package = "@simplewebauthn/server";
constexpr char const* package_version = "14.0.3";

/// The package's node_modules folder, fetched once for each build folder; empty when it cannot be had.
std::filesystem::path npm_modules() {
    auto const folder = std::filesystem::path(bin_dir()).parent_path() / "npm-simplewebauthn";
    auto const modules = folder / "node_modules";
    if (!has_program("npm") || !has_program("node"))
        return {};
    std::filesystem::create_directories(folder);
    int const lock = open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    flock(lock, LOCK_EX);
    if (!std::filesystem::exists(modules / package))
        run({"npm", "install", "--prefix", folder.string(), "--no-audit", "--no-fund", "--ignore-scripts",
             std::string(package) + "@" + package_version});
    close(lock);
    return std::filesystem::exists(modules / package) ? modules : std::filesystem::path{};
}

struct Judged {
    boost::json::array cases;
    std::map<std::string, bool> ours;

    void registration(std::string const& name, KeyTwist const& twist) {
        WebauthnKey key;
        Bytes const challenge = random_bytes(32);
        auto const answer = key.make(rp, origin, challenge, Bytes(32, 1), twist);
        ours[name] =
            verify_registration({challenge, rp, origin},
                                {answer.credential_id, answer.attestation_object, answer.client_data_json})
                .has_value();
        add(name, challenge, answer)["attestation_object"] = to_base64url(answer.attestation_object);
    }
    void assertion(std::string const& name, KeyTwist const& twist, std::uint32_t known_count = 0) {
        WebauthnKey key;
        key.user_handle = Bytes(32, 1);
        key.count = 4;
        Bytes const challenge = random_bytes(32);
        auto const answer = key.get(rp, origin, challenge, twist);
        KnownCredential const known{key.credential_id, key.cose_key(), known_count, false, key.user_handle};
        ours[name] = verify_assertion({challenge, rp, origin, false},
                                      {answer.credential_id, answer.authenticator_data,
                                       answer.client_data_json, answer.signature, answer.user_handle},
                                      known)
                         .has_value();
        auto& each = add(name, challenge, answer);
        each["authenticator_data"] = to_base64url(answer.authenticator_data);
        each["signature"] = to_base64url(answer.signature);
        each["user_handle"] = to_base64url(answer.user_handle);
        each["cose_key"] = to_base64url(key.cose_key());
        each["known_count"] = known_count;
    }

private:
    boost::json::object& add(std::string const& name, Bytes const& challenge,
                             WebauthnKey::Answer const& answer) {
        cases.push_back(
            boost::json::object{{"name", name},
                                {"rp_id", rp},
                                {"origin", origin},
                                {"challenge", to_base64url(challenge)},
                                {"id", to_base64url(answer.credential_id)},
                                {"client_data", to_base64url(as_bytes(answer.client_data_json))}});
        return cases.back().as_object();
    }
};

Judged some_cases() {
    Judged judged;
    judged.registration("registration_none", {});
    judged.registration("registration_self", {.format = "packed"});
    judged.registration("registration_type", {.type = "webauthn.get"});
    judged.registration("registration_origin", {.origin = "https://other.example.org"});
    judged.registration("registration_rp_id", {.rp_id = "other.example.org"});
    judged.registration("registration_not_present", {.clear_flags = 0x01});
    judged.registration("registration_not_verified", {.clear_flags = 0x04});
    judged.registration("registration_trailing", {.trailing = {0}});
    judged.registration("registration_signature", {.break_signature = true, .format = "packed"});
    judged.assertion("assertion", {});
    judged.assertion("assertion_type", {.type = "webauthn.create"});
    judged.assertion("assertion_origin", {.origin = "https://other.example.org"});
    judged.assertion("assertion_rp_id", {.rp_id = "other.example.org"});
    judged.assertion("assertion_not_present", {.clear_flags = 0x01});
    judged.assertion("assertion_not_verified", {.clear_flags = 0x04});
    judged.assertion("assertion_backup", {.set_flags = 0x10});
    judged.assertion("assertion_trailing", {.trailing = {0}});
    judged.assertion("assertion_signature", {.break_signature = true});
    judged.assertion("assertion_counter", {}, 5);
    judged.assertion("assertion_counter_rises", {}, 4);
    return judged;
}

} // namespace

TEST_CASE("simplewebauthn: a well-known relying party accepts and refuses the same answers as we do") {
    auto const modules = npm_modules();
    if (modules.empty()) {
        std::cout << "SKIP: the npm package " << package << " cannot be had here\n";
        return;
    }
    ScratchFolder const folder;
    auto const judged = some_cases();
    auto const file = folder.path / "cases.json";
    std::ofstream(file) << boost::json::serialize(judged.cases);
    auto const finished = run(
        {"node", source_dir() + "/tests/support/simplewebauthn/judge.cjs", modules.string(), file.string()});
    INFO(finished.errors);
    REQUIRE(finished.exit_code == 0);
    std::istringstream lines(finished.output);
    std::string name;
    std::string verdict;
    std::size_t count = 0;
    for (; lines >> name >> verdict; ++count) {
        INFO(name);
        CHECK((verdict == "accepted") == judged.ours.at(name));
    }
    CHECK(count == judged.ours.size());
}
