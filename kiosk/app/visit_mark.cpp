#include "kiosk/app/visit_mark.h"

#include <fcntl.h>
#include <unistd.h>

namespace portico::kiosk {

bool in_visit(App const& app) {
    return !std::holds_alternative<Attract>(app.screen) && !std::holds_alternative<OutOfOrder>(app.screen) &&
           !std::holds_alternative<SetUpLanguage>(app.screen);
}

VisitMark::VisitMark(std::filesystem::path const& folder) : file_(folder / "in-visit") {
    show(false);
}

VisitMark::~VisitMark() {
    show(false);
}

void VisitMark::show(bool visit) const {
    if (!visit) {
        ::unlink(file_.c_str()); // none is there most of the time
        return;
    }
    int const handle = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (handle >= 0)
        ::close(handle);
}

} // namespace portico::kiosk
