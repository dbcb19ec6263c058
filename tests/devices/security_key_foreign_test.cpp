#include "tests/support/catch.h"
#include "tests/support/device_key_bench.h"
#include "tests/support/device_process.h"
#include "tests/support/must.h"
#include "tests/support/places.h"

#include <condition_variable>
#include <fcntl.h>
#include <iostream>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace portico;
using namespace portico::test;

namespace {

constexpr char const* package = "nid-webauthn-emulator";
constexpr char const* package_version = "0.2.11";

/// The package's node_modules folder, fetched once for each build folder; empty when it cannot be had.
std::filesystem::path npm_modules() {
    auto const folder = std::filesystem::path(bin_dir()).parent_path() / "npm-test-key";
    auto const modules = folder / "node_modules";
    if (!has_program("npm") || !has_program("node"))
        return {};
    std::filesystem::create_directories(folder);
    int const lock = open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    flock(lock, LOCK_EX);
    if (!std::filesystem::exists(modules / package)) {
        // Beside it first: what npm was ended in the midst of is no package.
        auto const partial = folder / "partial";
        std::filesystem::remove_all(partial);
        std::filesystem::create_directories(partial);
        DeviceProcess install({"npm", "install", "--prefix", partial.string(), "--no-audit", "--no-fund",
                               "--ignore-scripts", std::string(package) + "@" + package_version},
                              {}, folder / "npm.log");
        bool const ended = eventually([&] { return !install.running(); }, 3 * eventually_max);
        if (ended && std::filesystem::exists(partial / "node_modules" / package)) {
            std::filesystem::remove_all(modules);
            std::filesystem::rename(partial / "node_modules", modules);
        }
    }
    close(lock);
    return std::filesystem::exists(modules / package) ? modules : std::filesystem::path{};
}

int connect_to(std::filesystem::path const& path) {
    int const fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

/// A key that is always plugged in, at the other end of a socket.
class SocketKeyPort final : public KeyPort {
public:
    explicit SocketKeyPort(std::filesystem::path socket) : socket_(std::move(socket)) {}
    Result<std::vector<PluggedKey>> list() override {
        return std::vector<PluggedKey>{{socket_.string(), "Foreign key", "1"}};
    }
    void wait_for_change(std::stop_token stop) override {
        std::unique_lock lock(guard_);
        changed_.wait(lock, std::move(stop), [] { return false; });
    }
    Result<FileDescriptor> open(std::string const& path) override {
        FileDescriptor fd(connect_to(path));
        if (!fd.is_open())
            return error(ErrorKind::Unavailable, "key_unplugged");
        return fd;
    }
    bool writes_report_number() const override { return false; }

private:
    std::filesystem::path socket_;
    std::mutex guard_;
    std::condition_variable_any changed_;
};

} // namespace

TEST_CASE("security key: a foreign authenticator registers and signs in") {
    auto const modules = npm_modules();
    if (modules.empty()) {
        std::cout << "SKIP: the npm package " << package
                  << " cannot be had (npm or the network is missing)\n";
        return;
    }
    DeviceFolder folder;
    auto const socket = folder.path() / "key";
    DeviceProcess program({"node", source_dir() + "/tests/support/device_foreign_key/foreign_key.cjs",
                           modules.string(), socket.string()},
                          {}, folder.path() / "key.log");
    REQUIRE(eventually([&] {
        FileDescriptor const line(connect_to(socket));
        return line.is_open() || !program.running();
    }));
    REQUIRE(program.running());
    SocketKeyPort port(socket);
    FidoSecurityKey key(port);
    REQUIRE(DeviceWatch<SecurityKeyState>(key).wait_for<KeyReady>());
    auto const ready = std::get<KeyReady>(key.state());
    CHECK(ready.has_fingerprint);
    CHECK_FALSE(ready.pin_set);
    auto const attestation = must(key.make_credential(sample_registration(), Secret(), {}, {}));
    auto const assertion = must(key.get_assertion(sample_sign_in(), Secret(), {}, {}));
    CHECK(proves(assertion, attestation, "plan.example.org"));
    CHECK(as_text(assertion.user_handle) == "user-1");
    auto const by_id = must(key.get_assertion(sample_sign_in({attestation.credential_id}), Secret(), {}, {}));
    CHECK(proves(by_id, attestation, "plan.example.org"));
    auto elsewhere = sample_sign_in();
    elsewhere.rp_id = "other.example.net";
    CHECK(key.get_assertion(elsewhere, Secret(), {}, {}).error().reason == "key_no_credential");
    auto again = sample_registration();
    again.exclude = {attestation.credential_id};
    CHECK(key.make_credential(again, Secret(), {}, {}).error().reason == "key_already_registered");
    CHECK(key.get_assertion(sample_sign_in(), pin(), {}, {}).error().reason == "key_pin_not_set");
}
