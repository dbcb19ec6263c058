// Whether the time of a refused sign-in tells that an account exists: pairs of guesses, one at somebody's
// password and one at nobody's, in random order, with the real cost of hashing. Without an argument 150
// pairs; `account_existence_bench 10000` takes about 25 minutes. What the two cost in statements and hashes
// is a test (`attack.account existence`); here a clock looks for what counting cannot see.

#include "bench/central/host.h"
#include "bench/support/figure.h"
#include "bench/support/measure.h"
#include "central/auth/account_desk.h"
#include "central/core.h"
#include "central/plan/plan_data.h"
#include "tests/support/account_setup.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace portico;
using namespace portico::bench;
using test::must;

namespace {

constexpr int pairs_by_default = 150;
/// Standard deviations of a fair coin: what chance alone passes three times in a thousand runs.
constexpr double deviations = 3;

struct Person {
    PatientId patient;
    Date birth_date;
};

Person somebody_of(central::Core& core, ImportedPlan const& plan) {
    auto const patient = PatientId(plan.eobs(1).front().patient);
    auto const member = must(core.plan.data->member(patient));
    return {patient, member->birth_date};
}

class Pairs {
public:
    explicit Pairs(central::Core& core, Person const& person) : core_(core), patient_(person.patient) {
        test::TestTerminal terminal(*core.services, "bench-setup");
        account_ = test::open_account(*core.services, terminal, person.patient, person.birth_date.text(),
                                      "80840-BENCH-1");
    }

    /// Seconds of one guess at `username`, from a terminal of its own: a terminal may only guess so often.
    double guess(std::string const& username) {
        test::TestTerminal terminal(*core_.services, "bench-" + std::to_string(++number_));
        double const begin = wall_seconds();
        auto const reply = terminal.sign_in_password(username, "not the right words");
        double const took = wall_seconds() - begin;
        if (reply.has_value() || reply.error().reason != "sign_in_refused") {
            std::fprintf(stderr, "bench: a wrong password was answered with %s\n",
                         reply.has_value() ? "a session" : reply.error().reason.c_str());
            std::exit(1);
        }
        return took;
    }
    std::string const& somebody() {
        central::AccountDesk desk(*core_.sign_in);
        must(desk.unlock(must(desk.find(patient_.text())))); // each guess is the first
        return account_.username;
    }
    std::string nobody() { return "nobody." + std::to_string(++number_); }

private:
    central::Core& core_;
    PatientId patient_;
    test::MemberAccount account_;
    int number_ = 0;
};

struct Told {
    double share = 0;         ///< of the pairs in which the first kind took longer
    double difference_us = 0; ///< median of first minus second
};

/// `first` and `second` give the username to guess at.
template <class First, class Second>
Told compare(Pairs& pairs, int count, First const& first, Second const& second) {
    std::mt19937_64 dice(20261120);
    std::vector<double> differences;
    int longer = 0;
    for (int i = 0; i < count; ++i) {
        auto const one = first();
        auto const other = second();
        bool const one_first = dice() % 2 == 0;
        double const before = pairs.guess(one_first ? one : other);
        double const after = pairs.guess(one_first ? other : one);
        double const difference = one_first ? before - after : after - before;
        differences.push_back(difference * 1e6);
        longer += difference > 0 ? 1 : 0;
    }
    return {double(longer) / count, median(differences)};
}

} // namespace

int main(int count, char** words) {
    int const pairs_wanted = count > 1 ? std::atoi(words[1]) : pairs_by_default;
    if (pairs_wanted < 1) {
        std::fprintf(stderr, "usage: account_existence_bench [PAIRS]\n");
        return 2;
    }
    ImportedPlan const plan(20);
    SystemClock clock;
    auto core = must(central::Core::open({plan.data(), ""}, clock));
    Pairs pairs(*core, somebody_of(*core, plan));
    auto const nobody = [&] { return pairs.nobody(); };
    auto const told = compare(
        pairs, pairs_wanted, [&] { return pairs.somebody(); }, nobody);
    auto const noise = compare(pairs, pairs_wanted, nobody, nobody);
    std::printf("%d pairs; the median guess at somebody takes %.1f us longer; among nobodies %.1f us\n",
                pairs_wanted, told.difference_us, noise.difference_us);
    double const chance = deviations * 0.5 / std::sqrt(double(pairs_wanted));
    report({"account_existence_by_time", std::fabs(told.share - 0.5), "share of pairs off one half",
            "chance, three standard deviations", chance, 1.0});
    return 0;
}
