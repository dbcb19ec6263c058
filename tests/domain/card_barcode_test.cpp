#include "shared/domain/card_barcode.h"
#include "tests/support/catch.h"

using namespace portico;

namespace {

CardBarcode sample() {
    return {"80840123451", "PLN-000123456", "SAMPLE/ALEX",
            "01",          "19840229",      "0190b5a0-1111-7000-8000-000000000001"};
}

std::string reason(std::string_view payload) {
    auto const parsed = parse_card_barcode(payload);
    return parsed.has_value() ? "accepted" : parsed.error().reason;
}

} // namespace

TEST_CASE("card barcode: what is printed is what is read") {
    auto const payload = encode_card_barcode(sample()).value();
    CHECK(payload.starts_with("%80840123451^P1^PLN-000123456^SAMPLE/ALEX^01^19840229^"));
    CHECK(parse_card_barcode(payload).value() == sample());
    auto card = sample();
    card.birth_date.clear();
    card.name = "NGUY\xE1\xBB\x84N/\xC4\x90\xE1\xBA\xB6NG";
    CHECK(parse_card_barcode(encode_card_barcode(card).value()).value() == card);
}

TEST_CASE("card barcode: the issuer number begins 80840 and its Luhn digit holds") {
    // 8084012345: doubled from the right 5->1,3->6,1->2,4->8,0 and 4,2,0,8,8 single: 17+22 = 39, so the digit
    // is 1.
    auto card = sample();
    for (char digit = '0'; digit <= '9'; ++digit) {
        card.issuer = std::string("8084012345") + digit;
        CHECK(encode_card_barcode(card).has_value() == (digit == '1'));
    }
    for (char const* bad : {"", "80840", "1234567893", "808401234X1", "80840000000000000000000"}) {
        card.issuer = bad;
        CHECK(encode_card_barcode(card).error().reason == "barcode_issuer");
    }
}

TEST_CASE("card barcode: any one character misread and any two neighbours swapped are seen") {
    auto const payload = encode_card_barcode(sample()).value();
    for (std::size_t i = 0; i < payload.size(); ++i) {
        for (char c = ' '; c < '\x7F'; ++c) {
            auto altered = payload;
            altered[i] = c;
            if (altered != payload && reason(altered) == "accepted")
                FAIL("accepted with another character at " << i);
        }
        if (i + 1 < payload.size() && payload[i] != payload[i + 1]) {
            auto swapped = payload;
            std::swap(swapped[i], swapped[i + 1]);
            CHECK(reason(swapped) != "accepted");
        }
    }
}

TEST_CASE("card barcode: hostile payloads each get their clear error") {
    auto const payload = encode_card_barcode(sample()).value();
    CHECK(reason("") == "barcode_empty");
    CHECK(reason(std::string(10'000, 'A')) == "barcode_too_long");
    CHECK(reason(std::string(10'000, '%')) == "barcode_too_long");
    CHECK(reason(std::string("%80840\0^", 8)) == "barcode_not_text");
    CHECK(reason("%80840\x1B[2J^P1?00") == "barcode_not_text");
    CHECK(reason("\xC3\x28") == "barcode_not_text");
    CHECK(reason("\xED\xA0\x80") == "barcode_not_text");  // a lone surrogate
    CHECK(reason("5901234123457") == "barcode_not_ours"); // a product's
    CHECK(reason("https://example.org/") == "barcode_not_ours");
    CHECK(reason("%") == "barcode_not_ours");
    CHECK(reason("%?00") == "barcode_not_ours");
    CHECK(reason("%^^^^^^?00") == "barcode_check");
    CHECK(reason(payload.substr(0, payload.size() - 1)) == "barcode_not_ours");
    CHECK(reason(payload.substr(0, payload.size() - 2) + "00") == "barcode_check");
    CHECK(reason(payload + payload) == "barcode_check");
    CHECK(reason("\xEF\xBB\xBF" + payload) == "barcode_not_ours");
}

TEST_CASE("card barcode: no field may hold what is not its own") {
    auto const refused = [](auto change) {
        auto card = sample();
        change(card);
        auto const encoded = encode_card_barcode(card);
        return encoded.has_error() && encoded.error().reason == "barcode_fields";
    };
    CHECK(refused([](CardBarcode& card) { card.member_id = "pln-1"; }));
    CHECK(refused([](CardBarcode& card) { card.member_id.clear(); }));
    CHECK(refused([](CardBarcode& card) { card.member_id = std::string(31, '1'); }));
    CHECK(refused([](CardBarcode& card) { card.name = "A^B"; }));
    CHECK(refused([](CardBarcode& card) { card.name.clear(); }));
    CHECK(refused([](CardBarcode& card) { card.name = std::string(61, 'A'); }));
    CHECK(refused([](CardBarcode& card) { card.dependent_number = "1"; }));
    CHECK(refused([](CardBarcode& card) { card.birth_date = "19850229"; })); // no leap year
    CHECK(refused([](CardBarcode& card) { card.birth_date = "19851301"; }));
    CHECK(refused([](CardBarcode& card) { card.birth_date = "1985-1-1"; }));
    CHECK(refused([](CardBarcode& card) { card.card_number = "a b"; }));
}
