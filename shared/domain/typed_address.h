#pragma once

#include "shared/domain/member.h"

#include <string>
#include <vector>

namespace portico {

/// A postal address while it is typed, a field for each part. Nothing of it is checked: contact_rules does.
struct TypedAddress {
    std::string line = {}, line2 = {}, city = {}, state = {}, zip = {};
    /// What is on file beyond the two lines that a form has fields for. It stays: nobody asked to take it
    /// away.
    std::vector<std::string> further = {};

    bool operator==(TypedAddress const&) const = default;
    /// What a form begins with that changes this one.
    static TypedAddress of(PostalAddress const& address);
    /// As it is kept: no line that is empty, the state in capital letters.
    PostalAddress address() const;
    void wipe();

    /// What is typed in this field of a program; nothing for a field that is none of an address. Each program
    /// has fields of its own, and these under the same names.
    template <class Field>
    std::string* part(Field field) {
        switch (field) {
        case Field::AddressLine:
            return &line;
        case Field::AddressLine2:
            return &line2;
        case Field::City:
            return &city;
        case Field::State:
            return &state;
        case Field::AddressZip:
            return &zip;
        default:
            return nullptr;
        }
    }
};

} // namespace portico
