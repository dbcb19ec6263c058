#include "shared/devices/virtual/virtual_chip_card_slot.h"

namespace portico {

namespace {

ChipCardPin pin_state(int tries_left) {
    switch (tries_left) {
    case 0:
        return ChipCardPin::Blocked;
    case 1:
        return ChipCardPin::LastTry;
    case virtual_card_pin_tries_max:
        return ChipCardPin::Ready;
    default:
        return ChipCardPin::Low;
    }
}

} // namespace

VirtualChipCardSlot::~VirtualChipCardSlot() {
    for (auto& [name, card] : cards_)
        card.reader->watch({}); // their threads tell this object
}

void VirtualChipCardSlot::add_card(std::string name, std::unique_ptr<ChipCardReader> card) {
    // What the software card has to tell (its certificate was read) matters while it is in the slot.
    card->watch([this](ChipCardState const&) { tell(); });
    std::lock_guard const lock(guard_);
    cards_[std::move(name)] = {std::move(card), virtual_card_pin_tries_max};
}

std::vector<std::string> VirtualChipCardSlot::cards() const {
    std::lock_guard const lock(guard_);
    std::vector<std::string> names;
    for (auto const& [name, card] : cards_)
        names.push_back(name);
    return names;
}

Result<void> VirtualChipCardSlot::insert(std::string const& name) {
    {
        std::lock_guard const lock(guard_);
        if (!cards_.contains(name))
            return error(ErrorKind::NotFound, "card_unknown", "there is no virtual chip card of that name");
        if (!inserted_.empty())
            return error(ErrorKind::Conflict, "card_inserted", "a card is in the virtual reader already");
        inserted_ = name;
        ++insertions_;
    }
    tell();
    return ok();
}

void VirtualChipCardSlot::remove() {
    {
        std::lock_guard const lock(guard_);
        inserted_.clear();
    }
    tell();
}

void VirtualChipCardSlot::remove_during_next_call() {
    std::lock_guard const lock(guard_);
    remove_during_call_ = true;
}

void VirtualChipCardSlot::unblock() {
    {
        std::lock_guard const lock(guard_);
        for (auto& [name, card] : cards_)
            card.tries_left = virtual_card_pin_tries_max;
    }
    tell();
}

VirtualChipCardSlot::Card* VirtualChipCardSlot::inserted_card() {
    auto const found = cards_.find(inserted_);
    return found == cards_.end() ? nullptr : &found->second;
}

ChipCardState VirtualChipCardSlot::present_state() const {
    auto const found = cards_.find(inserted_);
    if (found == cards_.end())
        return ChipCardAbsent{};
    auto state = found->second.reader->state();
    if (auto* ready = std::get_if<ChipCardReady>(&state)) {
        ready->insertion = insertions_;
        ready->pin = pin_state(found->second.tries_left);
    }
    return state;
}

ChipCardState VirtualChipCardSlot::state() const {
    std::lock_guard const lock(guard_);
    return present_state();
}

void VirtualChipCardSlot::watch(std::function<void(ChipCardState const&)> changed) {
    std::lock_guard const lock(watch_guard_);
    changed_ = std::move(changed);
    if (changed_)
        changed_(state());
}

void VirtualChipCardSlot::tell() {
    std::lock_guard const lock(watch_guard_);
    if (changed_)
        changed_(state());
}

Result<ChipCardProof> VirtualChipCardSlot::sign_challenge(ByteView challenge, Secret const& pin,
                                                          std::stop_token cancel) {
    std::unique_lock lock(guard_);
    auto* card = inserted_card();
    if (card == nullptr)
        return error(ErrorKind::Unavailable, "card_absent", "there is no card in the reader");
    auto const blocked = error(ErrorKind::Locked, "card_pin_blocked", "the card's PIN is blocked");
    if (card->tries_left == 0)
        return blocked;
    auto const insertion = insertions_;
    if (std::exchange(remove_during_call_, false))
        inserted_.clear();
    lock.unlock();
    auto proof = card->reader->sign_challenge(challenge, pin, std::move(cancel));
    lock.lock();
    bool const removed = inserted_.empty() || insertion != insertions_;
    if (proof.has_value())
        card->tries_left = virtual_card_pin_tries_max;
    else if (proof.error().reason == "card_pin_wrong")
        proof.error().tries_left = --card->tries_left;
    bool const now_blocked = card->tries_left == 0;
    lock.unlock();
    tell();
    if (removed)
        return error(ErrorKind::Unavailable, "card_removed", "the card was pulled out during the call");
    if (proof.has_error() && now_blocked)
        return blocked;
    return proof;
}

} // namespace portico
