#include "central/sample/claims.h"

#include "central/sample/sample.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <set>

namespace portico::central::sample {

namespace {

constexpr int days_to_receive = 4;
constexpr std::int64_t claims_days = claims_months * 365 / 12;

Date plus_days(Date date, std::int64_t days) {
    return date_from_day_number(day_number(date) + days);
}

/// Makes the claims of one family, one person after the other.
class Maker {
public:
    Maker(std::uint64_t seed, Date today, World const& world, Family const& family)
        : random_(seed, claims_part + family.number), today_(today), world_(world), family_(family),
          plan_(world.plans[family.plan]) {}

    void add_everyday_claims(std::size_t person) {
        auto const& member = family_.members[person];
        if (member.is_dead_end)
            return;
        auto const age = age_on(member.member.birth_date, today_);
        int const usual = random_.between(3, 16) + (age > 65 ? 12 : 0) + (age < 12 ? 3 : 0);
        int const count = member.claim_count >= 0 ? member.claim_count : usual;
        auto const last = plans.size() + static_cast<std::size_t>(count);
        while (plans.size() < last) {
            auto claim = everyday_claim(person, age);
            if (!is_new(claim))
                continue;
            plans.push_back(std::move(claim));
            if (plans.size() < last)
                maybe_correct(plans.size() - 1);
        }
    }

    void add_planted(FindingKind kind);

    std::vector<ClaimPlan> plans;

private:
    static constexpr std::uint64_t claims_part = 0x20000000ULL;

    Date some_day() {
        return plus_days(today_, -1 - static_cast<std::int64_t>(random_.below(claims_days - 2)));
    }

    std::int64_t some_charge(Service const& service) {
        return service.charge_cents +
               static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(service.charge_cents / 5)));
    }

    Provider const& provider(ProviderKind kind) { return world_.some(random_, kind, plan_.network_id); }

    ClaimPlan claim(std::size_t person, ClaimKind kind, ProviderKind provider_kind, Date on) {
        // Now and then a member of the PPO goes outside the network.
        bool const outside = plan_.pays_out_of_network && kind != ClaimKind::Pharmacy &&
                             kind != ClaimKind::Oral && random_.chance(6);
        auto const& who = outside ? world_.outside(provider_kind) : provider(provider_kind);
        auto out = make_claim(person, kind, who, on, today_, random_.between(2, 21));
        out.outside_network = outside;
        out.diagnosis = random_.pick(services::diagnoses());
        return out;
    }

    void add(ClaimPlan& out, Service const& service, int quantity = 1) {
        add_line(out, service, some_charge(service) * quantity, quantity);
    }

    ClaimPlan office_claim(std::size_t person, int age, Date on) {
        bool const specialist = random_.chance(35);
        static constexpr std::array specialties{ProviderKind::Cardiology, ProviderKind::Orthopedics,
                                                ProviderKind::Dermatology, ProviderKind::Psychology};
        auto const kind = specialist ? random_.pick(specialties)
                          : age < 18 ? ProviderKind::Pediatrics
                                     : ProviderKind::PrimaryCare;
        auto out = claim(person, ClaimKind::Professional, kind, on);
        auto const& visit = random_.pick(specialist ? services::specialty() : services::office());
        add(out, visit, visit.code == "97110" ? random_.between(1, 4) : 1);
        if (random_.chance(30))
            add(out, random_.pick(services::laboratory()));
        if (random_.chance(4))
            out.lines.back().denial = random_.chance(50) ? "197" : "16";
        return out;
    }

    ClaimPlan laboratory_claim(std::size_t person, Date on) {
        auto out = claim(person, ClaimKind::Professional, ProviderKind::Laboratory, on);
        add(out, services::blood_draw);
        auto const first = random_.below(4);
        add(out, services::laboratory()[first]);
        if (random_.chance(50))
            add(out, services::laboratory()[(first + 1) % 4]);
        if (random_.chance(5))
            out.lines.front().denial = "97";
        return out;
    }

    ClaimPlan emergency_claim(std::size_t person, Date on) {
        auto out = claim(person, ClaimKind::Outpatient, ProviderKind::Hospital, on);
        out.emergency = true;
        if (random_.chance(25)) {
            out.provider = &world_.outside(ProviderKind::Hospital);
            out.outside_network = true;
        }
        add(out, services::emergency_visit);
        add(out, services::chest_xray);
        return out;
    }

    ClaimPlan inpatient_claim(std::size_t person, Date on) {
        auto out = claim(person, ClaimKind::Inpatient, ProviderKind::Hospital, on);
        int const nights = random_.between(1, 6);
        out.service.end = plus_days(on, nights);
        if (day_number(out.service.end) >= day_number(today_))
            out.service.end = on;
        add(out, services::room_and_board, nights);
        add(out, services::hospital_pharmacy);
        if (random_.chance(60))
            add(out, services::operating_room);
        return out;
    }

    ClaimPlan pharmacy_claim(std::size_t person, Date on) {
        auto out = claim(person, ClaimKind::Pharmacy, ProviderKind::Pharmacy, on);
        add(out, random_.pick(services::drugs()));
        if (random_.chance(3))
            out.lines.back().denial = "197";
        return out;
    }

    ClaimPlan dental_claim(std::size_t person, Date on) {
        auto out = claim(person, ClaimKind::Oral, ProviderKind::Dentist, on);
        auto const first = random_.below(services::dental().size());
        add(out, services::dental()[first]);
        if (random_.chance(50))
            add(out, services::dental()[(first + 1) % services::dental().size()]);
        return out;
    }

    ClaimPlan everyday_claim(std::size_t person, int age) {
        auto const on = some_day();
        auto const roll = random_.below(100);
        auto out = roll < 40   ? office_claim(person, age, on)
                   : roll < 52 ? laboratory_claim(person, on)
                   : roll < 74 ? pharmacy_claim(person, on)
                   : roll < 86 ? dental_claim(person, on)
                   : roll < 89 ? emergency_claim(person, on)
                   : roll < 90 ? inpatient_claim(person, on)
                               : other_claim(person, roll, on);
        bool const child = family_.members[person].coverage.relationship == "child";
        out.has_other_insurance = child && out.kind == ClaimKind::Professional && random_.chance(8);
        return out;
    }

    ClaimPlan other_claim(std::size_t person, std::uint64_t roll, Date on) {
        if (roll < 94) {
            auto out = claim(person, ClaimKind::Professional, ProviderKind::UrgentCare, on);
            add(out, services::urgent_visit);
            return out;
        }
        if (roll < 97) {
            auto out = claim(person, ClaimKind::Professional, ProviderKind::ImagingCenter, on);
            add(out, random_.pick(services::imaging()));
            return out;
        }
        auto out = claim(person, ClaimKind::Outpatient, ProviderKind::Hospital, on);
        add(out, random_.pick(services::outpatient()));
        return out;
    }

    /// A day, provider and service stand once in a family's record: what is there twice was planted.
    bool is_new(ClaimPlan const& claim) {
        return seen_
            .insert(std::to_string(claim.person) + '|' + claim.service.start.text() + '|' +
                    claim.provider->id + '|' + std::string(claim.lines.front().service.code))
            .second;
    }

    /// Some decided claims are corrected or taken back later. Not where a maximum is the point.
    void maybe_correct(std::size_t index) {
        bool const maximum_matters = family_.planted == FindingKind::DeductibleOverMaximum ||
                                     family_.planted == FindingKind::OutOfPocketOverMaximum;
        if (maximum_matters || plans[index].undecided || !random_.chance(4))
            return;
        auto next = replacement_of(plans, index, random_.between(15, 50));
        if (day_number(next.decided) >= day_number(today_))
            return;
        if (random_.chance(25)) {
            next.reversal = true;
        } else {
            auto& line = next.lines.front();
            line.charge_cents -= line.charge_cents / 10;
            line.denial.clear();
        }
        plans.push_back(std::move(next));
    }

    ClaimPlan planted_visit(Date on, FindingKind kind) {
        auto out = make_claim(0, ClaimKind::Professional, provider(ProviderKind::PrimaryCare), on, today_, 9);
        out.diagnosis = services::diagnoses()[3];
        out.planted = kind;
        add(out, services::office_visit);
        seen_.insert(std::to_string(0) + '|' + on.text() + '|' + out.provider->id + "|99213");
        return out;
    }

    /// A stay early last year that fills the deductible, or the out-of-pocket maximum, so that what comes
    /// after can go past it.
    void add_filling_stay(int times) {
        auto stay = make_claim(0, ClaimKind::Inpatient, provider(ProviderKind::Hospital),
                               {today_.year - 1, 2, 10}, today_, 12);
        stay.diagnosis = services::diagnoses()[6];
        for (auto const* service : {&services::room_and_board, &services::operating_room})
            add_line(stay, *service, service->charge_cents * times);
        plans.push_back(std::move(stay));
    }

    Random random_;
    Date today_;
    World const& world_;
    Family const& family_;
    SamplePlan const& plan_;
    std::set<std::string> seen_;
};

void Maker::add_planted(FindingKind kind) {
    Date const autumn{today_.year - 1, 9, 15};
    auto visit = planted_visit(autumn, kind);
    switch (kind) {
    case FindingKind::TotalDiffersFromLines:
    case FindingKind::AllowedDiffersFromPaidPlusShare:
        break;
    case FindingKind::DuplicateLine:
        add(visit, services::chest_xray);
        visit.lines.push_back(visit.lines.back());
        break;
    case FindingKind::DuplicateClaim: {
        auto first = visit;
        first.planted.reset();
        plans.push_back(first);
        visit.received = plus_days(visit.received, 30);
        visit.decided = plus_days(visit.decided, 30);
        break;
    }
    case FindingKind::DeniedYetBilled:
        add(visit, services::metabolic_panel);
        visit.lines.back().denial = "29";
        visit.lines.back().billed_in_error = true;
        break;
    case FindingKind::NetworkStatusDiffersFromDirectory:
        visit.outside_network = true; // by a provider who is in it
        break;
    case FindingKind::DeductibleOverMaximum:
    case FindingKind::OutOfPocketOverMaximum: {
        bool const deductible = kind == FindingKind::DeductibleOverMaximum;
        add_filling_stay(deductible ? 1 : 5);
        visit.lines.clear();
        add(visit, services::knee_mri);
        break;
    }
    case FindingKind::ReplacedStillCounted: {
        plans.push_back(visit);
        auto next = replacement_of(plans, plans.size() - 1, 25);
        next.planted.reset();
        next.lines.front().charge_cents -= 1000;
        visit = std::move(next);
        break;
    }
    }
    plans.push_back(std::move(visit));
}

/// "eob-0000012-0001": the patient's number, then the claims of the patient by date of service.
void number_claims(Family const& family, std::vector<ClaimPlan>& plans) {
    for (std::size_t person = 0; person < family.members.size(); ++person) {
        std::vector<std::size_t> mine;
        for (std::size_t i = 0; i < plans.size(); ++i)
            if (plans[i].person == person && plans[i].id.empty())
                mine.push_back(i);
        std::stable_sort(mine.begin(), mine.end(), [&](std::size_t a, std::size_t b) {
            return plans[a].service.start < plans[b].service.start;
        });
        auto const patient = family.members[person].member.id.text();
        int number = 0;
        for (auto const i : mine) {
            std::array<char, 48> buffer{};
            static_cast<void>(std::snprintf(buffer.data(), buffer.size(), "%04d", ++number));
            plans[i].id = "eob" + patient.substr(patient.find('-')) + "-" + buffer.data();
        }
    }
}

} // namespace

ClaimPlan make_claim(std::size_t person, ClaimKind kind, Provider const& provider, Date on, Date today,
                     int days_to_decide) {
    ClaimPlan out;
    out.person = person;
    out.kind = kind;
    out.provider = &provider;
    out.service = {on, on};
    out.received = plus_days(on, days_to_receive);
    out.decided = plus_days(out.received, days_to_decide);
    if (day_number(out.decided) >= day_number(today)) {
        out.undecided = true;
        auto const yesterday = plus_days(today, -1);
        out.received = std::min(out.received, yesterday);
        out.decided = out.received;
    }
    return out;
}

void add_line(ClaimPlan& claim, Service const& service, std::int64_t charge_cents, int quantity) {
    claim.lines.push_back({service, charge_cents, quantity, claim.service.start, {}, false});
}

ClaimPlan replacement_of(std::vector<ClaimPlan> const& plans, std::size_t index, int days) {
    ClaimPlan next = plans[index];
    next.replaces = index;
    next.received = plus_days(next.decided, days / 2);
    next.decided = plus_days(next.decided, days);
    return next;
}

std::vector<ClaimPlan> plan_claims(std::uint64_t seed, Date today, World const& world, Family const& family) {
    Maker maker(seed, today, world, family);
    std::size_t first = 0;
    if (family.number == 0) {
        maker.plans = alex_claims(today, world, family);
        first = 1;
    }
    for (std::size_t person = first; person < family.members.size(); ++person)
        maker.add_everyday_claims(person);
    if (family.planted)
        maker.add_planted(*family.planted);
    number_claims(family, maker.plans);
    return std::move(maker.plans);
}

} // namespace portico::central::sample
