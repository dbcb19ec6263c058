#include "tests/phone/caller.h"

#include "tests/support/places.h"

namespace portico::test {

namespace {

SipLeg::Place with_scenario(SipLeg::Place place) {
    if (place.scenario.empty())
        place.scenario = source_dir() + "/tests/phone/caller.xml";
    return place;
}

} // namespace

Caller::Caller(Place const& place, std::string const& from)
    : leg_(with_scenario(place), SipLeg::new_call_id(), from) {}

} // namespace portico::test
