#pragma once

#include "shared/base/clock.h"
#include "shared/devices/printer.h"

#include <filesystem>
#include <mutex>

namespace portico {

struct VirtualPrinterOptions {
    /// "card-printer": names its files.
    std::string name;
    /// Where the printed PDFs land, as NAME-1.pdf, NAME-2.pdf..., and NAME.state with what the printer knows:
    /// like a real one it remembers its jobs when the program in front of it dies.
    std::filesystem::path folder;
    std::vector<PrintMedia> media;
    int media_count = 50;
    /// Sheets or cards that fit into the output before it must be emptied; a card slot holds one.
    int output_max = 1;
    std::chrono::milliseconds print_time{0};
};

/// A printer for the bench: takes real PDFs, runs empty, jams, is unplugged, and knows whether what it
/// printed was taken. Any thread.
class VirtualPrinter final : public Printer {
public:
    /// Errors: Internal "printer_folder_unusable", Corrupt "printer_state_invalid".
    static Result<std::unique_ptr<VirtualPrinter>> create(VirtualPrinterOptions options, Clock const& clock);

    void empty_media();
    void refill();
    void jam();
    void clear_jam();
    void unplug();
    void plug();
    /// Takes away what was printed.
    void take();
    /// Switched off and on: the unfinished job is gone and so is all history.
    void restart();
    /// Everything printed since `create`, oldest first.
    std::vector<std::filesystem::path> printed() const;
    /// Calls `changed` after each of the switches above, from its thread.
    void on_change(std::function<void()> changed);

    PrinterStatus status(std::stop_token cancel) override;
    Result<PrintJobId> submit(PrintTicket const& ticket, ByteView pdf, PrintMedia media, PrintSides sides,
                              std::stop_token cancel) override;
    Result<std::optional<PrintJob>> find(PrintTicket const& ticket, std::stop_token cancel) override;
    Result<PrintJobState> job_state(PrintJobId job, std::stop_token cancel) override;
    Result<void> cancel_job(PrintJobId job, std::stop_token cancel) override;

private:
    struct Job {
        int number = 0;
        std::string ticket;
        PrintJobState state = PrintJobState::Queued;
    };

    VirtualPrinter(VirtualPrinterOptions options, Clock const& clock)
        : options_(std::move(options)), clock_(clock) {}

    template <class Change>
    void switch_over(Change change);
    Result<void> reachable(std::stop_token const& cancel) const;
    /// Lets time and circumstances do their work on the jobs.
    void advance();
    void finish(Job& job);
    bool blocked() const;
    PrintJobState shown(Job const& job) const;
    Job* job_numbered(int number);
    std::filesystem::path spooled(std::string const& ticket) const;
    std::filesystem::path next_output() const;
    Result<void> load();
    void save() const;

    VirtualPrinterOptions options_;
    Clock const& clock_;
    mutable std::mutex guard_;
    bool plugged_ = true;
    bool jammed_ = false;
    int media_left_ = 0;
    int waiting_ = 0; ///< printed, not taken
    int next_number_ = 1;
    std::vector<Job> jobs_;
    std::optional<MonoTime> started_; ///< when the first unfinished job began
    std::vector<std::filesystem::path> printed_;
    std::function<void()> changed_;
};

} // namespace portico
