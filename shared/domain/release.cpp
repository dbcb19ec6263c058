#include "shared/domain/release.h"

#include <algorithm>
#include <optional>

namespace portico {

namespace {

constexpr std::size_t file_name_max = 128;
constexpr std::size_t sum_digits = 64;

bool is_number_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter_or_digit(char c) {
    return is_number_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Error version_invalid() {
    return error(ErrorKind::InvalidInput, "release_version_invalid",
                 "a version is up to six numbers with dots between, such as 0.5.0");
}

Error sums_invalid(std::size_t line, std::string const& why) {
    return error(ErrorKind::InvalidInput, "release_sums_invalid",
                 std::string(release_sums_name) + ", line " + std::to_string(line) + ": " + why);
}

/// "e3b0...  NAME" or "e3b0... *NAME"; what is wrong with it, when something is.
Result<SummedFile> parse_sum_line(std::string_view line, std::size_t number) {
    if (line.size() < sum_digits + 3 || line[sum_digits] != ' ' ||
        (line[sum_digits + 1] != ' ' && line[sum_digits + 1] != '*'))
        return sums_invalid(number, "not 64 hexadecimal digits, two characters and a name");
    auto sum = from_hex(line.substr(0, sum_digits));
    if (sum.has_error())
        return sums_invalid(number, "not 64 hexadecimal digits, two characters and a name");
    auto const name = line.substr(sum_digits + 2);
    if (!is_release_file_name(name))
        return sums_invalid(number, "a file's name has letters, digits and ._+- only");
    if (name == release_sums_name || is_release_signature(name))
        return sums_invalid(number, std::string(name) + " is not a file that has a sum here");
    return SummedFile{std::string(name), std::move(sum).value()};
}

/// What follows the first "_" as far as it is a version; nothing when that is none.
std::optional<ReleaseVersion> version_in(std::string_view name) {
    auto const begin = name.find('_');
    if (begin == std::string_view::npos)
        return std::nullopt;
    auto rest = name.substr(begin + 1);
    std::size_t end = 0;
    for (std::size_t i = 0; i < rest.size() && (is_number_digit(rest[i]) || (rest[i] == '.' && i == end));
         ++i)
        if (is_number_digit(rest[i]))
            end = i + 1;
    // A number that goes over into letters ("0.5.0rc1") would be another version than it says.
    if (end < rest.size() && rest[end] != '.' && rest[end] != '_')
        return std::nullopt;
    auto version = ReleaseVersion::parse(rest.substr(0, end));
    return version.has_value() ? std::optional(std::move(version).value()) : std::nullopt;
}

} // namespace

Result<ReleaseVersion> ReleaseVersion::parse(std::string_view text) {
    ReleaseVersion version;
    version.text_ = text;
    while (true) {
        auto const number = text.substr(0, text.find('.'));
        bool const digits = std::all_of(number.begin(), number.end(), is_number_digit);
        if (number.empty() || number.size() > digits_max || !digits ||
            (number.size() > 1 && number.front() == '0') || version.numbers_.size() == numbers_max)
            return version_invalid();
        std::uint32_t value = 0;
        for (char c : number)
            value = value * 10 + static_cast<std::uint32_t>(c - '0');
        version.numbers_.push_back(value);
        if (number.size() == text.size())
            return version;
        text.remove_prefix(number.size() + 1);
    }
}

bool is_release_signature(std::string_view name) {
    return std::ranges::find(release_signature_names, name) != release_signature_names.end();
}

bool is_release_file_name(std::string_view name) {
    return !name.empty() && name.size() <= file_name_max && is_letter_or_digit(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return is_letter_or_digit(c) || c == '.' || c == '_' || c == '+' || c == '-';
           });
}

Result<std::vector<SummedFile>> parse_release_sums(std::string_view text) {
    if (text.size() > release_sums_max_bytes)
        return sums_invalid(1, "longer than any release's");
    std::vector<SummedFile> files;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        auto file = TRY(parse_sum_line(line, number));
        if (std::ranges::find(files, file.name, &SummedFile::name) != files.end())
            return sums_invalid(number, file.name + " comes twice");
        if (files.size() == release_files_max)
            return sums_invalid(number, "more files than any release has");
        files.push_back(std::move(file));
    }
    if (files.empty())
        return sums_invalid(1, "no file");
    return files;
}

Result<ReleaseVersion> version_of_names(std::vector<SummedFile> const& files) {
    std::optional<ReleaseVersion> told;
    for (auto const& file : files) {
        auto const own = version_in(file.name);
        if (!own)
            continue;
        if (told && !(*told == *own))
            return error(ErrorKind::InvalidInput, "release_version_differs",
                         file.name + " is of another version than " + told->text());
        told = own;
    }
    if (!told)
        return error(ErrorKind::InvalidInput, "release_version_missing",
                     "no file's name tells the version, as in portico-kiosk_0.5.0.efi: give --version");
    return *told;
}

} // namespace portico
