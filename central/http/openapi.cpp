#include "central/http/openapi.h"

#include "central/http/openapi_calls.h"
#include "central/http/route.h"
#include "central/version.h"
#include "shared/api/failure.h"
#include "shared/api/json.h"

namespace portico::central {

namespace {

namespace json = boost::json;

json::value parsed(std::string const& text) {
    return json::parse(text);
}

char const* scope_words(Scope scope) {
    switch (scope) {
    case Scope::NewTerminal:
        return "On the enrolment listener, without a client certificate.";
    case Scope::AnyProgram:
        return "Any certified terminal, a telephone helper and a telephone system too.";
    case Scope::Terminal:
        return "Any certified kiosk or desk.";
    case Scope::Kiosk:
        return "Any certified kiosk.";
    case Scope::Member:
        return "A signed-in member.";
    case Scope::Registration:
        return "A signed-in member, or a session that may only register.";
    case Scope::Staff:
        return "A signed-in staff member at a desk.";
    case Scope::Phone:
        return "The telephone helper of a desk, and nobody else.";
    case Scope::TelephoneSystem:
        return "The plan's telephone system, and nobody else.";
    case Scope::KioskService:
        return "A signed-in staff member at a kiosk.";
    case Scope::SignedIn:
        break;
    }
    return "Any signed-in person.";
}

json::array parameters(Route const& route) {
    json::array list;
    if (route.path.find("{id}") != std::string_view::npos)
        list.push_back(
            {{"name", "id"}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    if (route.method != Method::Get)
        return list;
    auto const schema = parsed(route.handler.request_schema());
    if (auto const* properties = schema.as_object().if_contains("properties"))
        for (auto const& [name, property] : properties->as_object())
            list.push_back(
                json::object{{"name", name}, {"in", "query"}, {"required", false}, {"schema", property}});
    return list;
}

json::object content(json::value const& schema) {
    return {{"application/json", {{"schema", schema}}}};
}

json::object operation(Route const& route) {
    json::object out;
    out["summary"] = json::string(route.summary);
    std::string const right = route.right == Right::None
                                  ? ""
                                  : " Right: " + std::string(name(static_cast<Right>(route.right))) + ".";
    out["description"] = std::string(scope_words(route.scope)) + right +
                         " Assurance: " + name(static_cast<Assurance>(route.assurance)) +
                         ". Audit: " + name(route.audit) + ".";
    out["operationId"] = name(route.audit) + std::string(route.path);
    auto list = parameters(route);
    if (!list.empty())
        out["parameters"] = std::move(list);
    if (route.method == Method::Post) {
        auto schema = parsed(route.handler.request_schema()).as_object();
        // Requests are read strictly: a field nobody knows is refused.
        schema["additionalProperties"] = false;
        out["requestBody"] = {{"required", true}, {"content", content(schema)}};
    }
    out["responses"] = {
        {"200", {{"description", "Done."}, {"content", content(parsed(route.handler.reply_schema()))}}},
        {"default",
         {{"description", "Not done: the body says why."},
          {"content", content({{"$ref", "#/components/schemas/Failure"}})}}}};
    bool const session = route.scope != Scope::NewTerminal && route.scope != Scope::Terminal &&
                         route.scope != Scope::Kiosk && route.scope != Scope::Phone &&
                         route.scope != Scope::TelephoneSystem && route.scope != Scope::AnyProgram;
    json::array security;
    if (route.scope == Scope::NewTerminal)
        security.push_back(json::value(json::object()));
    else if (session)
        security.push_back(json::object{{"terminal", json::array()}, {"session", json::array()}});
    else
        security.push_back(json::object{{"terminal", json::array()}});
    out["security"] = std::move(security);
    return out;
}

void write(std::string& out, json::value const& value, int depth) {
    std::string const inner(static_cast<std::size_t>(depth + 1) * 2, ' ');
    std::string const outer(static_cast<std::size_t>(depth) * 2, ' ');
    if (value.is_object() && !value.get_object().empty()) {
        out += "{\n";
        bool first = true;
        for (auto const& [key, each] : value.get_object()) {
            out += (first ? "" : ",\n") + inner + json::serialize(json::string(key)) + ": ";
            write(out, each, depth + 1);
            first = false;
        }
        out += "\n" + outer + "}";
    } else if (value.is_array() && !value.get_array().empty()) {
        out += "[\n";
        bool first = true;
        for (auto const& each : value.get_array()) {
            out += (first ? "" : ",\n") + inner;
            write(out, each, depth + 1);
            first = false;
        }
        out += "\n" + outer + "]";
    } else {
        out += json::serialize(value);
    }
}

json::object document() {
    json::object paths;
    for (auto const& route : routes()) {
        auto& path = paths[route.path];
        if (!path.is_object())
            path = json::object();
        path.get_object()[route.method == Method::Get ? "get" : "post"] = operation(route);
    }
    return {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Portico central"},
          {"version", version},
          {"description",
           "HTTPS with TLS 1.3. Every call but the enrolment of a terminal needs the terminal's"
           " certificate of the plan's own authority; a session's token travels as a bearer"
           " token and works on its terminal alone. Money is in US cents."}}},
        {"jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema"},
        {"paths", std::move(paths)},
        {"components",
         {{"schemas", {{"Failure", api::schema<api::Failure>()}}},
          {"securitySchemes",
           {{"terminal", {{"type", "mutualTLS"}}}, {"session", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
}

Result<std::string> serve_document(Call&, Input const& input) {
    if (!input.query.empty())
        return error(ErrorKind::InvalidInput, "query_invalid", "this call takes no query");
    return openapi_document();
}
std::string no_fields() {
    return R"({"type":"object"})";
}

} // namespace

std::string openapi_document() {
    std::string out;
    write(out, document(), 0);
    return out + "\n";
}

Handler openapi_handler() {
    return {&serve_document, &no_fields, &no_fields};
}

} // namespace portico::central
