#pragma once

#include <array>
#include <cstdint>

namespace portico {

/// What a kiosk has and a technician tries.
enum class TestedPart : std::uint8_t {
    SecurityKey,
    ChipCard,
    Barcode,
    Sound,
    CardPrinter,
    LetterPrinter,
    Central
};
inline constexpr std::array tested_parts{
    TestedPart::SecurityKey, TestedPart::ChipCard,      TestedPart::Barcode, TestedPart::Sound,
    TestedPart::CardPrinter, TestedPart::LetterPrinter, TestedPart::Central};

enum class TestOutcome : std::uint8_t { Works, NotTried, Faulty, NotUsed };

struct TestedDevice {
    TestedPart part = TestedPart::SecurityKey;
    TestOutcome outcome = TestOutcome::NotTried;
    bool operator==(TestedDevice const&) const = default;
};

} // namespace portico
