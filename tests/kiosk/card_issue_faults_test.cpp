#include "kiosk/card_issue/card_issuer.h"
#include "kiosk/card_issue/card_journal.h"
#include "tests/kiosk/card_issue_story.h"
#include "tests/support/catch.h"
#include "tests/support/scratch_folder.h"

using namespace portico;
using namespace portico::kiosk;
using namespace portico::kiosk::test;

TEST_CASE("card issue: without a fault one card is printed, taken and reported") {
    MemoryJournal journal;
    Story story(journal, {});
    story.play();
    check_story(story);
    CHECK(story.printer.cards_of(Story::alex_ticket) == 1);
    REQUIRE(story.reports.contains("issue-alex"));
    CHECK(story.reports["issue-alex"].front() ==
          CardIssueOutcome{CardIssueId("issue-alex"), "completed", ""});
}

TEST_CASE("card issue: every fault at every moment gives one card at most and a true word") {
    int stories = 0;
    for (auto fault = 1; fault < static_cast<int>(Fault::count); ++fault)
        for (int at = 0;; ++at) {
            MemoryJournal journal;
            std::vector<Planned> const plan{{static_cast<Fault>(fault), at}};
            INFO(described(plan));
            Story story(journal, plan);
            story.play();
            check_story(story);
            ++stories;
            if (!story.all_struck())
                break; // the story ended before the fault: every moment was tried
        }
    CHECK(stories > 100);
}

TEST_CASE("card issue: a power cut at every moment, with the journal in its file") {
    portico::test::ScratchFolder const folder;
    for (int at = 0;; ++at) {
        auto journal = open_card_journal(folder.path / (std::to_string(at) + ".db"));
        REQUIRE(journal.has_value());
        std::vector<Planned> const plan{{Fault::PowerCut, at}};
        INFO(described(plan));
        Story story(*journal.value(), plan);
        story.play();
        check_story(story);
        if (!story.all_struck())
            break;
    }
}

TEST_CASE("card issue: every pair of faults gives one card at most and a true word") {
    int stories = 0;
    for (auto first = 1; first < static_cast<int>(Fault::count); ++first)
        for (auto second = 1; second < static_cast<int>(Fault::count); ++second)
            for (int at = 0; at < 14; ++at)
                for (int later = at + 1; later < at + 10; ++later) {
                    MemoryJournal journal;
                    std::vector<Planned> const plan{{static_cast<Fault>(first), at},
                                                    {static_cast<Fault>(second), later}};
                    INFO(described(plan));
                    Story story(journal, plan);
                    story.play();
                    check_story(story);
                    ++stories;
                }
    auto constexpr kinds = static_cast<int>(Fault::count) - 1;
    CHECK(stories == kinds * kinds * 14 * 9);
}

TEST_CASE("card issue: a lost reply is looked up, not sent again") {
    MemoryJournal journal;
    Story story(journal, {{Fault::ReplyLost, 0}});
    story.play();
    check_story(story);
    CHECK(story.printer.cards_of(Story::alex_ticket) == 1);
    CHECK(story.reports["issue-alex"].front().outcome == "completed");
}

TEST_CASE("card issue: a request of which the printer has no record goes to staff and is not sent again") {
    MemoryJournal journal;
    Story story(journal, {{Fault::RequestLost, 0}});
    story.play();
    check_story(story);
    CHECK(story.printer.submits[Story::alex_ticket] == 1);
    CHECK(story.printer.cards_of(Story::alex_ticket) == 0);
    CHECK(story.reports["issue-alex"].front() ==
          CardIssueOutcome{CardIssueId("issue-alex"), "unknown", "printer_has_no_record"});
}
