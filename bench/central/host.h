#pragma once

#include "bench/central/signed_in.h"
#include "central/http/server.h"
#include "tests/support/scratch_folder.h"

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace portico::bench {

/// A made-up plan, imported into a data folder of its own; goes with this object.
class ImportedPlan {
public:
    /// `eobs_each` 0: as many as the sample plan gives.
    explicit ImportedPlan(int members, int eobs_each = 0);
    ImportedPlan(ImportedPlan const&) = delete;
    ImportedPlan& operator=(ImportedPlan const&) = delete;

    struct MemberEob {
        std::string patient;
        std::string eob;
    };
    /// Imports more EOBs for a member who has one, so that there are `count`: like it, each with an id, a
    /// claim number and a day of its own.
    void add_eobs(std::string const& patient, int count) const;
    /// One EOB of each of the first `count` members.
    std::vector<MemberEob> eobs(std::size_t count) const;

    std::filesystem::path const& folder() const { return scratch_.path; }
    std::filesystem::path data() const { return folder() / "data"; }

private:
    test::ScratchFolder scratch_;
};

/// The real central over a data folder, in a process of its own, so that its processor time and memory are
/// its own. Ends with this object.
class CentralHost {
public:
    struct Options {
        /// False: EOB reads leave no audit record. Only here; the product has no such switch.
        bool audits_eob_reads = true;
        central::ServerLimits limits;
    };
    /// One terminal for each of `patients`, which is signed in there with two factors.
    CentralHost(std::filesystem::path const& data, std::vector<std::string> const& patients, Options options);
    CentralHost(CentralHost const&) = delete;
    CentralHost& operator=(CentralHost const&) = delete;
    ~CentralHost();

    pid_t process() const { return process_; }
    std::uint16_t port() const { return port_; }
    std::vector<SignedInTerminal> const& terminals() const { return terminals_; }
    /// The server's certificate and key, for a peer to serve with.
    std::string const& server_chain_pem() const { return server_chain_pem_; }
    std::string const& server_key_pem() const { return server_key_pem_; }

private:
    pid_t process_ = 0;
    int lifeline_ = -1;
    std::uint16_t port_ = 0;
    std::vector<SignedInTerminal> terminals_;
    std::string server_chain_pem_, server_key_pem_;
};

} // namespace portico::bench
