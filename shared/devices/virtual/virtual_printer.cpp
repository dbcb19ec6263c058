#include "shared/devices/virtual/virtual_printer.h"

#include <algorithm>
#include <fstream>

namespace portico {

namespace {

constexpr char const* state_header = "portico-virtual-printer-1";

} // namespace

Result<std::unique_ptr<VirtualPrinter>> VirtualPrinter::create(VirtualPrinterOptions options,
                                                               Clock const& clock) {
    std::error_code failed;
    std::filesystem::create_directories(options.folder, failed);
    if (failed)
        return error(ErrorKind::Internal, "printer_folder_unusable",
                     "cannot make the virtual printer's folder");
    std::unique_ptr<VirtualPrinter> printer(new VirtualPrinter(std::move(options), clock));
    printer->media_left_ = printer->options_.media_count;
    TRY(printer->load());
    return printer;
}

template <class Change>
void VirtualPrinter::switch_over(Change change) {
    std::function<void()> changed;
    {
        std::lock_guard const lock(guard_);
        advance();
        change();
        advance();
        save();
        changed = changed_;
    }
    if (changed)
        changed();
}

void VirtualPrinter::empty_media() {
    switch_over([this] { media_left_ = 0; });
}
void VirtualPrinter::refill() {
    switch_over([this] { media_left_ = options_.media_count; });
}
void VirtualPrinter::jam() {
    switch_over([this] { jammed_ = true; });
}
void VirtualPrinter::clear_jam() {
    switch_over([this] { jammed_ = false; });
}
void VirtualPrinter::unplug() {
    switch_over([this] { plugged_ = false; });
}
void VirtualPrinter::plug() {
    switch_over([this] { plugged_ = true; });
}
void VirtualPrinter::take() {
    switch_over([this] { waiting_ = 0; });
}

void VirtualPrinter::restart() {
    switch_over([this] {
        jobs_.clear();
        next_number_ = 1;
        started_.reset();
    });
}

void VirtualPrinter::on_change(std::function<void()> changed) {
    std::lock_guard const lock(guard_);
    changed_ = std::move(changed);
}

std::vector<std::filesystem::path> VirtualPrinter::printed() const {
    std::lock_guard const lock(guard_);
    return printed_;
}

Result<void> VirtualPrinter::reachable(std::stop_token const& cancel) const {
    if (cancel.stop_requested())
        return error(ErrorKind::Cancelled, "cancelled");
    if (!plugged_)
        return error(ErrorKind::Unavailable, "printer_offline", "the printer cannot be reached");
    return ok();
}

bool VirtualPrinter::blocked() const {
    return !plugged_ || jammed_ || media_left_ == 0 || waiting_ >= options_.output_max;
}

void VirtualPrinter::advance() {
    while (true) {
        auto const first = std::ranges::find_if(jobs_, [](Job const& job) { return !is_final(job.state); });
        if (first == jobs_.end() || blocked()) {
            started_.reset(); // what is interrupted begins its time anew
            return;
        }
        first->state = PrintJobState::Printing;
        if (!started_)
            started_ = clock_.monotonic();
        if (clock_.monotonic() - *started_ < options_.print_time)
            return;
        finish(*first);
        started_.reset();
    }
}

void VirtualPrinter::finish(Job& job) {
    std::error_code failed;
    auto const pdf = next_output();
    std::filesystem::rename(spooled(job.ticket), pdf, failed);
    job.state = failed ? PrintJobState::Aborted : PrintJobState::Completed;
    if (failed)
        return;
    --media_left_;
    ++waiting_;
    printed_.push_back(pdf);
    save();
}

PrintJobState VirtualPrinter::shown(Job const& job) const {
    if (is_final(job.state))
        return job.state;
    if (jammed_)
        return PrintJobState::Jammed;
    if (media_left_ == 0)
        return PrintJobState::OutOfMedia;
    return job.state;
}

PrinterStatus VirtualPrinter::status(std::stop_token /*cancel*/) {
    std::lock_guard const lock(guard_);
    advance();
    PrinterStatus status;
    if (!plugged_)
        return status;
    PrinterStopped stopped;
    if (media_left_ == 0)
        stopped.conditions.push_back(PrinterCondition::MediaEmpty);
    if (jammed_)
        stopped.conditions.push_back(PrinterCondition::MediaJam);
    if (waiting_ >= options_.output_max)
        stopped.conditions.push_back(PrinterCondition::OutputFull);
    if (stopped.conditions.empty())
        status.state = PrinterReady{};
    else
        status.state = std::move(stopped);
    status.output = waiting_ > 0 ? PrinterOutput::Waiting : PrinterOutput::Taken;
    return status;
}

Result<PrintJobId> VirtualPrinter::submit(PrintTicket const& ticket, ByteView pdf, PrintMedia media,
                                          PrintSides /*sides*/, std::stop_token cancel) {
    TRY(check(ticket));
    std::lock_guard const lock(guard_);
    TRY(reachable(cancel));
    if (std::ranges::find(options_.media, media) == options_.media.end())
        return error(ErrorKind::Refused, "printer_refused", "the virtual printer has no such media");
    if (!as_text(pdf).starts_with("%PDF-"))
        return error(ErrorKind::Refused, "printer_refused", "the virtual printer takes PDF only");
    Job const job{next_number_++, ticket.text, PrintJobState::Queued};
    std::ofstream out(spooled(job.ticket), std::ios::binary | std::ios::trunc);
    out.write(as_text(pdf).data(), static_cast<std::streamsize>(pdf.size())).flush();
    if (!out)
        return error(ErrorKind::Refused, "printer_refused",
                     "the virtual printer has no room for the document");
    jobs_.push_back(job);
    advance();
    save();
    return PrintJobId{job.number};
}

Result<std::optional<PrintJob>> VirtualPrinter::find(PrintTicket const& ticket, std::stop_token cancel) {
    TRY(check(ticket));
    std::lock_guard const lock(guard_);
    TRY(reachable(cancel));
    advance();
    auto const newest = std::find_if(jobs_.rbegin(), jobs_.rend(),
                                     [&ticket](Job const& job) { return job.ticket == ticket.text; });
    if (newest == jobs_.rend())
        return std::optional<PrintJob>{};
    return std::optional(PrintJob{{newest->number}, shown(*newest)});
}

VirtualPrinter::Job* VirtualPrinter::job_numbered(int number) {
    auto const found = std::ranges::find(jobs_, number, &Job::number);
    return found == jobs_.end() ? nullptr : &*found;
}

Result<PrintJobState> VirtualPrinter::job_state(PrintJobId id, std::stop_token cancel) {
    std::lock_guard const lock(guard_);
    TRY(reachable(cancel));
    advance();
    auto const* job = job_numbered(id.number);
    return job == nullptr ? PrintJobState::Unknown : shown(*job);
}

Result<void> VirtualPrinter::cancel_job(PrintJobId id, std::stop_token cancel) {
    std::lock_guard const lock(guard_);
    TRY(reachable(cancel));
    advance();
    auto* job = job_numbered(id.number);
    if (job == nullptr)
        return error(ErrorKind::NotFound, "print_job_unknown", "the printer does not know the job");
    if (is_final(job->state))
        return error(ErrorKind::Conflict, "print_job_over", "the job has ended already");
    job->state = PrintJobState::Cancelled;
    started_.reset();
    std::error_code ignored;
    std::filesystem::remove(spooled(job->ticket), ignored);
    advance();
    save();
    return ok();
}

std::filesystem::path VirtualPrinter::spooled(std::string const& ticket) const {
    return options_.folder / (options_.name + "." + ticket + ".spool");
}

/// Job numbers begin anew after a restart, so they cannot name the files.
std::filesystem::path VirtualPrinter::next_output() const {
    for (int n = 1;; ++n) {
        auto file = options_.folder / (options_.name + "-" + std::to_string(n) + ".pdf");
        if (!std::filesystem::exists(file))
            return file;
    }
}

Result<void> VirtualPrinter::load() {
    std::ifstream in(options_.folder / (options_.name + ".state"));
    if (!in)
        return ok();
    std::string header;
    std::size_t count = 0;
    in >> header >> media_left_ >> jammed_ >> waiting_ >> next_number_ >> count;
    for (std::size_t i = 0; in && i < count; ++i) {
        Job job;
        int state = 0;
        in >> job.number >> state >> job.ticket;
        job.state = static_cast<PrintJobState>(state);
        jobs_.push_back(std::move(job));
    }
    if (!in || header != state_header)
        return error(ErrorKind::Corrupt, "printer_state_invalid",
                     "the virtual printer's state file cannot be read");
    return ok();
}

void VirtualPrinter::save() const {
    auto const file = options_.folder / (options_.name + ".state");
    auto fresh = file;
    fresh += ".new";
    std::ofstream out(fresh, std::ios::trunc);
    out << state_header << ' ' << media_left_ << ' ' << jammed_ << ' ' << waiting_ << ' ' << next_number_
        << ' ' << jobs_.size() << '\n';
    for (auto const& job : jobs_)
        out << job.number << ' ' << static_cast<int>(job.state) << ' ' << job.ticket << '\n';
    out.close();
    std::error_code ignored;
    std::filesystem::rename(fresh, file, ignored);
}

} // namespace portico
