// link: portico_config
// A configuration file of any bytes: refused in words or read, never a crash, and never silent about a key.
#include "shared/config/reader.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace portico;
    auto reader = config::Reader::parse({reinterpret_cast<char const*>(data), size}, "fuzz.toml");
    if (reader.has_error())
        return reader.error().message.empty() ? (std::abort(), 0) : 0;
    reader.value().text("plan_name", "");
    reader.value().texts("hosts");
    reader.value().integer("mail.port", {1, 65535}, 25);
    reader.value().boolean("mail.tls", true);
    reader.value().table_count("desk");
    (void)reader.value().finish().has_error();
    return 0;
}
