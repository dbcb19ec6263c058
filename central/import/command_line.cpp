#include "central/import/command_line.h"

#include "central/plan/plan_schema.h"
#include "central/settings.h"

#include <algorithm>

namespace portico::central {

Result<CommandLine> CommandLine::parse(std::vector<std::string> const& args,
                                       std::vector<std::string> const& options_known) {
    CommandLine line;
    auto const usage = [](std::string const& message) {
        return error(ErrorKind::InvalidInput, "usage", message);
    };
    for (std::size_t i = 0; i < args.size(); ++i) {
        auto const& each = args[i];
        if (each == "--help" || each == "-h") {
            line.help = true;
        } else if (each == "--") {
            line.words.insert(line.words.end(), args.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                              args.end());
            break;
        } else if (each.compare(0, 2, "--") == 0) {
            auto const equals = each.find('=');
            auto const name = each.substr(0, equals);
            auto const& asked = name == "--database" ? "--data" : name;
            if (std::find(options_known.begin(), options_known.end(), asked) == options_known.end())
                return usage("unknown option " + name);
            if (equals == std::string::npos && i + 1 == args.size())
                return usage(name + " needs a value");
            if (!line.options.emplace(name, equals != std::string::npos ? each.substr(equals + 1) : args[++i])
                     .second)
                return usage(name + " is given twice");
        } else {
            line.words.push_back(each);
        }
    }
    return line;
}

std::string CommandLine::option(std::string const& name) const {
    auto const found = options.find(name);
    return found == options.end() ? std::string() : found->second;
}

Result<OpenedData> open_data(DataPlace const& place) {
    auto vault = TRY(Vault::open(place.folder));
    bool const has_settings = std::filesystem::exists(place.folder / "central.toml");
    auto const address =
        TRY(place.store(has_settings ? TRY(read_settings(place.folder)).database : std::string()));
    {
        auto database = TRY(address.connect());
        TRY(migrate_plan(database));
    }
    auto store = TRY(Store::open(address));
    return OpenedData{std::move(vault), std::move(store)};
}

} // namespace portico::central
