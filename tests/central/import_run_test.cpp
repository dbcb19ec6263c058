#include "central/import/json_tree.h"
#include "tests/central/import_bench.h"

#include <algorithm>
#include <zlib.h>

using namespace portico;
using namespace portico::central;
using portico::test::amount_entry;
using portico::test::eob_line;
using portico::test::ImportBench;
using portico::test::patient_line;

namespace {

std::string gzip(std::string const& text) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(text.size() + 1000, '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<Bytef const*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// "line reason" of each reject.
std::vector<std::string> rejects(ImportReport const& report) {
    std::vector<std::string> out;
    for (auto const& each : report.first_rejects)
        out.push_back(std::to_string(each.line) + " " + each.reason);
    return out;
}

MemberFigures figures(ImportBench& bench, std::string const& patient) {
    SystemClock clock;
    PlanData plan(clock, *bench.opened().store, bench.opened().vault);
    return plan.member_figures(PatientId(patient)).value();
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("import: a byte order mark, CRLF, blank lines and a missing last line break change nothing") {
    ImportBench bench;
    auto const report =
        bench.import_text("a.ndjson", "\xEF\xBB\xBF" + patient_line("p1") + "\r\n\r\n" +
                                          eob_line("e1", "p1") + "\r\n" + eob_line("e2", "p1"));
    CHECK(report.reject_count == 0);
    CHECK(figures(bench, "p1").eob_count == 2);
}

TEST_CASE("import: broken lines are listed with file, line, resource and reason, and the others go in") {
    ImportBench bench;
    std::string const good = eob_line("good", "p1");
    auto const report = bench.import_text(
        "a.ndjson",
        patient_line("p1") + "\n" +                                          // 1
            "{\"resourceType\":\"Patient\",\"id\":\"p2\"\n" +                // 2 cut in the middle
            "{\"resourceType\":\"Patient\",\"id\":\"p3\",\"id\":\"p4\"}\n" + // 3
            "{\"resourceType\":\"Patient\",\"id\":\"p5\",\"name\":[{\"family\":\"\xFF\"}]}\n" + // 4
            "{\"resourceType\":\"Patient\",\"x\":" + std::string(10'000, '[') + std::string(10'000, ']') +
            "}\n" +                                             // 5
            "{\"resourceType\":\"Patient\"}\n" +                // 6
            "{\"id\":\"p6\"}\n" +                               // 7
            "{\"resourceType\":\"Patient\",\"id\":\"a b\"}\n" + // 8
            eob_line("wild", "p1", "1e400") + "\n" +            // 9
            good + "\n" +                                       // 10
            eob_line("cut", "p1").substr(0, 200));              // 11
    CHECK(rejects(report) == Lines{"2 json_invalid", "3 duplicate_key", "4 utf8_invalid",
                                   "5 nesting_too_deep", "6 id_missing", "7 resource_type_missing",
                                   "8 id_invalid", "9 amount_out_of_range", "11 cut_off"});
    CHECK(report.first_rejects[7].resource == "ExplanationOfBenefit/wild");
    CHECK(report.first_rejects[1].resource == "Patient");
    CHECK(report.first_rejects[0].file.find("a.ndjson") != std::string::npos);
    CHECK(report.kinds.at("ExplanationOfBenefit").read == 3);
    CHECK(report.kinds.at("ExplanationOfBenefit").rejected == 2);
    CHECK(report.kinds.at("ExplanationOfBenefit").added == 1);
    CHECK(report.kinds.at("Patient").rejected == 6);
    CHECK(figures(bench, "p1").eob_count == 1);
}

TEST_CASE("import: a resource of more than 16 MiB is a listed reject and the rest of its Bundle goes in") {
    ImportBench bench;
    auto const report = bench.import_text(
        "bundle.json", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" + patient_line("p1") +
                           "},\n{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"huge\",\"text\":\"" +
                           std::string(resource_bytes_max, 'x') +
                           "\"}},{\"resource\":" + eob_line("e1", "p1") + "}]}");
    CHECK(rejects(report) == Lines{"2 resource_too_large"});
    CHECK(report.first_rejects[0].resource == "Patient");
    CHECK(figures(bench, "p1").eob_count == 1);
}

TEST_CASE("import: resources shaped as in STU3 are listed, element by element") {
    ImportBench bench;
    std::string const start =
        R"({"resourceType":"ExplanationOfBenefit","id":"s1","patient":{"reference":"Patient/p1"},)";
    auto const report = bench.import_text(
        "stu3.ndjson",
        start + R"("outcome":{"coding":[{"code":"complete"}]}})" + "\n" + start +
            R"("insurance":{"coverage":{"reference":"Coverage/1"}}})" + "\n" + start +
            R"("totalCost":{"value":1,"code":"USD"}})" + "\n" + start +
            R"("item":[{"sequence":1,"service":{"coding":[{"code":"99213"}]}}]})" + "\n" +
            R"({"resourceType":"Coverage","id":"c","grouping":{"group":"1"},"beneficiary":{"reference":"Patient/p1"}})");
    CHECK(rejects(report) ==
          Lines{"1 stu3_shape", "2 stu3_shape", "3 stu3_shape", "4 stu3_shape", "5 stu3_shape"});
    CHECK(report.first_rejects[3].message.find("item.service") != std::string::npos);
}

TEST_CASE("import: an EOB or a coverage that does not say whose it is is a listed reject") {
    ImportBench bench;
    auto const report = bench.import_text(
        "a.ndjson",
        R"({"resourceType":"ExplanationOfBenefit","id":"e","patient":{"identifier":{"value":"7"}}})"
        "\n"
        R"({"resourceType":"Coverage","id":"c","status":"active"})");
    CHECK(rejects(report) == Lines{"1 patient_missing", "2 beneficiary_missing"});
}

TEST_CASE("import: amounts that are no numbers or no money are listed, an EOB without amounts goes in") {
    ImportBench bench;
    auto const report = bench.import_text(
        "a.ndjson",
        eob_line("e1", "p1", "\"12.00\"") + "\n" + eob_line("e2", "p1", "99999999999999999") + "\n" +
            R"({"resourceType":"ExplanationOfBenefit","id":"e3","patient":{"reference":"Patient/p1"}})");
    CHECK(rejects(report) == Lines{"1 amount_invalid", "2 amount_out_of_range"});
    auto const out = figures(bench, "p1");
    CHECK(out.eob_count == 1);
    CHECK(out.item_adjudication.empty());
}

TEST_CASE("import: references to what is not there are kept and counted") {
    ImportBench bench;
    auto const report = bench.import_text("a.ndjson", eob_line("e1", "nobody"));
    CHECK(report.reject_count == 0);
    CHECK(report.dangling.at("ExplanationOfBenefit to Patient") == 1);
    CHECK(figures(bench, "nobody").eob_count == 1);
    auto const later = bench.import_text("b.ndjson", patient_line("nobody"));
    CHECK(later.dangling.empty());
}

TEST_CASE(
    "import: the original decimal text is kept, cents are rounded half to even one by one, and counted") {
    ImportBench bench;
    std::string const two =
        R"({"resourceType":"ExplanationOfBenefit","id":"e1","patient":{"reference":"Patient/p1"},"item":[{"sequence":1,"adjudication":[)" +
        amount_entry("submitted", "0.125") + "," + amount_entry("submitted", "0.135") + "," +
        amount_entry("benefit", "103.32800000000002") + "," + amount_entry("benefit", "20.0") + "]}]}";
    auto const report = bench.import_text("a.ndjson", two);
    CHECK(report.amounts == 4);
    CHECK(report.amounts_not_whole_cents == 3);
    auto const out = figures(bench, "p1");
    CHECK(out.item_adjudication.at("submitted") == 12 + 14); // 12.5 to 12, 13.5 to 14
    CHECK(out.item_adjudication.at("benefit") == 10333 + 2000);
    SystemClock clock;
    PlanData plan(clock, *bench.opened().store, bench.opened().vault);
    auto const eob = plan.eob(PatientId("p1"), EobId("e1")).value();
    CHECK(eob.lines.at(0).adjudications.at(2).amount->text() == "103.32800000000002");
    CHECK(eob.lines.at(0).adjudications.at(3).amount->text() == "20.0");
}

TEST_CASE("import: gzip is unpacked, several members too, a damaged end loses only the end") {
    ImportBench bench;
    auto const first = gzip(patient_line("p1") + "\n");
    auto const second = gzip(eob_line("e1", "p1") + "\n");
    CHECK(bench.import_text("a.ndjson.gz", first + second).reject_count == 0);
    CHECK(figures(bench, "p1").eob_count == 1);
    std::string many;
    for (int i = 0; i < 5000; ++i)
        many += eob_line("m" + std::to_string(i), "p2", std::to_string(i * 7919 % 10007)) + "\n";
    auto packed = gzip(many);
    packed.resize(packed.size() / 2);
    auto const report = bench.import_text("b.ndjson.gz", packed);
    CHECK(report.by_reason.at("gzip_damaged") == 1);
    auto const count = figures(bench, "p2").eob_count;
    CHECK(count > 1000);
    CHECK(count < 5000);
}

TEST_CASE("import: a folder stands for its FHIR files, a Bundle, a resource and NDJSON go in alike") {
    ImportBench bench;
    bench.write("deep/er/patient.json", patient_line("p1"));
    bench.write("deep/bundle.json",
                "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" + eob_line("e1", "p1") + "}]}");
    bench.write("lines.ndjson", eob_line("e2", "p1") +
                                    "\n{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" +
                                    eob_line("e3", "p1") + "}]}\n");
    bench.write("looks_like_one.json", eob_line("e4", "p1") + "\n" + eob_line("e5", "p1") + "\n");
    bench.write("notes.txt", "not FHIR");
    auto const report = bench.import({bench.inputs().string()});
    CHECK(report.files == 4);
    CHECK(report.reject_count == 0);
    CHECK(figures(bench, "p1").eob_count == 5);
    CHECK(source_files({"/nowhere/at/all"}).error().reason == "path_missing");
}

TEST_CASE("import: types a desk has no use for are counted and left") {
    ImportBench bench;
    auto const report =
        bench.import_text("a.ndjson", R"({"resourceType":"Observation","id":"o"})"
                                      "\n"
                                      R"({"resourceType":"Basic","id":"b","code":{"text":"other"}})"
                                      "\n"
                                      R"({"transactionTime":"2026-01-01","output":[]})");
    CHECK(report.reject_count == 0);
    CHECK(report.not_used.at("Observation") == 1);
    CHECK(report.not_used.at("Basic") == 1);
    CHECK(report.not_used.at("bulk export manifest") == 1);
}

TEST_CASE("import: the same input twice changes not one byte") {
    ImportBench bench;
    std::string text;
    for (int i = 0; i < 40; ++i)
        text += patient_line("p" + std::to_string(i)) + "\n" +
                eob_line("e" + std::to_string(i), "p" + std::to_string(i)) + "\n";
    // Two contents without a version: the one read last stands, also the second time.
    text += patient_line("p0", "Other") + "\n" + patient_line("p0", "Third") + "\n";
    auto const first = bench.import_text("a.ndjson", text);
    CHECK(first.kinds.at("Patient").added == 40);
    CHECK(first.kinds.at("Patient").replaced == 2);
    auto const before = bench.dump(true);
    auto const second = bench.import_text("a.ndjson", text);
    CHECK(bench.dump(true) == before);
    CHECK(second.kinds.at("Patient").unchanged == 40);
    CHECK(second.kinds.at("Patient").older == 2);
    CHECK(second.kinds.at("ExplanationOfBenefit").unchanged == 40);
    SystemClock clock;
    PlanData plan(clock, *bench.opened().store, bench.opened().vault);
    CHECK(plan.member(PatientId("p0")).value()->name.family == "Third");
}

TEST_CASE("import: a later version replaces and an earlier one does not, in whatever order they come") {
    std::string const early = R"({"lastUpdated":"2026-01-01T10:00:00+01:00"})";
    std::string const late = R"({"lastUpdated":"2026-01-01T09:30:00.5Z"})"; // half an hour later
    std::vector<std::pair<std::string, std::string>> const pairs = {
        {early, late},
        {"", early},
        {R"({"versionId":"9"})", R"({"versionId":"10"})"},
        {R"({"versionId":"77","lastUpdated":"2026-01-01T00:00:00Z"})",
         R"({"versionId":"1","lastUpdated":"2026-01-02T00:00:00Z"})"},
        {R"({"lastUpdated":"IGNORED_FIELD"})", early},
    };
    for (auto const& [older, newer] : pairs)
        for (bool const newer_first : {false, true}) {
            CAPTURE(older, newer, newer_first);
            ImportBench bench;
            auto const old_line = eob_line("e", "p", "1.00", older);
            auto const new_line = eob_line("e", "p", "2.00", newer);
            bench.import_text("first.ndjson", newer_first ? new_line : old_line);
            auto const report = bench.import_text("second.ndjson", newer_first ? old_line : new_line);
            auto const& counts = report.kinds.at("ExplanationOfBenefit");
            CHECK((newer_first ? counts.older : counts.replaced) == 1);
            auto const out = figures(bench, "p");
            CHECK(out.eob_count == 1);
            CHECK(out.total.at("submitted") == 200);
        }
}

TEST_CASE("import: an EOB whose later version names another patient leaves the first one") {
    ImportBench bench;
    bench.import_text("a.ndjson", patient_line("right") + "\n" + patient_line("wrong") + "\n" +
                                      eob_line("e", "wrong", "1.00", R"({"versionId":"1"})"));
    bench.import_text("b.ndjson", eob_line("e", "right", "1.00", R"({"versionId":"2"})"));
    CHECK(figures(bench, "wrong").eob_count == 0);
    CHECK(figures(bench, "right").eob_count == 1);
    CHECK(bench.count("plan_eob") == 1);
}

TEST_CASE("import: nothing personal stands in the database in clear") {
    ImportBench bench;
    bench.import_text("a.ndjson", patient_line("patient-in-clear", "Ordonez-Ejemplo") + "\n" +
                                      eob_line("eob-in-clear", "patient-in-clear", "4711.42"));
    bench.close();
    for (auto const& entry : std::filesystem::directory_iterator(bench.data())) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        std::string const bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
        for (char const* secret :
             {"patient-in-clear", "eob-in-clear", "Ordonez", "4711.42", "1980-02-03", "M-patient"}) {
            CAPTURE(secret);
            CHECK(bytes.find(secret) == std::string::npos);
        }
    }
}

TEST_CASE("import: the report file lists every reject and is complete or absent") {
    test::ScratchFolder const folder;
    auto const path = folder.path / "report.json";
    {
        auto file = ReportFile::create(path).value();
        file.add({"a", 1, "Patient/1", "id_invalid", "with \"quotes\""});
        CHECK_FALSE(std::filesystem::exists(path));
        ImportReport report;
        report.kinds["Patient"].rejected = 1;
        file.finish(report).value();
    }
    std::ifstream stream(path);
    std::string const text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    JsonTree tree;
    auto copy = text;
    auto const root = tree.parse(copy).value();
    CHECK(root["rejects"].first()["message"].text() == "with \"quotes\"");
    CHECK(root["resources"]["Patient"]["rejected"].number() == "1");
    CHECK(ReportFile::create("/nowhere/r.json").error().reason == "report_unwritable");
}
