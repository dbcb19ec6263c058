#include "central/plan/call_member.h"
#include "central/plan/member_calls.h"
#include "shared/domain/claim_filter.h"

namespace portico::central {

namespace {

constexpr std::size_t shown_digits = 4;

std::string last_four(std::string const& number) {
    return number.size() <= shown_digits ? number : number.substr(number.size() - shown_digits);
}

} // namespace

Result<api::Home> home(Call& call, api::Empty const& /*request*/) {
    auto const patient = TRY(patient_of(call));
    auto& plan = *call.services.plan;
    auto const about = TRY(plan.overview(patient));
    api::Home home;
    if (about->member) {
        home.name = about->member->name;
        home.member_id_end = last_four(about->member->member_id);
    }
    if (about->coverage) {
        home.coverage = about->coverage->coverage;
        if (home.member_id_end.empty())
            home.member_id_end = last_four(about->coverage->member_id);
    }
    home.covered_today = about->covered_today;
    home.plan = about->plan;
    home.accumulators = about->accumulators;
    auto const claims = TRY(open_summaries(plan, patient, *about));
    home.claim_count = static_cast<int>(claims.size());
    auto const found = filter_claims(claims, ClaimFilter{});
    home.look_again_count = found.counts.look_again;
    for (auto const index : found.order)
        if (status_of(claims[index]) == ClaimFilter::Status::LookAgain) {
            home.look_again = claims[index];
            break;
        }
    if (plan.hooks().request_count)
        home.request_count = TRY(plan.hooks().request_count(patient));
    if (plan.hooks().unread_message_count)
        home.unread_message_count = TRY(plan.hooks().unread_message_count(patient));
    call.audit_fields = {"name", "coverage", "plan", "accumulators", "claims"};
    return home;
}

} // namespace portico::central
