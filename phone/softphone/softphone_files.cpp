#include "phone/softphone/softphone_files.h"

#include "shared/base/private_file.h"
#include "shared/devices/telephone.h"

#include <algorithm>
#include <cerrno>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::phone {

namespace {

constexpr std::size_t text_bytes_max = 256;
constexpr std::size_t password_bytes_max = 128;

/// The name of a driver before its device, as in "alsa,default".
std::string driver_of(std::string const& audio) {
    return audio.substr(0, audio.find(','));
}

void add(std::string& out, std::string_view key, std::string_view value) {
    if (value.empty())
        return;
    out += key;
    out += '\t';
    out += value;
    out += '\n';
}

Error folder_unusable(std::filesystem::path const& folder) {
    return error(ErrorKind::Unavailable, "softphone_folder_unusable",
                 "cannot write into " + folder.string() + ", which must be this user's alone");
}

Result<void> write_file(std::filesystem::path const& file, std::string_view text) {
    if (write_private_file(file, text, IfThere::Replace))
        return folder_unusable(file.parent_path());
    return ok();
}

} // namespace

Result<void> check_softphone_text(std::string_view text) {
    bool const plain = std::ranges::all_of(text, [](char c) {
        return c > ' ' && c <= '~' && std::string_view("\"<>#\\").find(c) == std::string_view::npos;
    });
    if (text.size() > text_bytes_max || !plain)
        return error(
            ErrorKind::InvalidInput, "softphone_text_invalid",
            "a text for the softphone is of printable characters without spaces, quotes, <, >, # and \\");
    return ok();
}

Result<void> check_sip_password(std::string_view password) {
    bool const plain = std::ranges::all_of(password, [](char c) {
        return c > ' ' && c <= '~' && std::string_view("\"<>;").find(c) == std::string_view::npos;
    });
    if (password.size() > password_bytes_max || !plain)
        return error(
            ErrorKind::InvalidInput, "sip_password_invalid",
            "the password of the SIP account is of printable characters without spaces, quotes, <, > "
            "and ;: have another one made");
    return ok();
}

std::string softphone_config(SoftphoneSettings const& settings, std::filesystem::path const& control) {
    std::string out = "poll_method\tepoll\n";
    add(out, "sip_listen", settings.listen);
    add(out, "sip_cafile", settings.authorities);
    add(out, "net_interface", settings.interface);
    add(out, "call_local_timeout", std::to_string(settings.ring_s));
    add(out, "call_max_calls", std::to_string(calls_max));
    add(out, "audio_path", "/usr/share/baresip");
    add(out, "audio_player", settings.player);
    add(out, "audio_source", settings.source);
    add(out, "audio_alert", settings.alert);
    // As baresip has them in its own first configuration.
    add(out, "rtp_tos", "184");
    add(out, "jitter_buffer_delay", "5-10");
    add(out, "rtp_ports", std::to_string(settings.rtp_from) + "-" + std::to_string(settings.rtp_to));
    // A line of status ten times a second, and a bell, for a terminal that is not there.
    add(out, "statmode_default", "off");
    add(out, "menu_bell", "no");
    add(out, "module_path", "/usr/lib/baresip/modules");
    for (auto const* codec : {"opus", "g722", "g711"})
        add(out, "module", std::string(codec) + ".so");
    // aubridge: the player that nobody hears, while a caller keys.
    std::set<std::string> drivers{"aubridge"};
    for (auto const& audio : {settings.player, settings.source, settings.alert})
        if (!audio.empty())
            drivers.insert(driver_of(audio));
    for (auto const& driver : drivers)
        add(out, "module", driver + ".so");
    if (settings.encryption != "none")
        add(out, "module", settings.encryption + ".so");
    add(out, "module_tmp", "account.so");
    add(out, "module_app", "menu.so");
    add(out, "module_app", "mqtt.so");
    // libmosquitto takes a broker on port 0 for the name of a Unix socket.
    add(out, "mqtt_broker_host", control.string());
    add(out, "mqtt_broker_port", "0");
    return out;
}

bool is_over_tls(std::string_view account) {
    auto lower = std::string(account);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower.find("transport=tls") != std::string::npos;
}

std::string softphone_tls() {
    return "openssl_conf = softphone\n[softphone]\nssl_conf = softphone_ssl\n"
           "[softphone_ssl]\nsystem_default = softphone_tls\n[softphone_tls]\nVerifyMode = Peer\n";
}

std::filesystem::path softphone_tls_file(std::filesystem::path const& folder) {
    return folder / "openssl.cnf";
}

Secret softphone_account(SoftphoneSettings const& settings) {
    Secret out("<" + settings.account + ">");
    // Who rings may not make it dial on, which the softphone does of itself when it is asked to.
    out.append(";answermode=manual;call_transfer=no");
    out.append(";regint=" + std::to_string(settings.register_s));
    if (!settings.login.empty())
        out.append(";auth_user=" + settings.login);
    if (!settings.password.empty()) {
        out.append(";auth_pass=");
        out.append(settings.password.reveal());
    }
    if (settings.encryption == "srtp")
        out.append(";mediaenc=srtp-mand");
    if (settings.encryption == "dtls_srtp")
        out.append(";mediaenc=dtls_srtp");
    out.append("\n");
    return out;
}

Result<void> write_softphone_files(SoftphoneSettings const& settings, std::filesystem::path const& folder,
                                   std::filesystem::path const& control) {
    struct stat found {};
    if (mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return folder_unusable(folder);
    if (lstat(folder.c_str(), &found) != 0 || !S_ISDIR(found.st_mode) || found.st_uid != geteuid() ||
        chmod(folder.c_str(), S_IRWXU) != 0)
        return folder_unusable(folder);
    TRY(write_file(folder / "config", softphone_config(settings, control)));
    TRY(write_file(softphone_tls_file(folder), softphone_tls()));
    return write_file(folder / "accounts", softphone_account(settings).reveal());
}

void remove_softphone_account(std::filesystem::path const& folder) {
    std::error_code gone;
    std::filesystem::remove(folder / "accounts", gone);
}

} // namespace portico::phone
