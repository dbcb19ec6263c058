#include "tests/walk/staff_steps.h"

namespace portico::test {

std::string register_staff(Bench& bench, Driver& screen, StaffToBe const& who) {
    std::vector<std::string> args{"account", "create-staff", "--name", who.name, "--role", who.role};
    if (!who.own_patient.empty())
        args.insert(args.end(), {"--patient", who.own_patient});
    auto const made = bench.central_json(std::move(args));
    begin_visit(screen);
    press(screen, "sign_in.register");
    screen.wait_screen("register");
    press(screen, "register.own_key");
    screen.wait_screen("register_code");
    screen.tap("register_code.code");
    screen.type(std::string(made.at("code").as_string()));
    press(screen, "part.continue");
    screen.wait_shows("key.insert");
    screen.device("security_key", "insert", {{"value", who.key}});
    key_pin_and_touch(screen, bench.settings().key_pin);
    screen.wait_shows("register_done.staff");
    press(screen, "part.ok");
    screen.wait_screen("visit_end");
    screen.device("security_key", "remove");
    screen.advance(60);
    screen.wait_screen("attract");
    return std::string(made.at("staff").as_string());
}

} // namespace portico::test
