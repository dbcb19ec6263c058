#include "shared/base/wipe_behind.h"

#include "shared/base/secret.h"

namespace portico {

void wipe_behind_end(std::string& text) {
    auto const size = text.size();
    text.resize(text.capacity());
    wipe(text.data() + size, text.size() - size);
    text.resize(size);
}

} // namespace portico
