#include "tests/central/cases/speaker_bench.h"

#include <map>
#include <set>

using namespace portico;
using namespace portico::central;
using namespace portico::test;

namespace {

std::set<std::string> initials(std::vector<api::SpeakerItem> const& all) {
    std::set<std::string> found;
    for (auto const& each : all)
        found.insert(each.kind + " " + each.initials);
    return found;
}

} // namespace

TEST_CASE("speakers: a minor's parents are the subscriber and the spouse, and nobody else of the family") {
    FamilyBench bench;
    SpokenCall call(bench, "kim");
    auto const all = call.speakers();
    CHECK(initials(all) == std::set<std::string>{"parent_of_minor A. S.", "parent_of_minor J. S."});
    for (auto const& each : all) {
        CHECK(each.hindrance.empty());
        CHECK_FALSE(each.tells_sensitive);
        CHECK(each.scopes == std::vector<std::string>{"claims", "contact", "cards", "disputes_and_messages"});
        // Nothing that says who it is, for anybody who reads the audit.
        CHECK(each.speaker.rfind("parent-", 0) == 0);
        CHECK(each.speaker.find("alex") == std::string::npos);
    }
}

TEST_CASE("speakers: who subscribes for an adult, or is married to one, has no authority") {
    FamilyBench bench;
    for (auto const* member : {"lee", "jo", "alex", "robin"}) {
        INFO(member);
        if (std::string(member) == "robin") {
            // Two of one birth date in one ZIP, but of one name only one.
            SpokenCall call(bench, member);
            CHECK(call.speakers().empty());
            continue;
        }
        SpokenCall call(bench, member, std::string("Rep of ") + member);
        CHECK(call.speakers().empty());
        CHECK(call.choose("subscriber") == "no_authority");
        CHECK(call.choose("alex") == "no_authority");
        CHECK(call.choose("") == "no_authority");
        CHECK(call.item().speaker.empty());
    }
    // The id of a parent of Kim is nothing in a case about Lee.
    SpokenCall kim(bench, "kim", "Rep of Kim");
    auto const alex = kim.parent("A. S.");
    SpokenCall lee(bench, "lee", "Another rep");
    CHECK(lee.choose(alex) == "no_authority");
    CHECK(kim.choose(alex).empty());
}

TEST_CASE(
    "speakers: no parent by a coverage that is over, of another subscriber, or of a restricted record") {
    FamilyBench bench;
    SECTION("the child's is over") {
        bench.insure("kim", "child", "PRT 4711 A12", "2026-12-31", 2);
    }
    SECTION("the child is insured elsewhere") {
        bench.insure("kim", "child", "OTHER 1", "", 2);
    }
    SECTION("the child is no child there") {
        bench.insure("kim", "other", "PRT 4711 A12", "", 2);
    }
    SECTION("no subscriber is named") {
        bench.insure("kim", "child", "", "", 2);
    }
    SpokenCall call(bench, "kim");
    CHECK(call.speakers().empty());
}

TEST_CASE("speakers: a child's record that the plan has restricted names no parents") {
    FamilyBench bench;
    auto kim = bench.facts.members.at("kim");
    MemberRecord record;
    record.member = kim;
    record.member_ids = {kim.member_id};
    record.restricted = true;
    bench.keep(record, 2);
    SpokenCall call(bench, "kim");
    REQUIRE(call.rep.break_glass(call.id).empty());
    CHECK(call.speakers().empty());
}

TEST_CASE("speakers: a parent shows who they are by what is theirs, never by the child's") {
    FamilyBench bench;
    auto const alex = bench.account("alex");
    auto const kim = bench.account("kim");
    bench.claim("kim", "visit");
    SpokenCall call(bench, "kim");
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    CHECK(call.item().speaker_kind == "parent_of_minor");
    CHECK(call.claims_reason() == "verification_needed");
    SECTION("by a text") {
        auto const sent = must(call.try_send());
        CHECK(sent.to == "(***) ***-**12"); // Alex's, not Kim's
        CHECK(bench.waiting(MessageChannel::Text).back().to == "+16175550112");
        CHECK(call.phone.key(bench.last_code()) == "right");
    }
    SECTION("in their own session") {
        MemberAtKiosk child(bench, kim, "kiosk-1");
        MemberAtKiosk parent(bench, alex, "kiosk-2");
        auto const asked = call.verify();
        CHECK(child.asked().check.empty());
        CHECK(child.answer(parent.asked().check, asked.number) == "check_gone");
        CHECK(parent.answer(parent.asked().check, asked.number).empty());
    }
    CHECK(call.item().level == "verified");
    CHECK(call.claims() == std::vector<std::string>{"visit"});
}

TEST_CASE("speakers: of a parent who is a colleague no end of a number is shown without their glass") {
    FamilyBench bench;
    CaseDesk const colleague(bench, "Alex Colleague", {StaffRole::PhoneRep}, PatientId("alex"));
    SpokenCall call(bench, "kim");
    REQUIRE(call.choose(call.parent("")).empty());
    for (auto const& each : must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways) {
        INFO(each.way);
        CHECK((each.to.empty() || each.to == "***"));
    }
    CHECK(must(call.try_send()).to == "***");
    CHECK(bench.waiting(MessageChannel::Text).back().to == "+16175550112");
}

TEST_CASE("speakers: what the member's own telephone answers says nothing of who speaks for them") {
    FamilyBench bench;
    SpokenCall call(bench, "kim");
    must(call.try_send());
    auto const code = bench.last_code(); // went to Kim
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    CHECK(call.item().code.empty());
    CHECK(call.phone.key(code) == "code_gone");
    CHECK(call.item().level == "identified");
}

TEST_CASE("speakers: another speaker ends the proof, and what waits for an answer") {
    FamilyBench bench;
    auto const alex = bench.account("alex");
    SpokenCall call(bench, "kim");
    call.prove(); // Kim
    CHECK(call.claims_reason().empty());
    auto const parent = call.parent("A. S.");
    REQUIRE(call.choose(parent).empty());
    CHECK(call.item().level == "identified");
    CHECK(call.claims_reason() == "verification_needed");
    // A question to the parent is none any more when it is the other parent who speaks.
    MemberAtKiosk kiosk(bench, alex, "kiosk-1");
    auto const asked = call.verify();
    auto const check = kiosk.asked().check;
    REQUIRE(call.choose(call.parent("J. S.")).empty());
    CHECK(kiosk.answer(check, asked.number) == "check_gone");
    CHECK(call.item().level == "identified");
    // Saying the same again ends nothing.
    call.prove();
    REQUIRE(call.choose(call.parent("J. S.")).empty());
    CHECK(call.item().level == "verified");
    // Nor is the child verified by what a parent has shown.
    REQUIRE(call.choose("member").empty());
    CHECK(call.item().speaker.empty());
    CHECK(call.item().level == "identified");
    CHECK(call.claims_reason() == "verification_needed");
}

TEST_CASE("speakers: wrong codes count against who speaks, and the member is not frozen by them") {
    FamilyBench bench;
    SpokenCall call(bench, "kim");
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    for (int round = 0; round < 3; ++round) {
        must(call.try_send());
        auto const code = bench.last_code();
        for (int i = 1; i <= 5; ++i)
            CHECK(call.phone.key(CodeBench::other_than(code, i)) == (i == 5 ? "ended" : "wrong"));
    }
    CHECK(call.send_reason() == "verification_frozen");
    CHECK(bench.mailed == std::vector<std::string>{"kim speaker_frozen", "alex verification_frozen"});
    // As themselves no less.
    SpokenCall own(bench, "alex", "Another rep");
    CHECK(own.send_reason() == "verification_frozen");
    REQUIRE(call.choose("member").empty());
    CHECK(call.send_reason().empty());
}

TEST_CASE("speakers: an authority that ended yesterday opens nothing, though the caller is who they say") {
    FamilyBench bench;
    bench.claim("robin", "visit");
    auto form = FamilyBench::form("robin", "casey");
    form.terms.period = {Date{2026, 1, 1}, Date{2027, 1, 14}};
    auto const ended = bench.enter(form);
    form.terms.period = {Date{2027, 1, 16}, Date{}};
    auto const later = bench.enter(form);
    SpokenCall call(bench, "robin");
    for (auto const& each : call.speakers())
        CHECK(each.hindrance == (each.speaker == ended ? "ended" : "not_yet"));
    CHECK(call.choose(ended) == "authority_ended");
    CHECK(call.choose(later) == "authority_not_yet");
    CHECK(call.item().speaker.empty());
}

TEST_CASE("speakers: an authority ends at midnight and when it is taken back, also in the middle of a call") {
    FamilyBench bench;
    bench.claim("robin", "visit");
    auto form = FamilyBench::form("robin", "casey");
    form.terms.period.end = Date{2027, 1, 15};
    auto const authority = bench.enter(form);
    bench.clock.advance(std::chrono::hours(15) + std::chrono::minutes(50)); // 23:50 of the last day
    SpokenCall call(bench, "robin");
    REQUIRE(call.choose(authority).empty());
    call.prove();
    CHECK(call.claims() == std::vector<std::string>{"visit"});
    SECTION("midnight") {
        bench.clock.advance(std::chrono::minutes(10));
        CHECK(call.item().level == "verified");
        CHECK(call.item().speaker_hindrance == "authority_ended");
        CHECK(call.claims_reason() == "authority_ended");
        CHECK(call.eob_reason("visit") == "authority_ended");
        CHECK(call.send_reason() == "authority_ended");
        CHECK(call.verify_reason() == "authority_ended");
        CHECK(call.rep.reveal(call.id) == "authority_ended");
    }
    SECTION("taken back") {
        bench.end(authority);
        CHECK(call.claims_reason() == "authority_revoked");
        CHECK(call.item().speaker_hindrance == "authority_revoked");
    }
    // The way back is there.
    CHECK(call.choose("member").empty());
}

TEST_CASE("speakers: a child who is eighteen from midnight on has no parent to speak for them") {
    FamilyBench bench;
    bench.claim("kim", "visit");
    bench.clock.advance(std::chrono::hours(15) + std::chrono::minutes(50));
    SpokenCall call(bench, "kim");
    auto const parent = call.parent("A. S.");
    REQUIRE(call.choose(parent).empty());
    call.prove();
    CHECK(call.claims_reason().empty());
    bench.clock.advance(std::chrono::minutes(10));
    CHECK(call.claims_reason() == "authority_of_age");
    CHECK(call.speakers().empty());
    REQUIRE(call.choose("member").empty());
    CHECK(call.choose(parent) == "no_authority");
}

TEST_CASE("speakers: an authority covers what it says and nothing else") {
    FamilyBench bench;
    bench.claim("robin", "visit");
    auto const robin = bench.account("robin");
    bench.lock(robin);
    SpokenCall call(bench, "robin");
    auto const asks = [&](AuthorityScope scope) {
        auto const authority = bench.enter(FamilyBench::form("robin", "casey", {scope}));
        REQUIRE(call.choose(authority).empty());
        call.proven_by("text_code");
        return std::set<std::string>{"claims " + call.claims_reason(), "eob " + call.eob_reason("visit"),
                                     "reveal " + call.rep.reveal(call.id),
                                     "requests " + call.requests_reason(), "unlock " + call.unlock_reason()};
    };
    std::string const no = "authority_scope";
    CHECK(asks(AuthorityScope::Claims) ==
          std::set<std::string>{"claims ", "eob ", "reveal " + no, "requests " + no, "unlock " + no});
    CHECK(asks(AuthorityScope::Contact) ==
          std::set<std::string>{"claims " + no, "eob " + no, "reveal ", "requests " + no, "unlock " + no});
    CHECK(asks(AuthorityScope::Cards) == std::set<std::string>{"claims " + no, "eob " + no, "reveal " + no,
                                                               "requests " + no, "unlock " + no});
    CHECK(asks(AuthorityScope::DisputesAndMessages) ==
          std::set<std::string>{"claims " + no, "eob " + no, "reveal " + no, "requests ", "unlock " + no});
    CHECK(asks(AuthorityScope::Account) ==
          std::set<std::string>{"claims " + no, "eob " + no, "reveal " + no, "requests " + no, "unlock "});
}

TEST_CASE(
    "speakers: an unlock that a representative asks for takes a second person's yes, and ends with them") {
    FamilyBench bench;
    auto const robin = bench.account("robin");
    bench.lock(robin);
    SpokenCall call(bench, "robin");
    REQUIRE(call.choose(bench.enter(FamilyBench::form("robin", "casey", {AuthorityScope::Account}))).empty());
    call.proven_by("text_code");
    CHECK(call.unlock().state == "waiting");
    CHECK(must(call.rep.ask<&case_lock>("case_lock_read", {call.id})).second_yes == "representative");
    REQUIRE(call.choose("member").empty());
    CHECK(call.item().unlock == "withdrawn");
    CHECK(bench.unlocked.empty());
}

TEST_CASE("speakers: facts verify nobody who speaks for another") {
    FamilyBench bench;
    SpokenCall call(bench, "kim");
    REQUIRE(call.choose(call.parent("A. S.")).empty());
    CHECK(call.claims_reason() == "verification_needed");
    CHECK(call.requests_reason() == "verification_needed");
    CHECK(call.rep.reveal(call.id) == "verification_needed");
    // What the rep needs to go on is there, masked.
    CHECK(call.rep.read_member(call.id).empty());
    // An emailed code is the weaker proof for them, too.
    call.proven_by("mail_code");
    CHECK(call.claims_reason() == "verification_stronger_needed");
    CHECK(call.rep.reveal(call.id) == "verification_stronger_needed");
}

TEST_CASE("speakers: staff do not hear themselves or their family speak for another") {
    FamilyBench bench;
    SpokenCall call(bench, "robin", "Alex Staff", PatientId("alex"));
    auto const self = bench.enter(FamilyBench::form("robin", "alex"));
    auto const spouse = bench.enter(FamilyBench::form("robin", "jo"));
    auto const stranger = bench.enter(FamilyBench::form("robin", "casey"));
    // Of a colleague not even initials are told.
    for (auto const& each : call.speakers())
        CHECK(each.initials.empty() == (each.speaker == self));
    CHECK(call.choose(self) == "own_matter");
    CHECK(call.choose(spouse) == "own_matter");
    CHECK(call.choose(stranger).empty());
}

TEST_CASE("speakers: who is no member keys a code at the number on file, once that is thirty days old") {
    FamilyBench bench;
    bench.claim("robin", "visit");
    AuthorityRecord form = FamilyBench::form("robin", "");
    form.terms.kind = AuthorityKind::PowerOfAttorney;
    form.name = {"Pat", "Example"};
    form.birth_date = Date{1960, 1, 2};
    form.phone = "617-555-0199";
    auto const authority = bench.enter(form);
    SpokenCall call(bench, "robin");
    REQUIRE(call.choose(authority).empty());
    CHECK(call.speakers().at(0).initials == "P. E.");
    auto const ways = [&] {
        std::map<std::string, std::string> found;
        for (auto const& each : must(call.rep.ask<&verify_ways>("case_ways_read", {call.id})).ways)
            found[each.way] = each.to + "|" + each.hindrance;
        return found;
    };
    CHECK(ways() == std::map<std::string, std::string>{{"own_session", "|no_account"},
                                                       {"totp", "|no_account"},
                                                       {"text_code", "(***) ***-**99|changed_lately"},
                                                       {"call_back", "(***) ***-**99|changed_lately"},
                                                       {"mail_code", "|not_on_file"}});
    CHECK(call.send_reason() == "code_not_possible");
    CHECK(call.verify_reason() == "account_missing");
    bench.clock.advance(std::chrono::hours(24 * 30));
    CHECK(ways().at("text_code") == "(***) ***-**99|");
    must(call.try_send());
    auto const texts = bench.waiting(MessageChannel::Text);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].to == "+16175550199");
    call.prove(); // by another: once it was keyed nothing waits
    CHECK(call.claims() == std::vector<std::string>{"visit"});
}

TEST_CASE("speakers: the member is told once that somebody spoke for them, and not what about") {
    FamilyBench bench;
    SpokenCall call(bench, "kim");
    auto const alex = call.parent("A. S.");
    REQUIRE(call.choose(alex).empty());
    CHECK(bench.mailed.empty());
    call.prove();
    CHECK(bench.mailed == std::vector<std::string>{"kim spoken_for"});
    REQUIRE(call.choose("member").empty());
    REQUIRE(call.choose(alex).empty());
    call.prove();
    CHECK(bench.mailed.size() == 1);
}

TEST_CASE("speakers: each read by who speaks for another names the authority in the audit, and no person") {
    FamilyBench bench;
    bench.claim("kim", "visit");
    SpokenCall call(bench, "kim");
    auto const parent = call.parent("A. S.");
    REQUIRE(call.choose(parent).empty());
    auto const chosen = bench.audited().back();
    CHECK(chosen.action == "case_speaker_chosen");
    CHECK(std::count(chosen.fields.begin(), chosen.fields.end(), "authority:" + parent) == 1);
    CHECK(chosen.subject == "kim");
    CHECK(api::to_json(chosen).find("alex") == std::string::npos);
    // Of a read the dispatcher makes the record, of what the call says then.
    call.proven_by("text_code");
    Call read{*bench.services, call.rep.caller(), "", "", {}, "", "case_claims_read", false, 0};
    must(case_claims(read, {call.id, "", 50}));
    CHECK(read.audit_subject == "kim");
    CHECK(std::count(read.audit_fields.begin(), read.audit_fields.end(), "authority:" + parent) == 1);
    Call own{*bench.services, call.rep.caller(), "", "", {}, "", "case_claims_read", false, 0};
    REQUIRE(call.choose("member").empty());
    call.proven_by("text_code");
    must(case_claims(own, {call.id, "", 50}));
    for (auto const& field : own.audit_fields)
        CHECK(field.rfind("authority:", 0) != 0);
}

TEST_CASE("speakers: who takes a case over has been shown nothing of who speaks in it") {
    FamilyBench bench;
    SpokenCall call(bench, "kim");
    auto const parent = call.parent("A. S.");
    REQUIRE(call.choose(parent).empty());
    call.prove();
    CaseDesk lead(bench, "Kim Lead", {StaffRole::Supervisor});
    REQUIRE(lead.take(call.id).empty());
    CHECK(lead.list().at(0).speaker == parent);
    CHECK(lead.list().at(0).level == "identified");
    CHECK(lead.reason_of<&case_claims>("case_claims_read", {call.id, "", 50}) == "verification_needed");
    CHECK(call.choose("member") == "case_unknown");
    CHECK(call.rep.reason_of<&case_speakers>("case_speakers_read", {call.id}) == "case_unknown");
}
