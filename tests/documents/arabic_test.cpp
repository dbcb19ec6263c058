#include "shared/documents/activation_letter.h"
#include "shared/documents/eob_letter.h"
#include "shared/documents/id_card_document.h"
#include "shared/documents/provider_list_document.h"
#include "tests/documents/support/pdf_tools.h"
#include "tests/documents/support/samples.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cmath>

using namespace portico;
using namespace portico::documents;
using namespace portico::documents::test;

namespace {

constexpr double page_width_pt = 612;

Bytes made(Result<Bytes> const& pdf) {
    INFO((pdf.has_value() ? "" : pdf.error().reason + ": " + pdf.error().message));
    REQUIRE(pdf.has_value());
    return pdf.value();
}

Texts arabic() {
    return texts(DocumentLanguage::Arabic);
}

void check_contains(std::string const& text, std::vector<std::string> const& parts) {
    for (auto const& part : parts) {
        INFO(part << "\nin\n" << text);
        CHECK(text.find(part) != std::string::npos);
    }
}

PdfFile::Word word(PdfFile const& file, int page, std::string const& text) {
    auto const words = file.words(page);
    auto const found = std::find_if(words.begin(), words.end(),
                                    [&](PdfFile::Word const& each) { return each.text == text; });
    std::string all;
    for (auto const& each : words)
        all += each.text + " ";
    INFO(text << "\nin\n" << all);
    REQUIRE(found != words.end());
    return *found;
}

} // namespace

TEST_CASE("arabic card: its words, its figures as they are, and the page mirrored") {
    PdfFile const file(made(id_card_pdf(sample_card(), sample_symbols(), arabic())), "card-ar");
    auto const front = file.arabic_text(1);
    check_contains(front, {"Sample Health Plan", "العضو", "Alex Sample", "رقم العضوية", "SHP-0000-0042-01",
                           "زيارة العيادة", "$25", "$10 / $35 / $60.50", "800-555-0100", "03/12/2026"});
    check_contains(file.arabic_text(2),
                   {"المبلغ المستقطع", "$1,500", "$7,000", "PO Box 100, Testville, CT 06500", "ضمن الشبكة"});
    CHECK(front.find('[') == std::string::npos);
    PdfFile const english(made(id_card_pdf(sample_card(), sample_symbols(), texts())), "card-en");
    // What stands left stands right; the words of a name keep their order.
    auto const middle = card_width_pt / 2;
    CHECK(word(english, 1, "SHP-0000-0042-01").left < middle);
    CHECK(word(file, 1, "SHP-0000-0042-01").right > middle);
    CHECK(word(file, 1, "Alex").right > middle);
    CHECK(word(english, 1, "$25").left < word(english, 1, "$250").left);
    CHECK(word(file, 1, "$25").left > word(file, 1, "$250").left);
    // In network, then out of network: from the right.
    CHECK(word(file, 2, "$1,500").left > word(file, 2, "$7,000").left);
}

TEST_CASE("arabic card: its codes are read back, and it keeps within its margin") {
    PdfFile const file(made(id_card_pdf(sample_card(), sample_symbols(), arabic())), "card-ar");
    auto const back = file.picture(2, 300);
    CHECK(decode(back, SymbolKind::Pdf417) == std::vector{sample_symbols().barcode_payload});
    CHECK(decode(back, SymbolKind::QrCode) == std::vector{sample_symbols().qr_url});
    CHECK(decode(file.picture(2, 120), SymbolKind::Pdf417) == std::vector{sample_symbols().barcode_payload});
    constexpr int margin_px = 35;
    auto const found = ink(back);
    CHECK(found.left >= margin_px);
    CHECK(found.right < back.width - margin_px);
    auto const preview = id_card_preview(sample_card(), sample_symbols(), arabic(), CardSide::Back, 1011);
    REQUIRE(preview.has_value());
    CHECK(preview.value().width == 1011);
}

TEST_CASE("arabic letter: every field, amounts to the right, and the table of facts from the right") {
    PdfFile const file(made(eob_letter_pdf(sample_letter(), arabic())), "eob-ar");
    auto const text = file.arabic_text();
    check_contains(text, {"هذه ليست فاتورة", "رقم المطالبة", "TEST-CLAIM-0001", "$420.00", "$86.00",
                          "مارس 2026", "في حال عدم الموافقة", "180", "800-555-0100", "CO-45",
                          "هذا هو الفرق المخفض بين المبلغ المطلوب وسعر الخطة", "Office visit (99213)"});
    CHECK(text.find('[') == std::string::npos);
    CHECK(file.faults().empty());
    auto const objects = file.objects();
    CHECK(objects.find("/Lang (ar)") != std::string::npos);
    CHECK(file.information("Tagged") == "yes");
    CHECK(file.information("Title") == "بيان المزايا");
    // The first column of facts stands right of the second; a code is not torn apart.
    CHECK(word(file, 1, "TEST-CLAIM-0001").left > page_width_pt / 2);
    CHECK(word(file, 1, "SHP-0000-0042-01").right < page_width_pt / 2);
    // The address stays where an envelope's window is.
    CHECK(word(file, 1, "Testville,").left < 60);
}

TEST_CASE("arabic letter: columns of amounts run from the right, signs stand before their amounts") {
    auto letter = sample_letter();
    PdfFile const file(made(eob_letter_pdf(letter, arabic())), "eob-ar");
    PdfFile const english(made(eob_letter_pdf(letter, texts())), "eob-en");
    // The total row: charged 420, allowed 278, ..., plan paid 192, share 86.
    auto const total = [](PdfFile const& pdf, std::string const& amount) {
        for (int page = 1; page <= 3; ++page)
            for (auto const& each : pdf.words(page))
                if (each.text == amount)
                    return each;
        FAIL("no " + amount);
        return PdfFile::Word{};
    };
    CHECK(total(english, "$278.00").left > total(english, "$220.00").left);
    CHECK(total(file, "$278.00").left < total(file, "$220.00").left);
    bool found = false;
    for (auto const& each : file.words(1))
        if (each.text == "$142.00") {
            for (auto const& sign : file.words(1))
                if (sign.text == "\u2212" && std::abs(sign.top - each.top) < 1) {
                    CHECK(sign.left < each.left);
                    found = true;
                }
        }
    CHECK(found);
}

TEST_CASE("arabic letter: a list of doctors and the letter with a code are in Arabic too") {
    PdfFile const list(made(provider_list_pdf(sample_list(3), PrintSize::Large, arabic())), "list-ar");
    auto const text = list.arabic_text();
    check_contains(text, {"قائمة أطبائك", "أماكن في هذه القائمة", "الهاتف"});
    CHECK(text.find('[') == std::string::npos);
    ActivationLetter letter;
    letter.plan_name = "Sample Health Plan";
    letter.member_name = "Alex Sample";
    letter.mail_to = sample_letter().mail_to;
    letter.code = Secret("ABCDEFGHJKLM");
    letter.expires = {2026, 4, 14};
    letter.printed = {2026, 3, 14};
    letter.service_phone = "800-555-0100";
    letter.web = "sample.example.org";
    PdfFile const code(made(activation_letter_pdf(letter, arabic())), "activation-ar");
    auto const words = code.arabic_text();
    check_contains(words, {"فتح حسابك", "ABCD-EFGH-JKLM", "أبريل"});
    CHECK(words.find('[') == std::string::npos);
}
