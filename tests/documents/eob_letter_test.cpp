#include "shared/documents/eob_letter.h"

#include "shared/documents/drawing/pdf_access.h"
#include "shared/documents/letter/eob_amounts.h"
#include "shared/documents/letter/reasons.h"
#include "shared/domain/reason_codes.h"
#include "tests/documents/support/pdf_tools.h"
#include "tests/documents/support/samples.h"
#include "tests/support/catch.h"

#include <algorithm>

using namespace portico;
using namespace portico::documents;
using namespace portico::documents::test;

namespace {

Bytes print(EobLetter const& letter, DocumentLanguage language = DocumentLanguage::English) {
    auto pdf = eob_letter_pdf(letter, texts(language));
    REQUIRE(pdf.has_value());
    return pdf.value();
}

void check_contains(std::string const& text, std::vector<std::string> const& parts) {
    for (auto const& part : parts) {
        INFO(part);
        CHECK(text.find(part) != std::string::npos);
    }
}

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++found;
    return found;
}

bool has_picture(PdfFile const& file) {
    return file.structure().find("Figure") != std::string::npos;
}

} // namespace

TEST_CASE("eob letter: every field of the federal model notice is in it") {
    PdfFile const file(print(sample_letter()), "eob-en");
    check_contains(
        file.text(),
        {"This is not a bill",
         "Alex Sample 12 Sample Street Apt 3 Testville, CT 06500",
         "Claim number TEST-CLAIM-0001",
         "Care was for Alex",
         "Date of this letter March 14, 2026",
         "Date of service March 3, 2026",
         "Provider Riverside Sample Clinic",
         "Member ID SHP-0000-0042-01",
         "Group TEST-0007",
         "Riverside Sample Clinic asked for $420.00. Your share is $86.00.",
         "Charged Allowed Other insurance Deductible Copay Coinsurance Not covered Plan paid Your share",
         "1. Office visit (99213) · 03/03/2026 · CO-45, PR-3 $220.00 $142.00 – $0.00 $40.00 – – $102.00 "
         "$40.00",
         "Total $420.00 $278.00 – $0.00 $40.00 $46.00 – $192.00 $86.00",
         "CO-45 This is the discount between the charge and the plan's price.",
         "Deductible, you · in network $1,500.00 $1,500.00 $0.00",
         "Out-of-pocket maximum, family · out of network $0.00 $25,000.00 $25,000.00",
         "within 180 days",
         "within 60 days",
         "within 72 hours",
         "Call 800-555-0100",
         "Sample Health Plan Appeals, PO Box 200",
         "Page 1 of 3",
         "Page 3 of 3",
         "The provider agreed to the plan's price"});
}

TEST_CASE("eob letter: the same in Spanish, with Spanish dates") {
    PdfFile const file(print(sample_letter(), DocumentLanguage::Spanish), "eob-es");
    check_contains(file.text(),
                   {"Esto no es una factura", "Riverside Sample Clinic cobró $420.00. Su parte es $86.00.",
                    "Fecha del servicio 3 de marzo de 2026", "Si no está de acuerdo", "Página 1 de 3",
                    "El mismo servicio aparece más de una vez (líneas 2, 3)."});
    CHECK(file.text().find('[') == std::string::npos);
}

TEST_CASE("eob letter: headings, paragraphs and tables are tagged, head and foot are not") {
    PdfFile const file(print(sample_letter()), "eob-en");
    CHECK(file.information("Tagged") == "yes");
    auto const structure = file.structure();
    CHECK(structure.starts_with("Document"));
    CHECK(count(structure, "H1") == 1);
    CHECK(count(structure, "H2") >= 7);
    CHECK(count(structure, "Table") == 4);
    // 6 rows of facts; head, 3 lines and total; head and 4 codes; head and 4 accumulators.
    CHECK(count(structure, " TR") == 6 + 5 + 5 + 5);
    CHECK(count(structure, " TH") == 12 + (1 + 9) + 4 + 2 + 4);
    CHECK(count(structure, " TD") == 12 + 4 * 9 + 4 * 2 + 4 * 4);
    CHECK(structure.find("Page 1") == std::string::npos);
}

TEST_CASE(
    "eob letter: it states its language and its title, has words for its picture, and scopes of headings") {
    auto const spanish = GENERATE(false, true);
    auto const language = spanish ? DocumentLanguage::Spanish : DocumentLanguage::English;
    PdfFile const file(print(sample_letter(), language), "eob-access");
    CHECK(file.faults().empty());
    auto const objects = file.objects();
    CHECK(count(objects, spanish ? "/Lang (es)" : "/Lang (en)") == 1);
    CHECK(count(objects, "/DisplayDocTitle true") == 1);
    CHECK(file.information("Title") == (spanish ? "Explicación de beneficios" : "Explanation of Benefits"));
    CHECK(count(objects, "/Alt ") == 1);
    if (!spanish)
        CHECK(objects.find("(Riverside Sample Clinic asked for: $420.00. Discount: $142.00. Your plan paid: "
                           "$192.00. Your share: $86.00.)") != std::string::npos);
    auto const attributes = file.attributes();
    // Heads of three tables; row headings of the facts and of the lines with their total.
    CHECK(count(attributes, "/Column") == (1 + 9) + 2 + 4);
    CHECK(count(attributes, "/Row") == 12 + 4);
}

TEST_CASE("pdf access: a figure without words, or what is no PDF, is refused") {
    Bytes const text{'n', 'o', 'n', 'e'};
    CHECK(with_access(text, {"en", {}}).error().reason == "pdf_failed");
    auto const letter = print(sample_letter());
    CHECK(with_access(letter, {"en", {}}).error().message == "1 figures, words for 0");
    CHECK(with_access(letter, {"en", {"one"}}).has_value());
}

TEST_CASE("eob letter: what looks wrong is said with the share if it is corrected") {
    PdfFile const file(print(sample_letter()), "eob-en");
    check_contains(file.text(),
                   {"This looks wrong", "The same service is listed more than once (lines 2, 3).",
                    "If this is a mistake, your share drops from $86.00 to $63.00.",
                    "3. Blood test panel (80053) · 03/03/2026 · ZZ9, PR-2 · Look again"});
    auto clean = sample_letter();
    clean.findings.clear();
    PdfFile const none(print(clean), "eob-clean");
    CHECK(none.text().find("looks wrong") == std::string::npos);
    CHECK(none.text().find("Look again") == std::string::npos);
}

TEST_CASE("eob letter: each kind of finding makes a whole sentence in both languages") {
    auto const language = GENERATE(DocumentLanguage::English, DocumentLanguage::Spanish);
    auto letter = sample_letter();
    auto const sample = letter.findings.front();
    letter.findings.clear();
    for (auto kind = 0; kind <= static_cast<int>(FindingKind::ReplacedStillCounted); ++kind) {
        auto finding = sample;
        finding.kind = static_cast<FindingKind>(kind);
        finding.category = AmountCategory::Coinsurance;
        finding.amounts = {{"stated", {1'00}}, {"lines", {2'00}},   {"allowed", {3'00}}, {"paid", {4'00}},
                           {"share", {5'00}},  {"counted", {6'00}}, {"maximum", {7'00}}};
        letter.findings.push_back(finding);
    }
    PdfFile const file(print(letter, language), "eob-findings");
    auto const text = file.text();
    CHECK(text.find('[') == std::string::npos);
    CHECK(text.find('{') == std::string::npos);
    CHECK(text.find("$7.00") != std::string::npos);
}

TEST_CASE("eob letter: nothing stands outside the margins") {
    auto letter = sample_letter();
    letter.plan_name = std::string(300, 'W');
    letter.member_name = std::string(300, 'W');
    letter.eob.claim_number = std::string(300, '7');
    letter.eob.provider.name = std::string(300, 'W');
    letter.eob.lines.front().service.display = std::string(3000, 'W');
    letter.eob.lines.front().adjudications.front() = amount(AmountCategory::Submitted, "9999999999999.99");
    letter.eob.notes.push_back(std::string(20'000, 'n'));
    PdfFile const file(print(letter), "eob-endless");
    auto const pages = std::stoi(file.information("Pages"));
    CHECK(pages > 3);
    for (int page = 1; page <= pages; ++page) {
        auto const picture = file.picture(page, 72);
        auto const found = ink(picture);
        CHECK(found.left >= 53);
        CHECK(found.right <= 612 - 53);
        CHECK(found.top >= 34);
        CHECK(found.bottom <= 792 - 34);
    }
    check_contains(file.text(), {"$9,999,999,999,999.99"});
}

TEST_CASE("eob letter: 5,000 lines run over pages that repeat the table's head") {
    auto letter = sample_letter();
    auto const line = letter.eob.lines.front();
    letter.eob.lines.clear();
    for (int sequence = 1; sequence <= 5'000; ++sequence) {
        letter.eob.lines.push_back(line);
        letter.eob.lines.back().sequence = sequence;
    }
    letter.findings.clear();
    PdfFile const file(print(letter), "eob-5000");
    auto const pages = std::stoi(file.information("Pages"));
    CHECK(pages > 100);
    auto const text = file.text();
    for (int sequence : {1, 2'500, 5'000})
        CHECK(text.find(" " + std::to_string(sequence) + ". Office visit") != std::string::npos);
    auto const last = std::to_string(pages);
    CHECK(text.find("Page " + last + " of " + last) != std::string::npos);
    CHECK(file.text(50).find("Charged Allowed") != std::string::npos);
    CHECK(count(text, "1. Office visit") >= 1);
}

TEST_CASE("eob letter: the total stands on a page with a line, and the appeal on one page") {
    auto letter = sample_letter();
    auto const line = letter.eob.lines.front();
    letter.findings.clear();
    letter.member_name = "نموذج المثال";
    letter.eob.provider.name = "Riverside Sample Clinic for Family Medicine, Pediatrics and Everything Else";
    letter.eob.lines.clear();
    for (int sequence = 1; sequence <= 60; ++sequence) {
        letter.eob.lines.push_back(line);
        letter.eob.lines.back().sequence = sequence;
        if (sequence < 8)
            continue;
        PdfFile const file(print(letter), "eob-lines-" + std::to_string(sequence));
        auto const pages = std::stoi(file.information("Pages"));
        int totals = 0;
        for (int page = 1; page <= pages; ++page) {
            auto const text = file.text(page);
            INFO(sequence << " lines, page " << page);
            if (text.find(" Total $420.00") != std::string::npos) {
                ++totals;
                CHECK(text.find(" " + std::to_string(sequence) + ". Office visit") != std::string::npos);
            }
            CHECK((text.find("If you do not agree") == std::string::npos) ==
                  (text.find("We answer within 60 days") == std::string::npos));
        }
        CHECK(totals == 1);
    }
}

TEST_CASE("eob letter: an EOB without amounts says so and draws no picture") {
    auto letter = sample_letter();
    letter.findings.clear();
    letter.eob.totals.clear();
    for (auto& line : letter.eob.lines)
        line.adjudications.clear();
    PdfFile const file(print(letter), "eob-no-amounts");
    check_contains(file.text(), {"Amounts not given.", "Call 800-555-0100 and we will find out."});
    CHECK(file.text().find("asked for $") == std::string::npos);
    CHECK(!has_picture(file));
    SECTION("even with nothing at all in it") {
        EobLetter empty;
        empty.plan_name = "Sample Health Plan";
        empty.service_phone = "800-555-0100";
        check_contains(PdfFile(print(empty), "eob-empty").text(), {"Amounts not given.", "not given"});
    }
}

TEST_CASE("eob letter: a reversal is a table and a sentence, never a picture") {
    using enum AmountCategory;
    auto letter = sample_letter();
    CHECK(has_picture(PdfFile(print(letter), "eob-en")));
    letter.eob.totals = {amount(Submitted, "-420.00"), amount(Discount, "-142.00"),
                         amount(Benefit, "-192.00"), amount(MemberLiability, "-86.00")};
    PdfFile const file(print(letter), "eob-reversal");
    CHECK(!has_picture(file));
    check_contains(file.text(),
                   {"Riverside Sample Clinic took back a charge of $420.00. Your share goes down by $86.00.",
                    "This claim takes back money", "Your plan paid \u2212$192.00",
                    "Your share \u2212$86.00"});
}

TEST_CASE("eob letter: amounts that do not add up are shown as they came, without a picture") {
    auto letter = sample_letter();
    letter.eob.totals.back() = amount(AmountCategory::MemberLiability, "99.00");
    PdfFile const file(print(letter), "eob-contradiction");
    CHECK(!has_picture(file));
    check_contains(file.text(), {"do not add up to what was asked for", "Your share $99.00"});
}

TEST_CASE("eob letter: what the claim is stands before the figures") {
    auto letter = sample_letter();
    letter.eob.replaced_by = EobId("sample-eob-2");
    letter.eob.status = EobStatus::Cancelled;
    letter.eob.use_is_claim = false;
    check_contains(PdfFile(print(letter), "eob-standing").text(1),
                   {"This is an estimate.", "This claim was corrected later.", "This claim was cancelled."});
}

TEST_CASE("eob letter: without plan name or phone none is made") {
    auto letter = sample_letter();
    letter.service_phone.clear();
    CHECK(eob_letter_pdf(letter, texts()).error().reason == "letter_field_missing");
}

TEST_CASE("eob letter: the same letter gives the same bytes") {
    CHECK(print(sample_letter()) == print(sample_letter()));
}

TEST_CASE("eob letter: a line's share is what is stated, else what it is made of") {
    using enum AmountCategory;
    EobLine line;
    CHECK(!line_amount(line, EobColumn::YourShare));
    line.adjudications = {amount(Deductible, "10.00"), amount(Copay, "5.50"), amount(Noncovered, "1.25")};
    CHECK(line_amount(line, EobColumn::YourShare) == Money{16'75});
    line.adjudications.push_back(amount(MemberLiability, "16.00"));
    CHECK(line_amount(line, EobColumn::YourShare) == Money{16'00});
    line.adjudications = {amount(PaidToProvider, "7.00"), amount(PaidToPatient, "1.00")};
    CHECK(line_amount(line, EobColumn::PlanPaid) == Money{8'00});
    auto other_money = amount(Copay, "3.00");
    other_money.currency = "EUR";
    line.adjudications = {other_money};
    CHECK(!line_amount(line, EobColumn::Copay));
}

TEST_CASE("reasons: common codes have plain words, others the sender's, none is dropped") {
    auto const words = texts();
    Code const carc{"https://x12.org/codes/claim-adjustment-reason-codes", "CO-45",
                    "Charge exceeds fee schedule"};
    auto const known = reason_meaning(carc);
    REQUIRE(known.has_value());
    CHECK(reason_words(carc, words) == ReasonWords{"CO-45", std::string(known->text_en)});
    CHECK(reason_words(carc, texts(DocumentLanguage::Spanish)).words == known->text_es);
    Code const foreign{"https://payer.example.org/codes", "50", "Sent twice"};
    CHECK(reason_words(foreign, words) == ReasonWords{"50", "Sent twice"});
    CHECK(reason_words({"", "QQ7", ""}, words).words.find("no words for this code") != std::string::npos);
    Eob eob;
    eob.header_adjudications = {amount(AmountCategory::Noncovered, "1.00", "96"),
                                amount(AmountCategory::Noncovered, "1.00", "96")};
    CHECK(all_reasons(eob, words).size() == 1);
}
