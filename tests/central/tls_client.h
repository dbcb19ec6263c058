#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <optional>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace portico::test {

/// What a TLS client shows and accepts.
struct TlsFace {
    std::string authority_pem;   ///< empty: the server is not checked
    std::string certificate_pem; ///< empty: shows none
    std::string key_pem;
    int version_max = TLS1_3_VERSION;
};

struct RawReply {
    int status = 0;
    std::string head;
    std::string body;
};

/// A connection to 127.0.0.1, byte by byte: for what a well-behaved client would never send.
class TlsClient {
public:
    TlsClient(std::uint16_t port, TlsFace const& face) {
        context_.reset(SSL_CTX_new(TLS_client_method()));
        SSL_CTX_set_max_proto_version(context_.get(), face.version_max);
        if (!face.authority_pem.empty()) {
            auto bio = memory(face.authority_pem);
            X509* authority = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr);
            X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), authority);
            X509_free(authority);
            SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        }
        if (!face.certificate_pem.empty()) {
            auto bio = memory(face.certificate_pem);
            X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr);
            SSL_CTX_use_certificate(context_.get(), certificate);
            X509_free(certificate);
            auto key_bio = memory(face.key_pem);
            EVP_PKEY* key = PEM_read_bio_PrivateKey(key_bio.get(), nullptr, nullptr, nullptr);
            SSL_CTX_use_PrivateKey(context_.get(), key);
            EVP_PKEY_free(key);
        }
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        timeval const patience{30, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            return;
        tls_.reset(SSL_new(context_.get()));
        SSL_set_fd(tls_.get(), socket_);
        connected_ = SSL_connect(tls_.get()) == 1;
    }
    TlsClient(TlsClient const&) = delete;
    TlsClient& operator=(TlsClient const&) = delete;
    ~TlsClient() {
        tls_.reset();
        ::close(socket_);
    }

    /// In TLS 1.3 a client learns that its certificate was refused only when it reads.
    bool connected() const { return connected_; }

    /// What the server showed, as PEM; empty when nothing was.
    std::string server_certificate_pem() const {
        std::unique_ptr<X509, Free> const shown(connected_ ? SSL_get1_peer_certificate(tls_.get()) : nullptr);
        if (shown == nullptr)
            return {};
        std::unique_ptr<BIO, Free> const out(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(out.get(), shown.get());
        char* text = nullptr;
        auto const length = BIO_get_mem_data(out.get(), &text);
        return {text, static_cast<std::size_t>(length)};
    }

    bool send(std::string_view bytes) {
        while (connected_ && !bytes.empty()) {
            int const sent = SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return connected_;
    }

    /// One reply; nothing when the connection ended before it was whole.
    std::optional<RawReply> read_reply() {
        RawReply reply;
        std::size_t end = std::string::npos;
        while ((end = pending_.find("\r\n\r\n")) == std::string::npos)
            if (!fill())
                return std::nullopt;
        reply.head = pending_.substr(0, end + 2);
        pending_.erase(0, end + 4);
        reply.status = std::atoi(reply.head.c_str() + 9);
        auto const at = reply.head.find("Content-Length: ");
        auto const length =
            at == std::string::npos ? 0 : std::strtoul(reply.head.c_str() + at + 16, nullptr, 10);
        while (pending_.size() < length)
            if (!fill())
                return std::nullopt;
        reply.body = pending_.substr(0, length);
        pending_.erase(0, length);
        return reply;
    }

    /// So that another thread can end what is waited for here.
    int socket() const { return socket_; }

    /// True when the server has ended the connection (waits for it).
    bool closed_by_server() { return !fill(); }

private:
    struct Free {
        void operator()(SSL_CTX* it) const { SSL_CTX_free(it); }
        void operator()(SSL* it) const { SSL_free(it); }
        void operator()(BIO* it) const { BIO_free_all(it); }
        void operator()(X509* it) const { X509_free(it); }
    };
    static std::unique_ptr<BIO, Free> memory(std::string const& text) {
        return std::unique_ptr<BIO, Free>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    }
    bool fill() {
        char chunk[4096];
        if (!connected_)
            return false;
        int const got = SSL_read(tls_.get(), chunk, sizeof chunk);
        ERR_clear_error();
        if (got <= 0)
            return false;
        pending_.append(chunk, static_cast<std::size_t>(got));
        return true;
    }

    std::unique_ptr<SSL_CTX, Free> context_;
    std::unique_ptr<SSL, Free> tls_;
    int socket_ = -1;
    bool connected_ = false;
    std::string pending_;
};

} // namespace portico::test
