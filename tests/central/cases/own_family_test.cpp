#include "central/operations/work_calls.h"
#include "tests/central/cases/speaker_bench.h"

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

/// Jo, who is the spouse on Alex's policy, works at a desk.
struct JoAtWork {
    FamilyBench bench;
    CaseDesk jo{bench, "Jo Staff", {StaffRole::PhoneRep, StaffRole::Supervisor}, PatientId("jo")};
    CaseDesk colleague{bench, "Ash Rep", {StaffRole::PhoneRep}};

    /// "" or why no case becomes one about this member.
    std::string found(CaseDesk& desk, std::string const& member) {
        return identify(desk, desk.open(), member);
    }
    std::string identify(CaseDesk& desk, std::string const& case_id, std::string const& member) {
        auto const& person = bench.facts.members.at(member);
        api::IdentifyCaller said;
        said.case_id = case_id;
        said.name = api::CallerName{person.name.given, person.name.family};
        said.birth_date = person.birth_date.text();
        return desk.identify(said);
    }
};

} // namespace

TEST_CASE("own matter: a child and a spouse on one's own policy are a colleague's to look after") {
    JoAtWork is;
    for (auto const* member : {"jo", "kim", "lee", "alex"}) {
        INFO(member);
        CHECK(is.found(is.jo, member) == "own_matter");
        CHECK(is.found(is.colleague, member).empty());
    }
    CHECK(is.found(is.jo, "robin").empty());
}

TEST_CASE("own matter: nobody takes a case about their family over") {
    JoAtWork is;
    auto const theirs = is.colleague.open();
    REQUIRE(is.identify(is.colleague, theirs, "kim").empty());
    CHECK(is.jo.take(theirs) == "own_matter");
    auto const other = is.colleague.open();
    REQUIRE(is.identify(is.colleague, other, "robin").empty());
    CHECK(is.jo.take(other).empty());
}

TEST_CASE("own matter: a case is one's own to look after no more when its member joins the policy") {
    JoAtWork is;
    auto const id = is.jo.open();
    REQUIRE(is.identify(is.jo, id, "robin").empty());
    REQUIRE(is.jo.read_member(id).empty());
    is.bench.insure("robin", "child");
    CHECK(is.jo.read_member(id) == "own_matter");
    // A coverage that is over does not make strangers of them.
    is.bench.insure("robin", "child", "PRT 4711 A12", "2026-12-31", 2);
    CHECK(is.jo.read_member(id) == "own_matter");
}

TEST_CASE("own matter: nobody decides what their family has asked for") {
    JoAtWork is;
    REQUIRE_FALSE(is.bench.hold_a_change(is.bench.sign_in("alex")).empty());
    auto const entry = is.bench.queued_of("contact_change_held").id;
    auto const decide = [&](CaseDesk& desk) {
        REQUIRE(desk.reason_of<&take_work>("work_taken", {entry}).empty());
        auto const said = desk.reason_of<&decide_work>("work_decided", {entry, "applied", {}});
        if (!said.empty())
            must(desk.ask<&give_work_back>("work_given_back", {entry}));
        return said;
    };
    CHECK(decide(is.jo) == "own_matter");
    CHECK(decide(is.colleague).empty());
}

TEST_CASE("own matter: a number that half the plan stands under makes no family") {
    JoAtWork is;
    is.bench.insure("robin", "self", "GROUP 1");
    CaseDesk robin(is.bench, "Robin Staff", {StaffRole::PhoneRep}, PatientId("robin"));
    for (int i = 0; i < PlanData::family_size_max; ++i) {
        std::string const id{'m', static_cast<char>('a' + i / 26), static_cast<char>('a' + i % 26)};
        auto person = FamilyBench::person(id, "1970-01-02", "617-555-0177");
        is.bench.add(person);
        is.bench.insure(id, "self", "GROUP 1");
        if (i == 0)
            CHECK(is.found(robin, "maa") == "own_matter");
    }
    CHECK(is.found(robin, "maa").empty());
}
