#pragma once

#include "kiosk/app/app.h"

#include <filesystem>

namespace portico::kiosk {

/// Whether somebody stands here, or has just left: from the first touch until the first screen is back; in a
/// set-up too.
bool in_visit(App const& app);

/// Tells the machine by a file, "in-visit", that it must not restart or busy itself now. Where the folder is
/// missing nobody asks, and nothing is made. UI thread: the folder is in memory (/run).
class VisitMark {
public:
    /// What a program before this one has left is taken away.
    explicit VisitMark(std::filesystem::path const& folder);
    VisitMark(VisitMark const&) = delete;
    VisitMark& operator=(VisitMark const&) = delete;
    ~VisitMark();

    void show(bool visit) const;

private:
    std::filesystem::path file_;
};

} // namespace portico::kiosk
