#pragma once

#include "central/plan/time_zone.h"
#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace portico::central {

/// How central reaches the plan's mail server. Empty host: mails wait in the store.
struct MailSettings {
    std::string host;
    std::int64_t port = 25;
    std::string from;
    std::string username;       ///< empty: no login
    std::string password_file;  ///< beside the configuration when relative
    bool tls = true;            ///< STARTTLS, refused when the server has none
    std::string authority_file; ///< empty: the system's
};

/// How central reaches the plan's text gateway: Kannel's sendsms interface. Empty url: no texts are sent.
struct TextSettings {
    std::string url; ///< "https://gateway.example.org:13013/cgi-bin/sendsms"
    std::string username;
    std::string password_file; ///< beside the configuration when relative
    std::string from;          ///< the number or word that texts come from
    std::int64_t timeout_s = 10;
    std::string authority_file; ///< empty: the system's
};

/// DATA/central.toml.
struct Settings {
    std::string plan_name;
    TimeZone time_zone;             ///< where the plan is: what is good until a day ends with that day there
    std::string node;               ///< names this central's audit chain
    std::vector<std::string> hosts; ///< of the server certificate
    std::string rp_id;
    std::string origin;
    std::filesystem::path checkpoint_file;
    std::int64_t card_issues_per_30_days = 5;
    std::int64_t mailed_cards_per_30_days = 2;
    std::int64_t card_issue_open_max_min = 60; ///< then it counts as unknown until its terminal reports
    std::int64_t contact_change_hold_h = 24;   ///< of a risky change, so that the old addresses can object
    std::string issuer_id;
    std::string database; ///< PostgreSQL's address; empty: central.db beside this file
    MailSettings mail;
    TextSettings text;
};

/// Reads DATA/central.toml. Errors: as config::Reader.
Result<Settings> read_settings(std::filesystem::path const& data);
/// The file that `init` writes. `database` as in `Settings`; it must hold no secret.
std::string settings_text(std::string const& plan_name, std::vector<std::string> const& hosts,
                          std::string const& database = "");
/// `text` of a central.toml with another `database`; all else stays.
std::string with_database(std::string const& text, std::string const& database);
/// The same with another `node`.
std::string with_node(std::string const& text, std::string const& node);

} // namespace portico::central
