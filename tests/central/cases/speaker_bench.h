#pragma once

#include "central/authority/authority_book.h"
#include "central/cases/history_calls.h"
#include "central/cases/speaker_calls.h"
#include "tests/central/cases/behalf_bench.h"

#include <algorithm>
#include <string>
#include <vector>

namespace portico::test {

/// Central with a family. Alex subscribes; Jo is the spouse, Kim the child, who is seventeen until tomorrow,
/// Lee a child of twenty. Robin and Casey are of no family.
class FamilyBench : public CodeBench {
public:
    FamilyBench() {
        add(person("jo", "1982-04-05", "617-555-0122"));
        add(person("kim", "2009-01-16", "617-555-0133"));
        add(person("lee", "2006-05-06", "617-555-0144"));
        insure("alex", "self");
        insure("jo", "spouse");
        insure("kim", "child");
        insure("lee", "child");
    }
    static Member person(std::string const& id, std::string const& birth_date, std::string const& phone) {
        std::string given = id;
        given[0] = static_cast<char>(given[0] - 'a' + 'A');
        auto made = sample_member(id, {given, "Sample"}, birth_date, "02101", "F-" + id);
        made.phone = phone;
        return made;
    }
    void keep(central::PlanRecordBody const& record, std::int64_t version = 1) {
        auto const prepared = central::prepare(record, {version, version}, *vault);
        must(store->write([&](storage::Database& database) -> Result<void> {
            auto writer = TRY(central::PlanWriter::begin(database));
            TRY(writer.apply(prepared));
            return writer.finish();
        }));
    }
    void insure(std::string const& patient, std::string const& relationship,
                std::string const& subscriber = "PRT 4711 A12", std::string const& until = "",
                std::int64_t version = 1) {
        central::CoverageRecord record;
        record.coverage.id = CoverageId("coverage-" + patient);
        record.coverage.beneficiary = PatientId(patient);
        record.coverage.subscriber_id = subscriber;
        record.coverage.relationship = relationship;
        record.coverage.period.start = Date{2020, 1, 1};
        if (!until.empty())
            record.coverage.period.end = Date::parse(until).value();
        keep(record, version);
    }
    void claim(std::string const& patient, std::string const& id, bool sensitive = false,
               std::string const& replaces = "", std::string const& number = "") {
        keep(claim_record(patient, id, sensitive, replaces, number));
    }
    /// One whose two lines are the same: a finding by itself.
    void claim_twice(std::string const& patient, std::string const& id) {
        auto record = claim_record(patient, id);
        EobLine line;
        line.service.code = "99213";
        line.serviced = record.eob.service;
        Adjudication asked;
        asked.category = AmountCategory::Submitted;
        asked.currency = "USD";
        asked.amount = Decimal::parse("80.00").value();
        line.adjudications = {asked};
        line.sequence = 1;
        record.eob.lines.push_back(line);
        line.sequence = 2;
        record.eob.lines.push_back(line);
        keep(record);
    }
    static central::EobRecord claim_record(std::string const& patient, std::string const& id,
                                           bool sensitive = false, std::string const& replaces = "",
                                           std::string const& number = "") {
        central::EobRecord record;
        record.eob.id = EobId(id);
        record.eob.patient = PatientId(patient);
        record.eob.claim_number = number.empty() ? "CLM-" + id : number;
        record.eob.kind = ClaimKind::Professional;
        record.eob.outcome = ClaimOutcome::Complete;
        record.eob.created = Date{2026, 12, 20};
        record.eob.service = {Date{2026, 12, 1}, Date{2026, 12, 1}};
        record.eob.sensitive = sensitive;
        if (!replaces.empty())
            record.eob.replaces = EobId(replaces);
        return record;
    }
    /// A form by which one member speaks for another.
    static central::AuthorityRecord form(std::string const& member, std::string const& representative,
                                         std::vector<AuthorityScope> scopes = {AuthorityScope::Claims}) {
        central::AuthorityRecord record;
        record.patient = PatientId(member);
        record.terms.scopes = std::move(scopes);
        record.document = "Folder 12";
        record.representative = PatientId(representative);
        return record;
    }
    std::string enter(central::AuthorityRecord const& record) {
        return must(store->write_value<std::string>([&](storage::Database& database) {
            return central::AuthorityBook(*vault, clock).add(database, record);
        }));
    }
    void end(std::string const& authority) {
        must(store->write([&](storage::Database& database) -> Result<void> {
            TRY(central::AuthorityBook(*vault, clock).end(database, authority));
            return ok();
        }));
    }
};

/// A case that is about one of them, found by name and birth date, at a desk with a telephone.
struct SpokenCall : CallOfAlex {
    SpokenCall(FamilyBench& of, std::string const& member, std::string const& name = "Robin Rep",
               PatientId const& own_patient = {})
        : CallOfAlex(found(of, member, name, own_patient)), phone(of, rep), bench(of) {}

    std::vector<api::SpeakerItem> speakers() {
        return must(rep.ask<&central::case_speakers>("case_speakers_read", {id})).speakers;
    }
    /// "" or the reason why not.
    std::string choose(std::string const& speaker) {
        return rep.reason_of<&central::choose_speaker>("case_speaker_chosen", {id, speaker});
    }
    /// The id of the parent with these initials.
    std::string parent(std::string const& initials) {
        for (auto const& each : speakers())
            if (each.kind == "parent_of_minor" && each.initials == initials)
                return each.speaker;
        return "no such parent";
    }
    Result<api::CodeSent> try_send(std::string const& way = "text_code") {
        return rep.ask<&central::send_code>("case_code_sent", {id, way, "call-1"});
    }
    std::string send_reason() {
        auto const sent = try_send();
        return sent.has_error() ? sent.error().reason : "";
    }
    /// By a text to who speaks.
    void prove() {
        must(try_send());
        REQUIRE(phone.key(bench.last_code()) == "right");
        REQUIRE(item().level == "verified");
    }
    /// As a code or an answer would, whatever the way.
    void proven_by(std::string_view way) {
        must(bench.store->write([&](storage::Database& database) -> Result<void> {
            central::CaseBook const book(*bench.vault, bench.clock);
            return book.set_verified(database, TRY(book.open_case(database, id)), way);
        }));
    }
    std::string claims_reason() {
        return rep.reason_of<&central::case_claims>("case_claims_read", {id, "", 50});
    }
    std::vector<std::string> claims() {
        std::vector<std::string> ids;
        for (auto const& each : must(rep.ask<&central::case_claims>("case_claims_read", {id, "", 50})).claims)
            ids.push_back(each.id.text());
        std::sort(ids.begin(), ids.end());
        return ids;
    }
    std::string eob_reason(std::string const& eob) {
        return rep.reason_of<&central::case_eob>("case_eob_read", {id, eob});
    }
    std::string requests_reason() {
        return rep.reason_of<&central::case_requests>("case_requests_read", {id});
    }
    std::string earlier_reason() { return rep.reason_of<&central::earlier_cases>("case_earlier_read", {id}); }

    DeskPhone phone;
    FamilyBench& bench;

private:
    static CallOfAlex found(FamilyBench& of, std::string const& member, std::string const& name,
                            PatientId const& own_patient) {
        CaseDesk desk(of, name, {StaffRole::PhoneRep}, own_patient);
        auto const opened = desk.open();
        auto const& person = of.facts.members.at(member);
        api::IdentifyCaller said;
        said.case_id = opened;
        said.name = api::CallerName{person.name.given, person.name.family};
        said.birth_date = person.birth_date.text();
        REQUIRE(desk.identify(said).empty());
        return {desk, opened};
    }
};

} // namespace portico::test
