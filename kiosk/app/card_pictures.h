#pragma once

#include "kiosk/app/event.h"
#include "shared/documents/id_card_document.h"

namespace portico::kiosk {

/// What the symbols on a member's card hold. A card that was never issued gets the card number 0, which signs
/// nobody in. Errors: as `encode_card_barcode`.
Result<documents::CardSymbols> card_symbols(IdCard const& card);

/// Both sides as they will be printed, for the screen. Errors: as `documents::id_card_preview`.
Result<CardPictures> draw_card(IdCard const& card, documents::Texts const& texts);

} // namespace portico::kiosk
