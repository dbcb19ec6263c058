#include "central/cases/check_numbers.h"

#include "shared/base/uuid.h"

#include <algorithm>

namespace portico::central {

namespace {

constexpr int first_number = 10;
constexpr int number_count = 90;
constexpr int teens_begin = 13;
constexpr int teens_end = 19;

/// Each of `count` as likely as another; `count` is at most 128.
int draw(int count) {
    int const fair = 256 / count * count;
    for (;;)
        if (int const byte = random_bytes(1).front(); byte < fair)
            return byte % count;
}

bool is_teen_of(int teen, int tens) {
    return teen >= teens_begin && teen <= teens_end && tens == teen % 10 * 10;
}

} // namespace

bool sound_alike(int a, int b) {
    bool const turned = a / 10 == b % 10 && a % 10 == b / 10;
    return a == b || turned || is_teen_of(a, b) || is_teen_of(b, a);
}

CheckNumbers make_check_numbers() {
    std::vector<int> numbers;
    while (numbers.size() < numbers_shown) {
        int const next = first_number + draw(number_count);
        if (std::none_of(numbers.begin(), numbers.end(), [&](int each) { return sound_alike(each, next); }))
            numbers.push_back(next);
    }
    CheckNumbers made;
    for (int const each : numbers)
        made.shown.push_back(std::to_string(each));
    // They were drawn in no order: none of the places is likelier than another.
    made.said = made.shown.at(static_cast<std::size_t>(draw(numbers_shown)));
    return made;
}

} // namespace portico::central
