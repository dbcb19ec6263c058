#pragma once

#include "kiosk/screens/part.h"

namespace portico::kiosk {

/// One Explanation of Benefits: the picture, what looks wrong, the lines.
struct EobPage {
    static constexpr char const* name = "eob";
    EobId id = {};
    std::string provider_name = {};
    Load<api::EobDetail> detail = {};
    /// Answers given on this visit: kept on the disk, and perhaps not yet at central.
    std::vector<FindingKind> answered = {};
    Doing answering = {};
    FindingKind answering_kind{};
    Doing mailing = {};
    bool mail_kept = false; ///< a paper copy was asked for on this visit
};
/// What happened so far and what happens next.
struct EobStory {
    static constexpr char const* name = "eob_story";
    api::EobDetail detail = {};
};
struct WordHelp {
    static constexpr char const* name = "word_help";
};
/// A letter or list on its way out of the printer.
struct LetterPrint {
    static constexpr char const* name = "letter_print";
    RequestNumber request = 0;
    PrintStage stage = PrintStage::Preparing;
    std::optional<Error> failure = {};
};

MaybeIntent draw(ui::Ui& ui, App const& app, EobPage const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, EobStory const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, WordHelp const& screen);
MaybeIntent draw(ui::Ui& ui, App const& app, LetterPrint const& screen);

} // namespace portico::kiosk
