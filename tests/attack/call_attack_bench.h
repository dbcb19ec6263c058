#pragma once

#include "tests/central/cases/behalf_bench.h"

#include <atomic>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace portico::test {

/// Tries of an attacker, from any thread. What was accepted is named, and how many were made is printed.
class Tries {
public:
    explicit Tries(std::string attack) : attack_(std::move(attack)) {}
    ~Tries() { std::cout << attack_ << ": " << made_ << " tries, " << accepted_ << " accepted\n"; }
    Tries(Tries const&) = delete;
    Tries& operator=(Tries const&) = delete;

    /// `reason`: why it was refused; empty, "right" and "applied": it was not.
    void made(std::string const& reason) {
        ++made_;
        if (reason.empty() || reason == "right" || reason == "applied")
            ++accepted_;
    }
    std::int64_t count() const { return made_; }
    std::int64_t accepted() const { return accepted_; }

private:
    std::string attack_;
    std::atomic<std::int64_t> made_ = 0;
    std::atomic<std::int64_t> accepted_ = 0;
};

/// More nodes of a bench's plan: each with a connection of its own to the one store.
class CallNodes {
public:
    CallNodes(CallerBench& bench, int count) {
        for (int i = 0; i < count; ++i) {
            auto made = std::make_unique<Node>(bench, "node-" + std::to_string(i));
            made->services.audit = &made->audit;
            made->services.plan = &made->plan;
            made->services.changes = &made->feed;
            made->services.terminals = &made->terminals;
            made->services.sign_in = bench.sign_in_service.get();
            made->services.sessions = bench.services->sessions;
            // Of these it takes rules alone, which work in whichever transaction is theirs.
            made->services.operations = bench.services->operations;
            made->services.card_issues = bench.services->card_issues;
            nodes_.push_back(std::move(made));
        }
    }
    std::size_t count() const { return nodes_.size(); }
    central::Services& at(std::size_t i) { return nodes_[i % nodes_.size()]->services; }

private:
    struct Node {
        Node(CallerBench& bench, std::string const& name)
            : store(must(central::Store::open(address_of(bench.scratch)))),
              audit(bench.clock, bench.vault->records, bench.vault->index, name),
              feed(bench.clock, *store, nullptr), terminals(bench.clock, *store, bench.vault->index),
              plan(bench.clock, *store, *bench.vault), services(bench.clock, *store, *bench.vault) {}
        std::unique_ptr<central::Store> store;
        central::AuditLog audit;
        central::ChangeFeed feed;
        central::Terminals terminals;
        central::PlanData plan;
        central::Services services;
    };
    std::vector<std::unique_ptr<Node>> nodes_;
};

/// All of them at once.
inline void at_once(std::vector<std::function<void()>> const& attackers) {
    std::vector<std::jthread> threads;
    for (auto const& each : attackers)
        threads.emplace_back(each);
}

/// Who is called so on paper, by all that is on file.
struct Facts {
    std::string member_id, given, family, birth_date, zip;
};
inline Facts const facts_of_alex{"PRT 4711 A12", "Alex", "Sample", "1980-02-03", "02101"};
inline Facts const facts_of_ana{"M-2", "Ana-María", "Muñoz Sample", "1971-05-06", "02102"};
inline Facts const facts_of_robin{"M-3", "Robin", "Sample", "1990-01-01", "02103"};
inline Facts const facts_of_casey{"M-4", "Casey", "Sample", "1990-01-01", "02103"};

/// Which of them is said, by bits: number, name, birth date, ZIP.
inline api::IdentifyCaller says(Facts const& facts, std::string const& case_id, unsigned which = 15) {
    api::IdentifyCaller said;
    said.case_id = case_id;
    if ((which & 1U) != 0)
        said.member_id = facts.member_id;
    if ((which & 2U) != 0)
        said.name = api::CallerName{facts.given, facts.family};
    if ((which & 4U) != 0)
        said.birth_date = facts.birth_date;
    if ((which & 8U) != 0)
        said.zip = facts.zip;
    return said;
}

} // namespace portico::test
