#include "shared/documents/id_card_document.h"
#include "tests/documents/support/pdf_tools.h"
#include "tests/documents/support/samples.h"
#include "tests/support/catch.h"

#include <array>
#include <thread>

using namespace portico;
using namespace portico::documents;
using namespace portico::documents::test;

namespace {

Bytes print(IdCard const& card, DocumentLanguage language = DocumentLanguage::English) {
    auto pdf = id_card_pdf(card, sample_symbols(), texts(language));
    INFO((pdf.has_value() ? "" : pdf.error().reason + ": " + pdf.error().message));
    REQUIRE(pdf.has_value());
    return pdf.value();
}

std::string reason(Result<Bytes> const& result) {
    return result ? "" : result.error().reason;
}

/// At 300 dpi; the margin is 3 mm.
constexpr int margin_px = 35;
constexpr int band_bottom_px = 126;

void check_trim(PdfFile const& file) {
    for (int page = 1; page <= 2; ++page) {
        auto const picture = file.picture(page, 300);
        auto const found = ink(picture, page == 1 ? band_bottom_px : 0);
        CHECK(found.left >= margin_px);
        CHECK(found.right < picture.width - margin_px);
        CHECK(found.bottom < picture.height - margin_px);
        if (page == 2)
            CHECK(found.top >= margin_px);
    }
}

void check_contains(std::string const& text, std::vector<std::string> const& parts) {
    for (auto const& part : parts) {
        INFO(part);
        CHECK(text.find(part) != std::string::npos);
    }
}

} // namespace

TEST_CASE("card: two CR80 sides of 1011 x 638 pixels at 300 dpi") {
    PdfFile const file(print(sample_card()), "card-en");
    CHECK(file.information("Pages") == "2");
    for (int page = 1; page <= 2; ++page) {
        auto const picture = file.picture(page, 300);
        CHECK(picture.width == 1011);
        CHECK(picture.height == 638);
    }
}

TEST_CASE("card: every field of the digital insurance card stands on it") {
    PdfFile const file(print(sample_card()), "card-en");
    check_contains(file.text(1),
                   {"Sample Health Plan", "Silver PPO", "Alex Sample", "SHP-0000-0042-01", "Morgan Sample",
                    "Jamie, Robin", "TEST-0007", "000000", "TESTPCN", "TESTGRP", "RX0000004201",
                    "Office visit $25", "Specialist $40", "Urgent care $60", "Emergency $250",
                    "$10 / $35 / $60.50", "800-555-0100", "sample.example.org", "Issued 03/12/2026"});
    check_contains(file.text(2), {"Deductible $1,500 $3,000 $3,500 $7,000",
                                  "Out-of-pocket max. $6,000 $12,000 $12,500 $25,000", "In network",
                                  "Out of network", "Person", "Family", "PO Box 100, Testville, CT 06500",
                                  "800-555-0100", "Card number 0019-5A7C-42", "Issuer 80840012345677"});
}

TEST_CASE("card: Spanish words on a Spanish card") {
    PdfFile const file(print(sample_card(), DocumentLanguage::Spanish), "card-es");
    check_contains(file.text(), {"Miembro", "Alex Sample", "Consulta $25", "Deducible $1,500 $3,000",
                                 "Dentro de la red", "Escanee con un teléfono", "Emitida 03/12/2026"});
    check_trim(file);
}

TEST_CASE("card: the barcode and the QR code are read back by another program") {
    PdfFile const file(print(sample_card()), "card-en");
    auto const back = file.picture(2, 300);
    CHECK(decode(back, SymbolKind::Pdf417) == std::vector{sample_symbols().barcode_payload});
    CHECK(decode(back, SymbolKind::QrCode) == std::vector{sample_symbols().qr_url});
    SECTION("the barcode still at 120 dpi, as a poor scanner sees it") {
        CHECK(decode(file.picture(2, 120), SymbolKind::Pdf417) ==
              std::vector{sample_symbols().barcode_payload});
    }
}

TEST_CASE("card: a barcode with accented letters is read back as written") {
    auto symbols = sample_symbols();
    symbols.barcode_payload = "PTC1|80840012345677|SHP-0000-0042-01|MUÑOZ-GARCÍA/JOSÉ ÁNGEL|01||0019|42";
    auto const pdf = id_card_pdf(sample_card(), symbols, texts());
    INFO((pdf.has_value() ? "" : pdf.error().reason + ": " + pdf.error().message));
    REQUIRE(pdf.has_value());
    PdfFile const file(pdf.value(), "card-accents");
    CHECK(decode(file.picture(2, 300), SymbolKind::Pdf417) == std::vector{symbols.barcode_payload});
}

TEST_CASE("card: beside the QR code stands what it holds and until when it works") {
    PdfFile const file(print(sample_card()), "card-en");
    check_contains(file.text(2),
                   {"Holds a web address only: no health facts, no password.", "Works until 03/12/2027."});
}

TEST_CASE("card: nothing but the band stands in the outer 3 mm") {
    PdfFile const file(print(sample_card()), "card-en");
    check_trim(file);
    auto const front = file.picture(1, 300);
    // The band bleeds over the edge, and its words keep the margin.
    CHECK(front.at(0, 0) < 80);
    CHECK(front.at(front.width - 1, 60) < 80);
    for (int y = 0; y < band_bottom_px - 1; ++y)
        for (int x = 0; x < margin_px; ++x)
            REQUIRE(front.at(x, y) < 80);
}

TEST_CASE("card: names of every length and script keep within their place") {
    struct Case {
        char const* file;
        PersonName name;
        char const* shown;
    };
    std::string long_family;
    for (int index = 0; index < 24; ++index)
        long_family += "Sampleson";
    auto const [file_name, name, shown] = GENERATE_COPY(
        Case{"card-long-word", {"Alexandria", long_family.substr(0, 200)}, "A. SamplesonSampleson"},
        Case{"card-long-names",
             {"Maria Guadalupe Alejandra Fernanda Esperanza Concepcion Valentina Antonia Josefina Bernadette",
              "Sample-Testerman de la Example y Ejemplo-Muestra von und zu Testhausen-Beispielstadt Junior"},
             "Maria"},
        Case{"card-hyphen", {"Anne-Marie", "Sample-Example"}, "Anne-Marie Sample-Example"},
        Case{"card-accent", {"José Ángel", "Muñoz Ñandú"}, "José Ángel Muñoz Ñandú"},
        Case{"card-khmer", {"សុខា", "គំរូ"}, nullptr},
        Case{"card-khmer-long", {"សុខាសុខាសុខាសុខាសុខាសុខាសុខាសុខា", "គំរូគំរូគំរូគំរូគំរូគំរូគំរូគំរូគំរូគំរូគំរូគំរូគំរូគំរូ"}, nullptr},
        Case{"card-arabic", {"نموذج", "المثال"}, nullptr},
        Case{"card-chinese", {"小明", "样本"}, "小明 样本"},
        Case{"card-vietnamese", {"Nguyễn Thị", "Mẫu"}, "Nguyễn Thị Mẫu"},
        Case{"card-one-name", {"", "Mononym"}, "Mononym"});
    auto card = sample_card();
    card.member = name;
    card.subscriber_name = name.full();
    card.dependants = {name.full(), name.full(), "Robin"};
    INFO(file_name);
    PdfFile const file(print(card), file_name);
    check_trim(file);
    if (shown != nullptr)
        CHECK(file.text(1).find(shown) != std::string::npos);
    CHECK(file.text(1).find("SHP-0000-0042-01") != std::string::npos);
}

TEST_CASE("card: a family of fourteen is listed as far as it fits and then counted") {
    auto card = sample_card();
    card.dependants.assign(14, "Sample-Example");
    PdfFile const file(print(card), "card-family");
    check_trim(file);
    CHECK(file.text(1).find("more") != std::string::npos);
    card.dependants.clear();
    PdfFile const alone(print(card), "card-alone");
    CHECK(alone.text(1).find("Family on this plan –") != std::string::npos);
}

TEST_CASE("card: plan, product and people with names of 200 letters stay on the card") {
    auto card = sample_card();
    std::string words;
    while (words.size() < 200)
        words += "Wonderful Words ";
    auto const text = GENERATE_COPY(std::string(200, 'W'), words);
    for (auto* each : {&card.plan_name, &card.product_name, &card.subscriber_name})
        *each = text;
    card.dependants = {text, text};
    PdfFile const file(print(card, DocumentLanguage::Spanish), "card-endless");
    check_trim(file);
    CHECK(decode(file.picture(2, 300), SymbolKind::Pdf417).size() == 1);
}

TEST_CASE("card: a number, amount or address is never cut: the card is refused and the field named") {
    auto card = sample_card();
    std::string const endless(200, '7');
    std::string named;
    switch (GENERATE(range(0, 11))) {
    case 0:
        card.member_id = endless, named = "member_id";
        break;
    case 1:
        card.group = endless, named = "group";
        break;
    case 2:
        card.rx_bin = endless, named = "rx_bin";
        break;
    case 3:
        card.rx_pcn = endless, named = "rx_pcn";
        break;
    case 4:
        card.rx_group = endless, named = "rx_group";
        break;
    case 5:
        card.rx_id = endless, named = "rx_id";
        break;
    case 6:
        card.web = endless, named = "web";
        break;
    case 7:
        card.service_phone = endless, named = "help";
        break;
    case 8:
        card.claims_address = endless, named = "claims_address";
        break;
    case 9:
        card.issuer_id = endless, named = "issuer";
        break;
    default:
        card.limits.front().amount = {99'999'999'99}, named = "deductible";
        break;
    }
    auto const made = id_card_pdf(card, sample_symbols(), texts());
    REQUIRE(!made.has_value());
    CHECK(made.error().reason == "card_field_unfit");
    CHECK(made.error().message.ends_with(named));
    CHECK(made.error().message.find("777") == std::string::npos);
}

TEST_CASE("card: identifiers as long as data really has them fit") {
    auto card = sample_card();
    card.member_id = "0c4ffaae-1234-4f3a-9bde-0123456789ab";
    card.group = "GROUP-1234567890";
    card.rx_id = "ABCDEFGHIJ1234567890";
    card.claims_address = "Sample Health Plan of Testville Claims Department, 12345 North Example Boulevard, "
                          "Suite 1200, Testville Heights, CT 06500-1234";
    PdfFile const file(print(card), "card-long-ids");
    check_trim(file);
    check_contains(file.text(1), {card.member_id, card.group, card.rx_id});
    check_contains(file.text(2), {card.claims_address});
}

TEST_CASE("card: five prescription copays become a range") {
    auto card = sample_card();
    for (std::int64_t const dollars : {75, 100, 150})
        card.copays.push_back({"rx", {dollars * 100}, true});
    PdfFile const file(print(card), "card-rx");
    check_contains(file.text(1), {"Rx $10–$150"});
}

TEST_CASE("card: a plan that states no amounts gets no made-up ones") {
    auto card = sample_card();
    card.copays.clear();
    card.limits.clear();
    PdfFile const file(print(card), "card-unstated");
    CHECK(file.text(1).find('$') == std::string::npos);
    CHECK(file.text(2).find('$') == std::string::npos);
    check_contains(file.text(1), {"Office visit See plan"});
}

TEST_CASE("card: without what must stand on it no card is made") {
    auto card = sample_card();
    switch (GENERATE(0, 1, 2, 3, 4)) {
    case 0:
        card.member_id.clear();
        break;
    case 1:
        card.plan_name.clear();
        break;
    case 2:
        card.service_phone.clear();
        break;
    case 3:
        card.web.clear();
        break;
    default:
        card.member = {};
        break;
    }
    CHECK(reason(id_card_pdf(card, sample_symbols(), texts())) == "card_field_missing");
}

TEST_CASE("card: a barcode that cannot be read from a card is refused") {
    auto symbols = sample_symbols();
    symbols.barcode_payload.clear();
    CHECK(reason(id_card_pdf(sample_card(), symbols, texts())) == "card_barcode_unfit");
    symbols.barcode_payload = std::string(10'000, 'A');
    CHECK(reason(id_card_pdf(sample_card(), symbols, texts())) == "card_barcode_unfit");
    symbols = sample_symbols();
    symbols.qr_url = "https://sample.example.org/" + std::string(2'000, 'a');
    CHECK(reason(id_card_pdf(sample_card(), symbols, texts())) == "card_qr_unfit");
    symbols = sample_symbols();
    symbols.qr_expires = {};
    CHECK(reason(id_card_pdf(sample_card(), symbols, texts())) == "card_qr_unfit");
}

TEST_CASE("card: the longest barcode our layout allows is read back") {
    auto symbols = sample_symbols();
    symbols.barcode_payload = "PTC1|" + std::string(240, 'X') + std::string(120, '7');
    auto const pdf = id_card_pdf(sample_card(), symbols, texts());
    INFO((pdf.has_value() ? "" : pdf.error().reason + ": " + pdf.error().message));
    REQUIRE(pdf.has_value());
    PdfFile const file(pdf.value(), "card-long-barcode");
    check_trim(file);
    CHECK(decode(file.picture(2, 300), SymbolKind::Pdf417) == std::vector{symbols.barcode_payload});
}

TEST_CASE("card: letters that no font has make no card with boxes") {
    auto card = sample_card();
    card.member.given = "\xF3\xB0\x80\x80"; // a private-use code point
    CHECK(reason(id_card_pdf(card, sample_symbols(), texts())) == "card_text_not_drawable");
}

TEST_CASE("card: control characters and bytes that are not UTF-8 do no harm") {
    auto card = sample_card();
    card.member.given = "Al\x01"
                        "ex\n\t";
    card.subscriber_name = "Mor\xE2\x80\xAEgan"; // a mark that would turn the rest around
    PdfFile const file(print(card), "card-control");
    check_contains(file.text(1), {"Al ex Sample", "Mor gan"});
    card.group = "A\xFF\xFE"
                 "B";
    CHECK(id_card_pdf(card, sample_symbols(), texts()).has_value());
}

TEST_CASE("card: the screen shows the same card, with round corners") {
    auto const side = GENERATE(CardSide::Front, CardSide::Back);
    auto const preview = id_card_preview(sample_card(), sample_symbols(), texts(), side, 1011);
    REQUIRE(preview.has_value());
    auto const& bitmap = preview.value();
    CHECK(bitmap.width == 1011);
    CHECK(bitmap.height == 638);
    CHECK(bitmap.stride == 1011);
    REQUIRE(bitmap.pixels.size() == 1011U * 638U);
    CHECK(bitmap.pixels.front() == 0);
    CHECK((bitmap.pixels[505] >> 24U) == 0xFF);

    PdfFile const file(print(sample_card()), "card-en");
    auto const printed = file.picture(side == CardSide::Front ? 1 : 2, 300);
    REQUIRE(printed.height == 638);
    std::size_t different = 0;
    for (int y = 0; y < 638; ++y)
        for (int x = 0; x < 1011; ++x) {
            auto const pixel = bitmap.pixels[static_cast<std::size_t>(y * 1011 + x)];
            auto const green = static_cast<int>((pixel >> 8U) & 0xFFU);
            if ((pixel >> 24U) == 0xFF && std::abs(green - printed.at(x, y)) > 128)
                ++different;
        }
    CHECK(different < 1011U * 638U / 50);
}

TEST_CASE("card: a preview of no width is refused") {
    auto const width = GENERATE(-1, 0, 99, 4001);
    CHECK(id_card_preview(sample_card(), sample_symbols(), texts(), CardSide::Front, width).error().reason ==
          "card_preview_width");
}

TEST_CASE("card: the same card gives the same bytes, from any thread") {
    auto const words = texts();
    auto const first = id_card_pdf(sample_card(), sample_symbols(), words);
    REQUIRE(first.has_value());
    std::array<Bytes, 4> made;
    {
        std::vector<std::jthread> threads;
        for (auto& each : made)
            threads.emplace_back([&each, &words] {
                for (int round = 0; round < 5; ++round)
                    each = id_card_pdf(sample_card(), sample_symbols(), words).value();
            });
    }
    for (auto const& each : made)
        CHECK(each == first.value());
}
