#pragma once

#include <string>
#include <string_view>

namespace portico::central::sample {

/// Writes one JSON value to a string, in order and without a tree. Ours because amounts must stand as the
/// decimal text they have ("86.00"), which Boost.JSON cannot write.
class JsonWriter {
public:
    /// Calls `members` between the braces.
    template <class Members>
    void object(Members&& members) {
        separate();
        enclosed('{', '}', members);
    }
    template <class Members>
    void object(std::string_view key, Members&& members) {
        write_key(key);
        enclosed('{', '}', members);
    }
    template <class Elements>
    void array(std::string_view key, Elements&& elements) {
        write_key(key);
        enclosed('[', ']', elements);
    }
    /// [ { ... } ]: the commonest shape in FHIR.
    template <class Members>
    void array_of_one(std::string_view key, Members&& members) {
        array(key, [&] { object(members); });
    }

    void field(std::string_view key, std::string_view value) {
        write_key(key);
        quote(value);
    }
    void field(std::string_view key, char const* value) { field(key, std::string_view(value)); }
    void flag(std::string_view key, bool value) { number(key, value ? "true" : "false"); }
    /// A number as it is written.
    void number(std::string_view key, std::string_view text) {
        write_key(key);
        out_ += text;
    }
    void element(std::string_view text) {
        separate();
        quote(text);
    }
    void number_element(std::string_view text) {
        separate();
        out_ += text;
    }

    std::string take() {
        first_ = true;
        return std::move(out_);
    }

private:
    template <class Inside>
    void enclosed(char open, char close, Inside& inside) {
        out_ += open;
        first_ = true;
        inside();
        out_ += close;
        first_ = false;
    }
    void separate() {
        if (!first_)
            out_ += ',';
        first_ = false;
    }
    void write_key(std::string_view key) {
        separate();
        quote(key);
        out_ += ':';
    }
    void quote(std::string_view text);

    std::string out_;
    bool first_ = true;
};

} // namespace portico::central::sample
