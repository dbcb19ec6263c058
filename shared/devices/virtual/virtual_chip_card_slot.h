#pragma once

#include "shared/devices/chip_card_reader.h"

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace portico {

inline constexpr int virtual_card_pin_tries_max = 3;

/// A slot to put cards into and take them out of. The cards are real ones behind PKCS#11 readers that never
/// lose theirs (SoftHSM2 tokens); what software cannot do, the slot does: come and go, and block after three
/// wrong PINs. Any thread.
class VirtualChipCardSlot final : public ChipCardReader {
public:
    VirtualChipCardSlot() = default;
    ~VirtualChipCardSlot() override;
    /// `name` is what `insert` takes, such as "member" or "foreign".
    void add_card(std::string name, std::unique_ptr<ChipCardReader> card);
    std::vector<std::string> cards() const;

    /// Errors: NotFound "card_unknown"; Conflict "card_inserted" when the slot is taken.
    Result<void> insert(std::string const& name);
    void remove();
    /// Pulls the card out in the midst of the next signature.
    void remove_during_next_call();
    /// What the issuer's help does: all tries back.
    void unblock();

    ChipCardState state() const override;
    void watch(std::function<void(ChipCardState const&)> changed) override;
    Result<ChipCardProof> sign_challenge(ByteView challenge, Secret const& pin,
                                         std::stop_token cancel) override;

private:
    struct Card {
        std::unique_ptr<ChipCardReader> reader;
        int tries_left = virtual_card_pin_tries_max;
    };

    ChipCardState present_state() const;
    void tell();
    Card* inserted_card();

    mutable std::mutex guard_;
    std::map<std::string, Card> cards_;
    std::string inserted_;
    std::uint64_t insertions_ = 0;
    bool remove_during_call_ = false;
    std::mutex watch_guard_;
    std::function<void(ChipCardState const&)> changed_;
};

} // namespace portico
