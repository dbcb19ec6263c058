#pragma once

#include "central/store/data_place.h"
#include "tests/support/scratch_database.h"

namespace portico::test {

/// Where a store over the scratch database is opened.
inline central::StoreAddress address_of(ScratchDatabase const& scratch) {
    return central::StoreAddress::parse(scratch.server_address(), scratch.folder()).value();
}

} // namespace portico::test
