#pragma once

#include "central/cases/case_book.h"
#include "central/http/call.h"
#include "shared/api/desk_word.h"
#include "shared/api/sign_in.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How the plan shows a member that it is the plan.
namespace portico::central {

/// Words that are said much the same in every language of desk and kiosk, so that both sides know the one
/// that they hear: each a key of the catalogs' "desk_word.", which spell it.
std::span<std::string_view const> desk_words();

/// Two of them, different from one another: of this case, and of no use in another. Nobody without central's
/// keys finds them. Empty for a case that is about nobody yet.
std::vector<std::string> words_of_case(Vault const& vault, CaseFile const& file);

// In the member's own session.
Result<api::OpenCalls> get_desk_word(Call& call, api::Empty const& query);

} // namespace portico::central
