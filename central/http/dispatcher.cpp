#include "central/http/dispatcher.h"

#include "central/auth/session_table.h"
#include "central/http/call_audit.h"

#include <cstdio>

namespace portico::central {

namespace {

constexpr std::string_view bearer = "Bearer ";
constexpr std::size_t token_max = 256;

Error session_needed() {
    return error(ErrorKind::Unauthenticated, "session_needed", "this call needs a signed-in person");
}

/// The {id} of `route` in `path`; false when the path is another.
bool path_matches(std::string_view route, std::string_view path, std::string_view& id) {
    constexpr std::string_view parameter = "{id}";
    if (route.size() < parameter.size() || route.substr(route.size() - parameter.size()) != parameter)
        return route == path;
    auto const prefix = route.substr(0, route.size() - parameter.size());
    if (path.substr(0, prefix.size()) != prefix)
        return false;
    id = path.substr(prefix.size());
    return !id.empty() && id.find('/') == std::string_view::npos;
}

/// A desk is enrolled as one: a staff member's key opens nothing at a kiosk, where members stand.
Result<void> check_staff(Route const& route, Caller const& caller) {
    auto const& session = *caller.session;
    if (session.staff.empty() || session.may_only_register)
        return error(ErrorKind::Forbidden, "staff_only", "this call is for signed-in staff");
    if (caller.program != "agent")
        return error(ErrorKind::Forbidden, "desk_only", "staff work at a desk and not at this terminal");
    if (!has_right(session.roles, route.right))
        return error(ErrorKind::Forbidden, "right_missing",
                     std::string("this call needs the right ") + name(static_cast<Right>(route.right)));
    return ok();
}

/// A staff member's session at a kiosk looks after the kiosk: it opens nothing else, not even what it takes
/// to change how that person signs in.
bool is_of_kiosk_service(Caller const& caller) {
    return caller.program == "kiosk" && caller.session && !caller.session->staff.empty() &&
           !caller.session->may_only_register;
}

Result<void> check_kiosk_service(Route const& route, Caller const& caller) {
    if (!is_of_kiosk_service(caller))
        return error(ErrorKind::Forbidden, "staff_only", "this call is for signed-in staff");
    if (!has_right(caller.session->roles, route.right))
        return error(ErrorKind::Forbidden, "right_missing",
                     std::string("this call needs the right ") + name(static_cast<Right>(route.right)));
    return ok();
}

Result<Session> session_of(Services& services, HttpRequest const& request) {
    auto const& header = request.authorization;
    if (header.compare(0, bearer.size(), bearer) != 0 || header.size() > bearer.size() + token_max)
        return error(ErrorKind::Unauthenticated, "session_unknown", "the session's token is not well-formed");
    Secret const token(std::string_view(header).substr(bearer.size()));
    return services.sessions->session_by_token(request.terminal, token);
}

} // namespace

Dispatcher::Dispatcher(Services& services, std::span<Route const> routes)
    : services_(services), routes_(routes),
      terminal_rate_(services.clock, terminal_call_burst, terminal_calls_per_s * 60.0) {}

Result<Dispatcher::Match> Dispatcher::match(std::string_view method, std::string_view path) const {
    Match match;
    for (auto const& route : routes_) {
        std::string_view id;
        if (!path_matches(route.path, path, id))
            continue;
        auto const* word = route.method == Method::Get ? "GET" : "POST";
        if (method != word) {
            match.allow += (match.allow.empty() ? "" : ", ") + std::string(word);
            continue;
        }
        match.route = &route;
        match.id = TRY(percent_decode(id, false));
        break;
    }
    return match;
}

std::size_t Dispatcher::body_limit(std::string_view method, std::string_view target) const {
    auto const found = match(method, target.substr(0, target.find('?')));
    if (found.has_error() || found.value().route == nullptr || found.value().route->method == Method::Get)
        return 0;
    return found.value().route->body_max_bytes;
}

Result<void> Dispatcher::check_access(Route const& route, HttpRequest const& request, Caller& caller) const {
    if ((route.scope == Scope::NewTerminal) != request.enrollment_listener)
        return error(ErrorKind::NotFound, "route_unknown", "no such call here");
    if (route.scope == Scope::NewTerminal || route.scope == Scope::AnyProgram)
        return ok();
    if (caller.program == "phone" && route.scope != Scope::Phone)
        return error(ErrorKind::Forbidden, "not_for_phones",
                     "a telephone helper brings what is keyed and calls nothing else");
    if (route.scope == Scope::Phone)
        return caller.program == "phone" ? Result<void>(ok())
                                         : error(ErrorKind::Forbidden, "phone_only",
                                                 "a desk's telephone helper does this, and nobody else");
    if (caller.program == "telephone_system" && route.scope != Scope::TelephoneSystem)
        return error(ErrorKind::Forbidden, "not_for_telephone_systems",
                     "a telephone system tells what calls it holds and calls nothing else");
    if (route.scope == Scope::TelephoneSystem)
        return caller.program == "telephone_system"
                   ? Result<void>(ok())
                   : error(ErrorKind::Forbidden, "telephone_system_only",
                           "the plan's telephone system does this, and nobody else");
    bool const of_kiosks =
        route.scope == Scope::Kiosk || route.scope == Scope::Member || route.scope == Scope::KioskService;
    if (of_kiosks && caller.program != "kiosk")
        return error(ErrorKind::Forbidden, "kiosk_only", "this is done at a kiosk");
    if (!request.authorization.empty())
        caller.session = TRY(session_of(services_, request));
    if (route.scope == Scope::Terminal || route.scope == Scope::Kiosk)
        return ok();
    if (!caller.session)
        return session_needed();
    auto const& session = *caller.session;
    bool const member = !session.patient.empty() && session.staff.empty();
    if (route.scope == Scope::Member && (!member || session.may_only_register))
        return error(ErrorKind::Forbidden, "members_only", "this call is for signed-in members");
    if (route.scope == Scope::Staff)
        TRY(check_staff(route, caller));
    else if (route.scope == Scope::KioskService)
        TRY(check_kiosk_service(route, caller));
    else if (is_of_kiosk_service(caller))
        return error(ErrorKind::Forbidden, "desk_only", "staff work at a desk and not at this terminal");
    if (route.scope == Scope::Registration && session.may_only_register)
        return ok();
    if (session.assurance < route.assurance)
        return error(ErrorKind::StepUpNeeded, "step_up_needed",
                     std::string("this call needs assurance ") +
                         name(static_cast<Assurance>(route.assurance)));
    return ok();
}

Result<void> Dispatcher::record(Route const& route, Call& call, Result<std::string> const& outcome) {
    if (route.audit == Audit::NothingPersonal || call.audited)
        return ok();
    auto const entry = outcome.has_value() ? audit_record(call, "allowed", "")
                                           : audit_record(call, "refused", outcome.error().reason);
    return services_.store.write([&](storage::Database& database) -> Result<void> {
        if (outcome.has_value() && call.keep_with_record)
            TRY(call.keep_with_record(database));
        return services_.audit->append(database, entry);
    });
}

HttpReply Dispatcher::run(Route const& route, Call& call, Input const& input) {
    auto outcome = [&]() -> Result<std::string> {
        if (route.audit == Audit::NothingPersonal)
            return route.handler.run(call, input);
        Store::Companion const began([&](storage::Database& database) {
            return services_.audit->append(database, audit_record(call, "began", ""));
        });
        return route.handler.run(call, input);
    }();
    auto const recorded = record(route, call, outcome);
    if (recorded.has_error()) {
        // Without its record nothing is shown.
        static_cast<void>(std::fprintf(stderr, "portico-central: audit of %s: %s\n", call.action.c_str(),
                                       recorded.error().message.c_str()));
        return failure_reply(recorded.error());
    }
    if (outcome.has_error()) {
        auto const& problem = outcome.error();
        if (problem.kind == ErrorKind::Internal || problem.kind == ErrorKind::Corrupt)
            static_cast<void>(std::fprintf(stderr, "portico-central: %s: %s: %s\n", call.action.c_str(),
                                           problem.reason.c_str(), problem.message.c_str()));
        return failure_reply(problem);
    }
    return {200, std::move(outcome).value(), "", 0, call.wait_s};
}

HttpReply Dispatcher::handle(HttpRequest const& request) {
    auto const target = parse_target(request.target);
    if (target.has_error())
        return failure_reply(target.error());
    auto const found = match(request.method, target.value().path);
    if (found.has_error())
        return failure_reply(found.error());
    auto const* route = found.value().route;
    if (route == nullptr && !found.value().allow.empty()) {
        auto reply = failure_reply(
            405, error(ErrorKind::InvalidInput, "method_wrong", "this call has another method"));
        reply.allow = found.value().allow;
        return reply;
    }
    if (route == nullptr)
        return failure_reply(error(ErrorKind::NotFound, "route_unknown", "no such call here"));
    if (!request.enrollment_listener) {
        if (auto const wait_s = terminal_rate_.take(request.terminal.text()); wait_s > 0) {
            auto problem = error(ErrorKind::TooMany, "terminal_busy", "this terminal calls too often");
            problem.retry_after_s = wait_s;
            return failure_reply(problem);
        }
    }
    Caller caller{request.terminal, request.program, std::nullopt, request.certificate};
    auto const access = check_access(*route, request, caller);
    Call call{services_, caller, found.value().id, "", {}, "", name(route->audit), false, 0};
    if (access.has_error()) {
        // Who was turned away, and why, stands in the audit as well.
        auto const recorded = record(*route, call, Result<std::string>(access.error()));
        return failure_reply(recorded.has_error() ? recorded.error() : access.error());
    }
    if (route->method == Method::Post && request.content_type.substr(0, 16) != "application/json")
        return failure_reply(
            415, error(ErrorKind::InvalidInput, "content_type_wrong", "the body must be application/json"));
    Input const input{request.body, target.value().query};
    return run(*route, call, input);
}

} // namespace portico::central
