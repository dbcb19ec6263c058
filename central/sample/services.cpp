#include "central/sample/services.h"

#include <array>

namespace portico::central::sample::services {

using enum Benefit;

Service const office_visit{cpt, "99213", "Office visit", 16500, PrimaryVisit};
Service const long_office_visit{cpt, "99214", "Long office visit", 24000, PrimaryVisit};
Service const specialist_visit{cpt, "99204", "First visit with a specialist", 34000, SpecialistVisit};
Service const preventive_visit{cpt, "99396", "Yearly check-up", 26000, Preventive};
Service const urgent_visit{cpt, "99203", "Urgent care visit", 21500, UrgentVisit};
Service const emergency_visit{cpt, "99284", "Emergency room visit", 148000, EmergencyVisit};
Service const counseling{cpt, "90834", "Counseling, 45 minutes", 18000, SpecialistVisit};
Service const blood_count{cpt, "85025", "Blood count", 4800, Laboratory};
Service const metabolic_panel{cpt, "80053", "Blood chemistry panel", 9200, Laboratory};
Service const blood_draw{cpt, "36415", "Blood draw", 2500, Laboratory};
Service const chest_xray{cpt, "71046", "Chest X-ray", 18500, Imaging};
Service const knee_mri{cpt, "73721", "MRI of a knee", 152000, Imaging};
Service const colonoscopy{cpt, "45380", "Colonoscopy with biopsy", 285000, Outpatient};
Service const cataract_surgery{cpt, "66984", "Cataract surgery", 412000, Outpatient};
Service const cosmetic{cpt, "15824", "Cosmetic procedure", 185000, Outpatient};
Service const room_and_board{revenue, "0120", "Room and board", 320000, Inpatient};
Service const operating_room{revenue, "0360", "Operating room", 940000, Inpatient};
Service const hospital_pharmacy{revenue, "0250", "Hospital pharmacy", 128000, Inpatient};

namespace {
std::array const office_list{office_visit, long_office_visit, office_visit, preventive_visit};
std::array const specialty_list{
    specialist_visit, Service{cpt, "99215", "Long specialist visit", 31000, SpecialistVisit}, counseling,
    Service{cpt, "97110", "Physical therapy", 14500, SpecialistVisit}};
std::array const laboratory_list{blood_count, metabolic_panel,
                                 Service{cpt, "80061", "Cholesterol panel", 7600, Laboratory},
                                 Service{cpt, "83036", "Long-term blood sugar", 5400, Laboratory}};
std::array const imaging_list{chest_xray, knee_mri,
                              Service{cpt, "76700", "Ultrasound of the belly", 48500, Imaging},
                              Service{cpt, "77067", "Screening mammogram", 31000, Preventive}};
std::array const outpatient_list{colonoscopy, cataract_surgery,
                                 Service{cpt, "29881", "Knee arthroscopy", 520000, Outpatient},
                                 Service{cpt, "93306", "Heart ultrasound", 168000, Outpatient}};
// Labeler 99999 is nobody's.
std::array const drug_list{
    Service{ndc, "99999-0101-30", "Metformin 500 mg, 60 tablets", 2400, GenericDrug},
    Service{ndc, "99999-0102-30", "Lisinopril 10 mg, 30 tablets", 1800, GenericDrug},
    Service{ndc, "99999-0103-30", "Atorvastatin 20 mg, 30 tablets", 3100, GenericDrug},
    Service{ndc, "99999-0104-21", "Amoxicillin 500 mg, 21 capsules", 1900, GenericDrug},
    Service{ndc, "99999-0201-01", "Insulin glargine, 5 pens", 34800, BrandDrug},
    Service{ndc, "99999-0202-30", "Apixaban 5 mg, 60 tablets", 56200, BrandDrug}};
std::array const dental_list{Service{cdt, "D1110", "Teeth cleaning", 11500, DentalPreventive},
                             Service{cdt, "D0120", "Dental exam", 6800, DentalPreventive},
                             Service{cdt, "D0274", "Dental X-rays", 7400, DentalPreventive},
                             Service{cdt, "D2392", "Filling, two surfaces", 26500, DentalBasic},
                             Service{cdt, "D2740", "Crown", 128000, DentalMajor}};
std::array<Diagnosis, 8> const diagnosis_list{{{"Z00.00", "Check-up"},
                                               {"I10", "High blood pressure"},
                                               {"E11.9", "Type 2 diabetes"},
                                               {"J06.9", "Cold or sore throat"},
                                               {"M54.50", "Low back pain"},
                                               {"J30.9", "Hay fever"},
                                               {"M25.561", "Pain in the right knee"},
                                               {"R51.9", "Headache"}}};
} // namespace

std::span<Service const> office() {
    return office_list;
}
std::span<Service const> specialty() {
    return specialty_list;
}
std::span<Service const> laboratory() {
    return laboratory_list;
}
std::span<Service const> imaging() {
    return imaging_list;
}
std::span<Service const> outpatient() {
    return outpatient_list;
}
std::span<Service const> drugs() {
    return drug_list;
}
std::span<Service const> dental() {
    return dental_list;
}
std::span<Diagnosis const> diagnoses() {
    return diagnosis_list;
}

} // namespace portico::central::sample::services
