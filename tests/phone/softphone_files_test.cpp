#include "phone/app/config.h"
#include "phone/softphone/softphone_files.h"
#include "tests/support/catch.h"
#include "tests/support/file_mode.h"
#include "tests/support/scratch_folder.h"

#include <fstream>
#include <regex>
#include <sys/stat.h>
#include <unistd.h>

using namespace portico;
using namespace portico::phone;
using namespace portico::test;

namespace {

SoftphoneSettings settings() {
    SoftphoneSettings made;
    made.account = "sip:desk-7@telephones.plan.example;transport=tls";
    made.login = "desk-7";
    made.password = Secret("opensesame");
    made.encryption = "srtp";
    made.player = made.source = made.alert = "alsa,default";
    return made;
}

bool has_line(std::string_view text, std::string const& line) {
    return ("\n" + std::string(text)).find("\n" + line + "\n") != std::string::npos;
}

struct ConfigFile {
    ScratchFolder folder;
    std::string text = "data = '/data'\ncentral = 'https://192.0.2.1:8443'\n[desk]\nuser = '1234'\n"
                       "[sip]\naccount = 'sip:desk-7@telephones.plan.example'\n";
    std::string failure() const {
        std::ofstream(folder.path / "phone.toml") << text;
        auto const loaded = load_config(folder.path / "phone.toml");
        return loaded.has_error() ? loaded.error().reason + " " + loaded.error().message : "";
    }
};

} // namespace

TEST_CASE(
    "softphone files: only their user reads them, and the password goes when it is not needed any more") {
    ScratchFolder scratch;
    auto const folder = scratch.path / "softphone";
    REQUIRE(write_softphone_files(settings(), folder, folder / "control").has_value());
    CHECK(mode_of(folder) == 0700);
    CHECK(mode_of(folder / "config") == 0600);
    CHECK(mode_of(folder / "accounts") == 0600);
    CHECK(mode_of(softphone_tls_file(folder)) == 0600);
    CHECK(has_line(softphone_tls(), "VerifyMode = Peer"));
    REQUIRE(::chmod(folder.c_str(), 0755) == 0); // somebody meant well
    REQUIRE(write_softphone_files(settings(), folder, folder / "control").has_value());
    CHECK(mode_of(folder) == 0700);
    remove_softphone_account(folder);
    CHECK_FALSE(std::filesystem::exists(folder / "accounts"));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory_symlink(scratch.path, folder);
    CHECK(write_softphone_files(settings(), folder, folder / "control").error().reason ==
          "softphone_folder_unusable");
}

TEST_CASE(
    "softphone files: it is controlled at the Unix socket alone, logs nothing and lets nobody dial on") {
    auto const config = softphone_config(settings(), "/run/portico-phone/softphone/control");
    CHECK(has_line(config, "mqtt_broker_host\t/run/portico-phone/softphone/control"));
    CHECK(has_line(config, "mqtt_broker_port\t0"));
    for (auto const* module : {"ctrl_tcp", "cons", "httpd", "stdio", "syslog", "debug_cmd", "contact"})
        CHECK(config.find(module) == std::string::npos);
    CHECK(has_line(config, "module\talsa.so"));
    CHECK(has_line(config, "module\tsrtp.so"));
    auto const account = softphone_account(settings());
    CHECK(account.reveal() ==
          "<sip:desk-7@telephones.plan.example;transport=tls>;answermode=manual;call_transfer=no;regint=600;"
          "auth_user=desk-7;auth_pass=opensesame;mediaenc=srtp-mand\n");
}

TEST_CASE("softphone files: no text makes another line or another setting") {
    for (auto const* bad : {"a b", "a\nmodule ctrl_tcp.so", "a\"", "a#b", "<a>", "a\\b", "\xC3\xA9"})
        CHECK(check_softphone_text(bad).error().reason == "softphone_text_invalid");
    for (auto const* bad : {"a;regint=0", "a b", "a\"b", "a>", "\xC3\xA9"})
        CHECK(check_sip_password(bad).error().reason == "sip_password_invalid");
    CHECK(check_sip_password("O,p:e-n_s/e!s?a$m%e").has_value());
}

TEST_CASE("phone config: what it needs is enough, and each mistake is named") {
    ConfigFile file;
    CHECK(file.failure().empty());
    auto const good = file.text;
    for (auto const& [more, named] : std::initializer_list<std::pair<char const*, char const*>>{
             {"listen = 'a b'\n", "sip.listen"},
             {"encryption = 'rot13'\n", "sip.encryption"},
             {"authorities = 'a b'\n", "sip.authorities"},
             {"rtp_from = 20000\n", "sip.rtp_to"},
             {"colour = 'red'\n", "sip.colour"},
             {"[audio]\nplayer = 'speaker'\n", "audio.player"},
             {"[audio]\nsource = 'cons,x'\n", "audio.source"}}) {
        file.text = good + more;
        INFO(file.failure());
        CHECK(file.failure().starts_with("config_invalid"));
        CHECK(file.failure().find(named) != std::string::npos);
    }
    // Over TLS to whom, if anybody may say that it is them?
    auto const over_tls = std::regex_replace(good, std::regex("plan.example"), "plan.example;Transport=TLS");
    file.text = over_tls;
    CHECK(file.failure().find("sip.authorities") != std::string::npos);
    file.text = over_tls + "authorities = '/etc/portico-phone/telephones.pem'\n";
    CHECK(file.failure().empty());
    file.text = good + "password_file = '/nowhere'\n";
    CHECK(file.failure().starts_with("sip_password_missing"));
    std::ofstream(file.folder.path / "password") << "a;b\n";
    file.text = good + "password_file = '" + (file.folder.path / "password").string() + "'\n";
    CHECK(file.failure().starts_with("sip_password_invalid"));
    file.text = "line = '" + std::string(65, 'x') + "'\n" + good;
    CHECK(file.failure().starts_with("config_invalid"));
}
