#include "tests/phone/tls_telephones.h"

#include "shared/base/clock.h"
#include "tests/support/must.h"

#include <fstream>

namespace portico::test {

namespace {

constexpr char const* authority_name = "Testville Telephones";

} // namespace

TlsTelephones::TlsTelephones(Settings settings)
    : settings_(std::move(settings)),
      authority_(crypto::CertificateAuthority::create(authority_name, SystemClock().now())) {}

std::string TlsTelephones::start(std::uint16_t port) {
    auto const now = SystemClock().now();
    auto const other = crypto::CertificateAuthority::create(authority_name, now);
    auto const key = crypto::PrivateKey::generate();
    auto const key_pem = key.pem();
    std::ofstream(folder_.path / "telephones.pem")
        << must((settings_.certified ? authority_ : other).issue_server(key, {"127.0.0.1"}, now))
        << key_pem.reveal();
    std::ofstream(folder_.path / "authority.pem") << authority_.certificate_pem();
    std::ofstream config(folder_.path / "config");
    config << "poll_method\tepoll\nsip_listen\t127.0.0.1:" << port << "\nsip_certificate\t"
           << (folder_.path / "telephones.pem").string()
           << "\nnet_interface\t127.0.0.1\nmodule_path\t/usr/lib/baresip/modules\n"
              "audio_player\taubridge,there\naudio_source\taubridge,here\naudio_alert\taubridge,bell\n"
              "module\tg711.so\nmodule\taubridge.so\nmodule\tsrtp.so\nmodule\tdtls_srtp.so\n"
              "module_tmp\taccount.so\nmodule_app\tmenu.so\n";
    config.close();
    std::ofstream accounts(folder_.path / "accounts");
    accounts << "<sip:" << number << "@127.0.0.1>;regint=0;answermode=auto"
             << (settings_.sound.empty() ? "" : ";mediaenc=" + settings_.sound) << "\n";
    accounts.close();
    process_.emplace(std::vector<std::string>{"baresip", "-4", "-s", "-f", folder_.path.string()},
                     folder_.path / "telephones.log");
    process_->wait_for_line("baresip is ready");
    return "account = 'sip:desk@127.0.0.1:" + std::to_string(port + 1) +
           ";transport=tls'\nregister_s = 0\nauthorities = '" + (folder_.path / "authority.pem").string() +
           "'\n";
}

} // namespace portico::test
