#ifndef RECSYS_FUZZ_EVENT_VIEW_HPP
#define RECSYS_FUZZ_EVENT_VIEW_HPP

/// What the decoder says of a line, free of the chunk that the line stood in, so that it can be compared.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "CSimdjson.h"

namespace fuzz {

/// Ends the process with what does not hold, as the fuzzer expects of a finding.
[[noreturn]] void fail(const char *what, std::string_view line);

inline void check(bool holds, const char *what, std::string_view line) {
    if (!holds) fail(what, line);
}

/// A decoder's settings.
struct Settings {
    uint32_t max_rank;
    size_t max_line_length;
    bool is_strict;
};

/// The outcome of one line.
struct LineView {
    enum class Kind { blank, event, reject };

    Kind kind = Kind::blank;
    /// The strings of an event in the order of the fields.
    std::array<std::string, 7> texts;
    uint32_t rank = 0;
    /// Of a reject.
    recsys_problem problem = RECSYS_PROBLEM_JSON;
    recsys_field field = RECSYS_FIELD_NONE;
    int32_t json_error = 0;
    std::string name;

    bool operator==(const LineView &other) const;
};

/// The outcome of a chunk.
struct ChunkView {
    std::vector<std::string> lines;
    std::vector<LineView> views;
    size_t unknown_field_count = 0;
};

class Decoder {
public:
    explicit Decoder(const Settings &settings);
    ~Decoder();
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    /// Decodes whole lines from memory that ends right behind the padding, and checks that all that the decoder points
    /// at is there. The padding is `padding`, as often as it fits.
    ChunkView decode(std::string_view chunk, std::string_view padding);

private:
    recsys_decoder *decoder;
};

/// The lines of a chunk: each ends with a newline, but the last need not.
std::vector<std::string> lines_of(std::string_view chunk);

}  // namespace fuzz

#endif
