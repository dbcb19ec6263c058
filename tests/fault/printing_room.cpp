#include "tests/fault/printing_room.h"

#include "tests/kiosk/card_issue_story.h"

#include <algorithm>
#include <array>

namespace portico::test {

using kiosk::CardIssueOutcome;
using kiosk::CardIssuer;
using kiosk::CardJournal;

namespace {

constexpr auto turn_length = std::chrono::seconds(60);
constexpr int short_turns = 3;
constexpr int long_turns = 25; // past every waiting time of the issuer
constexpr auto patience = std::chrono::seconds(60);
/// With a printer that hangs: whatever a busy machine makes of it, another fault of the same kind.
constexpr auto little_patience = std::chrono::milliseconds(100);
constexpr std::uint64_t torn_bytes_max = 4'000;
constexpr int visits_max = 100;

std::string card_document(std::string const& patient, std::string const& issue, std::string const& number) {
    std::string text = "%PDF-1.4\n% member " + patient + "\n% issue " + issue + "\n% number " + number + "\n";
    return text + std::string(2'000, 'x') + "\n%%EOF\n";
}

} // namespace

char const* name(PrintFault fault) {
    static constexpr std::array names{"kiosk killed",
                                      "person leaves",
                                      "person leaves, empty",
                                      "jam",
                                      "jam for long",
                                      "empty",
                                      "empty for long",
                                      "last card",
                                      "paused",
                                      "job fails",
                                      "printer restarts",
                                      "printer gone for long",
                                      "printer hangs",
                                      "printer hangs for long",
                                      "line cut",
                                      "line cut for long",
                                      "request torn",
                                      "reply torn",
                                      "central silent"};
    static_assert(names.size() == static_cast<std::size_t>(PrintFault::count));
    return names.at(static_cast<std::size_t>(fault));
}

/// The real printer, through a line that may break, with a moment before each call.
class PrintingRoom::CallsToPrinter final : public Printer {
    template <class Call>
    auto call(Call body) {
        room_.happens("call");
        auto answer = body(room_.engine_.is_hung() ? *impatient_ : *patient_);
        if (std::exchange(room_.line_is_torn_, false))
            room_.gate_.cut_after(DeviceTcpGate::never, DeviceTcpGate::never);
        return answer;
    }

public:
    explicit CallsToPrinter(PrintingRoom& room)
        : room_(room),
          patient_(IppPrinter::create({room.engine_.uri_at(room.gate_.port()), patience}).value()),
          impatient_(IppPrinter::create({room.engine_.uri_at(room.gate_.port()), little_patience}).value()) {}

    PrinterStatus status(std::stop_token cancel) override {
        return call([&](Printer& printer) { return printer.status(cancel); });
    }
    Result<PrintJobId> submit(PrintTicket const& ticket, ByteView pdf, PrintMedia media, PrintSides sides,
                              std::stop_token cancel) override {
        return call([&](Printer& printer) { return printer.submit(ticket, pdf, media, sides, cancel); });
    }
    Result<std::optional<PrintJob>> find(PrintTicket const& ticket, std::stop_token cancel) override {
        return call([&](Printer& printer) { return printer.find(ticket, cancel); });
    }
    Result<PrintJobState> job_state(PrintJobId job, std::stop_token cancel) override {
        return call([&](Printer& printer) { return printer.job_state(job, cancel); });
    }
    Result<void> cancel_job(PrintJobId job, std::stop_token cancel) override {
        return call([&](Printer& printer) { return printer.cancel_job(job, cancel); });
    }

private:
    PrintingRoom& room_;
    std::unique_ptr<Printer> patient_;
    std::unique_ptr<Printer> impatient_;
};

/// The part of the kiosk's process that prints cards, as it starts from its disk.
class PrintingRoom::Kiosk {
public:
    explicit Kiosk(PrintingRoom& room)
        : printer(room),
          outbox(client::Outbox::open(room.folder_.path / "outbox.db",
                                      room.central_.vault->sealing.public_key, room.central_.clock)
                     .value()),
          file_(kiosk::open_card_journal(room.folder_.path / "cards.db").value()),
          journal_(*file_, [&room](bool after) { room.happens(after ? "written" : "writing"); }),
          issuer({printer, journal_, room.central_.clock,
                  [this, &room](CardIssueOutcome const& outcome) { return report(room, outcome); },
                  [&room](std::stop_token, std::stop_token) { room.time_passes(); }}) {}

    std::string token; ///< of the open session

    CallsToPrinter printer;
    std::unique_ptr<client::Outbox> outbox;

private:
    Result<void> report(PrintingRoom& room, CardIssueOutcome const& outcome) {
        room.happens("reporting");
        api::Operation operation;
        operation.id = outcome.id.text();
        operation.session_token = token;
        operation.card_issued = api::CardIssued{outcome.id.text(), outcome.outcome, outcome.detail};
        TRY(outbox->add(std::move(operation)));
        if (room.dice_.one_in(2)) // the sync is on a thread of its own, and quick
            room.push_to_central(true);
        room.happens("reported");
        return ok();
    }

    std::unique_ptr<CardJournal> file_;
    kiosk::test::FaultyJournal journal_;

public:
    CardIssuer issuer;
};

PrintingRoom::PrintingRoom(OperationsBench& central, PrintEngine& engine, std::string terminal,
                           std::vector<PlannedFault> plan, Dice dice)
    : central_(central), engine_(engine), terminal_(std::move(terminal)), plan_(std::move(plan)), dice_(dice),
      gate_(engine.port()) {}

PrintingRoom::~PrintingRoom() = default;

void PrintingRoom::happens(char const* where) {
    auto const now = moment_++;
    for (auto const& each : plan_)
        if (each.moment == now) {
            struck_.push_back(std::string(name(each.fault)) + ": " + where + ", card " + step_ +
                              ", printer " + engine_.state());
            strike(each.fault);
        }
}

void PrintingRoom::strike(PrintFault fault) {
    auto const for_turns = [this](int turns) { repair_at_ = turn_ + turns; };
    auto const tear = [this](std::size_t to_printer, std::size_t from_printer) {
        gate_.cut_after(to_printer, from_printer);
        line_is_torn_ = true;
    };
    bool const for_long = fault == PrintFault::JamForLong || fault == PrintFault::EmptyForLong ||
                          fault == PrintFault::PrinterGoneForLong || fault == PrintFault::PersonLeavesEmpty ||
                          fault == PrintFault::PrinterHangsForLong || fault == PrintFault::LineCutForLong;
    switch (fault) {
    case PrintFault::KioskKilled:
        throw KioskKilled{};
    case PrintFault::PersonLeavesEmpty:
        engine_.trouble("media-empty-error");
        [[fallthrough]];
    case PrintFault::PersonLeaves:
        person_ = "nobody";
        person_left_.request_stop();
        break;
    case PrintFault::Jam:
    case PrintFault::JamForLong:
        engine_.trouble("media-jam-error");
        break;
    case PrintFault::Empty:
    case PrintFault::EmptyForLong:
        engine_.trouble("media-empty-error");
        break;
    case PrintFault::LastCard:
        engine_.last_card();
        break;
    case PrintFault::Paused:
        engine_.trouble("paused");
        break;
    case PrintFault::JobFails:
        engine_.fail_job();
        break;
    case PrintFault::PrinterRestarts:
        engine_.power_off();
        engine_.power_on();
        break;
    case PrintFault::PrinterGoneForLong:
        engine_.power_off();
        break;
    case PrintFault::PrinterHangs:
    case PrintFault::PrinterHangsForLong:
        engine_.hang();
        break;
    case PrintFault::LineCut:
    case PrintFault::LineCutForLong:
        gate_.cut_after(0, DeviceTcpGate::never);
        line_is_torn_ = false;
        break;
    case PrintFault::RequestTorn:
        tear(1 + dice_.below(torn_bytes_max), DeviceTcpGate::never);
        break;
    case PrintFault::ReplyTorn:
        tear(DeviceTcpGate::never, 1 + dice_.below(torn_bytes_max / 2));
        break;
    case PrintFault::CentralSilent:
        central_is_silent_ = true;
        break;
    case PrintFault::count:
        break;
    }
    for_turns(for_long ? long_turns : short_turns);
}

void PrintingRoom::time_passes() {
    central_.clock.advance(turn_length);
    ++turn_;
    happens("waiting");
    engine_.turn(person_);
    if (!repair_at_ && engine_.is_in_trouble())
        repair_at_ = turn_ + short_turns; // staff come by
    if (repair_at_ && turn_ >= *repair_at_) {
        engine_.repair();
        gate_.cut_after(DeviceTcpGate::never, DeviceTcpGate::never);
        central_is_silent_ = false;
        repair_at_.reset();
    }
}

/// The card number, as the reply that gives it arrives.
Result<std::string> PrintingRoom::begin_at_central(Asked& asked) {
    happens("asking central");
    bool const reply_lost = central_is_silent_ && dice_.one_in(2);
    if (!central_is_silent_ || reply_lost) {
        auto const begun = TRY(central_.begin_card(asked.patient, asked.id.text(), terminal_));
        asked.seen_by_central = true;
        if (!reply_lost)
            return begun.card.card_number;
    }
    return error(ErrorKind::Unavailable, "central_unreachable");
}

/// As kiosk/app/effects_print.cpp issues a card; true when the person has it.
bool PrintingRoom::ask_for_card(Kiosk& kiosk, std::string const& patient) {
    auto& issuer = kiosk.issuer;
    auto const open = issuer.recover({});
    REQUIRE(open.has_value());
    if (!issuer.check_ready(person_left_.get_token()))
        return false;
    auto& asked = asked_.emplace_back(
        Asked{CardIssueId(make_uuid_v7(central_.clock)), {make_uuid_v7(central_.clock)}, patient, {}});
    if (!issuer.reserve(asked.id, asked.ticket))
        return false;
    auto const number = begin_at_central(asked);
    if (number.has_error()) {
        auto const given_up = issuer.give_up(asked.id, asked.ticket, number.error().reason);
        CHECK(given_up.has_value());
        return false;
    }
    asked.document = card_document(patient, asked.id.text(), number.value());
    auto const document = asked.document;
    auto const ended =
        issuer.run(asked.id, asked.ticket, as_bytes(document), person_left_.get_token(), {},
                   [this, &issuer](kiosk::CardIssueProgress const& progress) {
                       step_ = kiosk::name(progress.step);
                       // Who has the card in the hand says so.
                       if (progress.step == kiosk::CardIssueStep::Completed && person_ != "nobody")
                           issuer.person_took();
                   });
    return ended.has_value() && ended.value().outcome == "completed";
}

bool PrintingRoom::visit(std::string const& patient) {
    bool has_card = false;
    step_ = "before";
    person_ = patient;
    person_left_ = {};
    try {
        if (kiosk_ == nullptr)
            kiosk_ = std::make_unique<Kiosk>(*this);
        kiosk_->token = central_.sign_in(patient, Assurance::TwoFactors, terminal_);
        has_card = ask_for_card(*kiosk_, patient);
    } catch (KioskKilled const&) {
        kiosk_.reset();
    }
    person_ = "nobody";
    step_ = "after";
    if (kiosk_ != nullptr)
        kiosk_->token.clear();
    return has_card;
}

void PrintingRoom::end_what_is_open() {
    for (int tries = 0; tries < visits_max; ++tries) {
        try {
            if (kiosk_ == nullptr)
                kiosk_ = std::make_unique<Kiosk>(*this);
            auto const open = kiosk_->issuer.recover({});
            REQUIRE(open.has_value());
            if (open.value() == 0)
                return;
        } catch (KioskKilled const&) {
            kiosk_.reset();
        }
        time_passes();
    }
    FAIL("the issue stays open for ever");
}

void PrintingRoom::push_to_central(bool replies_get_lost) {
    if (kiosk_ == nullptr)
        return;
    for (int tries = 0; tries < visits_max; ++tries) {
        auto const batch = kiosk_->outbox->next_batch().value();
        if (batch.operations.empty())
            return;
        auto const outcomes = central_.push_sealed(batch.operations, terminal_);
        REQUIRE(outcomes.has_value());
        if (!replies_get_lost || dice_.one_in(2))
            kiosk_->outbox->settle(outcomes.value()).value();
    }
}

void PrintingRoom::play() {
    // A kill at the printer's own pace: what it has taken it goes on with.
    visit("alex");
    after_first_visit();
    auto const asked_by_alex = asked_.size();
    if (dice_.one_in(2))
        push_to_central(true);
    for (auto turns = dice_.below(3); turns > 0; --turns)
        try {
            time_passes();
        } catch (KioskKilled const&) {
            kiosk_.reset();
        }
    end_what_is_open();
    bool served = false;
    for (int visits = 0; visits < visits_max && !served; ++visits) {
        served = visit("sam");
        if (!served)
            try {
                time_passes();
            } catch (KioskKilled const&) {
                kiosk_.reset();
            }
    }
    served_ = served;
    plan_.clear();
    engine_.repair();
    end_what_is_open();
    push_to_central(true);
    for (int turns = 0; turns < short_turns; ++turns)
        time_passes(); // what the printer still had would come out now
    if (asked_by_alex > 0)
        outcome_of_alex_ = central_.card_state(asked_.front().id.text());
}

void PrintingRoom::check_issue(Asked const& asked) {
    auto const cards = std::count_if(engine_.cards().begin(), engine_.cards().end(),
                                     [&](auto const& card) { return card.ticket == asked.ticket.text; });
    auto const state = central_.card_state(asked.id.text());
    INFO(asked.patient << "'s issue is " << state << ", cards " << cards);
    CHECK(cards <= 1);
    if (!asked.seen_by_central) {
        CHECK((state == "" || state == "failed"));
        CHECK(cards == 0);
        return;
    }
    auto const entries = central_.open_entries("card_outcome_unknown", asked.id.text());
    if (state == "completed")
        CHECK(cards == 1);
    else if (state == "failed")
        CHECK(cards == 0);
    else
        CHECK(state == "unknown");
    CHECK(entries.size() == (state == "unknown" ? 1 : 0));
    // Staff look into the output, and the number is on a card or on none.
    for (auto const& entry : entries)
        CHECK(central_.decide(entry.id,
                              cards == 1 ? central::StaffDecision::Applied : central::StaffDecision::Refused,
                              cards == 1 ? "" : "no_card_came_out") == "");
}

void PrintingRoom::check_cards() {
    for (auto const& card : engine_.cards()) {
        auto const asked = std::find_if(asked_.begin(), asked_.end(),
                                        [&](Asked const& each) { return each.ticket.text == card.ticket; });
        REQUIRE(asked != asked_.end());
        // Torn where the line was, it is still this person's and no other's.
        CHECK(asked->document.starts_with(card.document));
        CHECK((card.seen_by == "nobody" || card.seen_by == asked->patient));
    }
    CHECK_FALSE(engine_.holds_job());
}

void PrintingRoom::check() {
    CHECK(served_); // whatever befell it, the printer serves again
    for (auto const& asked : asked_)
        check_issue(asked);
    check_cards();
    auto const counts = kiosk_->outbox->counts().value();
    CHECK(counts.waiting == 0);
    CHECK(counts.refused == 0);
    CHECK(central_.queued() == std::vector<std::string>{});
    engine_.take_cards();
}

} // namespace portico::test
