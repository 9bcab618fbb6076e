#ifndef RECSYS_FUZZ_JUDGE_HPP
#define RECSYS_FUZZ_JUDGE_HPP

/// Judges the outcome of a line by another way than the decoder's: simdjson's DOM parser and the words of the contract.

#include <string>

#include "EventView.hpp"

namespace fuzz {

/// Ends the process if the line is an event and should not be, has other values than it should, or should be one.
void judge(const std::string &line, const LineView &view, const Settings &settings);

}  // namespace fuzz

#endif
