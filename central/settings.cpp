#include "central/settings.h"

#include "shared/config/reader.h"

#include <algorithm>
#include <sstream>

namespace portico::central {

namespace {

constexpr std::size_t plan_name_max = 80;
/// Not the machine's own: servers stand in UTC, and two nodes must never disagree. It is this one because the
/// rules of who may speak for a member are those of Massachusetts (shared/domain/authority.h).
constexpr char const* usual_time_zone = "America/New_York";
constexpr std::int64_t text_timeout_max_s = 30; ///< as OutboxSender::try_max_s

/// As TOML writes a text.
std::string quoted(std::string const& text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

TimeZone read_time_zone(config::Reader& reader) {
    auto zone = TimeZone::load(reader.text("plan.time_zone", usual_time_zone));
    if (zone.has_value())
        return std::move(zone).value();
    reader.refuse("plan.time_zone",
                  "an IANA name that this machine's time zone database (package tzdata) has, such as " +
                      std::string(usual_time_zone));
    return {};
}

MailSettings read_mail(config::Reader& reader) {
    MailSettings mail;
    mail.host = reader.text("mail.host", "");
    mail.port = reader.integer("mail.port", {1, 65535}, 25);
    mail.from = reader.text("mail.from", "");
    mail.username = reader.text("mail.username", "");
    mail.password_file = reader.text("mail.password_file", "");
    mail.tls = reader.boolean("mail.tls", true);
    mail.authority_file = reader.text("mail.authority_file", "");
    if (!mail.host.empty() && mail.from.empty())
        reader.refuse("mail.from", "an address when mail.host is set");
    if (!mail.username.empty() && mail.password_file.empty())
        reader.refuse("mail.password_file", "a file when mail.username is set");
    return mail;
}

/// This machine itself, where nobody listens on the way.
bool is_loopback_url(std::string const& url) {
    for (auto const* begin : {"http://127.0.0.1:", "http://[::1]:", "http://localhost:"})
        if (url.rfind(begin, 0) == 0)
            return true;
    return false;
}

bool is_text_sender(std::string const& from) {
    constexpr std::size_t sender_max = 15;
    return !from.empty() && from.size() <= sender_max && from.find('+', 1) == std::string::npos &&
           std::all_of(from.begin(), from.end(), [](char c) {
               return c == '+' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

/// What a header's value may hold.
bool is_header_text(std::string const& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

TextSettings read_text(config::Reader& reader) {
    TextSettings text;
    text.url = reader.text("text.url", "");
    text.username = reader.text("text.username", "");
    text.password_file = reader.text("text.password_file", "");
    text.from = reader.text("text.from", "");
    text.timeout_s = reader.integer("text.timeout_s", {1, text_timeout_max_s}, text.timeout_s);
    text.authority_file = reader.text("text.authority_file", "");
    if (text.url.empty())
        return text;
    bool const private_way = text.url.rfind("https://", 0) == 0 || is_loopback_url(text.url);
    if (!private_way || text.url.find('@') != std::string::npos)
        reader.refuse("text.url",
                      "an address that begins with https://, or http:// with 127.0.0.1 and a port");
    if (text.username.empty() || !is_header_text(text.username))
        reader.refuse("text.username", "the name of a sendsms-user when text.url is set");
    if (text.password_file.empty())
        reader.refuse("text.password_file", "a file when text.url is set");
    if (!is_text_sender(text.from))
        reader.refuse("text.from",
                      "a number, or a word of 15 letters and digits at most, when text.url is set");
    return text;
}

} // namespace

Result<Settings> read_settings(std::filesystem::path const& data) {
    auto reader = TRY(config::Reader::open(data / "central.toml"));
    Settings settings;
    settings.plan_name = reader.text("plan_name");
    if (settings.plan_name.size() > plan_name_max)
        reader.refuse("plan_name", "80 characters or fewer");
    settings.time_zone = read_time_zone(reader);
    settings.node = reader.text("node", "central-1");
    settings.database = reader.text("database", "");
    settings.hosts = reader.texts("hosts");
    if (settings.hosts.empty())
        reader.refuse("hosts", "a list with at least one host name or address");
    settings.rp_id = reader.text("rp_id");
    settings.origin = reader.text("origin");
    // Relative to the data folder; a plan sets it to another disk or a mounted log host.
    settings.checkpoint_file = data / reader.text("audit.checkpoint_file", "audit-checkpoints.jsonl");
    settings.issuer_id = reader.text("cards.issuer_id", "");
    settings.card_issues_per_30_days = reader.integer("cards.issues_per_30_days", {1, 1000}, 5);
    settings.card_issue_open_max_min = reader.integer("cards.issue_open_max_min", {5, 1440}, 60);
    settings.mailed_cards_per_30_days = reader.integer("cards.mailed_per_30_days", {1, 1000}, 2);
    settings.contact_change_hold_h = reader.integer("contact.change_hold_h", {0, 720}, 24);
    settings.mail = read_mail(reader);
    settings.text = read_text(reader);
    TRY(reader.finish());
    return settings;
}

std::string settings_text(std::string const& plan_name, std::vector<std::string> const& hosts,
                          std::string const& database) {
    std::string list;
    for (auto const& host : hosts)
        list += (list.empty() ? "" : ", ") + quoted(host);
    auto const text =
        "# Portico central. Every key is checked: an unknown one stops the start.\n"
        "plan_name = " +
        quoted(plan_name) +
        "\n"
        "node = \"central-1\"          # names this server's audit chain; never give two servers one "
        "name\n"
        "hosts = [" +
        list +
        "]  # names and addresses of the server certificate\n"
        "rp_id = " +
        quoted(hosts.front()) + "          # security keys are registered for this name\norigin = " +
        quoted("https://" + hosts.front()) +
        "\n\n[plan]\n"
        "time_zone = " +
        quoted(usual_time_zone) +
        "   # where the plan is: an authority that ends on a day ends with that day there\n"
        "\n[audit]\n"
        "# Checkpoints leave the store every 10 seconds: put this file on another disk or machine.\n"
        "checkpoint_file = \"audit-checkpoints.jsonl\"\n\n"
        "[cards]\n"
        "# The plan's own card issuer number: 80840, then its digits. This one is made up.\n"
        "issuer_id = \"80840999999990\"\n"
        "issues_per_30_days = 5\nmailed_per_30_days = 2\n"
        "issue_open_max_min = 60   # a card whose terminal has not reported by then goes to the staff "
        "queue\n\n"
        "[contact]\nchange_hold_h = 24       # a change of address or of all ways to reach a member waits "
        "so long\n\n"
        "[mail]\n# host = \"mail.example.org\"   # without it mails wait in the store\n"
        "port = 25\ntls = true\n\n"
        "[text]\n# url = \"https://gateway.example.org:13013/cgi-bin/sendsms\"   # Kannel; without it no "
        "codes "
        "are sent by text\n";
    return database.empty() ? text : with_database(text, database);
}

namespace {

/// `text` with `line` for the key of that name, which stands before the first table.
std::string with_line(std::string const& text, std::string const& key, std::string const& line) {
    std::istringstream lines(text);
    std::string each;
    std::string out;
    bool in_table = false;
    bool written = false;
    auto const write = [&] {
        out += line;
        written = true;
    };
    auto const is_key = [&] {
        auto const end = each.find_first_of(" \t=");
        return each.substr(0, end) == key;
    };
    while (std::getline(lines, each)) {
        bool const table_begins = !each.empty() && each.front() == '[';
        if (table_begins && !in_table && !written)
            write();
        in_table = in_table || table_begins;
        if (!in_table && is_key())
            write();
        else
            out += each + "\n";
    }
    if (!written)
        write();
    return out;
}

} // namespace

std::string with_database(std::string const& text, std::string const& database) {
    return with_line(text, "database",
                     "database = " + quoted(database) +
                         "  # no password here: docs/operations.md says where\n");
}

std::string with_node(std::string const& text, std::string const& node) {
    return with_line(text, "node",
                     "node = " + quoted(node) +
                         "          # names this server's audit chain; never give two servers one name\n");
}

} // namespace portico::central
