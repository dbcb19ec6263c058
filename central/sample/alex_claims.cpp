#include "central/sample/claims.h"
#include "central/sample/known_people.h"

namespace portico::central::sample {

namespace {

Date days_before(Date today, int days) {
    return date_from_day_number(day_number(today) - days);
}

/// The first of a kind is in every network.
Provider const& usual(World const& world, ProviderKind kind) {
    return world.providers[world.by_kind[static_cast<std::size_t>(kind)].front()];
}

ClaimPlan visit(World const& world, Date today, int days, ProviderKind kind, Service const& service) {
    auto out = make_claim(0, ClaimKind::Professional, usual(world, kind), days_before(today, days), today, 8);
    out.diagnosis = services::diagnoses()[4];
    add_line(out, service, service.charge_cents);
    return out;
}

ClaimPlan other(World const& world, Date today, int days, ClaimKind claim, ProviderKind kind,
                Service const& service) {
    auto out = visit(world, today, days, kind, service);
    out.kind = claim;
    return out;
}

} // namespace

std::vector<ClaimPlan> alex_claims(Date today, World const& world, Family const&) {
    std::vector<ClaimPlan> out;

    auto clean = visit(world, today, 60, ProviderKind::PrimaryCare, services::long_office_visit);
    add_line(clean, services::blood_count, services::blood_count.charge_cents);
    out.push_back(std::move(clean));

    auto twice = visit(world, today, 95, ProviderKind::Orthopedics, services::specialist_visit);
    add_line(twice, services::chest_xray, services::chest_xray.charge_cents);
    add_line(twice, services::chest_xray, services::chest_xray.charge_cents);
    twice.planted = FindingKind::DuplicateLine;
    out.push_back(std::move(twice));

    auto denied = visit(world, today, 150, ProviderKind::Dermatology, services::cosmetic);
    denied.lines.front().denial = "96";
    out.push_back(std::move(denied));

    auto late = visit(world, today, 120, ProviderKind::PrimaryCare, services::office_visit);
    add_line(late, services::metabolic_panel, services::metabolic_panel.charge_cents);
    late.lines.back().denial = "29";
    late.lines.back().billed_in_error = true;
    late.planted = FindingKind::DeniedYetBilled;
    out.push_back(std::move(late));

    out.push_back(visit(world, today, 200, ProviderKind::Cardiology, services::specialist_visit));
    auto corrected = replacement_of(out, out.size() - 1, 30);
    corrected.lines.front().charge_cents -= 4000;
    out.push_back(std::move(corrected));

    out.push_back(visit(world, today, 6, ProviderKind::PrimaryCare, services::office_visit));

    auto emergency =
        other(world, today, 260, ClaimKind::Outpatient, ProviderKind::Hospital, services::emergency_visit);
    emergency.emergency = true;
    out.push_back(std::move(emergency));
    out.push_back(other(world, today, 45, ClaimKind::Pharmacy, ProviderKind::Pharmacy, services::drugs()[0]));
    out.push_back(other(world, today, 75, ClaimKind::Pharmacy, ProviderKind::Pharmacy, services::drugs()[5]));
    auto dental = other(world, today, 110, ClaimKind::Oral, ProviderKind::Dentist, services::dental()[0]);
    add_line(dental, services::dental()[1], services::dental()[1].charge_cents);
    out.push_back(std::move(dental));
    out.push_back(
        other(world, today, 300, ClaimKind::Outpatient, ProviderKind::Hospital, services::colonoscopy));
    auto outside = visit(world, today, 170, ProviderKind::Psychology, services::counseling);
    outside.provider = &world.outside(ProviderKind::Psychology);
    outside.outside_network = true;
    out.push_back(std::move(outside));
    out.push_back(visit(world, today, 400, ProviderKind::ImagingCenter, services::knee_mri));
    auto stay =
        other(world, today, 520, ClaimKind::Inpatient, ProviderKind::Hospital, services::room_and_board);
    stay.service.end = days_before(today, 518);
    stay.lines.front().quantity = 2;
    stay.lines.front().charge_cents *= 2;
    add_line(stay, services::hospital_pharmacy, services::hospital_pharmacy.charge_cents);
    out.push_back(std::move(stay));

    for (std::size_t i = 0; i < out.size(); ++i)
        out[i].id = "eob-0000001-00" + std::string(i + 1 < 10 ? "0" : "") + std::to_string(i + 1);
    return out;
}

} // namespace portico::central::sample
