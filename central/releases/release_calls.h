#pragma once

#include "central/http/call.h"
#include "central/http/rendered.h"
#include "shared/api/release.h"
#include "shared/api/sign_in.h"

namespace portico::central {

/// POST /v1/terminal/version.
Result<api::Empty> report_version(Call& call, api::ReportVersion const& told);
/// GET /v1/terminal/release.
Result<api::WantedRelease> wanted_release(Call& call, api::ReleaseQuery const& query);
/// GET /v1/terminal/release/piece.
Result<Rendered<api::ReleasePiece>> release_piece(Call& call, api::ReleasePieceQuery const& query);

} // namespace portico::central
