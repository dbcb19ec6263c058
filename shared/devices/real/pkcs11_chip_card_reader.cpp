#include "shared/devices/real/pkcs11_chip_card_reader.h"

#include "shared/devices/real/pkcs11_card.h"

namespace portico {

namespace {

bool is_unreadable(ChipCardState const& state) {
    auto const* fault = std::get_if<ChipCardFault>(&state);
    return fault != nullptr && fault->error.reason == "card_unreadable";
}

} // namespace

struct Pkcs11ChipCardReader::Card {
    CK_SLOT_ID slot = 0;
    std::optional<Pkcs11Session> session;

    bool still_there() const {
        CK_SESSION_INFO info{};
        return session && session->module()->C_GetSessionInfo(session->handle(), &info) == CKR_OK;
    }
};

Result<std::unique_ptr<Pkcs11ChipCardReader>> Pkcs11ChipCardReader::create(Pkcs11Options options) {
    auto module = TRY(Pkcs11Module::load(options.module_path));
    return std::unique_ptr<Pkcs11ChipCardReader>(
        new Pkcs11ChipCardReader(std::move(options), std::move(module)));
}

Pkcs11ChipCardReader::Pkcs11ChipCardReader(Pkcs11Options options, std::shared_ptr<Pkcs11Module> module)
    : options_(std::move(options)), module_(std::move(module)),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

Pkcs11ChipCardReader::~Pkcs11ChipCardReader() {
    thread_ = {}; // before the session it looks after
}

void Pkcs11ChipCardReader::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        look();
        std::unique_lock lock(wait_guard_);
        wake_.wait_for(lock, stop, options_.poll_interval, [] { return false; });
    }
}

void Pkcs11ChipCardReader::look() {
    std::unique_lock lock(module_guard_);
    auto const slots = look_at_slots(*module_, options_.token_label);
    bool const same = card_ && slots.with_card == card_->slot && (!card_->session || card_->still_there());
    ChipCardState next = ChipCardAbsent{slots.reader_present};
    if (slots.with_card && same) {
        // What failed may work now, in a session that has nothing left over from before.
        if (is_unreadable(state()))
            Pkcs11Session::open(*module_, card_->slot, false, card_->session);
        next = read_card(*card_); // the PIN's state may have changed
    } else if (slots.with_card) {
        card_ = std::make_unique<Card>();
        card_->slot = *slots.with_card;
        Pkcs11Session::open(*module_, card_->slot, false, card_->session);
        ++insertions_;
        next = read_card(*card_);
    } else {
        card_.reset();
    }
    bool const swapped = slots.with_card && !same && !std::holds_alternative<ChipCardAbsent>(state());
    lock.unlock();
    if (swapped)
        state_.set(ChipCardAbsent{slots.reader_present});
    state_.set(std::move(next));
}

ChipCardState Pkcs11ChipCardReader::read_card(Card const& card) const {
    ChipCardFault const unreadable{
        error(ErrorKind::Unavailable, "card_unreadable", "the card cannot be read")};
    auto const token = read_token(*module_, card.slot);
    if (!token || !card.session)
        return unreadable;
    // Reading a certificate takes a card its time: once for each insertion.
    auto before = state();
    auto const* fault = std::get_if<ChipCardFault>(&before);
    if (fault != nullptr && fault->error.reason == "card_no_certificate")
        return before;
    auto const* ready = std::get_if<ChipCardReady>(&before);
    if (ready != nullptr && ready->insertion == insertions_)
        return ChipCardReady{token->label, ready->certificate, token->pin, insertions_};
    auto found = find_certificate(*card.session);
    if (found.has_error())
        return unreadable;
    auto& certificate = found.value();
    if (!certificate)
        return ChipCardFault{
            error(ErrorKind::NotFound, "card_no_certificate", "the card holds no certificate")};
    return ChipCardReady{token->label, std::move(certificate->der), token->pin, insertions_};
}

Result<ChipCardProof> Pkcs11ChipCardReader::sign_challenge(ByteView challenge, Secret const& pin,
                                                           std::stop_token cancel) {
    std::lock_guard const lock(module_guard_);
    if (cancel.stop_requested())
        return error(ErrorKind::Cancelled, "cancelled");
    auto const slots = look_at_slots(*module_, options_.token_label);
    if (!slots.with_card)
        return error(ErrorKind::Unavailable, "card_absent", "there is no card in the reader");
    auto proof = sign_with_card(*module_, *slots.with_card, challenge, pin, cancel);
    // Modules report a pulled card in many ways; an empty slot tells.
    if (proof.has_error() && proof.error().reason == "card_unreadable" &&
        !look_at_slots(*module_, options_.token_label).with_card)
        return error(ErrorKind::Unavailable, "card_removed", "the card was pulled out during the call");
    return proof;
}

} // namespace portico
