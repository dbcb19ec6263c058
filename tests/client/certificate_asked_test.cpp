#include "shared/base/encoding.h"
#include "shared/client/https.h"
#include "shared/crypto/x509.h"
#include "tests/support/catch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <thread>

using namespace portico;
using namespace portico::client;

namespace {

/// A TLS server for one connection, cut by a reset as soon as its handshake is done, without a word why: as
/// it happens to a terminal whose request is still on its way when it is refused.
class RudeServer {
public:
    enum class Asks : std::uint8_t { ForCertificate, ForNothing };

    explicit RudeServer(Asks asks) {
        auto const key = crypto::PrivateKey::generate();
        auto const authority = crypto::CertificateAuthority::create("Test Plan", SystemClock().now());
        auto const certificate = authority.issue_server(key, {"127.0.0.1"}, SystemClock().now()).value();
        fingerprint_ = to_hex(crypto::read_certificate(certificate).value().fingerprint);
        pin_ = key.public_key_pin();
        context_.reset(SSL_CTX_new(TLS_server_method()));
        std::unique_ptr<BIO, decltype(&BIO_free)> const pem(
            BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())), BIO_free);
        std::unique_ptr<X509, decltype(&X509_free)> const shown(
            PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr), X509_free);
        REQUIRE(SSL_CTX_use_certificate(context_.get(), shown.get()) == 1);
        REQUIRE(SSL_CTX_use_PrivateKey(context_.get(), key.handle()) == 1);
        if (asks == Asks::ForCertificate)
            SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        REQUIRE(listen(listener_, 1) == 0);
        REQUIRE(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        url_ = "https://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        thread_ = std::thread([this] { serve(); });
    }
    RudeServer(RudeServer const&) = delete;
    RudeServer& operator=(RudeServer const&) = delete;
    ~RudeServer() {
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    std::string const& url() const { return url_; }
    std::string const& fingerprint() const { return fingerprint_; }
    std::string const& pin() const { return pin_; }

private:
    struct Free {
        void operator()(SSL_CTX* it) const { SSL_CTX_free(it); }
        void operator()(SSL* it) const { SSL_free(it); }
    };
    void serve() {
        int const fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0)
            return;
        std::unique_ptr<SSL, Free> const tls(SSL_new(context_.get()));
        SSL_set_fd(tls.get(), fd);
        SSL_accept(tls.get());
        linger const at_once{1, 0};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close(fd);
    }

    std::string url_, fingerprint_, pin_;
    std::unique_ptr<SSL_CTX, Free> context_;
    int listener_ = -1;
    std::thread thread_;
};

std::string outcome(std::string const& url, std::string const& fingerprint) {
    auto const https = Https::open_by_fingerprint(url, fingerprint).value();
    HttpRequest request;
    request.path = "/v1/changes";
    auto const answer = https->call(std::move(request), {});
    return answer.has_error() ? answer.error().reason : "answered";
}

} // namespace

TEST_CASE("https: whoever asks for a certificate of ours and cuts us off without a word serves terminals") {
    {
        RudeServer const server(RudeServer::Asks::ForCertificate);
        CHECK(outcome(server.url(), server.fingerprint()) == "terminal_refused");
    }
    RudeServer const server(RudeServer::Asks::ForCertificate);
    CHECK(outcome(server.url(), server.pin()) == "terminal_refused");
}

TEST_CASE("https: whoever asks for none and cuts us off is unreachable") {
    {
        RudeServer const server(RudeServer::Asks::ForNothing);
        CHECK(outcome(server.url(), server.fingerprint()) == "central_unreachable");
    }
    RudeServer const server(RudeServer::Asks::ForNothing);
    CHECK(outcome(server.url(), server.pin()) == "central_unreachable");
}

TEST_CASE("https: whoever is not the one with the fingerprint is not trusted, whatever is asked for") {
    for (auto const asks : {RudeServer::Asks::ForCertificate, RudeServer::Asks::ForNothing}) {
        {
            RudeServer const server(asks);
            CHECK(outcome(server.url(), std::string(64, 'a')) == "central_not_trusted");
        }
        RudeServer const server(asks);
        CHECK(outcome(server.url(), crypto::PrivateKey::generate().public_key_pin()) ==
              "central_not_trusted");
    }
}
