#include "central/plan/call_member.h"
#include "central/plan/member_calls.h"
#include "shared/domain/claim_filter.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr int claims_per_page_max = 500;

Result<ClaimFilter> filter_of(api::ClaimsQuery const& query) {
    ClaimFilter filter;
    filter.person = query.person;
    filter.provider = query.provider;
    filter.status = TRY(claim_status_from_name(query.status));
    filter.from = query.from;
    filter.to = query.to;
    filter.amount_min = query.amount_min;
    filter.amount_max = query.amount_max;
    return filter;
}

} // namespace

Result<api::ClaimsPage> claims(Call& call, api::ClaimsQuery const& request) {
    auto const patient = TRY(patient_of(call));
    call.audit_fields = {"claims"};
    return claims_of(*call.services.plan, patient, request, Telling::All);
}

Result<api::ClaimsPage> claims_of(PlanData& plan, PatientId const& patient, api::ClaimsQuery const& request,
                                  Telling telling) {
    if (request.limit < 1 || request.limit > claims_per_page_max)
        return error(ErrorKind::InvalidInput, "limit_invalid", "a page has 1 to 500 claims");
    auto const filter = TRY(filter_of(request));
    auto const about = TRY(plan.overview(patient, telling));
    auto const all = TRY(open_summaries(plan, patient, *about));
    auto const found = filter_claims(all, filter);

    api::ClaimsPage page;
    page.total_count = found.counts.total;
    page.look_again_count = found.counts.look_again;
    page.in_progress_count = found.counts.in_progress;
    page.done_count = found.counts.done;
    auto at = found.order.begin();
    if (!request.cursor.empty()) {
        // The cursor is the last claim of the page before: what came meanwhile moves nothing.
        at = std::find_if(found.order.begin(), found.order.end(),
                          [&](std::size_t index) { return all[index].id.text() == request.cursor; });
        if (at == found.order.end())
            return error(ErrorKind::InvalidInput, "cursor_invalid", "start again from the first page");
        ++at;
    }
    for (; at != found.order.end() && page.claims.size() < static_cast<std::size_t>(request.limit); ++at)
        page.claims.push_back(all[*at]);
    if (at != found.order.end())
        page.next_cursor = page.claims.back().id.text();
    return page;
}

} // namespace portico::central
