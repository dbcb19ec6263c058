#pragma once

#include "tests/support/ipp_printer.h"

#include "shared/base/file_descriptor.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::test {

/// The inside of a card printer, behind the real program that takes its jobs: it moves one step a `turn`, and
/// remembers what no printer tells, which cards came out and who stood before it then. A job's command at the
/// program waits for it, so that a test decides what happens between any two calls. One thread.
class PrintEngine {
public:
    PrintEngine();
    ~PrintEngine();
    PrintEngine(PrintEngine const&) = delete;
    PrintEngine& operator=(PrintEngine const&) = delete;

    std::string uri_at(int port) const { return IppPrinterProgram::uri_at(port); }
    int port() const { return front_.port(); }

    // What may befall it.
    void trouble(std::string const& reason); ///< "media-jam-error"...: stands still until `repair`
    void last_card() { last_card_ = true; }  ///< after the next card it says that it has none left
    void fail_job() { fails_ = true; }       ///< the next job is given up, at whatever it is then
    void hang();                             ///< takes connections and answers nothing
    void power_off();                        ///< jobs and history gone; a card at work is spoilt
    void power_on();
    void repair(); ///< all of these
    bool is_hung() const { return hung_; }
    bool is_in_trouble() const { return !trouble_.empty(); }

    /// A step of its work, while `person` stands there.
    void turn(std::string const& person);

    struct Card {
        std::string ticket;
        std::string document;
        std::string seen_by;
        bool whole = true;
    };
    std::vector<Card> const& cards() const { return cards_; }
    void take_cards() { cards_.clear(); }
    /// The program has a job that is not over.
    bool holds_job() const { return job_of_front().has_value(); }
    /// "off", "hung", "idle", "waits" or "at_work", with its trouble: for a report of what was tried.
    std::string state() const;

private:
    struct Job {
        int process = 0; ///< of its command
        std::string ticket;
        std::string document;
        bool at_work = false;
    };
    struct FrontJob {
        std::string reason; ///< job-state-reasons
    };
    std::optional<FrontJob> job_of_front() const;
    void take_up_job();
    void show_trouble(bool on);
    void say(std::string const& line) const;
    void end(int exit_code);
    void drop_job();

    DeviceFolder folder_;
    IppPrinterProgram front_;
    FileDescriptor begun_; ///< commands say here that they have begun
    FileDescriptor turn_;  ///< and hear here what to do
    std::string heard_;
    std::optional<Job> job_;
    std::string trouble_;
    std::string shown_; ///< the trouble that the program knows of
    bool last_card_ = false;
    bool fails_ = false;
    bool on_ = false;
    bool hung_ = false;
    std::string person_;
    std::vector<Card> cards_;
};

} // namespace portico::test
