#include "shared/ui/speech/reader.h"

#include "shared/base/language.h"
#include "shared/ui/speech/spoken_text.h"

#include <algorithm>
#include <optional>

namespace portico::ui {
namespace {

/// What a person can do with it, or that it is a picture; nothing for what is plainly words.
std::optional<Msg> role_word(Node const& node) {
    switch (node.role) {
    case Role::Heading:
    case Role::Section:
        return "speech.role.heading"_msg;
    case Role::Button:
    case Role::Tile:
    case Role::Row:
        return "speech.role.button"_msg;
    case Role::Chip:
        return "speech.role.check_box"_msg;
    case Role::Radio:
        return "speech.role.radio"_msg;
    case Role::RadioGroup:
        return "speech.role.choice"_msg;
    case Role::Select:
        return "speech.role.list"_msg;
    case Role::Field:
        return node.states.multi_line ? "speech.role.lines"_msg : "speech.role.field"_msg;
    case Role::Table:
        return "speech.role.table"_msg;
    case Role::Image:
    case Role::Picture:
        return "speech.role.picture"_msg;
    case Role::Dialog:
        return "speech.role.dialog"_msg;
    default:
        return std::nullopt;
    }
}

bool counted(Role role) {
    return role == Role::Tile || role == Role::Row || role == Role::Radio || role == Role::Chip ||
           role == Role::Step || role == Role::TableRow || role == Role::TimelineEntry;
}

/// Values that are the screen's own words, whoever stands before it.
bool value_is_plain(Role role) {
    return role == Role::Button || role == Role::Step || role == Role::Countdown || role == Role::Page ||
           role == Role::Spinner || role == Role::Legend;
}

bool ends_a_sentence(std::string const& text) {
    constexpr std::string_view ends[] = {".", "?",      "!",      ":",      ";",
                                         ",", "\u061f", "\u061b", "\u060c", "\u17d4"};
    return std::any_of(std::begin(ends), std::end(ends),
                       [&](std::string_view end) { return text.ends_with(end); });
}

/// Puts pieces into phrases: one as long as language and listener stay the same.
class Composer {
public:
    void add(std::string text, std::string const& language, bool personal) {
        // What sets a figure apart on the screen is nothing to say.
        text = without_direction_marks(text);
        if (text.empty())
            return;
        if (!phrases_.empty() && phrases_.back().language == language &&
            phrases_.back().personal == personal) {
            auto& last = phrases_.back().text;
            last += ends_a_sentence(last) ? " " : ", ";
            last += text;
            return;
        }
        phrases_.push_back({std::move(text), language, personal});
    }
    std::vector<Phrase> take() {
        for (auto& phrase : phrases_)
            if (!ends_a_sentence(phrase.text))
                phrase.text += '.';
        return std::move(phrases_);
    }

private:
    std::vector<Phrase> phrases_;
};

class Reader {
public:
    Reader(SemanticFrame const& frame, Catalog const& catalog) : frame_(frame), catalog_(catalog) {
        secret_entry_ = std::any_of(frame.nodes.begin(), frame.nodes.end(),
                                    [](Node const& node) { return node.sensitive; });
    }

    std::vector<Phrase> node(std::size_t index, bool explained) const {
        Node const& node = frame_.nodes[index];
        // The character alone, so that the voice calls "." by its name.
        if (node.role == Role::Key && node.is_data)
            return {{node.label, frame_.language, label_is_personal(node)}};
        Composer said;
        said.add(label(node), node.language, label_is_personal(node));
        // A person with headphones hears all; one without is told what it is, never whose.
        std::string const& language = frame_.language;
        bool const whole_personal = label_is_personal(node);
        if (auto const role = role_word(node))
            said.add(word(*role), language, whole_personal && !explained);
        add_value(said, node);
        add_states(said, index, explained, whole_personal);
        return said.take();
    }

    std::vector<Phrase> change(std::size_t index) const {
        Node const& node = frame_.nodes[index];
        Composer said;
        add_value(said, node);
        add_states(said, index, false, label_is_personal(node));
        return said.take();
    }

    /// Keys, and groups of them, are said one by one, when the focus is on them.
    bool reads_out(Node const& node) const {
        return node.role != Role::Key && node.role != Role::Group &&
               (!node.label.empty() || !node.value.empty());
    }

private:
    std::string word(Text const& text) const { return catalog_.plain(text, frame_.language); }

    std::string label(Node const& node) const {
        return node.role == Role::Key ? node.label : spoken_text(node.label, node.language, catalog_);
    }

    bool label_is_personal(Node const& node) const {
        // Which key, or row of keys, has the focus tells the secret that is being typed.
        if (node.role == Role::Key || is_row_of_keys(node))
            return secret_entry_ || frame_.signed_in;
        return frame_.signed_in && node.holds_data && node.role != Role::Page && node.role != Role::Countdown;
    }

    bool is_row_of_keys(Node const& node) const {
        return node.role == Role::Group && node.parent >= 0 &&
               frame_.nodes[static_cast<std::size_t>(node.parent)].role == Role::Keyboard;
    }

    bool value_is_personal(Node const& node) const {
        return node.role == Role::Field || (frame_.signed_in && !value_is_plain(node.role)) ||
               label_is_personal(node);
    }

    void add_value(Composer& said, Node const& node) const {
        bool const personal = value_is_personal(node);
        if (node.sensitive) {
            said.add(node.characters == 0 ? word("speech.field.empty"_msg)
                                          : word("speech.field.hidden"_msg.with("count", node.characters)),
                     frame_.language, personal);
        } else if (!node.value.empty()) {
            said.add(spoken_text(node.value, frame_.language, catalog_), frame_.language, personal);
        } else if (node.role == Role::Field) {
            said.add(word("speech.field.empty"_msg), frame_.language, false);
        }
    }

    void add_states(Composer& said, std::size_t index, bool explained, bool whole_personal) const {
        Node const& node = frame_.nodes[index];
        auto const& language = frame_.language;
        bool const personal = whole_personal && !explained;
        auto const state = [&](Msg message, bool hidden) { said.add(word(message), language, hidden); };
        if (node.role == Role::Chip || node.role == Role::Radio)
            state(node.states.selected ? "speech.state.checked"_msg : "speech.state.not_checked"_msg,
                  whole_personal);
        else if (node.states.selected)
            state("speech.state.selected"_msg, whole_personal);
        if (node.states.busy)
            state("speech.state.busy"_msg, personal);
        if (node.states.invalid)
            state("speech.state.invalid"_msg, personal);
        if (node.states.disabled)
            state(node.role == Role::Field ? "speech.state.read_only"_msg : "speech.state.off"_msg, personal);
        auto const [place, of] = position(index);
        if (of > 1)
            said.add(word("speech.place"_msg.with("place", place).with("of", of)), language, whole_personal);
        if (!explained || node.described_by < 0)
            return;
        Node const& why = frame_.nodes[static_cast<std::size_t>(node.described_by)];
        std::string const reason = spoken_text(why.label, why.language, catalog_);
        said.add(node.states.disabled ? word("speech.because"_msg.with("reason", reason)) : reason,
                 why.language, label_is_personal(why));
    }

    /// Its place among its like, side by side under one parent.
    std::pair<int, int> position(std::size_t index) const {
        Node const& node = frame_.nodes[index];
        if (!counted(node.role))
            return {0, 0};
        int before = 0;
        int after = 0;
        auto const alike = [&](Node const& other) {
            return other.role == node.role && other.parent == node.parent;
        };
        // What is inside one of them does not part them; another kind of thing between them does.
        auto const parts = [&](Node const& other) { return other.parent == node.parent && !alike(other); };
        for (std::size_t i = index; i-- > 0 && !parts(frame_.nodes[i]);)
            before += alike(frame_.nodes[i]) ? 1 : 0;
        for (std::size_t i = index + 1; i < frame_.nodes.size() && !parts(frame_.nodes[i]); ++i)
            after += alike(frame_.nodes[i]) ? 1 : 0;
        return {before + 1, before + 1 + after};
    }

    SemanticFrame const& frame_;
    Catalog const& catalog_;
    bool secret_entry_ = false;
};

void append_phrases(std::vector<Phrase>& to, std::vector<Phrase> from) {
    for (auto& phrase : from)
        to.push_back(std::move(phrase));
}

bool is_main_heading(Node const& node) {
    return node.role == Role::Heading && node.level == 1;
}

} // namespace

std::vector<Phrase> read_screen(SemanticFrame const& frame, Catalog const& catalog) {
    Reader const reader(frame, catalog);
    std::vector<Phrase> out;
    for (bool const headings : {true, false})
        for (std::size_t i = 0; i < frame.nodes.size(); ++i)
            if (is_main_heading(frame.nodes[i]) == headings && reader.reads_out(frame.nodes[i]))
                append_phrases(out, reader.node(i, false));
    return out;
}

std::vector<Phrase> read_summary(SemanticFrame const& frame, Catalog const& catalog) {
    Reader const reader(frame, catalog);
    std::vector<Phrase> out;
    auto const& nodes = frame.nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].role == Role::Dialog)
            append_phrases(out, reader.node(i, false));
        if (!is_main_heading(nodes[i]))
            continue;
        append_phrases(out, reader.node(i, false));
        // What stands beside it: subtitle, pill, whose it is.
        for (auto next = i + 1;
             next < nodes.size() && (nodes[next].role == Role::Text || nodes[next].role == Role::Pill);
             ++next)
            append_phrases(out, reader.node(next, false));
    }
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (nodes[i].live != Live::Off && nodes[i].role != Role::Dialog)
            append_phrases(out, reader.node(i, false));
    if (frame.pages > 1)
        out.push_back({catalog.plain("ui.page.where"_msg.with("page", frame.page).with("pages", frame.pages),
                                     frame.language) +
                           ".",
                       frame.language, false});
    return out;
}

std::vector<Phrase> read_node(SemanticFrame const& frame, std::size_t index, Catalog const& catalog) {
    return Reader(frame, catalog).node(index, true);
}

std::vector<Phrase> read_change(SemanticFrame const& frame, std::size_t index, Catalog const& catalog) {
    return Reader(frame, catalog).change(index);
}

std::vector<Phrase> said_aloud(std::vector<Phrase> phrases, Phrase const& instead) {
    auto const first = std::stable_partition(phrases.begin(), phrases.end(),
                                             [](Phrase const& phrase) { return !phrase.personal; });
    if (first == phrases.end())
        return phrases;
    for (auto each = first; each != phrases.end(); ++each)
        wipe(each->text);
    phrases.erase(first, phrases.end());
    if (!instead.text.empty())
        phrases.push_back(instead);
    return phrases;
}

} // namespace portico::ui
