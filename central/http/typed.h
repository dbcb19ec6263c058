#pragma once

#include "central/http/rendered.h"
#include "central/http/route.h"
#include "shared/api/json.h"

#include <charconv>
#include <type_traits>

/// Gives a typed handler `Result<Reply> f(Call&, Request const&)` the shape of a route's Handler. Heavy: for
/// the route tables' .cpp files only.
namespace portico::central {

template <class F>
struct HandlerTypes;
template <class ReplyType, class RequestType>
struct HandlerTypes<Result<ReplyType> (*)(Call&, RequestType const&)> {
    using Reply = ReplyType;
    using Request = RequestType;
};

/// Whole numbers and money in a query are digits; everything else is text.
template <class T>
struct is_query_number
    : std::bool_constant<(std::integral<T> && !std::same_as<T, bool>) || std::same_as<T, Money>> {};
template <class T>
struct is_query_number<std::optional<T>> : is_query_number<T> {};

/// Errors: InvalidInput "query_invalid": an unknown or repeated name, or digits expected.
template <class T>
Result<T> from_query(std::vector<std::pair<std::string, std::string>> const& query) {
    T defaults{};
    boost::json::object object = api::to_value(defaults).get_object();
    std::vector<std::string_view> seen;
    for (auto const& field : query) {
        // Names of their own: clang 14 lets no lambda capture a structured binding.
        auto const& name = field.first;
        auto const& text = field.second;
        bool known = false;
        bool wrong = std::find(seen.begin(), seen.end(), name) != seen.end();
        seen.push_back(name);
        boost::mp11::mp_for_each<api::Members<T>>([&](auto member) {
            if (name != member.name)
                return;
            known = true;
            using Field = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
            if constexpr (is_query_number<Field>::value) {
                std::int64_t number = 0;
                auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
                wrong = wrong || code != std::errc() || end != text.data() + text.size();
                object[member.name] = number;
            } else {
                object[member.name] = boost::json::string(text);
            }
        });
        if (!known || wrong)
            return error(ErrorKind::InvalidInput, "query_invalid",
                         "a query field is unknown, repeated or no number");
    }
    T out{};
    TRY(api::Reader(api::UnknownFields::Refuse).read(boost::json::value(object), out));
    return out;
}

template <class T>
std::string reply_json(T const& reply) {
    return api::to_json(reply);
}
template <class T>
std::string reply_json(Rendered<T>&& reply) {
    return std::move(reply.json);
}

/// What a handler's reply is on the wire.
template <class T>
struct ReplyShape {
    using type = T;
};
template <class T>
struct ReplyShape<Rendered<T>> {
    using type = T;
};

template <auto function>
struct TypedHandler {
    using Reply = typename ReplyShape<typename HandlerTypes<decltype(function)>::Reply>::type;
    using Request = typename HandlerTypes<decltype(function)>::Request;

    static Result<std::string> with_body(Call& call, Input const& input) {
        if (!input.query.empty())
            return error(ErrorKind::InvalidInput, "query_invalid", "this call takes no query");
        return answer(call, TRY(api::from_json<Request>(input.body, api::UnknownFields::Refuse)));
    }
    static Result<std::string> with_query(Call& call, Input const& input) {
        return answer(call, TRY(from_query<Request>(input.query)));
    }
    static Result<std::string> answer(Call& call, Request const& request) {
        return reply_json(TRY(function(call, request)));
    }
    static std::string request_schema() { return boost::json::serialize(api::schema<Request>()); }
    static std::string reply_schema() { return boost::json::serialize(api::schema<Reply>()); }
};

/// A POST's handler: the request is the JSON body.
template <auto function>
constexpr Handler body_handler() {
    using Typed = TypedHandler<function>;
    return {&Typed::with_body, &Typed::request_schema, &Typed::reply_schema};
}
/// A GET's handler: the request is the query.
template <auto function>
constexpr Handler query_handler() {
    using Typed = TypedHandler<function>;
    return {&Typed::with_query, &Typed::request_schema, &Typed::reply_schema};
}

} // namespace portico::central
