#include "shared/devices/real/ipp_printer.h"

#include "shared/devices/real/ipp_call.h"
#include "shared/devices/real/ipp_status.h"

#include <array>

namespace portico {

namespace {

// Hundredths of a millimetre, the short side first. Sources: ISO/IEC 7810 (ID-1), PWG 5101.1.
struct MediaSize {
    int width;
    int length;
};

MediaSize size_of(PrintMedia media) {
    switch (media) {
    case PrintMedia::Cr80:
        return {5398, 8560};
    case PrintMedia::Letter:
        return {21590, 27940};
    case PrintMedia::A4:
        break;
    }
    return {21000, 29700};
}

Error refused(ipp_t* reply) {
    // The status is a keyword of the standard; the printer's own message could repeat the job's name.
    return error(ErrorKind::Refused, "printer_refused",
                 std::string("the printer refused: ") + ippErrorString(ippGetStatusCode(reply)));
}

void add_template(ipp_t* message, PrintMedia media, PrintSides sides) {
    auto const size = size_of(media);
    IppMessage const dimensions(ippNew());
    ippAddInteger(dimensions.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", size.width);
    ippAddInteger(dimensions.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", size.length);
    IppMessage const column(ippNew());
    ippAddCollection(column.get(), IPP_TAG_ZERO, "media-size", dimensions.get());
    ippAddCollection(message, IPP_TAG_JOB, "media-col", column.get());
    // Both sides of a card are turned about its long side as a book's pages are.
    ippAddString(message, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", nullptr,
                 sides == PrintSides::One ? "one-sided" : "two-sided-long-edge");
}

Result<PrintJobId> create_job(IppCall& call, PrintTicket const& ticket, PrintMedia media, PrintSides sides) {
    auto message = call.request(IPP_OP_CREATE_JOB);
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, ticket.text.c_str());
    // Better no card than one on the wrong media.
    ippAddBoolean(message.get(), IPP_TAG_OPERATION, "ipp-attribute-fidelity", 1);
    add_template(message.get(), media, sides);
    auto const reply = TRY(call.exchange(std::move(message)));
    if (!succeeded(reply.get()))
        return refused(reply.get());
    auto* id = ippFindAttribute(reply.get(), "job-id", IPP_TAG_INTEGER);
    if (id == nullptr)
        return error(ErrorKind::Refused, "printer_refused", "the printer made a job without a number");
    return PrintJobId{ippGetInteger(id, 0)};
}

/// So that a job whose document was refused does not block the printer; if this fails the printer's own time
/// limit does it.
void drop_job(IppCall& call, PrintJobId job) {
    auto message = call.request(IPP_OP_CANCEL_JOB);
    ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job.number);
    std::ignore = call.exchange(std::move(message)).has_error();
}

Result<void> send_document(IppCall& call, PrintJobId job, ByteView pdf) {
    auto message = call.request(IPP_OP_SEND_DOCUMENT);
    ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job.number);
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
                 "application/pdf");
    ippAddBoolean(message.get(), IPP_TAG_OPERATION, "last-document", 1);
    auto const reply = call.exchange(std::move(message), pdf);
    if (reply.has_error())
        return error(ErrorKind::TimedOut, "print_outcome_unknown",
                     "contact with the printer was lost while it received the document");
    if (succeeded(reply.value().get()))
        return ok();
    auto refusal = refused(reply.value().get());
    drop_job(call, job);
    return refusal;
}

/// Conditions that explain why a job does not go on; the printer's, for a job seldom tells itself.
PrintJobState state_with(ipp_t* job_reply, PrinterState const& printer) {
    auto* attribute = ippFindAttribute(job_reply, "job-state", IPP_TAG_ENUM);
    return attribute == nullptr ? PrintJobState::Unknown
                                : ipp_job_state(ippGetInteger(attribute, 0), printer);
}

Result<PrinterStatus> ask_status(IppCall& call) {
    auto message = call.request(IPP_OP_GET_PRINTER_ATTRIBUTES);
    static constexpr std::array wanted{"printer-state",  "printer-state-reasons", "printer-is-accepting-jobs",
                                       "printer-supply", "marker-levels",         "marker-types"};
    ippAddStrings(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  static_cast<int>(wanted.size()), nullptr, wanted.data());
    auto const reply = TRY(call.exchange(std::move(message)));
    if (!succeeded(reply.get()))
        return refused(reply.get());
    return ipp_printer_status(reply.get());
}

/// The newest job of that name in one list ("completed" or "not-completed": "all" is optional in IPP).
Result<std::optional<std::pair<int, int>>> newest_in(IppCall& call, char const* which,
                                                     PrintTicket const& ticket) {
    auto message = call.request(IPP_OP_GET_JOBS);
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, which);
    static constexpr std::array wanted{"job-id", "job-name", "job-state"};
    ippAddStrings(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                  static_cast<int>(wanted.size()), nullptr, wanted.data());
    auto const reply = TRY(call.exchange(std::move(message)));
    if (!succeeded(reply.get()))
        return refused(reply.get());
    return ipp_newest_job(reply.get(), ticket.text);
}

} // namespace

Result<std::unique_ptr<IppPrinter>> IppPrinter::create(IppPrinterOptions options) {
    if (!is_ipp_uri(options.uri))
        return error(ErrorKind::InvalidInput, "printer_uri_invalid",
                     "a printer's address begins with ipp:// or ipps://");
    return std::unique_ptr<IppPrinter>(new IppPrinter(std::move(options)));
}

PrinterStatus IppPrinter::status(std::stop_token cancel) {
    auto const call = IppCall::connect(options_.uri, options_.call_timeout, std::move(cancel));
    if (call.has_error())
        return {};
    auto const status = ask_status(*call.value());
    return status.has_value() ? status.value() : PrinterStatus{};
}

Result<PrintJobId> IppPrinter::submit(PrintTicket const& ticket, ByteView pdf, PrintMedia media,
                                      PrintSides sides, std::stop_token cancel) {
    TRY(check(ticket));
    auto const call = TRY(IppCall::connect(options_.uri, options_.call_timeout, std::move(cancel)));
    // Without a document the job prints nothing: until here a lost connection is simply "offline".
    auto const job = TRY(create_job(*call, ticket, media, sides));
    TRY(send_document(*call, job, pdf));
    return job;
}

Result<std::optional<PrintJob>> IppPrinter::find(PrintTicket const& ticket, std::stop_token cancel) {
    TRY(check(ticket));
    auto const call = TRY(IppCall::connect(options_.uri, options_.call_timeout, std::move(cancel)));
    // Unfinished ones first: a job that ends between the two questions is then seen in the second.
    auto const open = TRY(newest_in(*call, "not-completed", ticket));
    auto const over = TRY(newest_in(*call, "completed", ticket));
    auto const newest = !open || (over && over->first >= open->first) ? over : open;
    if (!newest)
        return std::optional<PrintJob>{};
    auto const status = TRY(ask_status(*call));
    return std::optional(PrintJob{{newest->first}, ipp_job_state(newest->second, status.state)});
}

Result<PrintJobState> IppPrinter::job_state(PrintJobId job, std::stop_token cancel) {
    auto const call = TRY(IppCall::connect(options_.uri, options_.call_timeout, std::move(cancel)));
    auto message = call->request(IPP_OP_GET_JOB_ATTRIBUTES);
    ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job.number);
    auto const reply = TRY(call->exchange(std::move(message)));
    if (ippGetStatusCode(reply.get()) == IPP_STATUS_ERROR_NOT_FOUND)
        return PrintJobState::Unknown;
    if (!succeeded(reply.get()))
        return refused(reply.get());
    auto const status = TRY(ask_status(*call));
    return state_with(reply.get(), status.state);
}

Result<void> IppPrinter::cancel_job(PrintJobId job, std::stop_token cancel) {
    auto const call = TRY(IppCall::connect(options_.uri, options_.call_timeout, std::move(cancel)));
    auto message = call->request(IPP_OP_CANCEL_JOB);
    ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job.number);
    auto const reply = TRY(call->exchange(std::move(message)));
    if (ippGetStatusCode(reply.get()) == IPP_STATUS_ERROR_NOT_FOUND)
        return error(ErrorKind::NotFound, "print_job_unknown", "the printer does not know the job");
    if (ippGetStatusCode(reply.get()) == IPP_STATUS_ERROR_NOT_POSSIBLE)
        return error(ErrorKind::Conflict, "print_job_over", "the job has ended already");
    if (!succeeded(reply.get()))
        return refused(reply.get());
    return ok();
}

} // namespace portico
