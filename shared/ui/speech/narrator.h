#pragma once

#include "shared/ui/speech/reader.h"
#include "shared/ui/speech/speaker.h"

#include <map>
#include <string>
#include <vector>

namespace portico::ui {

struct Announcement {
    std::vector<Phrase> phrases;
    Urgency urgency = Urgency::Waits;
};

/// Follows the frames and tells what of each must be said: a new screen, a focus that moved, a message that
/// came, a value that changed. One thread.
class Narrator {
public:
    explicit Narrator(Catalog const& catalog) : catalog_(catalog) {}

    /// What is new since the last frame; no phrases when nothing is.
    Announcement follow(SemanticFrame const& frame);
    /// Takes the frame as told, as after reading it out.
    void know(SemanticFrame const& frame);
    /// As if no frame had been seen; wipes what was remembered.
    void forget();

private:
    /// What of a node was told.
    struct Told {
        std::string text;
        std::string value;
        std::size_t characters = 0;
    };
    struct Memory {
        std::string place; ///< screen, dialog, heading and page
        std::string focus;
        std::string focus_states;
        std::map<std::string, Told> nodes; ///< live nodes and fields, by id or label
    };

    static Memory look(SemanticFrame const& frame);
    void follow_messages(SemanticFrame const& frame, Memory const& now, Announcement& out) const;
    void follow_fields(SemanticFrame const& frame, Memory const& now, Announcement& out) const;

    Catalog const& catalog_;
    Memory known_;
    bool knows_ = false;
};

} // namespace portico::ui
