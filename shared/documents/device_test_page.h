#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/documents/texts.h"

#include <cstdint>
#include <string>

namespace portico::documents {

enum class TestPageMedia : std::uint8_t { Card, Letter };

/// What a technician prints to see whether a printer is set up: edges, scale, greys, smallest type, barcode.
struct DeviceTestPage {
    TestPageMedia media = TestPageMedia::Letter;
    std::string terminal; ///< the terminal's name; not personal
    std::string printed;  ///< time as it shall stand there
};

/// Card: two CR80 pages; letter: one page. Safe from any thread.
Result<Bytes> device_test_page_pdf(DeviceTestPage const& page, Texts const& texts);

} // namespace portico::documents
