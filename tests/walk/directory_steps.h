#pragma once

#include "tests/support/driver.h"

#include <functional>

namespace portico::test {

/// Presses "search" by `go` on "find a doctor" until something was found. A kiosk that was certified a moment
/// ago may not have the directory yet: it is asked again, as people do.
void search_until_found(Driver& screen, std::function<void()> const& go);
/// By touch, from the page with nothing typed.
void search_directory(Driver& screen);

/// From the attract screen, with nobody signed in, to the page that reports what is wrong with a listing of
/// the directory.
void open_listing_report(Driver& screen);

} // namespace portico::test
