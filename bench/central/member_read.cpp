// Whether a data folder serves: a member's home page and one EOB, read over mutual TLS as a terminal does.
//
//   member_read DATA PATIENT EOB

#include "bench/central/host.h"

#include <cstdio>

using namespace portico;
using namespace portico::bench;

int main(int count, char** words) {
    if (count != 4) {
        std::fprintf(stderr, "usage: member_read DATA PATIENT EOB\n");
        return 2;
    }
    CentralHost const central(words[1], {words[2]}, {});
    auto const& terminal = central.terminals().front();
    test::TlsClient connection(central.port(), terminal.face);
    for (auto const& target : {std::string("/v1/home"), std::string("/v1/eobs/") + words[3]}) {
        connection.send(get_request(target, terminal.token));
        auto const reply = connection.read_reply();
        if (!reply || reply->status != 200) {
            std::fprintf(stderr, "bench: %s was answered with %d\n", target.c_str(),
                         reply ? reply->status : 0);
            return 1;
        }
        std::printf("%s: %zu bytes\n", target.c_str(), reply->body.size());
    }
    return 0;
}
