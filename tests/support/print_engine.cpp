#include "tests/support/print_engine.h"

#include "shared/devices/real/ipp_call.h"
#include "shared/devices/real/ipp_printer.h"
#include "tests/support/must.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::test {

namespace {

constexpr auto answer_max = eventually_max;

std::filesystem::path write_command(std::filesystem::path const& folder) {
    for (char const* fifo : {"begun", "turn"})
        mkfifo((folder / fifo).c_str(), 0600);
    auto const file = folder / "print.sh";
    std::ofstream(file) << "#!/bin/sh\n"
                           "dir='"
                        << folder.string()
                        << "'\n"
                           "echo \"$$ $IPP_JOB_NAME $1\" > \"$dir/begun\"\n"
                           "while read -r word rest; do\n"
                           "  case $word in\n"
                           "  state) echo \"STATE: $rest\" >&2 ;;\n"
                           "  exit) exit \"$rest\" ;;\n"
                           "  esac\n"
                           "done < \"$dir/turn\"\n";
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file;
}

/// Both ends in one, so that neither side waits for the other to open it.
FileDescriptor open_fifo(std::filesystem::path const& file) {
    return FileDescriptor(open(file.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
}

std::string read_all(int fd) {
    std::string text;
    std::array<char, 1024> buffer{};
    for (ssize_t got = 0; (got = read(fd, buffer.data(), buffer.size())) > 0;)
        text.append(buffer.data(), static_cast<std::size_t>(got));
    return text;
}

template <class Condition>
void require(char const* what, Condition condition) {
    if (!eventually(condition, answer_max))
        throw std::runtime_error(std::string("the printer program: ") + what);
}

} // namespace

PrintEngine::PrintEngine()
    : front_(write_command(folder_.path())), begun_(open_fifo(folder_.path() / "begun")),
      turn_(open_fifo(folder_.path() / "turn")) {
    power_on();
}

PrintEngine::~PrintEngine() {
    drop_job();
}

std::optional<PrintEngine::FrontJob> PrintEngine::job_of_front() const {
    if (!on_ || hung_)
        return std::nullopt;
    auto const call = must(IppCall::connect(uri_at(port()), answer_max, {}));
    auto message = call->request(IPP_OP_GET_JOBS);
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, "not-completed");
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", nullptr,
                 "job-state-reasons");
    auto const reply = must(call->exchange(std::move(message)));
    auto* reason = ippFindAttribute(reply.get(), "job-state-reasons", IPP_TAG_KEYWORD);
    if (reason == nullptr)
        return std::nullopt;
    return FrontJob{ippGetString(reason, 0, nullptr)};
}

void PrintEngine::take_up_job() {
    if (job_)
        return;
    // A torn document is printed too: wait until the program knows what it has.
    std::optional<FrontJob> waiting;
    require("a job that keeps coming in", [&] {
        waiting = job_of_front();
        return !waiting || waiting->reason != "job-incoming";
    });
    if (!waiting || waiting->reason == "job-data-insufficient")
        return;
    require("a job whose command never began", [&] {
        heard_ += read_all(begun_.get());
        return heard_.find('\n') != std::string::npos;
    });
    std::istringstream words(std::exchange(heard_, {}));
    Job job;
    std::string file;
    words >> job.process >> job.ticket >> file;
    std::ostringstream document;
    document << std::ifstream(file, std::ios::binary).rdbuf();
    job.document = document.str();
    job_ = std::move(job);
    show_trouble(true);
}

/// The program shows a condition while a job's command says so, and waits until it does.
void PrintEngine::show_trouble(bool on) {
    if (!job_ || hung_ || !on_)
        return;
    auto const wanted = on ? trouble_ : std::string();
    if (shown_ == wanted)
        return;
    if (!shown_.empty())
        say("state -" + shown_);
    if (!wanted.empty())
        say("state +" + wanted);
    shown_ = wanted;
    auto const printer = must(IppPrinter::create({uri_at(port()), answer_max}));
    require("a state that it does not show", [&] {
        return std::holds_alternative<PrinterStopped>(printer->status({}).state) == !wanted.empty();
    });
}

void PrintEngine::say(std::string const& line) const {
    auto const text = line + "\n";
    if (write(turn_.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        throw std::runtime_error("the printer's command does not listen");
}

void PrintEngine::end(int exit_code) {
    show_trouble(false);
    say("exit " + std::to_string(exit_code));
    job_.reset();
    require("a job that does not end", [this] { return !job_of_front(); });
}

void PrintEngine::drop_job() {
    if (!job_)
        return;
    ::kill(job_->process, SIGKILL);
    if (job_->at_work)
        cards_.push_back({job_->ticket, job_->document, person_, false});
    job_.reset();
}

void PrintEngine::trouble(std::string const& reason) {
    trouble_ = reason;
    if (on_ && !hung_)
        take_up_job();
    show_trouble(true);
}

void PrintEngine::hang() {
    if (!on_ || hung_)
        return;
    front_.hang();
    hung_ = true;
}

void PrintEngine::power_off() {
    if (!on_)
        return;
    if (!hung_)
        take_up_job(); // what it has taken it works at until now
    on_ = hung_ = false;
    drop_job();
    front_.stop();
    // A command that had begun unseen would take the next one's turns.
    heard_ += read_all(begun_.get());
    std::istringstream lines(std::exchange(heard_, {}));
    for (std::string line; std::getline(lines, line);)
        ::kill(std::stoi(line), SIGKILL);
    read_all(turn_.get());
    shown_.clear();
}

void PrintEngine::power_on() {
    if (on_)
        return;
    if (!front_.start())
        throw std::runtime_error("the printer program does not start");
    on_ = true;
}

void PrintEngine::repair() {
    if (hung_)
        front_.go_on();
    hung_ = false;
    trouble_.clear();
    power_on();
    show_trouble(true);
}

void PrintEngine::turn(std::string const& person) {
    person_ = person;
    if (!on_ || hung_)
        return;
    take_up_job();
    if (!job_)
        return;
    if (!job_->at_work) {
        auto const front = job_of_front();
        if (front && front->reason == "processing-to-stop-point")
            return end(0); // taken back before it began
        if (!trouble_.empty())
            return;
        if (std::exchange(fails_, false))
            return end(1);
        job_->at_work = true;
        // The hopper is empty, and the printer says so, while its last card is printed.
        if (std::exchange(last_card_, false))
            trouble("media-empty-error");
        return;
    }
    if (trouble_ != "" && trouble_ != "media-empty-error")
        return;
    bool const fails = std::exchange(fails_, false);
    cards_.push_back({job_->ticket, job_->document, person, !fails});
    end(fails ? 1 : 0);
}

std::string PrintEngine::state() const {
    if (!on_)
        return "off";
    std::string const work = !job_ ? "idle" : job_->at_work ? "at_work" : "waits";
    return (hung_ ? "hung, " : "") + work + (trouble_.empty() ? "" : ", " + trouble_);
}

} // namespace portico::test
