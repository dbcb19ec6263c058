#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico {

/// The version of a release of the terminals' software: numbers with dots between ("0.5.0"), compared number
/// by number; of two that agree so far the longer one is the newer. Each version has one spelling.
class ReleaseVersion {
public:
    static constexpr std::size_t numbers_max = 6;
    static constexpr std::size_t digits_max = 9; ///< of one number

    /// Errors: InvalidInput "release_version_invalid".
    static Result<ReleaseVersion> parse(std::string_view text);
    std::string const& text() const { return text_; }

    bool operator==(ReleaseVersion const& other) const { return numbers_ == other.numbers_; }
    std::strong_ordering operator<=>(ReleaseVersion const& other) const {
        return std::lexicographical_compare_three_way(numbers_.begin(), numbers_.end(),
                                                      other.numbers_.begin(), other.numbers_.end());
    }

private:
    std::string text_;
    std::vector<std::uint32_t> numbers_;
};

/// Beside the files of a release: their sums as coreutils' sha256sum writes them, and the signature of those,
/// by OpenSSL or by GnuPG. Which one the terminals' machine wants, and whose it must be, only the machine
/// knows.
inline constexpr std::string_view release_sums_name = "SHA256SUMS";
inline constexpr std::array<std::string_view, 2> release_signature_names{"SHA256SUMS.sig", "SHA256SUMS.gpg"};
bool is_release_signature(std::string_view name);
inline constexpr std::size_t release_files_max = 32;
inline constexpr std::size_t release_sums_max_bytes = 16UL * 1024;
/// Of one file. An image's root is some 300 MB.
inline constexpr std::int64_t release_file_max_bytes = 4'000'000'000;

/// Whether a file of a release may have this name: letters, digits and "._+-", at most 128, the first a
/// letter or digit. So it is never a path, hidden, or an option.
bool is_release_file_name(std::string_view name);

/// One line of the sums.
struct SummedFile {
    std::string name;
    Bytes sha256; ///< 32 bytes
    bool operator==(SummedFile const&) const = default;
};
/// Reads the sums of a release. Errors: InvalidInput "release_sums_invalid" naming the line: none or too many
/// files, a name that is not allowed or comes twice, or is that of the sums or the signature themselves.
Result<std::vector<SummedFile>> parse_release_sums(std::string_view text);

/// The version that the names of a release's files tell: what follows the first "_" of each that has one.
/// Errors: InvalidInput "release_version_missing" (none tells one), "release_version_differs" (two do not
/// agree).
Result<ReleaseVersion> version_of_names(std::vector<SummedFile> const& files);

} // namespace portico
