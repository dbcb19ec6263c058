#include "shared/client/provider_index.h"

#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace portico::client {

namespace {

/// The Latin letters with accents that names and Spanish words have, without them.
std::string_view unaccented(unsigned code_point) {
    static constexpr std::string_view from_c0 = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";
    if (code_point >= 0xC0 && code_point <= 0xDE && code_point != 0xD7)
        return from_c0.substr(code_point - 0xC0, 1);
    if (code_point >= 0xE0 && code_point <= 0xFE && code_point != 0xF7)
        return from_c0.substr(code_point - 0xE0, 1);
    return {};
}

/// Everyday words of both languages beside the stems that specialties are listed under.
constexpr std::array<std::pair<std::string_view, std::string_view>, 44> everyday{{
    {"heart", "cardi"},    {"corazon", "cardi"},    {"skin", "dermat"},      {"piel", "dermat"},
    {"kid", "pediatr"},    {"kids", "pediatr"},     {"child", "pediatr"},    {"children", "pediatr"},
    {"nino", "pediatr"},   {"ninos", "pediatr"},    {"pediatra", "pediatr"}, {"baby", "pediatr"},
    {"eye", "ophthal"},    {"eyes", "ophthal"},     {"eye", "optom"},        {"eyes", "optom"},
    {"ojos", "ophthal"},   {"ojos", "optom"},       {"bone", "ortho"},       {"bones", "ortho"},
    {"huesos", "ortho"},   {"pregnancy", "obstet"}, {"embarazo", "obstet"},  {"women", "gynec"},
    {"mujer", "gynec"},    {"tooth", "dent"},       {"teeth", "dent"},       {"dientes", "dent"},
    {"dentista", "dent"},  {"family", "family"},    {"familia", "family"},   {"familiar", "family"},
    {"cancer", "oncolog"}, {"lung", "pulm"},        {"lungs", "pulm"},       {"pulmon", "pulm"},
    {"kidney", "nephr"},   {"rinon", "nephr"},      {"stomach", "gastro"},   {"estomago", "gastro"},
    {"brain", "neurolog"}, {"mental", "psych"},     {"therapist", "psych"},  {"foot", "podiat"},
}};

} // namespace

std::vector<std::string> search_words(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    auto end_word = [&] {
        if (!word.empty())
            words.push_back(std::exchange(word, {}));
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if (byte >= 'A' && byte <= 'Z') {
            word += static_cast<char>(byte - 'A' + 'a');
        } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            word += static_cast<char>(byte);
        } else if (byte == 0xC3 && i + 1 < text.size()) {
            auto const next = static_cast<unsigned char>(text[++i]);
            word += unaccented(0xC0U | (next & 0x3FU));
        } else if (byte >= 0x80) {
            word += static_cast<char>(byte); // another script: its bytes are its own word
        } else {
            end_word();
        }
    }
    end_word();
    return words;
}

std::vector<std::string> specialty_stems(std::string const& word) {
    std::vector<std::string> stems{word};
    for (auto const& [said, stem] : everyday)
        if (word == said)
            stems.emplace_back(stem);
    return stems;
}

double miles_between(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
    constexpr double radian = std::numbers::pi / 180;
    constexpr double earth_radius_miles = 3958.8;
    double const a = std::sin((latitude_b - latitude_a) * radian / 2);
    double const b = std::sin((longitude_b - longitude_a) * radian / 2);
    double const c = a * a + std::cos(latitude_a * radian) * std::cos(latitude_b * radian) * b * b;
    return 2 * earth_radius_miles * std::asin(std::min(1.0, std::sqrt(c)));
}

} // namespace portico::client
