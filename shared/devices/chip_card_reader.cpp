#include "shared/devices/chip_card_reader.h"

namespace portico {

char const* name(ChipCardScheme scheme) {
    return scheme == ChipCardScheme::RsaPkcs1Sha256 ? "rs256" : "es256";
}

} // namespace portico
