#include "tests/attack/client_data_mutation.h"

#include "shared/base/encoding.h"
#include "shared/base/uuid.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace portico::test {

namespace {

namespace json = boost::json;

template <std::size_t size>
std::string one_of(Dice& dice, std::array<char const*, size> const& words) {
    return words[dice.below(size)];
}

std::string other_type(Dice& dice) {
    return one_of(dice,
                  std::array{"webauthn.create", "webauthn.get", "payment.get", "navigator.id.getAssertion",
                             "WEBAUTHN.GET", " webauthn.get", "webauthn.get ", ""});
}

std::string other_origin(Dice& dice) {
    return one_of(dice, std::array{"http://plan.example.org", "https://plan.example.org/",
                                   "https://PLAN.example.org", "https://plan.example.org:443",
                                   "https://plan.example.org.example.net", "https://evil.plan.example.org",
                                   "https://plan.example.org@example.net", "https://xn--pln-hoa.example.org",
                                   "plan.example.org", "null", ""});
}

/// The same challenge in another base64, or another challenge.
std::string other_challenge(Dice& dice, std::string challenge, std::string const& earlier) {
    switch (dice.below(8)) {
    case 0:
        return challenge + "=";
    case 1:
        return challenge + std::string(4 - challenge.size() % 4, '=');
    case 2:
        std::replace(challenge.begin(), challenge.end(), '-', '+');
        std::replace(challenge.begin(), challenge.end(), '_', '/');
        return challenge + "=";
    case 3: // the unused low bits of the last character
        challenge.back() = static_cast<char>(challenge.back() + 1);
        return challenge;
    case 4:
        return earlier;
    case 5:
        return challenge.substr(0, dice.below(challenge.size()));
    case 6:
        return challenge + "A";
    default: {
        auto const bytes = from_base64url(challenge);
        return bytes.has_value() ? to_hex(bytes.value()) : std::string();
    }
    }
}

std::string in_other_order(json::object const& object) {
    json::object turned;
    for (auto member = object.end(); member != object.begin();) {
        --member;
        turned[member->key()] = member->value();
    }
    return json::serialize(turned);
}

/// The values stay, the text does not.
std::string in_other_words(Dice& dice, std::string text, json::object const& object) {
    switch (dice.below(9)) {
    case 0:
        return in_other_order(object);
    case 1:
        return text.insert(text.find(':') + 1, " ");
    case 2:
        return text + one_of(dice, std::array{" ", "\n", "\t", "{}", "]", "\xEF\xBB\xBF"});
    case 3:
        return "\xEF\xBB\xBF" + text;
    case 4: { // an escape for a letter
        auto const place = text.find("webauthn");
        return place == std::string::npos ? text + " " : text.replace(place, 1, "\\u0077");
    }
    case 5:
        return "[" + text + "]";
    case 6:
        return text.insert(1, R"("type":"webauthn.create","origin":"https://example.net",)");
    case 7:
        return text.insert(text.size() - 1, R"(,"origin":"https://example.net")");
    default:
        return text + '\0';
    }
}

void change_cross_origin(Dice& dice, json::object& object) {
    if (dice.one_in(3)) {
        object["topOrigin"] = other_origin(dice);
        return;
    }
    json::array const values{true, false, "false", 0, nullptr, json::array()};
    object["crossOrigin"] = values[dice.below(values.size())];
}

} // namespace

std::string mutate_client_data(Dice& dice, std::string const& text, std::string const& earlier_challenge) {
    boost::system::error_code failed;
    auto const parsed = json::parse(text, failed);
    if (failed || !parsed.is_object() || !parsed.get_object().contains("challenge"))
        return text + " ";
    auto object = parsed.get_object();
    switch (dice.below(7)) {
    case 0:
        object["type"] = other_type(dice);
        break;
    case 1: {
        auto const* now = object["challenge"].if_string();
        object["challenge"] = other_challenge(dice, now != nullptr && !now->empty() ? std::string(*now) : "A",
                                              earlier_challenge);
        break;
    }
    case 2:
        object["origin"] = other_origin(dice);
        break;
    case 3:
        change_cross_origin(dice, object);
        break;
    case 4:
        object.erase((object.begin() + static_cast<std::ptrdiff_t>(dice.below(object.size())))->key());
        break;
    case 5:
        object[one_of(dice, std::array{"tokenBinding", "Type", "challenge ", "ORIGIN", "other"})] = "x";
        break;
    default:
        return in_other_words(dice, text, object);
    }
    return json::serialize(object);
}

} // namespace portico::test
