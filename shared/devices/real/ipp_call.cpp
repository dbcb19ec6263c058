#include "shared/devices/real/ipp_call.h"

#include <algorithm>
#include <array>

namespace portico {

namespace {

/// How often a waiting call looks whether it was cancelled.
constexpr double look_interval_s = 0.1;

struct Place {
    std::array<char, 32> scheme{};
    std::array<char, HTTP_MAX_HOST> host{};
    std::array<char, HTTP_MAX_URI> resource{};
    int port = 0;
};

std::optional<Place> split(std::string const& uri) {
    Place place;
    std::array<char, 256> user{};
    auto const status = httpSeparateURI(
        HTTP_URI_CODING_ALL, uri.c_str(), place.scheme.data(), static_cast<int>(place.scheme.size()),
        user.data(), static_cast<int>(user.size()), place.host.data(), static_cast<int>(place.host.size()),
        &place.port, place.resource.data(), static_cast<int>(place.resource.size()));
    std::string_view const scheme = place.scheme.data();
    if (status < HTTP_URI_STATUS_OK || (scheme != "ipp" && scheme != "ipps"))
        return std::nullopt;
    return place;
}

} // namespace

bool is_ipp_uri(std::string const& uri) {
    return split(uri).has_value();
}

bool succeeded(ipp_t* reply) {
    return ippGetStatusCode(reply) < IPP_STATUS_REDIRECTION_OTHER_SITE;
}

IppCall::IppCall(std::string uri, std::string resource, std::chrono::milliseconds timeout,
                 std::stop_token cancel)
    : uri_(std::move(uri)), resource_(std::move(resource)),
      deadline_(std::chrono::steady_clock::now() + timeout), cancel_(std::move(cancel)) {}

IppCall::~IppCall() {
    httpClose(http_);
}

Result<std::unique_ptr<IppCall>> IppCall::connect(std::string const& uri, std::chrono::milliseconds timeout,
                                                  std::stop_token cancel) {
    auto const place = split(uri);
    if (!place)
        return error(ErrorKind::InvalidInput, "printer_uri_invalid",
                     "a printer's address begins with ipp:// or ipps://");
    std::unique_ptr<IppCall> call(new IppCall(uri, place->resource.data(), timeout, cancel));
    // libcups asks for a password on the terminal otherwise, and waits there. It keeps this for each thread.
    cupsSetPasswordCB2(
        [](char const*, http_t*, char const*, char const*, void*) -> char const* { return nullptr; },
        nullptr);
    bool const tls = std::string_view(place->scheme.data()) == "ipps";
    int cancelled = 0; // libcups looks at it while it connects
    std::stop_callback const on_cancel(cancel, [&cancelled] { std::atomic_ref(cancelled).store(1); });
    call->http_ = httpConnect2(place->host.data(), place->port, nullptr, AF_UNSPEC,
                               tls ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                               static_cast<int>(timeout.count()), &cancelled);
    if (call->http_ == nullptr)
        return call->lost();
    httpSetTimeout(call->http_, look_interval_s, keep_waiting, call.get());
    return call;
}

int IppCall::keep_waiting(http_t* /*http*/, void* self) {
    auto const* call = static_cast<IppCall const*>(self);
    return !call->cancel_.stop_requested() && std::chrono::steady_clock::now() < call->deadline_ ? 1 : 0;
}

Error IppCall::lost() const {
    if (cancel_.stop_requested())
        return error(ErrorKind::Cancelled, "cancelled");
    return error(ErrorKind::Unavailable, "printer_offline", "the printer cannot be reached");
}

IppMessage IppCall::request(ipp_op_t operation) const {
    IppMessage message(ippNewRequest(operation));
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, uri_.c_str());
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, "portico");
    return message;
}

Result<IppMessage> IppCall::exchange(IppMessage message, ByteView document) {
    auto const size = ippLength(message.get()) + document.size();
    auto status = cupsSendRequest(http_, message.get(), resource_.c_str(), size);
    for (auto rest = document; status == HTTP_STATUS_CONTINUE && !rest.empty();) {
        constexpr std::size_t piece_bytes = 65'536;
        auto const piece = rest.first(std::min(rest.size(), piece_bytes));
        status = cupsWriteRequestData(http_, as_text(piece).data(), piece.size());
        rest = rest.subspan(piece.size());
        if (keep_waiting(http_, this) == 0)
            return lost();
    }
    if (status != HTTP_STATUS_CONTINUE && status != HTTP_STATUS_OK)
        return lost();
    IppMessage reply(cupsGetResponse(http_, resource_.c_str()));
    if (!reply || ippGetState(reply.get()) != IPP_STATE_DATA)
        return lost();
    return reply;
}

} // namespace portico
