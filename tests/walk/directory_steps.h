#pragma once

#include "tests/support/driver.h"

namespace portico::test {

/// From the attract screen, with nobody signed in, to the page that reports what is wrong with a listing of
/// the directory.
void open_listing_report(Driver& screen);

} // namespace portico::test
