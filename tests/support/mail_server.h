#pragma once

#include "tests/support/process.h"
#include "tests/support/scratch_folder.h"

#include <optional>
#include <string>
#include <vector>

namespace portico::test {

/// aiosmtpd on loopback: a real SMTP server. Every mail it takes becomes a file; it refuses those to
/// "refused@" for good and those to "later@" for now.
class MailServer {
public:
    MailServer();

    int port() const { return port_; }
    Process const& process() const { return *process_; }
    std::filesystem::path const& folder() const { return folder_.path; }
    /// "Envelope-To: ..." and the mail as it came; empty when there is none of that number yet.
    std::string mail(int number) const;
    /// Waits until a mail to `to` with this subject has arrived; fails the test when none comes.
    void wait_for(std::string const& to, std::string const& subject) const;
    int count() const;

private:
    ScratchFolder folder_;
    std::optional<Process> process_;
    int port_ = 0;
};

} // namespace portico::test
