#include "tests/kiosk/card_issue_story.h"
#include "tests/support/lossy_disk.h"
#include "tests/support/rounds.h"
#include "tests/support/scratch_folder.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;
using portico::test::Dice;
using portico::test::LossyDisk;
using portico::test::Rounds;

namespace {

constexpr std::uint64_t steps_max = 40;

/// The journal in its file: a call that the cut met ends the process, the next one is of a new process.
class JournalOfManyLives final : public CardJournal {
public:
    JournalOfManyLives(LossyDisk& disk, Dice& dice, std::filesystem::path file)
        : disk_(disk), dice_(dice), file_(std::move(file)) {
        real_ = open_card_journal(file_).value();
        disk_.cut_after(dice_.below(steps_max));
    }

    Result<void> begin(CardIssue const& issue, UtcTime now) override {
        return call([&] { return real().begin(issue, now); });
    }
    Result<void> write(CardIssue const& issue, UtcTime now) override {
        return call([&] { return real().write(issue, now); });
    }
    Result<void> mark_reported(CardIssueId const& id, UtcTime now) override {
        return call([&] { return real().mark_reported(id, now); });
    }
    Result<void> mark_settled(PrintTicket const& ticket) override {
        return call([&] { return real().mark_settled(ticket); });
    }
    Result<std::vector<CardIssue>> open_issues() override {
        return call([&] { return real().open_issues(); });
    }
    Result<std::vector<Unsettled>> unsettled_issues() override {
        return call([&] { return real().unsettled_issues(); });
    }
    Result<void> note_letter(PrintTicket const& ticket, UtcTime now) override {
        return call([&] { return real().note_letter(ticket, now); });
    }
    Result<void> forget_letter(PrintTicket const& ticket) override {
        return call([&] { return real().forget_letter(ticket); });
    }
    Result<std::vector<PrintTicket>> noted_letters() override {
        return call([&] { return real().noted_letters(); });
    }
    Result<void> prune(UtcTime before) override {
        return call([&] { return real().prune(before); });
    }

    int cuts() const { return cuts_; }

private:
    CardJournal& real() {
        if (real_ == nullptr) {
            real_ = open_card_journal(file_).value();
            if (cuts_ < 3) // and then it has to come to an end
                disk_.cut_after(dice_.below(steps_max));
        }
        return *real_;
    }
    template <class Call>
    auto call(Call body) -> decltype(body()) {
        auto answer = body();
        if (disk_.struck()) {
            ++cuts_;
            real_.reset();
            disk_.power_on(dice_);
            throw PowerCut{};
        }
        return answer;
    }

    LossyDisk& disk_;
    Dice& dice_;
    std::filesystem::path file_;
    std::unique_ptr<CardJournal> real_;
    int cuts_ = 0;
};

} // namespace

TEST_CASE("power cut: no second card, none for the next in line, and a true word, whatever the disk kept of "
          "the journal",
          "[rounds]") {
    int cuts = 0;
    for (auto const round : Rounds(100)) {
        INFO("round " << round);
        Dice dice(round);
        portico::test::ScratchFolder const folder;
        LossyDisk disk;
        JournalOfManyLives journal(disk, dice, folder.path / "cards.db");
        std::vector<Planned> plan;
        if (dice.one_in(2)) // and something at the printer beside it
            plan.push_back({static_cast<Fault>(1 + dice.below(static_cast<std::uint64_t>(Fault::count) - 1)),
                            static_cast<int>(dice.below(14))});
        INFO(described(plan));
        Story story(journal, plan);
        story.play();
        check_story(story);
        cuts += journal.cuts();
    }
    CHECK(cuts > 0);
}
