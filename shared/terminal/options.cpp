#include "shared/terminal/options.h"

#include "shared/base/broken_pipe.h"
#include "shared/base/no_core_dump.h"
#include "shared/base/out_of_memory.h"
#include "shared/client/enrollment.h"

#include <cstdio>
#include <string_view>

namespace portico::terminal {

namespace {

Error misuse(std::string what) {
    return error(ErrorKind::InvalidInput, "usage", std::move(what));
}

} // namespace

Result<Options> parse_options(int count, char const* const* words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        std::string_view const word = words[i];
        auto value = [&]() -> Result<std::string> {
            if (i + 1 >= count)
                return misuse(std::string(word) + " needs a value");
            std::string_view const next = words[++i];
            if (next == "--help")
                options.what = Options::Do::Help;
            return std::string(next);
        };
        if (word == "--help") {
            options.what = Options::Do::Help;
            return options;
        }
        if (word == "--version") {
            options.what = Options::Do::Version;
            return options;
        }
        if (word == "--headless") {
            options.headless = true;
        } else if (word == "--again") {
            options.again = true;
        } else if (word == "--config") {
            options.config = TRY(value());
        } else if (word == "--enroll") {
            options.what = Options::Do::Enroll;
            options.enrollment_code = TRY(value());
        } else if (word == "--central") {
            options.central = TRY(value());
        } else if (word == "--fingerprint") {
            options.fingerprint = TRY(value());
#ifdef PORTICO_BENCH_PARTS
        } else if (word == "--driver") {
            options.driver = TRY(value());
        } else if (word == "--assets") {
            options.assets = TRY(value());
        } else if (word == "--screen") {
            options.screen = TRY(value());
        } else if (word == "--look") {
            options.look = TRY(value());
        } else if (word == "screenshots") {
            options.what = Options::Do::Screenshots;
            options.folder = TRY(value());
#endif
        } else {
            return misuse("unknown word: " + std::string(word));
        }
        if (options.what == Options::Do::Help)
            return options;
    }
    if (options.what == Options::Do::Enroll && (options.central.empty() || options.fingerprint.empty()))
        return misuse("--enroll needs --central and --fingerprint");
    if (options.again && options.what != Options::Do::Enroll)
        return misuse("--again belongs to --enroll");
    if (options.what != Options::Do::Screenshots && options.config.empty())
        return misuse("--config FILE is missing");
    return options;
}

void complain(Named const& named, Error const& failure) {
    static_cast<void>(
        std::fprintf(stderr, "%s: %s: %s\n", named.name, failure.reason.c_str(), failure.message.c_str()));
}

Result<void> enroll(Named const& named, Options const& options, std::filesystem::path const& data) {
    auto const kind = options.again ? client::EnrollmentKind::Again : client::EnrollmentKind::First;
    auto const enrolled = TRY(client::enroll(data, {.enroll_url = options.central,
                                                    .fingerprint = options.fingerprint,
                                                    .code = Secret(options.enrollment_code),
                                                    .program = named.program,
                                                    .kind = kind}));
    std::printf("enrolled as %s with %s\n", enrolled.terminal_id.c_str(), enrolled.plan_name.c_str());
    return ok();
}

int run_program(Named const& named, int count, char const* const* words,
                std::function<Result<void>(Options const&)> const& run) {
    constexpr int failed = 1;
    constexpr int wrong_use = 2;
    ignore_broken_pipes();
    leave_no_core_dump();
    end_clearly_without_memory();
    auto const options = parse_options(count, words);
    if (options.has_error()) {
        static_cast<void>(
            std::fprintf(stderr, "%s: %s\n%s", named.name, options.error().message.c_str(), named.usage));
        return wrong_use;
    }
    if (options.value().what == Options::Do::Help) {
        static_cast<void>(std::fputs(named.usage, stdout));
        return 0;
    }
    if (options.value().what == Options::Do::Version) {
        std::printf("%s %s\n", named.name, named.version);
        return 0;
    }
    auto const outcome = run(options.value());
    if (outcome.has_value())
        return 0;
    complain(named, outcome.error());
    auto const& reason = outcome.error().reason;
    return reason == "config_syntax" || reason == "config_invalid" ? wrong_use : failed;
}

} // namespace portico::terminal
