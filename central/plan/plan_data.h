#pragma once

#include "central/plan/member_overview.h"
#include "central/plan/overview_cache.h"
#include "central/plan/overview_preparer.h"
#include "central/plan/plan_records.h"
#include "central/plan/rendered_eob.h"
#include "central/plan/time_zone.h"
#include "central/store/store.h"
#include "central/store/vault.h"
#include "shared/api/changes.h"
#include "shared/api/member.h"
#include "shared/base/clock.h"
#include "shared/base/result.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::central {

/// Names of the finding kinds that a member has disputed or confirmed as right, by the EOB they are on.
using AnsweredFindings = std::map<EobId, std::vector<std::string>>;

/// What other parts of central know about a member and the plan's data does not. Each may be empty. Set once,
/// before the first call is served; called on the caller's thread.
struct PlanDataHooks {
    /// What the member has answered on this EOB, or on all.
    std::function<Result<std::vector<std::string>>(PatientId const&, EobId const&)> answered_findings;
    std::function<Result<AnsweredFindings>(PatientId const&)> all_answered_findings;
    /// How many requests (operations) the member has.
    std::function<Result<int>(PatientId const&)> request_count;
    /// How many messages of staff the member has not read.
    std::function<Result<int>(PatientId const&)> unread_message_count;
    /// Puts applied changes of contact details over those imported, and sets change_waits.
    std::function<Result<void>(PatientId const&, api::ContactDetails&)> contact_details;
    /// YYYY-MM-DD of the last card issued; empty: never.
    std::function<Result<std::string>(PatientId const&)> card_last_issued_on;
};

/// One change of the reference data, for the feed to terminals.
struct PlanReferenceChange {
    std::int64_t position = 0;
    std::optional<ProviderListing> provider;
    std::optional<InsurancePlan> plan;
    std::optional<api::Removed> removed;
};

/// What `inspect member` prints.
struct MemberFigures {
    PatientId patient;
    std::vector<CoverageId> coverages; ///< in the order of their ids
    std::int64_t eob_count = 0;
    std::map<std::string, std::int64_t> eobs_by_type;
    std::int64_t item_count = 0;
    std::map<std::string, std::int64_t> item_adjudication; ///< cents by category
    std::map<std::string, std::int64_t> total;             ///< cents by category
};

/// What `inspect directory` prints.
struct DirectoryFigures {
    std::int64_t listings = 0;
    std::int64_t practitioners = 0;
    std::int64_t organizations = 0;
    std::int64_t accepting = 0; ///< listings that take new patients
    std::map<std::string, std::int64_t> by_network;
};

/// What `inspect formulary` prints.
struct FormularyFigures {
    std::vector<std::string> formularies;
    std::int64_t items = 0;
    std::int64_t drugs = 0;
    std::map<std::string, std::int64_t> by_tier;
    std::int64_t prior_authorization = 0;
    std::int64_t step_therapy = 0;
    std::int64_t quantity_limit = 0;
};

/// The imported plan data: members, coverages, EOBs, directory, plans, formulary. Safe from any thread;
/// blocks on the store. What it works out for a member is kept in memory for the last `overviews_kept_max`
/// members and made anew after an import.
class PlanData {
public:
    static constexpr std::size_t overviews_kept_max = 64;
    /// A household larger than this is not one: the number of its subscriber is no real one.
    static constexpr int family_size_max = 30;

    PlanData(Clock& clock, Store& store, Vault const& vault)
        : clock_(clock), store_(store), vault_(vault),
          preparer_([this](PatientId const& patient, Telling telling) { prepare_now(patient, telling); }) {}
    /// The plan's card issuer number (80840...), for every card; empty: the payer's own id as it was
    /// imported.
    void set_card_issuer(std::string issuer_id) { card_issuer_id_ = std::move(issuer_id); }
    /// Where the plan is: UTC until told.
    void set_time_zone(TimeZone zone) { zone_ = std::move(zone); }
    PlanData(PlanData const&) = delete;
    PlanData& operator=(PlanData const&) = delete;

    static Result<void> migrate(storage::Database& database);
    void set_hooks(PlanDataHooks hooks) { hooks_ = std::move(hooks); }
    PlanDataHooks const& hooks() const { return hooks_; }
    /// Where the plan is: who is covered until the last of a month is so until that day ends there.
    Date today() const;

    /// Empty for an unknown patient.
    Result<std::optional<Member>> member(PatientId const& patient);
    /// Errors: NotFound "member_not_found"; Conflict "member_number_ambiguous" when several persons have it.
    Result<PatientId> find_member_by_member_id(std::string const& number);
    Result<std::vector<CoverageRecord>> coverages(PatientId const& patient);
    /// Everything about a member but the EOBs themselves. Errors: NotFound "member_not_found" for someone of
    /// whom there is neither a Patient nor a Coverage nor an EOB.
    Result<std::shared_ptr<MemberOverview const>> overview(PatientId const& patient,
                                                           Telling telling = Telling::All);
    /// How many of them were made so far, the others being taken from memory.
    std::int64_t overviews_made() const { return overviews_.made_count(); }
    /// Has that made in the background, for a call that will soon ask for it.
    void prepare(PatientId const& patient, Telling telling) { preparer_.prepare(patient, telling); }
    /// With names and links resolved. Errors: NotFound "eob_not_found": unknown, someone else's, or not told.
    Result<Eob> eob(PatientId const& patient, EobId const& id, Telling telling = Telling::All);
    /// What the directory says of the EOB's billing provider today, whatever the day of the service.
    Result<DirectoryWord> directory_today(Eob const& eob, std::vector<std::string> const& plan_networks);
    /// What was kept of an earlier read of this EOB, and what a new rendering of it is kept under.
    struct RenderedEob {
        RenderedEobKey key;
        std::int64_t revision = 0;       ///< of the data, before anything was read for a new one
        std::optional<std::string> json; ///< an api::EobDetail without answered findings; empty: none
    };
    Result<RenderedEob> rendered_eob(PatientId const& patient, EobId const& id);
    /// Keeps a new rendering, unless an import came in between.
    Result<void> keep_rendered_eob(storage::Database& database, RenderedEob const& of, std::string_view json);
    /// Names of the finding kinds of the EOB that the member has answered. Errors: those of the hook.
    Result<std::vector<std::string>> answered_findings(PatientId const& patient, EobId const& id);
    /// The same of all the member's EOBs.
    Result<AnsweredFindings> all_answered_findings(PatientId const& patient);
    /// Without a card number. Errors: Refused "no_coverage_today".
    Result<IdCard> id_card(PatientId const& patient);

    /// Errors: NotFound "member_not_found".
    Result<MemberFigures> member_figures(PatientId const& patient);
    /// `specialty` is a NUCC code; `zip` in any of the usual ways. Errors: InvalidInput "zip_invalid".
    Result<DirectoryFigures> directory_figures(std::string const& specialty, std::string const& zip);
    /// `plan` is a product's or a formulary's id. Errors: NotFound "plan_not_found".
    Result<FormularyFigures> formulary_figures(std::string const& plan);

    /// Whether the directory has this listing now.
    Result<bool> has_listing(std::string const& id);
    /// Listings and plans that changed after `after`, in order. For a reader that has its own transaction.
    static Result<std::vector<PlanReferenceChange>> reference_changes(storage::Database& database,
                                                                      std::int64_t after, int limit);
    static Result<std::int64_t> last_reference_position(storage::Database& database);

private:
    void prepare_now(PatientId const& patient, Telling telling);

    std::string card_issuer_id_;
    TimeZone zone_;
    Clock& clock_;
    Store& store_;
    Vault const& vault_;
    PlanDataHooks hooks_;
    OverviewCache overviews_{overviews_kept_max};
    OverviewPreparer preparer_; // last: what it has in hand uses all the others
};

} // namespace portico::central
