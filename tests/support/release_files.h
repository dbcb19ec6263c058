#pragma once

#include "shared/api/release.h"
#include "shared/crypto/sealing.h"
#include "shared/domain/release.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace portico::test {

/// Bytes that look random and are the same for the same seed.
inline std::string release_bytes(std::size_t size, std::uint32_t seed) {
    std::string bytes(size, '\0');
    auto state = seed * 2'654'435'761U + 1;
    for (auto& c : bytes) {
        state = state * 1'664'525U + 1'013'904'223U;
        c = static_cast<char>(state >> 24U);
    }
    return bytes;
}

/// A release as `image/build` leaves one, with made-up files and a signature that is none.
struct MadeRelease {
    std::string version;
    std::map<std::string, std::string> files; ///< the sums and their signature too

    /// Files of these sizes in bytes.
    static MadeRelease make(std::string const& version, std::vector<std::size_t> const& sizes,
                            std::uint32_t seed = 1) {
        static constexpr char const* endings[] = {"efi", "root.raw", "root-verity.raw", "spdx.json"};
        MadeRelease made{version, {}};
        for (std::size_t i = 0; i < sizes.size(); ++i)
            made.files["portico-kiosk_" + version + "." + endings[i % 4]] =
                release_bytes(sizes[i], seed + static_cast<std::uint32_t>(i));
        made.sum();
        made.files["SHA256SUMS.sig"] = "a signature";
        return made;
    }
    /// Writes SHA256SUMS anew, over all other files.
    void sum() {
        std::string sums;
        for (auto const& [name, bytes] : files)
            if (name != release_sums_name && !is_release_signature(name))
                sums += to_hex(crypto::sha256(as_bytes(bytes))) + "  " + name + "\n";
        files[std::string(release_sums_name)] = sums;
    }
    void write_to(std::filesystem::path const& folder) const {
        std::filesystem::create_directories(folder);
        for (auto const& [name, bytes] : files)
            std::ofstream(folder / name, std::ios::binary) << bytes;
    }
    api::Release described() const {
        api::Release release{version, {}};
        for (auto const& [name, bytes] : files)
            release.files.push_back(
                {name, static_cast<std::int64_t>(bytes.size()), to_hex(crypto::sha256(as_bytes(bytes)))});
        return release;
    }
    /// Whether exactly these files lie there, byte for byte.
    bool lies_in(std::filesystem::path const& folder) const {
        std::error_code failed;
        std::size_t count = 0;
        for (auto const& entry : std::filesystem::directory_iterator(folder, failed)) {
            auto const found = files.find(entry.path().filename().string());
            std::ifstream stream(entry.path(), std::ios::binary);
            std::string const bytes((std::istreambuf_iterator<char>(stream)), {});
            if (found == files.end() || found->second != bytes)
                return false;
            ++count;
        }
        return !failed && count == files.size();
    }
};

} // namespace portico::test
