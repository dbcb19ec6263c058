#include "agent/screens/on_behalf.h"

#include "shared/base/secret.h"
#include "shared/domain/card_reasons.h"

#include <algorithm>

namespace portico::agent {

std::string* AskDraft::of(Field field) {
    switch (field) {
    case Field::NewPhone:
        return &phone;
    case Field::NewEmail:
        return &email;
    case Field::MessageText:
        return &text;
    case Field::CallBackOn:
        return &on;
    case Field::CallBackAbout:
        return &about;
    default:
        return address.part(field);
    }
}

bool AskDraft::is_typed() const {
    for (auto const* each : {&phone, &email, &text, &on, &about})
        if (!each->empty())
            return true;
    return !(address == TypedAddress{});
}

void AskDraft::wipe() {
    for (auto* each : {&phone, &email, &text, &on, &about})
        portico::wipe(*each);
    address.wipe();
}

OldContact::~OldContact() {
    wipe(value);
    if (!address)
        return;
    for (auto& line : address->lines)
        wipe(line);
    for (auto* each : {&address->city, &address->state, &address->zip})
        wipe(*each);
}

Written* WrittenDown::find(std::string const& operation) {
    for (auto& each : all)
        if (!operation.empty() && each.operation == operation)
            return &each;
    return nullptr;
}

bool WrittenDown::has_answer(std::string const& eob, FindingKind finding) const {
    return std::any_of(all.begin(), all.end(), [&](Written const& each) {
        return each.what == OnBehalf::CheckClaim && each.eob == eob && each.finding == finding &&
               each.state != Written::State::Refused;
    });
}

bool WrittenDown::takes_back(std::string const& request) const {
    return std::any_of(all.begin(), all.end(), [&](Written const& each) {
        return each.what == OnBehalf::Withdraw && each.state == Written::State::OnItsWay && each.draft &&
               each.draft->operation == request;
    });
}

std::vector<std::string> const& card_reason_words() {
    static std::vector<std::string> const words(card_reasons.begin(), card_reasons.end());
    return words;
}

} // namespace portico::agent
