#include "tests/contract/waiting_code.h"

#include "tests/support/must.h"

#include <regex>

namespace portico::test {

using namespace portico::central;

std::string waiting_code(ApiBench& api, MessageChannel channel) {
    auto const& core = api.bench.core();
    auto const next = [&] {
        return must(core.store->write_value<std::optional<WaitingMessage>>(
            [&](storage::Database& database) { return core.notify->outbox().claim(database, channel); }));
    };
    std::string code;
    while (auto const mail = next())
        if (std::smatch found; std::regex_search(mail->text, found, std::regex("[0-9]{6}")))
            code = found.str();
    REQUIRE(!code.empty());
    return code;
}

} // namespace portico::test
