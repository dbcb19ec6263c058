#include "phone/app/config.h"

#include "shared/config/reader.h"
#include "shared/devices/telephone_wire.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <pwd.h>

namespace portico::phone {

namespace {

constexpr config::Range register_range_s{0, 86400};
constexpr config::Range ring_range_s{5, 600};
constexpr config::Range ports{1024, 65535};
/// A pair of ports for each call, and some that others hold.
constexpr int ports_least = 40;

std::optional<uid_t> user_of(std::string const& name) {
    uid_t number = 0;
    auto const [end, failed] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (failed == std::errc() && end == name.data() + name.size())
        return number;
    auto const* entry = getpwnam(name.c_str()); // before any thread
    return entry != nullptr ? std::optional(entry->pw_uid) : std::nullopt;
}

std::string softphone_text(config::Reader& reader, std::string const& key,
                           std::optional<std::string> const& fallback) {
    auto text = reader.text(key, fallback);
    if (auto const checked = check_softphone_text(text); checked.has_error())
        reader.refuse(key, checked.error().message);
    return text;
}

void read_audio(config::Reader& reader, SoftphoneSettings& settings) {
    struct Place {
        char const* key;
        std::string& audio;
    };
    for (auto const& place : {Place{"audio.player", settings.player}, Place{"audio.source", settings.source},
                              Place{"audio.alert", settings.alert}}) {
        static constexpr std::string_view drivers[] = {"alsa",  "oss",    "jack",     "portaudio",
                                                       "sndio", "ausine", "aubridge", "aufile"};
        place.audio = softphone_text(reader, place.key, "alsa,default");
        auto const driver = std::string_view(place.audio).substr(0, place.audio.find(','));
        bool const known = std::ranges::find(drivers, driver) != std::end(drivers);
        if (!known || place.audio.find(',') == std::string::npos)
            reader.refuse(place.key, "a driver of the softphone and its device, such as \"alsa,default\"");
    }
}

void read_sip(config::Reader& reader, SoftphoneSettings& settings) {
    settings.account = softphone_text(reader, "sip.account", std::nullopt);
    settings.login = softphone_text(reader, "sip.login", "");
    settings.listen = softphone_text(reader, "sip.listen", "");
    settings.interface = softphone_text(reader, "sip.interface", "");
    settings.authorities = softphone_text(reader, "sip.authorities", "");
    settings.encryption = reader.word("sip.encryption", {"none", "srtp", "dtls_srtp"}, "srtp");
    settings.register_s = static_cast<int>(reader.integer("sip.register_s", register_range_s, 600));
    settings.ring_s = static_cast<int>(reader.integer("sip.ring_s", ring_range_s, 60));
    settings.rtp_from = static_cast<int>(reader.integer("sip.rtp_from", ports, settings.rtp_from));
    settings.rtp_to = static_cast<int>(reader.integer("sip.rtp_to", ports, settings.rtp_to));
    if (!settings.account.starts_with("sip:") || settings.account.find('@') == std::string::npos)
        reader.refuse("sip.account",
                      "an address such as \"sip:desk-7@telephones.plan.example;transport=tls\"");
    if (is_over_tls(settings.account) && settings.authorities.empty())
        reader.refuse("sip.authorities", "the file of who certifies the telephone system, for SIP over TLS");
    if (settings.login.find(';') != std::string::npos)
        reader.refuse("sip.login", "a name without ;");
    if (settings.rtp_to - settings.rtp_from < ports_least)
        reader.refuse("sip.rtp_to", std::to_string(ports_least) + " or more above sip.rtp_from");
}

Result<Secret> read_password(std::filesystem::path const& file) {
    if (file.empty())
        return Secret();
    std::ifstream stream(file);
    std::string text;
    std::getline(stream, text);
    Secret password(text);
    bool const read = static_cast<bool>(stream);
    wipe(text);
    if (!read)
        return error(ErrorKind::NotFound, "sip_password_missing",
                     "sip.password_file names no file that this user can read: " + file.string());
    TRY(check_sip_password(password.reveal()));
    return password;
}

} // namespace

Result<Config> load_config(std::filesystem::path const& file) {
    auto reader = TRY(config::Reader::open(file));
    Config config;
    config.data = reader.text("data");
    config.central = reader.text("central");
    config.run = reader.text("run", "/run/portico-phone");
    config.desk_socket = reader.text("desk.socket", (config.run / "desk.sock").string());
    auto const desk_user = reader.text("desk.user");
    config.softphone_program = reader.text("softphone", "/usr/bin/baresip");
    config.line = reader.text("line", "");
    config.country_code = reader.text("country_code", "1");
    read_sip(reader, config.softphone);
    read_audio(reader, config.softphone);
    std::filesystem::path const password_file = reader.text("sip.password_file", "");
    if (!config.central.starts_with("https://"))
        reader.refuse("central", "an address that begins with https://");
    bool const plain = std::ranges::all_of(config.line, [](char c) { return c >= ' ' && c <= '~'; });
    if (config.line.size() > line_name_bytes_max || !plain)
        reader.refuse("line", "at most 64 letters, digits and signs of ASCII");
    auto const user = user_of(desk_user);
    if (!user)
        reader.refuse("desk.user", "a user of this machine, by name or number");
    TRY(reader.finish());
    config.desk_user = *user;
    config.softphone.password = TRY(read_password(password_file));
    return config;
}

} // namespace portico::phone
