#include "central/plan/prepared_record.h"

#include "central/plan/plan_codec.h"
#include "central/plan/plan_keys.h"

#include <utility>

namespace portico::central {

namespace {

struct Preparer {
    Vault const& vault;
    PreparedRecord out;

    void hash(std::string_view encoded) {
        out.content_hash = crypto::keyed_hash(vault.index, encoded);
        out.content_hash.resize(plan_key_bytes);
    }
    Bytes seal(std::string_view table, std::string_view plain) const {
        return crypto::seal_record(vault.records, seal_context(table, out.member_key, out.record_key),
                                   as_bytes(plain));
    }
    void part(std::string kind, std::string id, std::string lookup, std::string encoded) {
        out.table = PreparedRecord::Table::Part;
        out.kind = std::move(kind);
        out.id = std::move(id);
        out.lookup = std::move(lookup);
        out.body = std::move(encoded);
        hash(out.body);
    }

    void operator()(MemberRecord const& record) {
        out.table = PreparedRecord::Table::Member;
        out.member_key = plan_key(vault, "member", record.member.id.text());
        out.record_key = out.member_key;
        auto const encoded = encode(record);
        hash(encoded);
        out.sealed = seal("plan_member", encoded);
        out.find_keys = find_keys(vault, find_facts(record.member));
        for (auto const& number : record.member_ids)
            out.index_keys.push_back(plan_key(vault, "number", plain_number(number)));
    }
    void operator()(CoverageRecord const& record) {
        out.table = PreparedRecord::Table::Coverage;
        out.member_key = plan_key(vault, "member", record.coverage.beneficiary.text());
        out.record_key = plan_key(vault, "coverage", record.coverage.id.text());
        auto const encoded = encode(record);
        hash(encoded);
        out.sealed = seal("plan_coverage", encoded);
        if (!record.member_id.empty())
            out.index_keys.push_back(plan_key(vault, "number", plain_number(record.member_id)));
        if (!record.coverage.subscriber_id.empty())
            out.index_keys.push_back(
                plan_key(vault, "subscriber", plain_number(record.coverage.subscriber_id)));
    }
    void operator()(EobRecord const& record) {
        out.table = PreparedRecord::Table::Eob;
        auto const& eob = record.eob;
        out.member_key = plan_key(vault, "member", eob.patient.text());
        out.record_key = plan_key(vault, "eob", eob.id.text());
        auto const encoded = encode(eob);
        StoredSummary stored;
        auto& summary = stored.summary;
        summary.id = eob.id;
        summary.claim_number = eob.claim_number;
        summary.patient = eob.patient;
        summary.kind = eob.kind;
        summary.status = eob.status;
        summary.outcome = eob.outcome;
        summary.service_start = eob.service.start;
        summary.created = eob.created;
        summary.provider_name = eob.provider.name;
        summary.flow = dollar_flow(eob);
        stored.facts = facts_of(eob);
        stored.claim_reference = record.claim_reference;
        stored.provider = eob.provider;
        // Without what is judged, which follows from the EOB and names its seal, another each time: the same
        // input again is the same content, whichever program read it before.
        hash(encoded + encode(stored));
        out.sealed = seal("plan_eob", encoded);
        stored.judged = encode(judge(eob, out.sealed));
        out.summary = seal("plan_eob_summary", encode(stored));
    }
    void operator()(PractitionerRecord const& record) {
        part("practitioner", record.id, record.npi, encode(record));
    }
    void operator()(OrganizationRecord const& record) {
        part("organization", record.id, record.npi, encode(record));
    }
    void operator()(LocationRecord const& record) { part("location", record.id, {}, encode(record)); }
    void operator()(ServiceRecord const& record) { part("service", record.id, {}, encode(record)); }
    void operator()(RoleRecord const& record) {
        if (record.is_person)
            part("role", record.id, "Practitioner/" + record.practitioner, encode(record));
        else
            part("affiliation", record.id, "Organization/" + record.organization, encode(record));
    }
    void operator()(PlanRecord const& record) {
        part("plan", record.plan.id, record.is_formulary ? "formulary" : "product", encode(record));
    }
    void operator()(DrugRecord const& record) { part("drug", record.id, record.code.code, encode(record)); }
    void operator()(FormularyItemRecord const& record) {
        out.table = PreparedRecord::Table::FormularyItem;
        out.id = record.id;
        hash(encode(record));
        out.item = record;
    }
};

} // namespace

PreparedRecord prepare(PlanRecordBody const& body, RecordVersion const& version, Vault const& vault) {
    Preparer preparer{vault, {}};
    preparer.out.version = version;
    std::visit(preparer, body);
    return std::move(preparer.out);
}

} // namespace portico::central
