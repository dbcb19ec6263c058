#pragma once

#include "shared/ui/specs.h"

/// Small drawings of the kiosk's own devices, as they stand.
namespace portico::kiosk {

ui::PictureDraw key_picture();
ui::PictureDraw card_picture();
ui::PictureDraw username_picture();
/// As the picture of a whole screen.
inline ui::PictureDraw large(ui::PictureDraw picture) {
    picture.size = {picture.size.w * 2.4F, picture.size.h * 2.4F};
    return picture;
}
ui::PictureDraw touch_picture();
ui::PictureDraw printer_picture();
ui::PictureDraw welcome_picture();

} // namespace portico::kiosk
