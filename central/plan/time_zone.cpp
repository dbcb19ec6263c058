#include "central/plan/time_zone.h"

#include <absl/time/time.h>

#include <filesystem>

namespace portico::central {

namespace {

constexpr std::size_t zone_name_max = 64;

Error zone_unknown(std::string_view name) {
    return error(ErrorKind::InvalidInput, "time_zone_unknown",
                 "this machine knows no time zone " + std::string(name.substr(0, zone_name_max)) +
                     " (package tzdata)");
}

/// "America/Argentina/Buenos_Aires"; never a way out of the folder.
bool is_zone_name(std::string_view name) {
    auto const is_part = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '+' || c == '-';
    };
    bool after_slash = true;
    for (char const c : name) {
        if (c == '/' ? after_slash : !is_part(c))
            return false;
        after_slash = c == '/';
    }
    return !after_slash && name.size() <= zone_name_max;
}

} // namespace

struct TimeZone::Rules {
    absl::TimeZone zone;
};

Result<TimeZone> TimeZone::load(std::string_view name) {
    // Abseil also takes names of its own, and files.
    Rules rules;
    std::error_code failed;
    if (!is_zone_name(name) ||
        !std::filesystem::is_regular_file(std::filesystem::path(database) / name, failed) ||
        !absl::LoadTimeZone(std::string(name), &rules.zone))
        return zone_unknown(name);
    TimeZone zone;
    zone.name_ = name;
    zone.rules_ = std::make_shared<Rules const>(rules);
    return zone;
}

std::chrono::seconds TimeZone::ahead_at(UtcTime at) const {
    return std::chrono::seconds(rules_ ? rules_->zone.At(absl::FromChrono(at)).offset : 0);
}

std::int64_t TimeZone::day_number_at(UtcTime at) const {
    return std::chrono::floor<std::chrono::days>(at + ahead_at(at)).time_since_epoch().count();
}

} // namespace portico::central
