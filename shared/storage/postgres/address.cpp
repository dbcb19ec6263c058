#include "shared/storage/postgres/address.h"

#include <libpq-fe.h>
#include <memory>

namespace portico::storage {

namespace {

/// Of libpq's options those that open something.
bool is_secret(std::string_view name) {
    return name == "password" || name == "sslpassword";
}

std::string percent_encoded(std::string const& text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_' || c == '.';
        if (plain) {
            out += c;
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 0xF];
    }
    return out;
}

} // namespace

bool PostgresAddress::is_one(std::string_view text) {
    return text.substr(0, 13) == "postgresql://" || text.substr(0, 11) == "postgres://";
}

Result<PostgresAddress> PostgresAddress::parse(std::string const& uri) {
    char* message = nullptr;
    std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> const read(
        is_one(uri) ? PQconninfoParse(uri.c_str(), &message) : nullptr, PQconninfoFree);
    PQfreemem(message); // it quotes the text, and so perhaps the password
    if (!read)
        return error(ErrorKind::InvalidInput, "database_address",
                     "the database's address is not one of PostgreSQL: "
                     "postgresql://USER@HOST:PORT/DATABASE, special characters as %XX");
    PostgresAddress address;
    for (auto const* option = read.get(); option->keyword != nullptr; ++option)
        if (option->val != nullptr)
            address.options_[option->keyword] = option->val;
    return address;
}

std::string PostgresAddress::option(std::string const& name, std::string const& fallback) const {
    auto const found = options_.find(name);
    return found == options_.end() ? fallback : found->second;
}

std::string PostgresAddress::shown() const {
    return option("host", option("hostaddr", "the local socket")) + ":" + option("port", "5432") + "/" +
           option("dbname", option("user", ""));
}

std::string PostgresAddress::without_secrets() const {
    std::string uri = "postgresql:///" + percent_encoded(option("dbname", ""));
    char separator = '?';
    for (auto const& [name, value] : options_) {
        if (is_secret(name) || name == "dbname")
            continue;
        uri += separator + name + "=" + percent_encoded(value);
        separator = '&';
    }
    return uri;
}

std::string PostgresAddress::password() const {
    return option("password", "");
}

} // namespace portico::storage
