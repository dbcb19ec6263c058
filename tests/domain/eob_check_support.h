#pragma once

#include "shared/domain/eob_check.h"
#include "tests/domain/eob_builder.h"
#include "tests/support/catch.h"

namespace portico::test {

inline std::vector<Finding> alone(Eob const& eob) {
    return check({eob, {}});
}
inline std::vector<Finding> together(std::vector<Eob> const& eobs, std::vector<PlanYear> const& years = {},
                                     DirectoryWord word = {}) {
    return check_all(eobs, {}, years, [&](Eob const&) { return word; });
}
inline std::string kinds(std::vector<Finding> const& findings) {
    std::string out;
    for (auto const& finding : findings)
        out += std::string(out.empty() ? "" : " ") + name(finding.kind);
    return out;
}
inline Money amount_of(Finding const& finding, std::string const& what) {
    for (auto const& each : finding.amounts)
        if (each.what == what)
            return each.amount;
    FAIL("no amount called " << what);
    return {};
}
inline PlanYear year_2025(std::vector<PlanLimit> limits) {
    return {{on("2025-01-01"), on("2025-12-31")}, std::move(limits), LineOfBusiness::Employer, {}};
}

} // namespace portico::test
