#include "kiosk/app/set_up_effects.h"

#include "kiosk/app/device_report.h"
#include "shared/client/central.h"

#include <memory>

namespace portico::kiosk {

namespace {

std::string url_of(std::string const& address) {
    return "https://" + address;
}

/// Whether somebody with that fingerprint answers where this kiosk will look for central. Asked before the
/// code is spent: an address that is kept cannot be changed here later. That this kiosk is not let in yet is
/// the answer.
Result<void> check_serving_place(std::string const& address, std::string const& fingerprint,
                                 std::stop_token const& given_up) {
    auto const https = TRY(client::Https::open_by_fingerprint(url_of(address), fingerprint));
    constexpr char const* nobody_serves = "serving_unreachable";
    client::HttpRequest request;
    request.path = "/v1/changes";
    auto const answer = https->call(std::move(request), given_up);
    if (answer.has_value()) // whoever lets a stranger in is not it: perhaps the enrolment listener
        return error(ErrorKind::Unavailable, nobody_serves);
    auto failure = answer.error();
    if (failure.reason == "terminal_refused")
        return ok();
    if (failure.reason == "central_unreachable" || failure.reason == "central_timed_out")
        failure.reason = nobody_serves;
    return failure;
}

} // namespace

SetUpEffects::SetUpEffects(SetUpServices services, std::function<void(Event)> post)
    : services_(std::move(services)), post_(std::move(post)) {}

SetUpEffects::~SetUpEffects() {
    given_up_.request_stop();
    shutdown_.request_stop();
}

void SetUpEffects::run(Command command) {
    bool const ends =
        std::holds_alternative<CancelWork>(command.body) || std::holds_alternative<EndSession>(command.body);
    if (ends) {
        given_up_.request_stop();
        given_up_ = std::stop_source();
        return;
    }
    auto const request = command.request;
    if (auto* question = std::get_if<CertifyTerminal>(&command.body)) {
        auto shared = std::make_shared<CertifyTerminal>(std::move(*question));
        certifier_.run([this, request, shared, given_up = given_up_.get_token()] {
            certify(request, *shared, given_up);
        });
    } else if (std::holds_alternative<CheckCentral>(command.body)) {
        others_.run(
            [this, request] { post_(Event{.request = request, .body = CentralChecked{check_central()}}); });
    } else if (auto const* page = std::get_if<PrintDeviceTest>(&command.body)) {
        others_.run([this, request, page = *page] {
            post_(Event{.request = request, .body = DeviceTestPrinted{print_test(page)}});
        });
    }
}

void SetUpEffects::certify(RequestNumber request, CertifyTerminal& question,
                           std::stop_token const& given_up) {
    auto outcome = certified(request, question, given_up);
    question.code.clear();
    post_(Event{.request = request, .body = TerminalCertified{std::move(outcome)}});
}

Result<TerminalFactsKnown> SetUpEffects::certified(RequestNumber request, CertifyTerminal& question,
                                                   std::stop_token const& given_up) {
    if (given_up.stop_requested())
        return error(ErrorKind::Cancelled, "cancelled");
    if (!question.serve_at.empty())
        TRY(check_serving_place(question.serve_at, question.fingerprint, given_up));
    auto const enrolled = TRY(client::enroll(
        services_.data,
        {.enroll_url = url_of(question.enroll_at),
         .fingerprint = question.fingerprint,
         .code = std::move(question.code),
         .program = "kiosk",
         .serve_url = question.serve_at.empty() ? std::string() : url_of(question.serve_at)},
        [&](client::EnrollmentStep step) { post_(Event{.request = request, .body = CertifyMoved{step}}); },
        given_up));
    return TerminalFactsKnown{enrolled.terminal_id, enrolled.plan_name};
}

Result<void> SetUpEffects::check_central() const {
    auto const enrollment = TRY(client::load_enrollment(services_.data));
    auto const url = services_.central.empty() ? enrollment.serve_url : services_.central;
    client::Central central(TRY(client::Https::open(url, enrollment.identity)));
    static_cast<void>(TRY(central.changes(shutdown_.get_token(), "", 0, 1)));
    return ok();
}

Result<void> SetUpEffects::print_test(PrintDeviceTest const& page) const {
    auto const enrollment = client::load_enrollment(services_.data);
    bool const known = enrollment.has_value();
    return print_device_report(
        {.terminal = known ? enrollment.value().terminal_id : std::string("-"),
         .central = known && services_.central.empty() ? enrollment.value().serve_url : services_.central,
         .devices = page.devices},
        services_.texts.in(page.language), services_.letter_printer, services_.clock, shutdown_.get_token());
}

} // namespace portico::kiosk
