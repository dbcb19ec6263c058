#include "bench/central/member_call.h"

#include "shared/api/call_check.h"
#include "shared/api/caller_code.h"
#include "shared/api/case_claims.h"
#include "shared/api/case_member.h"
#include "shared/api/cases.h"
#include "shared/api/member.h"
#include "shared/api/ringing.h"
#include "shared/api/sign_in.h"

namespace portico::bench {

void MemberCall::begin(CallingMember const& who) {
    desk_.post<api::Candidates>("/v1/calls/candidates", api::CallerNumber{who.phone});
    case_id_ = desk_.post<api::CaseOpened>("/v1/cases/open", api::OpenCase{"eob_question", "phone"}).case_id;
    desk_.get<api::CaseList>("/v1/cases");
}

void MemberCall::identify(CallingMember const& who) {
    api::IdentifyCaller said;
    said.case_id = case_id_;
    said.member_id = who.member_id;
    said.birth_date = who.birth_date;
    desk_.post<api::CaseLevel>("/v1/cases/identify", said);
    desk_.get<api::CaseMember>("/v1/cases/member", about());
}

void MemberCall::ask() {
    desk_.get<api::VerifyWays>("/v1/cases/ways", about());
    number_ = desk_.post<api::CallCheckAsked>("/v1/cases/verify", api::VerifyCaller{case_id_, "own_session"})
                  .number;
}

void MemberCall::answer(MemberAtKiosk& member) const {
    auto const check = member.kiosk.get<api::CallCheck>("/v1/call-check");
    member.kiosk.post<api::Empty>("/v1/call-check/answer", api::AnswerCallCheck{check.check, number_});
}

std::vector<std::string> MemberCall::read_claims(int limit, std::string& cursor) {
    auto const page = desk_.get<api::ClaimsPage>(
        "/v1/cases/claims", about() + "&limit=" + std::to_string(limit) + "&cursor=" + cursor);
    cursor = page.next_cursor;
    std::vector<std::string> eobs;
    for (auto const& claim : page.claims)
        eobs.push_back(claim.id.text());
    return eobs;
}

void MemberCall::read_eob(std::string const& eob) {
    desk_.get<api::EobDetail>("/v1/cases/eob", about() + "&eob=" + eob);
}

void MemberCall::close() {
    desk_.post<api::Empty>("/v1/cases/close", api::CloseCase{case_id_, "resolved", "Explained the claim."});
    desk_.get<api::CaseList>("/v1/cases");
}

} // namespace portico::bench
