#include "central/plan_parts.h"

#include "central/operations/card_issues.h"
#include "central/operations/contact_details.h"
#include "central/operations/ledger.h"
#include "central/operations/member_messages.h"
#include "central/plan/plan_data.h"

namespace portico::central {

namespace {

class PlanFacts final : public MemberFacts {
public:
    PlanFacts(Store& store, PlanData& data) : store_(store), data_(data) {}

    Result<std::optional<Member>> member(PatientId const& patient) override { return data_.member(patient); }

    Result<std::optional<std::vector<Finding>>> findings(PatientId const& patient,
                                                         EobId const& eob) override {
        auto const overview = TRY(find(patient));
        auto const* claim = overview ? overview->find(eob) : nullptr;
        return claim != nullptr ? std::optional(claim->findings) : std::nullopt;
    }

    Result<std::optional<std::string>> claim_number(PatientId const& patient, EobId const& eob) override {
        auto const overview = TRY(find(patient));
        auto const* claim = overview ? overview->find(eob) : nullptr;
        return claim != nullptr ? std::optional(claim->summary.claim_number) : std::nullopt;
    }

    Result<bool> has_listing(std::string const& listing_id) override {
        return store_.read<bool>([&](storage::Database& database) -> Result<bool> {
            auto query = TRY(database.prepare(
                "SELECT 1 FROM plan_published WHERE kind = 'provider' AND id = $1 AND removed = 0"));
            query.bind(1, listing_id);
            return query.step();
        });
    }

    Result<std::optional<IdCard>> id_card(PatientId const& patient) override {
        auto card = data_.id_card(patient);
        if (card.has_value())
            return std::optional(std::move(card).value());
        if (card.error().kind == ErrorKind::Refused || card.error().kind == ErrorKind::NotFound)
            return std::optional<IdCard>();
        return card.error();
    }

private:
    /// Empty for someone of whom the plan knows nothing.
    Result<std::shared_ptr<MemberOverview const>> find(PatientId const& patient) {
        auto overview = data_.overview(patient);
        if (overview.has_error() && overview.error().kind == ErrorKind::NotFound)
            return std::shared_ptr<MemberOverview const>();
        return overview;
    }

    Store& store_;
    PlanData& data_;
};

class PlanMemberSource final : public MemberSource {
public:
    explicit PlanMemberSource(PlanData& data) : data_(data) {}
    Result<std::optional<Member>> member(PatientId const& patient) override { return data_.member(patient); }

private:
    PlanData& data_;
};

class PlanReference final : public ReferenceSource {
public:
    Result<ReferenceChanges> after(storage::Database& database, std::int64_t sequence, int limit) override {
        auto changes = TRY(PlanData::reference_changes(database, sequence, limit + 1));
        ReferenceChanges page;
        for (auto& change : changes) {
            if (page.items.size() == static_cast<std::size_t>(limit)) {
                page.more = true;
                break;
            }
            page.items.push_back({change.position, std::move(change.provider), std::move(change.plan),
                                  std::move(change.removed)});
        }
        return page;
    }
    Result<std::int64_t> last(storage::Database& database) override {
        return PlanData::last_reference_position(database);
    }
};

/// What operations know of a patient, for the plan data's replies.
class OperationAnswers {
public:
    OperationAnswers(Store& store, OperationLedger& operations, CardIssues& card_issues)
        : store_(store), operations_(operations), card_issues_(card_issues) {}

    Result<std::vector<std::string>> answered_findings(PatientId const& patient, EobId const& eob) const {
        return store_.read<std::vector<std::string>>([&](storage::Database& database)
                                                         -> Result<std::vector<std::string>> {
            auto query = TRY(database.prepare(
                "SELECT finding FROM finding_answer WHERE patient_hash = $1 AND eob = $2 ORDER BY finding"));
            query.bind(1, ByteView(patient_hash(operations_.tools().vault, patient))).bind(2, eob.text());
            std::vector<std::string> findings;
            while (TRY(query.step()))
                findings.push_back(query.text(0));
            return findings;
        });
    }

    Result<AnsweredFindings> all_answered_findings(PatientId const& patient) const {
        return store_.read<AnsweredFindings>([&](storage::Database& database) -> Result<AnsweredFindings> {
            auto query = TRY(database.prepare(
                "SELECT eob, finding FROM finding_answer WHERE patient_hash = $1 ORDER BY eob, finding"));
            query.bind(1, ByteView(patient_hash(operations_.tools().vault, patient)));
            AnsweredFindings findings;
            while (TRY(query.step()))
                findings[EobId(query.text(0))].push_back(query.text(1));
            return findings;
        });
    }

    Result<int> request_count(PatientId const& patient) const {
        return static_cast<int>(TRY(operations_.requests_of(patient)).requests.size());
    }

    Result<int> unread_message_count(PatientId const& patient) const {
        return store_.read<int>([&](storage::Database& database) {
            return unread_messages_of(database, operations_.tools().vault, patient);
        });
    }

    Result<void> contact_details(PatientId const& patient, api::ContactDetails& details) const {
        auto const contact = TRY(store_.read<std::optional<ContactInForce>>([&](storage::Database& database) {
            return current_contact(operations_.tools(), database, patient);
        }));
        if (contact)
            details = {contact->address, contact->phone, contact->email, contact->change_waits};
        return ok();
    }

    Result<std::string> card_last_issued_on(PatientId const& patient) const {
        return store_.read<std::string>(
            [&](storage::Database& database) { return card_issues_.last_issued_on(database, patient); });
    }

private:
    Store& store_;
    OperationLedger& operations_;
    CardIssues& card_issues_;
};

} // namespace

PlanParts::PlanParts() = default;
PlanParts::PlanParts(PlanParts&&) noexcept = default;
PlanParts& PlanParts::operator=(PlanParts&&) noexcept = default;
PlanParts::~PlanParts() = default;

PlanParts make_plan_parts(Clock& clock, Store& store, Vault const& vault, std::string card_issuer_id,
                          TimeZone zone) {
    PlanParts parts;
    parts.data = std::make_unique<PlanData>(clock, store, vault);
    parts.data->set_card_issuer(std::move(card_issuer_id));
    parts.data->set_time_zone(std::move(zone));
    parts.facts = std::make_unique<PlanFacts>(store, *parts.data);
    parts.members = std::make_unique<PlanMemberSource>(*parts.data);
    parts.reference = std::make_unique<PlanReference>();
    return parts;
}

void connect_plan_parts(PlanParts& parts, Store& store, OperationLedger& operations,
                        CardIssues& card_issues) {
    auto answers = std::make_shared<OperationAnswers>(store, operations, card_issues);
    PlanDataHooks hooks;
    hooks.answered_findings = [answers](PatientId const& patient, EobId const& eob) {
        return answers->answered_findings(patient, eob);
    };
    hooks.all_answered_findings = [answers](PatientId const& patient) {
        return answers->all_answered_findings(patient);
    };
    hooks.request_count = [answers](PatientId const& patient) { return answers->request_count(patient); };
    hooks.unread_message_count = [answers](PatientId const& patient) {
        return answers->unread_message_count(patient);
    };
    hooks.contact_details = [answers](PatientId const& patient, api::ContactDetails& details) {
        return answers->contact_details(patient, details);
    };
    hooks.card_last_issued_on = [answers](PatientId const& patient) {
        return answers->card_last_issued_on(patient);
    };
    parts.data->set_hooks(std::move(hooks));
}

} // namespace portico::central
