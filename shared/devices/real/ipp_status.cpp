#include "shared/devices/real/ipp_status.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace portico {

namespace {

struct Reason {
    std::string_view keyword;
    PrinterCondition condition;
    bool stops;
};

// Source: IANA IPP registry, printer-state-reasons; the severity suffix is cut off before.
constexpr std::array reasons{
    Reason{"media-empty", PrinterCondition::MediaEmpty, true},
    Reason{"media-needed", PrinterCondition::MediaEmpty, true},
    Reason{"input-tray-missing", PrinterCondition::MediaEmpty, true},
    Reason{"media-low", PrinterCondition::MediaLow, false},
    Reason{"media-jam", PrinterCondition::MediaJam, true},
    Reason{"cover-open", PrinterCondition::CoverOpen, true},
    Reason{"door-open", PrinterCondition::CoverOpen, true},
    Reason{"interlock-open", PrinterCondition::CoverOpen, true},
    Reason{"marker-supply-empty", PrinterCondition::SupplyEmpty, true},
    Reason{"marker-supply-missing", PrinterCondition::SupplyEmpty, true},
    Reason{"toner-empty", PrinterCondition::SupplyEmpty, true},
    Reason{"marker-supply-low", PrinterCondition::SupplyLow, false},
    Reason{"toner-low", PrinterCondition::SupplyLow, false},
    Reason{"output-area-full", PrinterCondition::OutputFull, true},
    Reason{"output-tray-missing", PrinterCondition::OutputFull, true},
    Reason{"marker-waste-full", PrinterCondition::Failure, true},
    Reason{"spool-area-full", PrinterCondition::Failure, true},
    Reason{"shutdown", PrinterCondition::Paused, true},
    Reason{"paused", PrinterCondition::Paused, true},
    Reason{"moving-to-paused", PrinterCondition::Paused, true},
};

std::string_view without_severity(std::string_view keyword) {
    for (std::string_view const suffix : {"-error", "-warning", "-report"})
        if (keyword.ends_with(suffix))
            return keyword.substr(0, keyword.size() - suffix.size());
    return keyword;
}

void add_once(std::vector<PrinterCondition>& conditions, PrinterCondition condition) {
    if (std::ranges::find(conditions, condition) == conditions.end())
        conditions.push_back(condition);
}

struct Conditions {
    std::vector<PrinterCondition> stopping;
    std::vector<PrinterCondition> warnings;
};

Conditions conditions_of(ipp_t* reply) {
    Conditions found;
    auto* keywords = ippFindAttribute(reply, "printer-state-reasons", IPP_TAG_KEYWORD);
    for (int i = 0; keywords != nullptr && i < ippGetCount(keywords); ++i) {
        char const* keyword = ippGetString(keywords, i, nullptr);
        std::string_view const whole = keyword == nullptr ? "" : keyword;
        auto const known = std::ranges::find(reasons, without_severity(whole), &Reason::keyword);
        if (known != reasons.end())
            add_once(known->stops ? found.stopping : found.warnings, known->condition);
        else if (whole.ends_with("-error"))
            add_once(found.stopping, PrinterCondition::Failure);
    }
    return found;
}

std::optional<int> number_after(std::string_view text, std::string_view key) {
    auto const at = text.find(key);
    if (at == text.npos)
        return std::nullopt;
    int number = 0;
    auto const* begin = text.data() + at + key.size();
    auto const parsed = std::from_chars(begin, text.data() + text.size(), number);
    return parsed.ec == std::errc() ? std::optional(number) : std::nullopt;
}

void lower(std::optional<int>& lowest, int percent) {
    if (percent >= 0 && percent <= 100)
        lowest = std::min(lowest.value_or(100), percent);
}

/// "class=supplyThatIsConsumed;...;maxcapacity=100;level=75;", PWG 5100.13 section 5.6.
void read_supply(std::optional<int>& lowest, std::string_view supply) {
    if (supply.find("class=supplyThatIsConsumed") == supply.npos)
        return; // a waste box fills up instead
    auto const capacity = number_after(supply, "maxcapacity=");
    auto const level = number_after(supply, ";level=");
    if (capacity && level && *capacity > 0 && *level >= 0 && *level <= *capacity)
        lower(lowest, static_cast<int>(std::int64_t{*level} * 100 / *capacity));
}

std::optional<int> supply_percent(ipp_t* reply) {
    std::optional<int> lowest;
    auto* supplies = ippFindAttribute(reply, "printer-supply", IPP_TAG_STRING);
    for (int i = 0; supplies != nullptr && i < ippGetCount(supplies); ++i) {
        int size = 0;
        auto const* data = static_cast<char const*>(ippGetOctetString(supplies, i, &size));
        if (data != nullptr && size > 0)
            read_supply(lowest, {data, static_cast<std::size_t>(size)});
    }
    if (lowest)
        return lowest;
    auto* levels = ippFindAttribute(reply, "marker-levels", IPP_TAG_INTEGER);
    auto* types = ippFindAttribute(reply, "marker-types", IPP_TAG_ZERO);
    for (int i = 0; levels != nullptr && i < ippGetCount(levels); ++i) {
        char const* type = types == nullptr ? nullptr : ippGetString(types, i, nullptr);
        if (type == nullptr || std::string_view(type).find("waste") == std::string_view::npos)
            lower(lowest, ippGetInteger(levels, i));
    }
    return lowest;
}

} // namespace

PrinterStatus ipp_printer_status(ipp_t* reply) {
    PrinterStatus status;
    auto found = conditions_of(reply);
    auto* state = ippFindAttribute(reply, "printer-state", IPP_TAG_ENUM);
    auto* accepting = ippFindAttribute(reply, "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
    bool const stopped = state == nullptr || ippGetInteger(state, 0) == IPP_PSTATE_STOPPED;
    if (accepting != nullptr && ippGetBoolean(accepting, 0) == 0)
        add_once(found.stopping, PrinterCondition::Paused);
    if (stopped && found.stopping.empty())
        found.stopping.push_back(PrinterCondition::Failure);
    if (found.stopping.empty())
        status.state = PrinterReady{std::move(found.warnings)};
    else
        status.state = PrinterStopped{std::move(found.stopping)};
    status.supply_percent = supply_percent(reply);
    return status;
}

PrintJobState ipp_job_state(int state, PrinterState const& printer) {
    switch (state) {
    case IPP_JSTATE_COMPLETED:
        return PrintJobState::Completed;
    case IPP_JSTATE_ABORTED:
        return PrintJobState::Aborted;
    case IPP_JSTATE_CANCELED:
        return PrintJobState::Cancelled;
    case IPP_JSTATE_PENDING:
    case IPP_JSTATE_HELD:
    case IPP_JSTATE_PROCESSING:
    case IPP_JSTATE_STOPPED:
        break;
    default:
        return PrintJobState::Unknown;
    }
    if (auto const* stopped = std::get_if<PrinterStopped>(&printer)) {
        auto const has = [stopped](PrinterCondition condition) {
            return std::ranges::find(stopped->conditions, condition) != stopped->conditions.end();
        };
        if (has(PrinterCondition::MediaJam))
            return PrintJobState::Jammed;
        if (has(PrinterCondition::MediaEmpty))
            return PrintJobState::OutOfMedia;
    }
    return state == IPP_JSTATE_PENDING || state == IPP_JSTATE_HELD ? PrintJobState::Queued
                                                                   : PrintJobState::Printing;
}

std::optional<std::pair<int, int>> ipp_newest_job(ipp_t* reply, std::string_view job_name) {
    std::optional<std::pair<int, int>> newest;
    int id = 0;
    int state = 0;
    bool matches = false;
    auto const finish_job = [&] {
        if (matches && id > 0 && (!newest || id > newest->first))
            newest = {id, state};
        id = state = 0;
        matches = false;
    };
    for (auto* attribute = ippFirstAttribute(reply); attribute != nullptr;
         attribute = ippNextAttribute(reply)) {
        char const* key = ippGetName(attribute);
        if (key == nullptr || ippGetGroupTag(attribute) != IPP_TAG_JOB) {
            finish_job(); // an empty attribute stands between two jobs
            continue;
        }
        std::string_view const name = key;
        if (name == "job-id" && ippGetValueTag(attribute) == IPP_TAG_INTEGER)
            id = ippGetInteger(attribute, 0);
        else if (name == "job-state" && ippGetValueTag(attribute) == IPP_TAG_ENUM)
            state = ippGetInteger(attribute, 0);
        else if (name == "job-name")
            matches = ippGetString(attribute, 0, nullptr) != nullptr &&
                      job_name == ippGetString(attribute, 0, nullptr);
    }
    finish_job();
    return newest;
}

} // namespace portico
