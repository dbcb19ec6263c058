#pragma once

#include "shared/base/encoding.h"
#include "shared/base/secret.h"

namespace portico::test {

/// A PIN of this test alone, kept so that it does not itself stand in this program's memory.
class MaskedPin {
public:
    MaskedPin();
    Secret open() const;
    /// True when it stands somewhere in this program's memory. Nobody may hold an opened one.
    bool stands_in_memory() const;

private:
    Bytes masked_;
};

} // namespace portico::test
