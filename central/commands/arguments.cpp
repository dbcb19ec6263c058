#include "central/commands/arguments.h"

#include <cstdio>

namespace portico::central {

namespace {
Error usage(std::string const& sentence) {
    return error(ErrorKind::InvalidInput, "usage", sentence);
}
} // namespace

Result<Arguments> Arguments::parse(std::span<std::string const> args, Shape const& shape) {
    Arguments parsed;
    for (std::size_t i = 0; i < args.size(); ++i) {
        auto const& arg = args[i];
        if (arg.compare(0, 2, "--") != 0 || arg.size() == 2) {
            parsed.words_.push_back(arg);
            continue;
        }
        auto const equals = arg.find('=');
        auto const name = arg.substr(0, equals);
        if (shape.switches.count(name) != 0 && equals == std::string::npos) {
            parsed.values_[name].emplace_back();
        } else if (shape.options.count(name == "--database" ? "--data" : name) == 0) {
            return usage("unknown option " + name);
        } else if (equals != std::string::npos) {
            parsed.values_[name].push_back(arg.substr(equals + 1));
        } else if (i + 1 < args.size()) {
            parsed.values_[name].push_back(args[++i]);
        } else {
            return usage(name + " needs a value");
        }
    }
    if (parsed.words_.size() < shape.words_min && !parsed.has("--help"))
        return usage("something is missing: see --help");
    if (parsed.words_.size() > shape.words_max)
        return usage("too much: " + parsed.words_[shape.words_max]);
    return parsed;
}

std::string Arguments::get(std::string const& name, std::string const& fallback) const {
    auto const found = values_.find(name);
    return found == values_.end() ? fallback : found->second.back();
}

std::vector<std::string> Arguments::all(std::string const& name) const {
    auto const found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>() : found->second;
}

Result<std::string> Arguments::need(std::string const& name) const {
    if (!has(name))
        return usage(name + " is needed");
    return get(name);
}

Result<DataPlace> Arguments::place() const {
    return DataPlace(TRY(need("--data")), get("--database"));
}

int report(Error const& problem) {
    bool const wrong_use = problem.reason == "usage";
    static_cast<void>(
        std::fprintf(stderr, "portico-central: %s\n",
                     problem.message.empty() ? problem.reason.c_str() : problem.message.c_str()));
    if (wrong_use)
        static_cast<void>(std::fputs("Try: portico-central --help\n", stderr));
    bool const wrong_config = problem.reason == "config_syntax" || problem.reason == "config_invalid";
    return wrong_use || wrong_config ? exit_wrong_use : exit_failed;
}

} // namespace portico::central
