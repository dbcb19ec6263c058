#pragma once

// The light half of describing a type: enough for BOOST_DESCRIBE_STRUCT and BOOST_DESCRIBE_ENUM.
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
