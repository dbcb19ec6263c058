#include "tests/support/smart_card_cac.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/process.h"

#include <array>
#include <fcntl.h>
#include <fstream>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <sstream>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace portico::test {

namespace {

/// vpcd listens for a card of each of its slots, at ports in a row, and has no reader at all when one is
/// taken.
constexpr int reader_slots = 2;
constexpr char const* pcscd_socket = "/run/pcscd/pcscd.comm";

std::string first_existing(std::initializer_list<char const*> paths) {
    for (char const* path : paths)
        if (std::filesystem::exists(path))
            return path;
    return {};
}

std::string opensc_module() {
    return first_existing({"/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
                           "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so", "/usr/lib/opensc-pkcs11.so"});
}

std::string bridge() {
    return bin_dir() + "/smart_card_bridge";
}

bool pcscd_answers() {
    int const fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::string_view(pcscd_socket).copy(address.sun_path, sizeof address.sun_path - 1);
    bool const connected = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return connected;
}

void write_pkcs12(CardIdentity const& identity, std::filesystem::path const& file) {
    auto const* key_at = identity.private_key.data();
    auto const* at = identity.certificate.data();
    auto* key = d2i_AutoPrivateKey(nullptr, &key_at, static_cast<long>(identity.private_key.size()));
    auto* certificate = d2i_X509(nullptr, &at, static_cast<long>(identity.certificate.size()));
    auto* bundle = PKCS12_create("x", "member", key, certificate, nullptr, 0, 0, 0, 0, 0);
    unsigned char* der = nullptr;
    auto const size = i2d_PKCS12(bundle, &der);
    std::ofstream(file, std::ios::binary).write(reinterpret_cast<char const*>(der), size);
    OPENSSL_free(der);
    PKCS12_free(bundle);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

} // namespace

std::string CacBench::missing() {
    if (geteuid() != 0)
        return "root (for a pcscd of our own)";
    for (char const* program : {"pcscd", "certutil", "pk12util"})
        if (!has_program(program))
            return program;
    if (!std::filesystem::exists(bridge()))
        return "libcacard-dev at build time";
    if (opensc_module().empty())
        return "opensc-pkcs11";
    if (first_existing({"/usr/lib/pcsc/drivers/serial/libifdvpcd.so"}).empty())
        return "vsmartcard-vpcd";
    return {};
}

CacBench::CacBench()
    : identity_(make_card_identity(make_card_authority("Sample Plan Card Authority"), "Alex Sample",
                                   CardKeyKind::Rsa2048)) {
    auto const lock_file = std::filesystem::temp_directory_path() / "portico-test-pcscd.lock";
    lock_ = open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    flock(lock_, LOCK_EX);
}

CacBench::~CacBench() {
    card_.reset();
    pcscd_.reset();
    std::error_code ignored;
    std::filesystem::remove(pcscd_socket,
                            ignored); // a killed pcscd leaves it, and the next one would not start
    std::filesystem::remove("/run/pcscd/pcscd.pid", ignored);
    close(lock_);
}

bool CacBench::make_database() {
    auto const database = folder_.path() / "nss";
    std::filesystem::create_directories(database);
    std::ofstream(folder_.path() / "pin") << sample_cac_pin << '\n';
    write_pkcs12(identity_, folder_.path() / "card.p12");
    auto const place = "sql:" + database.string();
    auto const pin = (folder_.path() / "pin").string();
    // However long each takes: pk12util stretches the PIN for seconds where there is little of a core.
    for (auto const& step : std::vector<std::vector<std::string>>{
             {"certutil", "-N", "-d", place, "-f", pin},
             {"pk12util", "-i", (folder_.path() / "card.p12").string(), "-d", place, "-k", pin, "-W", "x"},
             {"certutil", "-M", "-n", "member", "-t", "u,u,u", "-d", place, "-f", pin}}) {
        auto const finished = run(step);
        INFO(step.front() << ' ' << step.at(1) << ": " << finished.errors << finished.output);
        CHECK(finished.exit_code == 0);
        if (finished.exit_code != 0)
            return false;
    }
    return true;
}

bool CacBench::start() {
    if (pcscd_answers() || !make_database())
        return false;
    port_ = free_port(reader_slots);
    auto const readers = folder_.path() / "readers";
    std::filesystem::create_directories(readers);
    std::ofstream(readers / "virtual")
        << "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:" << port_
        << "\nLIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\nCHANNELID " << port_ << '\n';
    pcscd_ = std::make_unique<DeviceProcess>(
        std::vector<std::string>{"pcscd", "--foreground", "--config", readers.string()},
        std::vector<std::string>{}, folder_.path() / "pcscd.log");
    return eventually([this] { return !pcscd_->running() || pcscd_answers(); }) && pcscd_->running();
}

void CacBench::insert(int commands) {
    std::vector<std::string> arguments{bridge(), std::to_string(port_), (folder_.path() / "nss").string(),
                                       "member", (folder_.path() / "tries").string()};
    if (commands >= 0)
        arguments.push_back(std::to_string(commands));
    card_ =
        std::make_unique<DeviceProcess>(arguments, std::vector<std::string>{}, folder_.path() / "card.log");
}

void CacBench::remove() {
    card_.reset();
}

std::string CacBench::told() const {
    std::string all = card_ && card_->running() ? "the card is in" : "the card is out";
    for (auto const* name : {"pcscd.log", "card.log"}) {
        std::ifstream const file(folder_.path() / name);
        std::ostringstream text;
        text << file.rdbuf();
        all += std::string("\n") + name + ": " + text.str();
    }
    return all;
}

std::unique_ptr<Pkcs11ChipCardReader> CacBench::reader() const {
    return Pkcs11ChipCardReader::create({opensc_module(), "", std::chrono::milliseconds(10)}).value();
}

} // namespace portico::test
