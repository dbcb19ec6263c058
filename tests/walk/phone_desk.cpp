#include "tests/walk/phone_desk.h"

#include "tests/support/plan_files.h"

namespace portico::test {

namespace {

Bench::Settings settings_of(PhoneDesk::ChangePlan const& change_plan) {
    Bench::Settings made;
    made.change_plan = change_plan;
    return made;
}

} // namespace

PhoneDesk::PhoneDesk(std::string const& role, ChangePlan const& change_plan)
    : own_bench_(std::make_unique<Bench>(settings_of(change_plan))), bench(*own_bench_),
      kiosk(bench.add_kiosk()) {
    seat(role);
}

PhoneDesk::PhoneDesk(Bench& at, std::string const& role) : bench(at), kiosk(bench.add_kiosk()) {
    seat(role);
}

void PhoneDesk::seat(std::string const& role) {
    register_staff(bench, kiosk->screen(), {.key = "sam", .name = "Sam Desk", .role = role});
    desk = another_desk("desk-1");
    desk->sign_in("sam");
}

std::unique_ptr<Desk> PhoneDesk::another_desk(std::string const& name) {
    return std::make_unique<Desk>(bench, Desk::Settings{.name = name, .keys = kiosk->folder() / "bench"});
}

void PhoneDesk::open_case() {
    screen().key("Alt+C");
    screen().wait_shows("open_case.title");
    screen().key("Alt+O");
    screen().wait_gone("open_case.title");
    screen().wait_shows("case.find_title");
}

void PhoneDesk::fill(std::string const& field, std::string const& text) {
    screen().tap(field);
    screen().type(text);
}

void PhoneDesk::say_name_and_birth(std::string const& birth_digits) {
    fill("case.given", "Alex");
    fill("case.family", "Sample");
    fill("case.birth_date", birth_digits.empty() ? alex_birth_date_digits : birth_digits);
}

void PhoneDesk::find() {
    screen().key("Alt+I");
    screen().wait_shows("case.level_identified");
}

void PhoneDesk::close_case() {
    screen().key("Alt+E");
    screen().wait_shows("close_case.title");
    screen().key("Alt+O");
    screen().wait_shows("cases.closed");
}

void restrict_alex(std::filesystem::path const& plan) {
    change_resources(plan / "Patient.ndjson", [](boost::json::object& person) {
        if (person.at("id").as_string() == alex)
            person["meta"] = {
                {"security",
                 {{{"system", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"}, {"code", "R"}}}}};
        return true;
    });
}

} // namespace portico::test
