#include "tests/support/meddling_proxy.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <netinet/tcp.h>
#include <poll.h>
#include <sstream>
#include <stdexcept>

namespace portico::test {

namespace {

constexpr auto delay = std::chrono::milliseconds(20);
constexpr auto overtaking_max = std::chrono::milliseconds(100);
constexpr std::uint64_t held_back_for_max = 3;

std::string text_of(std::filesystem::path const& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::string call_of(std::string const& request) {
    auto const end = request.find_first_of("?\r", 0);
    auto const call = request.substr(0, end);
    return call.substr(0, call.find(' ', call.find(' ') + 1));
}

std::string body_of(std::string const& request) {
    return request.substr(request.find("\r\n\r\n") + 4);
}

std::string wire(RawReply const& reply) {
    return reply.head + "\r\n" + reply.body;
}

/// Where a message is cut: anywhere, the same for the same message.
std::size_t cut_in(std::string const& message) {
    return std::hash<std::string>()(message) % message.size();
}

std::size_t content_length(std::string const& head) {
    std::string lower = head;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    auto const at = lower.find("content-length:");
    return at == std::string::npos ? 0 : std::strtoul(lower.c_str() + at + 15, nullptr, 10);
}

} // namespace

char const* name(Meddling meddling) {
    static constexpr std::array names{"none",           "delayed",   "request lost", "request cut",
                                      "reply lost",     "reply cut", "repeated",     "doubled first",
                                      "doubled second", "held back", "overtaken"};
    static_assert(names.size() == static_cast<std::size_t>(Meddling::count));
    return names.at(static_cast<std::size_t>(meddling));
}

/// The terminal's side of a connection: TLS as central would speak it.
class MeddlingProxy::Line {
public:
    /// A terminal that is not enrolled yet comes to the enrolment listener: it shows no certificate, and
    /// finds the authority's behind the server's, to compare.
    Line(int fd, std::filesystem::path const& keys, bool enrolled) {
        context_.reset(SSL_CTX_new(TLS_server_method()));
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_3_VERSION);
        bool const good =
            SSL_CTX_use_certificate_file(context_.get(), (keys / "server.crt").c_str(), SSL_FILETYPE_PEM) ==
                1 &&
            SSL_CTX_use_PrivateKey_file(context_.get(), (keys / "server.key").c_str(), SSL_FILETYPE_PEM) ==
                1 &&
            SSL_CTX_load_verify_locations(context_.get(), (keys / "authority.crt").c_str(), nullptr) == 1;
        if (enrolled)
            SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        show_authority(keys / "authority.crt");
        SSL_CTX_set_num_tickets(context_.get(), 0);
        tls_.reset(SSL_new(context_.get()));
        SSL_set_fd(tls_.get(), fd);
        connected_ = good && SSL_accept(tls_.get()) == 1;
        ERR_clear_error();
    }

    /// One whole request; empty when the line ends.
    std::string read_request() {
        std::size_t end = std::string::npos;
        while ((end = unread_.find("\r\n\r\n")) == std::string::npos)
            if (!fill())
                return {};
        auto const size = end + 4 + content_length(unread_.substr(0, end + 2));
        while (unread_.size() < size)
            if (!fill())
                return {};
        auto request = unread_.substr(0, size);
        unread_.erase(0, size);
        return request;
    }
    bool write(std::string_view bytes) {
        bool const sent =
            bytes.empty() || SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
        ERR_clear_error();
        return sent;
    }

private:
    struct Free {
        void operator()(SSL_CTX* it) const { SSL_CTX_free(it); }
        void operator()(SSL* it) const { SSL_free(it); }
    };
    void show_authority(std::filesystem::path const& file) {
        std::unique_ptr<BIO, decltype(&BIO_free)> const in(BIO_new_file(file.c_str(), "r"), BIO_free);
        X509* const authority = in ? PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr) : nullptr;
        // The context owns it from here on.
        if (authority != nullptr && SSL_CTX_add_extra_chain_cert(context_.get(), authority) != 1)
            X509_free(authority);
    }
    bool fill() {
        std::array<char, 16 * 1024> buffer{};
        int const got = connected_ ? SSL_read(tls_.get(), buffer.data(), static_cast<int>(buffer.size())) : 0;
        ERR_clear_error();
        if (got > 0)
            unread_.append(buffer.data(), static_cast<std::size_t>(got));
        return got > 0;
    }

    std::unique_ptr<SSL_CTX, Free> context_;
    std::unique_ptr<SSL, Free> tls_;
    bool connected_ = false;
    std::string unread_;
};

MeddlingProxy::MeddlingProxy(std::uint16_t central_port, std::filesystem::path central_keys,
                             std::filesystem::path terminal, Plan plan)
    : central_port_(central_port), central_keys_(std::move(central_keys)), terminal_(std::move(terminal)),
      plan_(std::move(plan)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::bind(listener_.get(), generic, size) != 0 || ::listen(listener_.get(), 64) != 0 ||
        ::getsockname(listener_.get(), generic, &size) != 0)
        throw std::runtime_error("no free port on loopback");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this] { accept_all(); });
}

MeddlingProxy::~MeddlingProxy() {
    stopped_.signal();
    acceptor_ = {};
    {
        std::lock_guard const lock(guard_);
        ends_ = true;
        for (int const fd : open_)
            ::shutdown(fd, SHUT_RDWR);
    }
    moved_.notify_all();
    workers_.clear();
}

void MeddlingProxy::accept_all() {
    while (true) {
        pollfd waits[2] = {{listener_.get(), POLLIN, 0}, {stopped_.fd(), POLLIN, 0}};
        ::poll(waits, 2, -1);
        if (waits[1].revents != 0)
            return;
        FileDescriptor client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        int const no_delay = 1;
        ::setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
        std::lock_guard const lock(guard_);
        open_.insert(client.get());
        start_worker([this, taken = std::make_shared<FileDescriptor>(std::move(client))] { serve(*taken); });
    }
}

/// Under the guard.
void MeddlingProxy::start_worker(std::function<void()> work) {
    std::erase_if(workers_, [](Worker const& each) { return each.done->load(); });
    auto done = std::make_shared<std::atomic<bool>>(false);
    workers_.push_back({done, std::jthread([done, run = std::move(work)] {
                            run();
                            *done = true;
                        })});
}

void MeddlingProxy::serve(FileDescriptor& client) {
    Line line(client.get(), central_keys_, std::filesystem::exists(terminal_ / "terminal.json"));
    for (auto request = line.read_request(); !request.empty() && carry(line, request);
         request = line.read_request()) {
    }
    std::lock_guard const lock(guard_);
    open_.erase(client.get());
    client.close();
}

TlsFace MeddlingProxy::face() const {
    return {text_of(central_keys_ / "authority.crt"), text_of(terminal_ / "terminal.crt"),
            text_of(terminal_ / "terminal.key")};
}

void MeddlingProxy::note(Exchange exchange) {
    {
        std::lock_guard const lock(guard_);
        exchanges_.push_back(std::move(exchange));
        ++answered_;
    }
    moved_.notify_all();
}

RawReply MeddlingProxy::exchange(std::string const& request) {
    TlsClient central(central_port_, face());
    {
        std::lock_guard const lock(guard_);
        if (ends_)
            return {};
        open_.insert(central.socket());
    }
    auto const sent = std::chrono::steady_clock::now();
    central.send(request);
    auto reply = central.read_reply().value_or(RawReply{});
    note({call_of(request), body_of(request), reply.status, sent, std::chrono::steady_clock::now()});
    std::lock_guard const lock(guard_);
    open_.erase(central.socket());
    return reply;
}

std::pair<RawReply, RawReply> MeddlingProxy::exchange_doubled(std::string const& request) {
    RawReply second;
    RawReply first;
    {
        std::jthread const other([&] { second = exchange(request); });
        first = exchange(request);
    }
    return {first, second};
}

bool MeddlingProxy::answer(Line& line, std::string const& request, std::size_t bytes_max) {
    auto const reply = exchange(request);
    return reply.status != 0 && line.write(std::string_view(wire(reply)).substr(0, bytes_max)) &&
           bytes_max == std::string::npos;
}

void MeddlingProxy::wait_for_overtaking() {
    std::unique_lock lock(guard_);
    moved_.wait_for(lock, overtaking_max, [this, before = answered_] { return ends_ || answered_ > before; });
}

void MeddlingProxy::let_one_go() {
    std::lock_guard const lock(guard_);
    auto const due = std::find_if(held_.begin(), held_.end(),
                                  [this](Held const& each) { return each.after <= answered_; });
    if (due == held_.end() || ends_)
        return;
    start_worker([this, request = std::move(due->request)] { exchange(request); });
    held_.erase(due);
}

void MeddlingProxy::deliver_held_back() {
    std::vector<Held> all;
    {
        std::lock_guard const lock(guard_);
        all.swap(held_);
    }
    for (auto at = all.rbegin(); at != all.rend(); ++at)
        exchange(at->request);
}

std::vector<MeddlingProxy::Exchange> MeddlingProxy::exchanges() {
    std::lock_guard const lock(guard_);
    return exchanges_;
}

/// True when the connection goes on.
bool MeddlingProxy::carry(Line& line, std::string const& request) {
    auto const meddling = [&] {
        std::lock_guard const lock(guard_);
        return plan_(call_of(request));
    }();
    bool goes_on = false;
    switch (meddling) {
    case Meddling::RequestLost:
        return false;
    case Meddling::RequestCut: {
        TlsClient central(central_port_, face());
        central.send(std::string_view(request).substr(0, cut_in(request)));
        return false;
    }
    case Meddling::HeldBack: {
        std::lock_guard const lock(guard_);
        held_.push_back({request, answered_ + 1 + cut_in(request) % held_back_for_max});
        return false;
    }
    case Meddling::ReplyLost:
        exchange(request);
        break;
    case Meddling::ReplyCut: {
        auto const reply = wire(exchange(request));
        line.write(std::string_view(reply).substr(0, cut_in(reply)));
        break;
    }
    case Meddling::Repeated: {
        auto const reply = exchange(request);
        exchange(request);
        goes_on = reply.status != 0 && line.write(wire(reply));
        break;
    }
    case Meddling::DoubledFirst:
    case Meddling::DoubledSecond: {
        auto const [first, second] = exchange_doubled(request);
        auto const& reply = meddling == Meddling::DoubledFirst ? first : second;
        goes_on = reply.status != 0 && line.write(wire(reply));
        break;
    }
    case Meddling::Overtaken:
        wait_for_overtaking();
        goes_on = answer(line, request, std::string::npos);
        break;
    case Meddling::Delayed: {
        std::unique_lock lock(guard_);
        moved_.wait_for(lock, delay, [this] { return ends_; });
        lock.unlock();
        goes_on = answer(line, request, std::string::npos);
        break;
    }
    case Meddling::None:
    case Meddling::count:
        goes_on = answer(line, request, std::string::npos);
        break;
    }
    let_one_go();
    return goes_on;
}

} // namespace portico::test
