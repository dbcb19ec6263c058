#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// Front and back, and what can be done with it.
struct CardPage {
    static constexpr char const* name = "id_card";
    Load<api::IdCardReply> card = {};
    Load<CardPictures> pictures = {};
    std::size_t side = 0; ///< 0 front, 1 back
};
/// The card is being printed.
struct CardPrint {
    static constexpr char const* name = "card_print";
    RequestNumber request = 0;
    PrintStage stage = PrintStage::Preparing;
    std::optional<Error> failure = {};
    MonoTime since = {};
    int seconds_left = 40;
    CardPictures pictures = {};
};
struct MailCard {
    static constexpr char const* name = "mail_card";
    std::size_t reason = 0; ///< of `card_reasons`
    Doing doing = {};
    bool kept = false;
};

/// Why no card can be printed here now; empty: one can.
ui::Text card_print_off(App const& app);

MaybeIntent draw(ui::Ui& ui, App const& app, CardPage const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, CardPrint const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, MailCard const& screen);

} // namespace portico::kiosk
