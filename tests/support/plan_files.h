#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// Changes the FHIR files of a sample plan before they are imported, so that a bench gets members whom the
/// sample has none of. Everyone in it is made up.
namespace portico::test {

/// Calls `change` with every resource of the file; one for which it says false is left out.
void change_resources(std::filesystem::path const& file,
                      std::function<bool(boost::json::object& resource)> const& change);
void add_resources(std::filesystem::path const& file, std::vector<boost::json::object> const& resources);
/// The resource with this id; fails the test when there is none.
boost::json::object resource(std::filesystem::path const& file, std::string const& id);

/// A member of their own beside the sample's: with a coverage like Alex Sample's, alone on it, born
/// 1980-02-03.
struct MadeUpMember {
    std::string patient = "patient-made-up";
    std::string given = "Quillon";
    std::string family = "Zephyrwood-Sample";
    std::string street = "77 Marzipan Crescent";
};
inline constexpr char const* made_up_birth_date_digits = "02031980";
void add_member(std::filesystem::path const& plan, MadeUpMember const& member);

/// A claim with one line.
struct MadeUpEob {
    std::string id;
    std::string patient = "patient-made-up";
    int days_ago = 30; ///< its service date
    std::string provider = "Testville Clinic";
    /// Category code (submitted, eligible, benefit...) and amount as the payer writes it; empty: none is
    /// stated.
    std::vector<std::pair<std::string, std::string>> amounts = {
        {"submitted", "100.00"}, {"eligible", "80.00"}, {"benefit", "60.00"}, {"copay", "20.00"}};
    bool lines = true;
    bool totals = true;
};
boost::json::object eob(MadeUpEob const& made_up);

} // namespace portico::test
