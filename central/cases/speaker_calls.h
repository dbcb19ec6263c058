#pragma once

#include "central/http/call.h"
#include "shared/api/cases.h"
#include "shared/api/speakers.h"

/// Handlers of who speaks in a case. Errors: shared/api/speakers.h.
namespace portico::central {

Result<api::Speakers> case_speakers(Call& call, api::SpeakersQuery const& query);
Result<api::CaseItem> choose_speaker(Call& call, api::ChooseSpeaker const& request);

} // namespace portico::central
