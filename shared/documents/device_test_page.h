#pragma once

#include "shared/base/encoding.h"
#include "shared/base/result.h"
#include "shared/documents/texts.h"
#include "shared/domain/tested_device.h"

#include <cstdint>
#include <string>
#include <vector>

namespace portico::documents {

enum class TestPageMedia : std::uint8_t { Card, Letter };

/// What a technician prints to see whether a printer is set up: edges, scale, greys, smallest type, barcode;
/// on a letter also what became of the other devices, to be kept with the kiosk's papers.
struct DeviceTestPage {
    TestPageMedia media = TestPageMedia::Letter;
    std::string terminal;     ///< the terminal's name; not personal
    std::string printed;      ///< time as it shall stand there
    std::string build = {};   ///< of the program (shared/base/build_id.h); empty: not told
    std::string central = {}; ///< host:port or URL; empty: not told
    std::vector<TestedDevice> devices = {};
};

/// Card: two CR80 pages; letter: one page. Safe from any thread.
Result<Bytes> device_test_page_pdf(DeviceTestPage const& page, Texts const& texts);

} // namespace portico::documents
