#pragma once

#include "shared/base/result.h"
#include "shared/base/secret.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace portico::phone {

/// What the softphone is told in its own files. No text of these has a line break.
struct SoftphoneSettings {
    std::string account;                  ///< "sip:desk-7@telephones.plan.example;transport=tls"
    std::string login;                    ///< empty: as in the account
    Secret password;                      ///< empty: none is asked for
    int register_s = 600;                 ///< 0: with nobody; calls come straight here
    std::string listen;                   ///< "192.0.2.7:5060"; empty: any address, a free port
    std::string interface;                ///< its name or address; empty: the one that leads out
    std::string encryption;               ///< of what is said: "none", "srtp" or "dtls_srtp"
    std::string authorities;              ///< PEM file, for SIP over TLS; empty: no certificate is believed
    int ring_s = 60;                      ///< how long a call rings
    int rtp_from = 10000, rtp_to = 20000; ///< UDP ports
    std::string player, source, alert;    ///< "alsa,default"
};

/// What may stand in one of those texts. Errors: InvalidInput "softphone_text_invalid".
Result<void> check_softphone_text(std::string_view text);
/// What may stand in its password. Errors: InvalidInput "sip_password_invalid".
Result<void> check_sip_password(std::string_view password);

/// Whether SIP goes over TLS to this address.
bool is_over_tls(std::string_view account);

/// The two files of baresip 1.0.0. `control`: the Unix socket at which it finds its controller.
std::string softphone_config(SoftphoneSettings const& settings, std::filesystem::path const& control);
Secret softphone_account(SoftphoneSettings const& settings);
/// The configuration of OpenSSL in its process. baresip 1.0.0 asks for no check of who certified the other
/// side of its TLS, whatever authorities it is given; with this OpenSSL checks all the same. That the
/// certificate is for the name that was called, nothing checks.
std::string softphone_tls();
/// Where it stands in the softphone's folder.
std::filesystem::path softphone_tls_file(std::filesystem::path const& folder);

/// Writes them into `folder`, made with mode 0700 where it is not there; the account's file 0600. Errors:
/// Unavailable "softphone_folder_unusable".
Result<void> write_softphone_files(SoftphoneSettings const& settings, std::filesystem::path const& folder,
                                   std::filesystem::path const& control);
/// Once it runs, its password need not stand on the disk.
void remove_softphone_account(std::filesystem::path const& folder);

} // namespace portico::phone
