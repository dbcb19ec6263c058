#pragma once

#include "shared/devices/chip_card_reader.h"
#include "shared/devices/watched_state.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace portico {

class Pkcs11Module;

struct Pkcs11Options {
    /// "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so"
    std::string module_path;
    /// Looks only at tokens with this label; empty: at every card.
    std::string token_label = {};
    /// How often the slots are looked at: a module's own wait for events cannot be ended without ending the
    /// module.
    std::chrono::milliseconds poll_interval{250};
};

/// Chip cards through any PKCS#11 module: OpenSC on PC/SC, or a vendor's.
class Pkcs11ChipCardReader final : public ChipCardReader {
public:
    /// Errors: Unavailable "card_module_unusable".
    static Result<std::unique_ptr<Pkcs11ChipCardReader>> create(Pkcs11Options options);
    ~Pkcs11ChipCardReader() override;

    ChipCardState state() const override { return state_.get(); }
    void watch(std::function<void(ChipCardState const&)> changed) override {
        state_.watch(std::move(changed));
    }
    Result<ChipCardProof> sign_challenge(ByteView challenge, Secret const& pin,
                                         std::stop_token cancel) override;

private:
    struct Card;

    Pkcs11ChipCardReader(Pkcs11Options options, std::shared_ptr<Pkcs11Module> module);
    void run(std::stop_token stop);
    void look();
    ChipCardState read_card(Card const& card) const;

    Pkcs11Options options_;
    std::shared_ptr<Pkcs11Module> module_;
    /// Held during every call into the module.
    std::mutex module_guard_;
    std::unique_ptr<Card> card_; ///< the card in the reader, with a session that ends when it is pulled
    std::uint64_t insertions_ = 0;
    WatchedState<ChipCardState> state_{ChipCardAbsent{}};
    std::mutex wait_guard_;
    std::condition_variable_any wake_;
    std::jthread thread_; // last: it uses everything above
};

} // namespace portico
