#pragma once

#include "central/auth/totp.h"
#include "central/http/openapi.h"
#include "central/http/route.h"
#include "central/import/import_command.h"
#include "central/sample/command.h"
#include "shared/base/rfc3339.h"
#include "shared/base/uuid.h"
#include "tests/central/serving_bench.h"
#include "tests/contract/json_schema.h"
#include "tests/support/account_setup.h"

#include <map>
#include <set>

namespace portico::test {

/// Calls central over mutual TLS and holds each request and reply against the OpenAPI document.
class ApiBench {
public:
    ApiBench() : document(boost::json::parse(central::openapi_document())), terminal(bench.enroll()) {}

    /// A made-up plan, imported; the id of its first member.
    PatientId import_sample() {
        auto const folder = (bench.folder.path / "sample").string();
        if (central::sample::sample_command(
                std::vector<std::string>{"--out", folder, "--members", "20", "--seed", "3"}) != 0 ||
            central::import_command({"--data", bench.data.string(), folder}) != 0)
            std::abort();
        for (auto const& file : std::filesystem::recursive_directory_iterator(folder)) {
            std::ifstream stream(file.path());
            std::string line;
            while (std::getline(stream, line)) {
                auto const json = boost::json::parse(line);
                if (json.is_object() && json.as_object().contains("resourceType") &&
                    json.at("resourceType") == "ExplanationOfBenefit") {
                    auto const reference = std::string(json.at("patient").at("reference").as_string());
                    return PatientId(reference.substr(reference.find('/') + 1));
                }
            }
        }
        std::abort();
    }

    /// One call by its route's path; `id` and `query` fill the target. Checks everything but the status.
    RawReply exchange(std::string const& method, std::string const& path, std::string const& id,
                      std::string const& query, std::string const& body) {
        INFO(method << " " << path);
        auto target = path.substr(0, path.find('{')) + id + query;
        auto const reply = bench.call(terminal, method == "GET" ? ServingBench::get(target, token)
                                                                : ServingBench::post(target, body, token));
        auto word = method == "GET" ? "get" : "post";
        REQUIRE(document.at("paths").as_object().contains(path));
        auto const& operation = document.at("paths").at(path).at(word);
        SchemaCheck const schema(document);
        if (method == "POST")
            CHECK(schema.check(
                      boost::json::parse(body),
                      operation.at("requestBody").at("content").at("application/json").at("schema")) == "");
        REQUIRE(reply.status != 0);
        auto const* answer = reply.status == 200 ? "200" : "default";
        CHECK(schema.check(
                  boost::json::parse(reply.body),
                  operation.at("responses").at(answer).at("content").at("application/json").at("schema")) ==
              "");
        driven.insert(method + " " + path);
        if (reply.status == 200)
            succeeded.insert(method + " " + path);
        return reply;
    }

    template <class Reply>
    Reply get(std::string const& path, std::string const& id = "", std::string const& query = "") {
        auto const reply = exchange("GET", path, id, query, "");
        INFO(reply.body);
        REQUIRE(reply.status == 200);
        return api::from_json<Reply>(reply.body, api::UnknownFields::Refuse).value();
    }
    template <class Reply, class Request>
    Reply post(std::string const& path, Request const& request) {
        auto const reply = exchange("POST", path, "", "", api::to_json(request));
        INFO(reply.body);
        REQUIRE(reply.status == 200);
        return api::from_json<Reply>(reply.body, api::UnknownFields::Refuse).value();
    }
    template <class Request>
    int status_of(std::string const& path, Request const& request) {
        return exchange("POST", path, "", "", api::to_json(request)).status;
    }

    api::SecurityKeySignIn assertion(WebauthnKey& key, std::string const& purpose) {
        auto const challenge =
            post<api::ChallengeReply>("/v1/sign-in/challenge", api::ChallengeRequest{purpose});
        auto const answer =
            key.get(challenge.rp_id, challenge.origin, from_base64url(challenge.challenge).value(), {});
        return {challenge.challenge_id,
                to_base64url(answer.credential_id),
                to_base64url(answer.authenticator_data),
                to_base64url(as_bytes(answer.client_data_json)),
                to_base64url(answer.signature),
                to_base64url(answer.user_handle)};
    }
    api::AddSecurityKey registration(WebauthnKey& key) {
        auto const challenge =
            post<api::ChallengeReply>("/v1/sign-in/challenge", api::ChallengeRequest{"register_key"});
        auto const answer =
            key.make(challenge.rp_id, challenge.origin, from_base64url(challenge.challenge).value(),
                     from_base64url(challenge.user_id).value(), {});
        return {challenge.challenge_id, to_base64url(answer.credential_id),
                to_base64url(answer.attestation_object), to_base64url(as_bytes(answer.client_data_json)),
                "my key"};
    }

    ServingBench bench;
    boost::json::value document;
    BenchTerminal terminal;
    std::string token;
    std::set<std::string> driven;
    std::set<std::string> succeeded;
};

} // namespace portico::test
