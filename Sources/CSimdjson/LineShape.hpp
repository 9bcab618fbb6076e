#ifndef RECSYS_LINE_SHAPE_HPP
#define RECSYS_LINE_SHAPE_HPP

/// Reads lines that differ from an earlier one in their values alone, several times as fast as a JSON parser.
///
/// A log comes from one serialiser, so its lines look alike. Of a line that simdjson has accepted, the bytes between
/// the values are kept:
///
///     {"v":1,"ts":"  time  ","session_id":"  text  ","item_id":"  text  ","rank":  digits  }\n
///
/// A line has that shape if it has these very bytes and between them strings in UTF-8 without an escape, and a rank of
/// digits. Such a line is JSON with the same keys, and simdjson would accept it with the same values. All other lines
/// are left to simdjson; so what a line is never depends on the lines before it, only how fast it is read.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "CSimdjson.h"

namespace recsys {

/// Where the values of a line stand, in its order: strings without their quotes, and the rank. Values that are always
/// the same, such as the version or null, are not among them.
class LineLayout {
public:
    struct Value {
        recsys_field field;
        std::string_view bytes;
    };

    void clear() { count = 0; }
    /// A field that is given twice makes a line bad before its value is read, so there is room for all.
    void append(recsys_field field, std::string_view bytes) { values[count++] = {field, bytes}; }
    const Value *begin() const { return values.data(); }
    const Value *end() const { return values.data() + count; }
    size_t size() const { return count; }

private:
    std::array<Value, RECSYS_FIELD_NONE> values{};
    size_t count = 0;
};

/// What the lines of a chunk are read from, and what they may hold.
struct ChunkLimits {
    const char *chunk;
    /// The end of the lines; `RECSYS_CHUNK_PADDING` bytes behind it are readable.
    const char *end;
    size_t max_line_length;
    uint32_t max_rank;
};

class LineShape {
public:
    /// Becomes the shape of `line`, which has been accepted. False if a piece is too long for it to be used.
    bool assign(std::string_view line, const LineLayout &layout);

    /// True if it is the shape of `line`, whatever its values.
    bool is_shape(std::string_view line, const LineLayout &layout) const;

    /// Fills `event`, but its number, from the line at `start`. Returns its newline, or null if it has another shape.
    const char *read(const char *start, const ChunkLimits &limits, recsys_event &event) const;

private:
    /// Bytes that stand before a value or, with the newline, behind the last one.
    struct Piece {
        /// What stands between two values is seldom longer, and no comparison passes the padding.
        static constexpr size_t capacity = 48;

        std::array<char, capacity> bytes{};
        uint32_t length = 0;

        bool append(std::string_view text);
        bool is_at(const char *position) const;
        std::string_view text() const { return {bytes.data(), length}; }
    };

    std::array<Piece, RECSYS_FIELD_NONE + 1> pieces{};
    std::array<recsys_field, RECSYS_FIELD_NONE> fields{};
    size_t field_count = 0;
};

/// The latest shapes that were met: of one source or of a few that are mixed.
class LineShapes {
public:
    /// As `LineShape::read`, with the shape that fits, if any does.
    const char *read(const char *start, const ChunkLimits &limits, recsys_event &event);

    /// Takes note of a line that was accepted and had none of the shapes: its own replaces the one learnt longest ago.
    void learn(std::string_view line, const LineLayout &layout);

private:
    std::array<LineShape, 4> shapes;
    size_t count = 0;
    /// The shape that fitted last.
    size_t latest = 0;
    /// The shape to be replaced next.
    size_t oldest = 0;
    /// Lines to learn from since one has had a known shape.
    size_t misses = 0;
};

}  // namespace recsys

#endif
