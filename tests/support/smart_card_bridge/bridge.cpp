// A CAC card in software for a virtual PC/SC reader: libcacard's card on one side, vsmartcard's vpcd on the
// other. smart_card_bridge PORT NSS_DB CERTIFICATE_NAME STATE_FILE [APDUS] The card is in the reader while
// this program runs. STATE_FILE keeps how many wrong PINs the card still takes (libcacard does not count).
// With APDUS the card is pulled after so many commands.
#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

extern "C" {
#include <libcacard.h>
}
#include <csignal>

namespace {

using Bytes = std::vector<unsigned char>;

constexpr int pin_tries_max = 3;
constexpr std::size_t reply_bytes_max = 4096;
constexpr unsigned char verify_instruction = 0x20;

enum Control : unsigned char { power_off = 0, power_on = 1, reset = 2, get_atr = 4 };

[[noreturn]] void fail(char const* what) {
    std::fprintf(stderr, "smart_card_bridge: %s\n", what);
    std::exit(1);
}

int connect_to_reader(int port) {
    int const wire = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (connect(wire, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        fail("no virtual reader at that port");
    int const on = 1;
    setsockopt(wire, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return wire;
}

bool read_exactly(int wire, unsigned char* data, std::size_t size) {
    while (size > 0) {
        auto const got = recv(wire, data, size, 0);
        // Without it the kernel delays its acknowledgement, and a sign-in takes seconds.
        int const on = 1;
        setsockopt(wire, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
        if (got <= 0)
            return false;
        data += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool read_message(int wire, Bytes& message) {
    unsigned char length[2];
    if (!read_exactly(wire, length, sizeof length))
        return false;
    message.resize(static_cast<std::size_t>(length[0]) << 8U | length[1]);
    return read_exactly(wire, message.data(), message.size());
}

/// In one piece: vpcd waits for the second of two.
void write_message(int wire, Bytes const& message) {
    Bytes whole{static_cast<unsigned char>(message.size() >> 8U),
                static_cast<unsigned char>(message.size() & 0xFFU)};
    whole.insert(whole.end(), message.begin(), message.end());
    if (send(wire, whole.data(), whole.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(whole.size()))
        std::exit(0);
}

/// The card's count of wrong PINs, over restarts.
class Tries {
public:
    explicit Tries(std::string file) : file_(std::move(file)) {
        std::ifstream in(file_);
        if (!(in >> left_))
            left_ = pin_tries_max;
    }
    int left() const { return left_; }
    void set(int left) {
        left_ = left;
        std::ofstream(file_) << left_;
    }
    /// "63 Cn", or "69 83" when the PIN is blocked.
    Bytes status() const {
        if (left_ == 0)
            return {0x69, 0x83};
        return {0x63, static_cast<unsigned char>(0xC0 | left_)};
    }

private:
    std::string file_;
    int left_ = pin_tries_max;
};

Bytes pass_on(VReader* reader, Bytes& command) {
    Bytes reply(reply_bytes_max);
    int size = static_cast<int>(reply.size());
    if (vreader_xfr_bytes(reader, command.data(), static_cast<int>(command.size()), reply.data(), &size) !=
        VREADER_OK)
        return {0x6F, 0x00};
    reply.resize(static_cast<std::size_t>(size));
    return reply;
}

Bytes answer(VReader* reader, Bytes& command, Tries& tries) {
    if (command.size() < 4 || command[1] != verify_instruction)
        return pass_on(reader, command);
    if (command.size() <= 5 || tries.left() == 0) // a question after the tries, or too late
        return tries.status();
    auto reply = pass_on(reader, command);
    if (reply.size() == 2 && reply[0] == 0x90) {
        tries.set(pin_tries_max);
        return reply;
    }
    tries.set(tries.left() - 1);
    return tries.status();
}

VReader* start_card(std::string const& database, std::string const& certificate) {
    auto const options =
        "db=\"sql:" + database + "\" use_hw=no soft=(,Virtual Reader,CAC,," + certificate + ")";
    vreader_init();
    if (vcard_emul_init(vcard_emul_options(options.c_str())) != VCARD_EMUL_OK)
        fail("libcacard did not start");
    auto* list = vreader_get_reader_list();
    auto* first = vreader_list_get_first(list);
    if (first == nullptr)
        fail("libcacard made no card: is the certificate in the database?");
    return vreader_list_get_reader(first);
}

/// Powers the card up, which resets it, and returns what it answers.
Bytes power_up(VReader* reader) {
    Bytes atr(256);
    int size = static_cast<int>(atr.size());
    if (vreader_power_on(reader, atr.data(), &size) != VREADER_OK)
        fail("the card does not start");
    atr.resize(static_cast<std::size_t>(size));
    return atr;
}

void control(VReader* reader, unsigned char what, int wire, Bytes const& atr) {
    switch (what) {
    case power_off:
        vreader_power_off(reader);
        break;
    case reset:
        vreader_power_off(reader);
        [[fallthrough]];
    case power_on:
        power_up(reader);
        break;
    case get_atr:
        // Not asked of the card: pcscd looks this way whether it is still there, in the midst of a signature
        // too.
        write_message(wire, atr);
        break;
    default:
        break;
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 5)
        fail("usage: smart_card_bridge PORT NSS_DB CERTIFICATE_NAME STATE_FILE [APDUS]");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    auto* reader = start_card(argv[2], argv[3]);
    Tries tries(argv[4]);
    int commands_left = argc > 5 ? std::atoi(argv[5]) : -1;
    auto const atr = power_up(reader);
    int const wire = connect_to_reader(std::atoi(argv[1]));
    Bytes message;
    while (read_message(wire, message)) {
        if (message.size() == 1) {
            control(reader, message.front(), wire, atr);
            continue;
        }
        if (commands_left == 0)
            break;
        commands_left -= commands_left > 0 ? 1 : 0;
        write_message(wire, answer(reader, message, tries));
    }
    return 0;
}
