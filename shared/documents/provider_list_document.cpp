#include "shared/documents/provider_list_document.h"

#include "shared/documents/letter/page_flow.h"

#include <array>

namespace portico::documents {

namespace {

std::string joined(std::vector<std::string> const& parts, char const* between) {
    std::string out;
    for (auto const& each : parts)
        if (auto const clean = printable(each); !clean.empty())
            out += (out.empty() ? "" : between) + clean;
    return out;
}

/// Names of the languages in the reader's language; a code without a name stays as it is.
std::string languages(ProviderListing const& provider, Texts const& texts) {
    std::vector<std::string> names;
    for (auto const& tag : provider.languages) {
        auto const id = "document.language." + tag.substr(0, tag.find('-'));
        names.push_back(texts.has(id) ? texts.text(id) : tag);
    }
    return joined(names, ", ");
}

char const* accepting_id(AcceptingPatients accepting) {
    static constexpr std::array<char const*, 5> ids{
        "document.list.accepting.unknown", "document.list.accepting.yes", "document.list.accepting.no",
        "document.list.accepting.existing_only", "document.list.accepting.waiting_list"};
    return ids.at(static_cast<std::size_t>(accepting));
}

/// The lines under a provider's name; those the directory does not know are left out.
std::vector<std::string> facts(ProviderListing const& provider, Texts const& texts) {
    std::vector<std::string> out;
    if (auto text = joined(provider.specialties, ", "); !text.empty())
        out.push_back(std::move(text));
    auto const town = joined({provider.city, printable(provider.state + " " + provider.zip5)}, ", ");
    if (auto text = joined({provider.address, town}, ", "); !text.empty())
        out.push_back(std::move(text));
    std::vector<std::string> contact;
    if (!provider.phone.empty())
        contact.push_back(texts.text("document.list.phone", {{"phone", provider.phone}}));
    contact.push_back(texts.text(accepting_id(provider.accepting)));
    out.push_back(joined(contact, " \u00B7 "));
    std::vector<std::string> more;
    if (auto const text = languages(provider, texts); !text.empty())
        more.push_back(texts.text("document.list.languages", {{"languages", text}}));
    if (auto const text = joined(provider.accessibility, ", "); !text.empty())
        more.push_back(texts.text("document.list.accessibility", {{"accessibility", text}}));
    if (!more.empty())
        out.push_back(joined(more, " \u00B7 "));
    return out;
}

void pour_provider(PageFlow& flow, ProviderListing const& provider, Texts const& texts) {
    auto const lines = facts(provider, texts);
    auto tight = flow.body();
    tight.line_spacing = 1.05;
    auto bold = tight;
    bold.weight = Weight::Bold;
    bold.size_pt *= 1.1;
    // A provider stays on one page as far as one line each tells.
    flow.ensure(flow.body_pt() * 1.4 * static_cast<double>(lines.size() + 1));
    flow.gap(flow.body_pt() * 0.5);
    flow.line(provider.name, bold);
    for (auto const& line : lines)
        flow.line(line, tight);
    if (!flow.measuring())
        flow.canvas().line(letter_margin_pt, flow.y() + 3, letter_margin_pt + letter_inner_pt, flow.y() + 3,
                           color::divider, 0.75);
    flow.advance(6);
}

std::string no_doctors(ProviderList const& list, Texts const& texts) {
    return list.service_phone.empty() ? texts.text("document.list.none_here")
                                      : texts.text("document.list.none", {{"phone", list.service_phone}});
}

} // namespace

Result<Bytes> provider_list_pdf(ProviderList const& list, PrintSize size, Texts const& texts) {
    if (list.plan_name.empty())
        return error(ErrorKind::InvalidInput, "letter_field_missing", "a list needs the plan's name");
    if (list.providers.size() > provider_list_rows_max)
        return error(ErrorKind::InvalidInput, "provider_list_too_long",
                     "a printed list holds " + std::to_string(provider_list_rows_max) + " at most");
    constexpr double standard_pt = 10;
    constexpr double large_pt = 18;
    LetterFrame frame;
    frame.plan_name = list.plan_name;
    frame.running = texts.text("document.list.running", {{"plan", printable(list.plan_name)}});
    frame.foot = letter_foot(list.service_phone, list.web, texts);
    frame.body_pt = size == PrintSize::Large ? large_pt : standard_pt;
    return make_letter(
        {texts.text("document.list.title"), list.directory_date, code(texts.language())}, frame, texts,
        [&](PageFlow& flow) {
            flow.heading(1, texts.text("document.list.title"));
            if (!list.searched_for.empty())
                flow.paragraph(
                    texts.text("document.list.searched", {{"what", printable(list.searched_for)}}));
            auto const shown = std::to_string(list.providers.size());
            if (list.providers.empty())
                flow.paragraph(no_doctors(list, texts));
            else if (list.found_count > list.providers.size())
                flow.paragraph(texts.text("document.list.count_of",
                                          {{"shown", shown}, {"found", std::to_string(list.found_count)}}));
            else
                flow.paragraph(texts.text("document.list.count", {{"count", shown}}));
            flow.paragraph(
                list.directory_date.is_empty()
                    ? texts.text("document.list.call_first")
                    : texts.text("document.list.date", {{"date", texts.date(list.directory_date)}}));
            for (auto const& provider : list.providers)
                pour_provider(flow, provider, texts);
            flow.gap(8);
            flow.paragraph(list.service_phone.empty()
                               ? texts.text("document.list.wrong_here")
                               : texts.text("document.list.wrong", {{"phone", list.service_phone}}));
        });
}

} // namespace portico::documents
