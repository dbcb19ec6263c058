#include "kiosk/card_issue/card_journal.h"

namespace portico::kiosk {

namespace {

constexpr storage::Migration schema{"card_journal", 1, R"(
    CREATE TABLE card_issue (
        issue_id TEXT PRIMARY KEY,
        ticket TEXT NOT NULL UNIQUE,
        step TEXT NOT NULL,
        detail TEXT NOT NULL,
        begun_us INTEGER NOT NULL,
        changed_us INTEGER NOT NULL,
        reported INTEGER NOT NULL,
        settled INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE letter_ticket (
        ticket TEXT PRIMARY KEY,
        noted_us INTEGER NOT NULL
    ) STRICT;
)"};

class SqliteCardJournal final : public CardJournal {
public:
    explicit SqliteCardJournal(storage::Database database) : database_(std::move(database)) {}

    Result<void> begin(CardIssue const& issue, UtcTime now) override {
        auto statement = TRY(database_.prepare("INSERT INTO card_issue (issue_id, ticket, step, detail, "
                                               "begun_us, changed_us, reported, settled) "
                                               "VALUES ($1, $2, $3, '', $4, $4, 0, 1)"));
        statement.bind(1, std::string_view(issue.id.text()))
            .bind(2, std::string_view(issue.ticket.text))
            .bind(3, std::string_view(name(issue.step)))
            .bind(4, to_micros(now));
        auto done = statement.run();
        if (!done && done.error().reason == "constraint")
            return error(ErrorKind::Conflict, "card_issue_known", "this card issue was begun before");
        return done;
    }

    Result<void> write(CardIssue const& issue, UtcTime now) override {
        // From Sending on the printer may hold it, until the end is known; of one that could not be sent it
        // may hold an empty job, which would keep it from all others.
        bool const settled = issue.step != CardIssueStep::Sending && issue.step != CardIssueStep::Printing &&
                             issue.step != CardIssueStep::Unknown &&
                             !(issue.step == CardIssueStep::Failed && issue.submitted);
        auto statement = TRY(database_.prepare("UPDATE card_issue SET step = $1, detail = $2, changed_us = "
                                               "$3, settled = $4 WHERE issue_id = $5"));
        statement.bind(1, std::string_view(name(issue.step)))
            .bind(2, std::string_view(issue.detail))
            .bind(3, to_micros(now))
            .bind(4, std::int64_t{settled ? 1 : 0})
            .bind(5, std::string_view(issue.id.text()));
        TRY(statement.run());
        if (database_.changed_rows() != 1)
            return error(ErrorKind::Internal, "card_issue_not_begun",
                         "the journal does not know this card issue");
        return ok();
    }

    Result<void> mark_reported(CardIssueId const& id, UtcTime now) override {
        auto statement =
            TRY(database_.prepare("UPDATE card_issue SET reported = 1, changed_us = $1 WHERE issue_id = $2"));
        statement.bind(1, to_micros(now)).bind(2, std::string_view(id.text()));
        return statement.run();
    }

    Result<void> mark_settled(PrintTicket const& ticket) override {
        auto statement = TRY(database_.prepare("UPDATE card_issue SET settled = 1 WHERE ticket = $1"));
        statement.bind(1, std::string_view(ticket.text));
        return statement.run();
    }

    Result<std::vector<CardIssue>> open_issues() override {
        auto statement = TRY(database_.prepare("SELECT issue_id, ticket, step, detail, reported FROM "
                                               "card_issue WHERE reported = 0 ORDER BY begun_us, issue_id"));
        std::vector<CardIssue> out;
        while (TRY(statement.step())) {
            CardIssue issue;
            issue.id = CardIssueId(statement.text(0));
            issue.ticket = {statement.text(1)};
            auto const step = card_issue_step_from_name(statement.text(2));
            if (!step)
                return error(ErrorKind::Corrupt, "card_journal_corrupt",
                             "the card journal has a step of no known name");
            issue.step = *step;
            issue.detail = statement.text(3);
            issue.written = true;
            out.push_back(std::move(issue));
        }
        return out;
    }

    Result<std::vector<Unsettled>> unsettled_issues() override {
        // Nothing prints of a failed one: nobody need wait until it can have come.
        auto statement = TRY(database_.prepare(
            "SELECT ticket, CASE step WHEN 'unknown' THEN changed_us ELSE 0 END FROM card_issue"
            " WHERE settled = 0 AND step IN ('unknown', 'failed') ORDER BY changed_us"));
        std::vector<Unsettled> out;
        while (TRY(statement.step()))
            out.push_back({{statement.text(0)}, from_micros(statement.integer(1))});
        return out;
    }

    Result<void> note_letter(PrintTicket const& ticket, UtcTime now) override {
        auto statement =
            TRY(database_.prepare("INSERT INTO letter_ticket (ticket, noted_us) VALUES ($1, $2)"));
        statement.bind(1, std::string_view(ticket.text)).bind(2, to_micros(now));
        return statement.run();
    }

    Result<void> forget_letter(PrintTicket const& ticket) override {
        auto statement = TRY(database_.prepare("DELETE FROM letter_ticket WHERE ticket = $1"));
        statement.bind(1, std::string_view(ticket.text));
        return statement.run();
    }

    Result<std::vector<PrintTicket>> noted_letters() override {
        auto statement = TRY(database_.prepare("SELECT ticket FROM letter_ticket ORDER BY noted_us"));
        std::vector<PrintTicket> out;
        while (TRY(statement.step()))
            out.push_back({statement.text(0)});
        return out;
    }

    Result<void> prune(UtcTime before) override {
        auto statement = TRY(database_.prepare(
            "DELETE FROM card_issue WHERE reported = 1 AND settled = 1 AND changed_us < $1"));
        statement.bind(1, to_micros(before));
        return statement.run();
    }

private:
    storage::Database database_;
};

} // namespace

Result<std::unique_ptr<CardJournal>> open_card_journal(std::filesystem::path const& file) {
    auto database = TRY(storage::Database::open(file));
    TRY(storage::migrate(database, "card_journal", {schema}));
    return std::unique_ptr<CardJournal>(std::make_unique<SqliteCardJournal>(std::move(database)));
}

} // namespace portico::kiosk
