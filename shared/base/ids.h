#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace portico {

/// A text id that cannot be mixed up with another kind of id.
template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}
    std::string const& text() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(Id const&) const = default;

private:
    std::string text_;
};

/// Logical id of the FHIR Patient that a member is.
using PatientId = Id<struct PatientIdTag>;
/// Logical id of a FHIR ExplanationOfBenefit.
using EobId = Id<struct EobIdTag>;
using CoverageId = Id<struct CoverageIdTag>;
using AccountId = Id<struct AccountIdTag>;
using StaffId = Id<struct StaffIdTag>;
using TerminalId = Id<struct TerminalIdTag>;
using SessionId = Id<struct SessionIdTag>;
using OperationId = Id<struct OperationIdTag>;
using CardIssueId = Id<struct CardIssueIdTag>;

} // namespace portico

template <class Tag>
struct std::hash<portico::Id<Tag>> {
    std::size_t operator()(portico::Id<Tag> const& id) const noexcept {
        return std::hash<std::string>{}(id.text());
    }
};
