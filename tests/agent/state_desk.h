#pragma once

#include "agent/app/app.h"
#include "agent/app/limits.h"
#include "tests/support/catch.h"

#include <string>
#include <vector>

namespace portico::agent::test {

/// The pure state machine with a clock that is only a number.
struct Desk {
    App app;
    Now now{MonoTime{std::chrono::hours(10)}, UtcTime{std::chrono::hours(24 * 20524)}};
    std::vector<Command> last;

    Desk() { app.facts.online = client::Online::Yes; }

    void want(Intent intent) { last = update(app, std::move(intent), now); }
    void happens(EventBody body, RequestNumber request = 0, std::uint64_t session = 0) {
        last = update(app, Event{.session = session, .request = request, .body = std::move(body)}, now);
    }
    /// A reply to the newest command of the present session.
    void answer(EventBody body) { happens(std::move(body), app.last_request, app.session.stamp); }
    void pass(std::chrono::milliseconds time) {
        now.mono += time;
        now.utc += time;
        happens(Tick{});
    }
    template <class C>
    C const* asked() const {
        for (auto const& command : last)
            if (auto const* found = std::get_if<C>(&command.body))
                return found;
        return nullptr;
    }
    std::string screen() const { return name(app.screen); }
    Work& work() { return *app.work(); }
    Cases& cases() { return *app.cases(); }
    CaseAtHand* at_hand() { return cases().at_hand.get(); }

    void insert_key() {
        happens(KeyChanged{
            KeyReady{.product = "Sample Key", .pin_set = true, .has_fingerprint = false, .insertion = 1}});
    }
    void take_key_out() { happens(KeyChanged{KeyAbsent{}}); }
    void type_pin() {
        for (char const* digit : {"2", "4", "6", "8"})
            want(Stroked{ui::KeyStroke::add(digit)});
        want(Stroked{ui::KeyStroke::submit()});
    }
    static Admission admission(std::vector<std::string> rights) {
        Admission admitted;
        admitted.session.token = "token";
        admitted.session.expires_in_s = 12 * 3600;
        admitted.session.is_staff = true;
        admitted.me = {"staff-0001", "Sam Desk", {"phone_rep"}, std::move(rights)};
        return admitted;
    }
    static api::WorkItem item(std::string entry, std::string kind, std::string taken_by = {}) {
        api::WorkItem made;
        made.entry = std::move(entry);
        made.kind = std::move(kind);
        made.mine = taken_by == "staff-0001";
        made.taken_by = taken_by;
        made.taken_by_name = taken_by.empty() ? "" : made.mine ? "Sam Desk" : "Robin Example";
        return made;
    }
    /// How many commands of this kind the last turn asked for.
    template <class C>
    std::size_t count() const {
        return static_cast<std::size_t>(std::count_if(last.begin(), last.end(), [](Command const& command) {
            return std::holds_alternative<C>(command.body);
        }));
    }
    /// The number of the last turn's command of this kind; 0 when there was none.
    template <class C>
    RequestNumber number_of() const {
        for (auto const& command : last)
            if (std::holds_alternative<C>(command.body))
                return command.request;
        return 0;
    }
    /// A reply to that one command, of the present session.
    void reply(EventBody body, RequestNumber to) { happens(std::move(body), to, app.session.stamp); }
    static api::WorkList list(std::vector<api::WorkItem> items) {
        api::WorkList made;
        made.open = static_cast<std::int64_t>(items.size());
        made.items = std::move(items);
        return made;
    }
    void sign_in(std::vector<std::string> rights = {"see_work", "do_work"}) {
        insert_key();
        type_pin();
        answer(SignedIn{admission(std::move(rights))});
    }
    static api::CaseItem case_item(std::string id, std::string level = {}) {
        return {std::move(id), "eob_question", "phone", "2026-03-12T00:00:00Z", std::move(level)};
    }
    static api::CaseMember masked(std::string case_id, std::string account = "open") {
        api::CaseMember member;
        member.case_id = std::move(case_id);
        member.given_name = "Alex";
        member.family_initial = "S.";
        member.phone = "(***) ***-**12";
        member.account = std::move(account);
        return member;
    }
    /// Signed in at the cases, with two open: one that is about nobody yet, one about a member.
    void sign_in_to_cases(std::vector<std::string> rights = {"see_work", "do_work", "open_case"}) {
        sign_in_to_list(std::move(rights));
        want(Do{Act::ShowCases});
        answer(CasesRead{api::CaseList{{case_item("new"), case_item("old", "identified")}}});
    }
    void type_facts() {
        want(Typed{Field::GivenNames, "Alex Jordan"});
        want(Typed{Field::FamilyName, "Sample"});
        want(Typed{Field::BirthDate, "05/17/1984"});
    }
    /// Signed in to cases, the new one at hand, two facts typed and sent.
    void ask_who_calls() {
        sign_in_to_cases();
        want(PickCase{"new"});
        type_facts();
        want(Continue{});
    }
    /// Signed in, with three entries: nobody's, one's own, a colleague's.
    void sign_in_to_list(std::vector<std::string> rights = {"see_work", "do_work"}) {
        sign_in(std::move(rights));
        answer(WorkRead{list({item("a", "mailed_card"), item("b", "finding_disputed", "staff-0001"),
                              item("c", "send_letter", "staff-0002")})});
    }
};

inline Error failure(ErrorKind kind, char const* reason) {
    return error(kind, reason);
}

} // namespace portico::agent::test
