#pragma once

#include "agent/app/acts.h"
#include "tests/agent/state_desk.h"

namespace portico::agent::test {

using State = PhoneCall::State;

/// A desk with a telephone that does what it is told, when it is told so.
struct RingDesk : Desk {
    TelephoneView phone{TelephoneReady{.registered = true, .keypad = true}, {}};

    static PhoneCall call(std::string id, std::string from, State state = State::Ringing) {
        PhoneCall made;
        made.id = std::move(id);
        made.from = std::move(from);
        made.line = "Claims line";
        made.state = state;
        return made;
    }
    void tell() { happens(TelephoneChanged{phone}); }
    /// Ends before anybody is named.
    RequestNumber rings(std::string const& id, std::string const& from = "+16175550112") {
        phone.calls.push_back(call(id, from));
        tell();
        return number_of<FetchCandidates>();
    }
    void is_now(std::string const& id, State state, std::string const& end = {}) {
        for (auto& each : phone.calls)
            if (each.id == id) {
                each.state = state;
                each.end = end;
            }
        tell();
        if (state != State::Ended)
            return;
        std::erase_if(phone.calls, [&](PhoneCall const& each) { return each.id == id; });
        tell();
    }
    CallAtHand* at(std::string const& id) { return app.calls.find(id); }
    /// Answered by F4: talked to, and its case is at hand.
    void answer_call(std::string const& id, std::string const& case_id) {
        want(Do{Act::AnswerCall});
        auto const opening = number_of<OpenCase>();
        REQUIRE(opening != 0);
        is_now(id, State::Talking);
        reply(CaseOpened{api::CaseOpened{case_id}}, opening);
        cases_are(listed_with(case_id));
    }
    std::vector<api::CaseItem> listed;
    std::vector<api::CaseItem> listed_with(std::string const& case_id, std::string const& level = {}) {
        std::erase_if(listed, [&](api::CaseItem const& each) { return each.case_id == case_id; });
        listed.push_back(case_item(case_id, level));
        return listed;
    }
    /// The reply to the newest list that was asked for.
    void cases_are(std::vector<api::CaseItem> items) {
        listed = items;
        if (number_of<FetchCases>() == 0)
            happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        auto const request = number_of<FetchCases>();
        REQUIRE(request != 0);
        reply(CasesRead{api::CaseList{std::move(items)}}, request);
    }
    /// What the telephone was told last: "answer a".
    std::string told() const {
        using Do = WorkTelephone::Do;
        auto const* told = asked<WorkTelephone>();
        if (told == nullptr)
            return "";
        static constexpr std::pair<Do, char const*> words[] = {
            {Do::Answer, "answer"},          {Do::Hold, "hold"},         {Do::Resume, "resume"},
            {Do::HangUp, "hang up"},         {Do::Transfer, "transfer"}, {Do::StartKeying, "start keying"},
            {Do::StopKeying, "stop keying"}, {Do::Dial, "dial"}};
        for (auto const& [what, word] : words)
            if (what == told->what)
                return std::string(word) + " " + told->call + (told->to.empty() ? "" : " " + told->to);
        return "";
    }
    bool offers(Act act) const { return offered(app, act).has_value(); }
};

} // namespace portico::agent::test
