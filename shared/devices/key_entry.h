#pragma once

#include "shared/base/secret.h"

namespace portico {

/// How many digits a caller keys for one entry.
inline constexpr int entry_digits = 6;

/// What a caller keys on the telephone, key by key, until an entry is complete. Its digits are wiped when
/// they are taken, dropped, or this goes.
class KeyEntry {
public:
    enum class Came : std::uint8_t {
        Nothing,  ///< no key of a telephone, or an entry is complete already
        Digit,    ///< one more of the entry
        Dropped,  ///< "*" or "#": the entry begins anew
        Complete, ///< the last digit: `take` it
    };
    /// `key`: 0-9, "*", "#". "#" is what people key at the end: of less than six digits it makes no entry, so
    /// that it costs no try.
    Came press(char key);
    /// Digits that have come, 0 to `entry_digits`.
    int count() const { return static_cast<int>(digits_.size()); }
    /// The digits, once; the next key begins another entry.
    Secret take();
    void clear() { digits_.clear(); }

private:
    Secret digits_;
};

} // namespace portico
