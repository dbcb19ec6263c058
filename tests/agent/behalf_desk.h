#pragma once

#include "agent/app/acts.h"
#include "tests/agent/keyboard.h"
#include "tests/agent/state_desk.h"

#include <string>
#include <utility>
#include <vector>

/// A desk with a caller for whom something is asked.
namespace portico::agent::test {

/// A caller at the case "old" who is verified, as `way` says, or only found.
struct Caller : Desk {
    explicit Caller(char const* level = "verified", char const* way = "own_session") {
        sign_in_to_cases();
        want(PickCase{"old"});
        answer(MemberRead{"old", masked("old")});
        list_says(level, way);
    }
    void list_says(char const* level, char const* way = "own_session", bool with_old = true) {
        happens(CentralTold{{.event = "case_changed", .ticket = {}}});
        auto item = case_item("old", level);
        item.verified_way = way;
        std::vector<api::CaseItem> items{case_item("new")};
        if (with_old)
            items.push_back(item);
        reply(CasesRead{api::CaseList{std::move(items)}}, number_of<FetchCases>());
    }
    ui::Text hindrance(Act act) {
        auto const found = offered(app, act);
        REQUIRE(found);
        return found->off;
    }
    AskDialog* dialog() { return std::get_if<AskDialog>(&cases().dialog); }
    bool has_no_dialog() { return std::holds_alternative<NoDialog>(cases().dialog); }
    void write(std::string text = "We asked the clinic.\nWait for our letter.") {
        want(Do{Act::WriteMessage});
        want(Typed{Field::MessageText, std::move(text)});
        want(Continue{});
    }
    /// The message is on the disk, under this id.
    void keep(std::string id, RequestNumber request) { reply(OperationKept{"old", std::move(id)}, request); }
    void write_down(std::string const& id) {
        write();
        keep(id, number_of<KeepOperation>());
    }
    void outbox_says(std::vector<client::OperationStanding> standing,
                     std::vector<client::RefusedOperation> refused = {}) {
        auto const refusals = static_cast<std::int64_t>(refused.size());
        happens(OutboxChanged{{.waiting = 0, .sent = 0, .refused = refusals}});
        auto const asked_by = number_of<ReadOutbox>();
        REQUIRE(asked_by != 0);
        reply(OutboxRead{std::move(standing), std::move(refused)}, asked_by);
    }
    void refuse(std::string const& id, std::string const& reason) {
        outbox_says({{id, client::OperationStanding::Where::Refused, reason}}, {{id, reason}});
    }
    Written& written(std::size_t at = 0) { return app.written.all.at(at); }
};

inline Finding duplicate() {
    Finding finding;
    finding.kind = FindingKind::DuplicateLine;
    return finding;
}

inline Finding denied() {
    Finding finding;
    finding.kind = FindingKind::DeniedYetBilled;
    return finding;
}

/// ... who asks about an EOB, which is open.
struct Reading : Caller {
    explicit Reading(std::vector<Finding> findings = {duplicate(), denied()}) {
        want(Do{Act::ShowClaims});
        api::ClaimsPage page;
        page.claims.emplace_back();
        page.claims.back().id = EobId("eob-1");
        reply(ClaimsRead{"old", page}, number_of<FetchClaims>());
        want(PickClaim{"eob-1"});
        api::EobDetail detail;
        detail.eob.id = EobId("eob-1");
        detail.findings = std::move(findings);
        reply(EobRead{"old", "eob-1", detail}, number_of<FetchEob>());
    }
};

} // namespace portico::agent::test
