#pragma once

#include "central/cases/case_member.h"
#include "central/http/call.h"
#include "central/notify/outbox.h"

#include <string>
#include <string_view>
#include <vector>

namespace portico::central {

inline constexpr std::string_view way_own_session = "own_session";
inline constexpr std::string_view way_totp = "totp";
inline constexpr std::string_view way_text_code = "text_code";
inline constexpr std::string_view way_call_back = "call_back";
inline constexpr std::string_view way_mail_code = "mail_code";

/// One way in which this caller may show to be the member.
struct WayOfCase {
    std::string_view way;
    MessageChannel channel = MessageChannel::Text; ///< of a code
    std::string address;                           ///< where a code goes, in full; what is called, in E.164
    std::string to;        ///< the same, masked; "***" of who speaks for a member and has a protected record
    std::string hindrance; ///< as api::VerifyWay
    std::string language = {}; ///< BCP 47, of the member
};
/// All of them, the strongest first. Codes go to what is on file and nowhere else, and nothing else is
/// called. The member's own session is two factors. A code app is one that is theirs alone and that no
/// telephone network can redirect. A text may be read by who took over a number, and a call be answered by
/// anybody in the house or where it is forwarded to; both are as sure as the number. A mailbox is the
/// weakest.
Result<std::vector<WayOfCase>> ways_of_case(Call const& call, storage::Database& database,
                                            CaseMemberRecord const& about);

} // namespace portico::central
