#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

struct FindDoctor {
    static constexpr char const* name = "find_doctor";
    std::string words = {};
    std::string zip = {};
    bool accepting = true;
    bool in_plan = true;
    std::size_t language = 0; ///< see `doctor_languages`
    Load<client::ProvidersFound> found = {};
    bool searched = false;

    std::string* text_field(Field field) {
        return field == Field::DoctorWords ? &words : field == Field::DoctorZip ? &zip : nullptr;
    }
};
/// Languages a search can ask for; the first is any.
inline constexpr char const* doctor_languages[] = {"", "es", "pt", "zh", "vi", "ht", "ru", "ar", "km", "fr"};

struct DoctorPage {
    static constexpr char const* name = "doctor";
    ProviderListing listing = {};
    std::optional<double> miles = {};
};
/// The doctors a person picked, to print.
struct MyDoctors {
    static constexpr char const* name = "my_doctors";
};
/// Tell us what is wrong in the directory.
struct ReportListing {
    static constexpr char const* name = "report_listing";
    std::string listing_id = {};
    std::string listing_name = {};
    std::size_t what = 0; ///< see `report_reasons`
    std::string comment = {};
    Doing doing = {};
    bool kept = false;

    std::string* text_field(Field field) { return field == Field::Comment ? &comment : nullptr; }
};
inline constexpr char const* report_reasons[] = {"phone",    "address", "not_accepting",
                                                 "not_here", "network", "other"};

MaybeIntent draw(ui::Ui& ui, App const& app, FindDoctor const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, DoctorPage const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, MyDoctors const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, ReportListing const& screen);

} // namespace portico::kiosk
