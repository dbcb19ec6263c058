#pragma once

#include "shared/base/secret.h"

#include <string>
#include <vector>

namespace portico::ui {

/// A piece of speech in one language; a voice says it in one breath.
struct Phrase {
    std::string text;
    /// BCP 47 tag.
    std::string language;
    /// For the person's own ears: said into headphones and nowhere else.
    bool personal = false;
    bool operator==(Phrase const&) const = default;
};

inline void wipe_phrases(std::vector<Phrase>& phrases) {
    for (auto& phrase : phrases)
        wipe(phrase.text);
    phrases.clear();
}

} // namespace portico::ui
