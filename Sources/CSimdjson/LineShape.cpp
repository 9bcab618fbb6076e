#include "LineShape.hpp"

#include <simdjson.h>

#include <algorithm>

#include "ByteBlock.hpp"

namespace recsys {
namespace {

/// The end of the plain text at `position`, which is not behind `end`; at most a block behind `end`.
inline const char *plain_text_end(const char *position, const char *end, TextScanner &scanner) {
    while (true) {
        size_t length = scanner.plain_length(position);
        position += length;
        if (length < block_size || position > end) return position;
    }
}

/// Reads a rank as JSON spells it, without a sign. Returns its end, or null if there is none or it is too large.
inline const char *read_rank(const char *position, uint32_t max_rank, uint32_t &rank) {
    constexpr int max_digits = 10;
    uint64_t value = 0;
    int count = 0;
    for (; count < max_digits; count++) {
        auto digit = static_cast<unsigned>(position[count] - '0');
        if (digit > 9) break;
        value = value * 10 + digit;
    }
    if (count == 0 || (count > 1 && *position == '0') || value > max_rank) return nullptr;
    rank = static_cast<uint32_t>(value) + 1;
    return position + count;
}

/// Where an event keeps a field that is a string.
inline recsys_slice &slice_of(recsys_event &event, recsys_field field) {
    switch (field) {
        case RECSYS_FIELD_TIMESTAMP: return event.timestamp;
        case RECSYS_FIELD_TENANT: return event.tenant;
        case RECSYS_FIELD_SURFACE: return event.surface;
        case RECSYS_FIELD_USER: return event.user;
        case RECSYS_FIELD_SESSION: return event.session;
        case RECSYS_FIELD_REQUEST: return event.request;
        default: return event.item;
    }
}

}  // namespace

bool LineShape::Piece::append(std::string_view text) {
    if (text.size() > capacity - length) return false;
    std::copy(text.begin(), text.end(), bytes.begin() + length);
    length += static_cast<uint32_t>(text.size());
    return true;
}

inline bool LineShape::Piece::is_at(const char *position) const {
    // A string is read to at most one block behind the end of the lines.
    static_assert(block_size + capacity <= RECSYS_CHUNK_PADDING && capacity % block_size == 0, "reads beyond padding");
    for (size_t index = 0; index < length; index += block_size) {
        if (common_length(position + index, bytes.data() + index) < std::min(block_size, length - index)) return false;
    }
    return true;
}

bool LineShape::assign(std::string_view line, const LineLayout &layout) {
    *this = LineShape();
    const char *position = line.data();
    for (const LineLayout::Value &value : layout) {
        size_t length = static_cast<size_t>(value.bytes.data() - position);
        if (!pieces[field_count].append({position, length})) return false;
        fields[field_count++] = value.field;
        position = value.bytes.data() + value.bytes.size();
    }
    size_t length = static_cast<size_t>(line.data() + line.size() - position);
    return pieces[field_count].append({position, length}) && pieces[field_count].append("\n");
}

const char *LineShape::read(const char *start, const ChunkLimits &limits, recsys_event &event) const {
    TextScanner scanner;
    const char *position = start;
    for (size_t index = 0; index < field_count; index++) {
        if (!pieces[index].is_at(position)) return nullptr;
        position += pieces[index].length;
        if (position > limits.end) return nullptr;
        if (fields[index] == RECSYS_FIELD_RANK) {
            position = read_rank(position, limits.max_rank, event.rank);
            if (position == nullptr) return nullptr;
        } else {
            const char *end = plain_text_end(position, limits.end, scanner);
            slice_of(event, fields[index]) = {static_cast<uint32_t>(position - limits.chunk),
                                              static_cast<uint32_t>(end - position), 0};
            position = end;
        }
    }
    if (!pieces[field_count].is_at(position)) return nullptr;
    // The newline is the last byte of the shape, and what lies in the padding is no line.
    const char *newline = position + pieces[field_count].length - 1;
    size_t length = static_cast<size_t>(newline - start);
    if (newline >= limits.end || length > limits.max_line_length) return nullptr;
    if (!scanner.saw_ascii_only() && !simdjson::validate_utf8(start, length)) return nullptr;
    event.source = {static_cast<uint32_t>(start - limits.chunk), static_cast<uint32_t>(length), 0};
    return newline;
}

bool LineShape::is_shape(std::string_view line, const LineLayout &layout) const {
    if (layout.size() != field_count) return false;
    const char *position = line.data();
    size_t index = 0;
    for (const LineLayout::Value &value : layout) {
        size_t length = static_cast<size_t>(value.bytes.data() - position);
        // A piece ends with the name of its field.
        if (pieces[index].text() != std::string_view(position, length)) return false;
        position = value.bytes.data() + value.bytes.size();
        index++;
    }
    size_t length = static_cast<size_t>(line.data() + line.size() - position);
    std::string_view last = pieces[index].text();
    return last.substr(0, last.size() - 1) == std::string_view(position, length);
}

const char *LineShapes::read(const char *start, const ChunkLimits &limits, recsys_event &event) {
    if (count == 0) return nullptr;
    if (const char *newline = shapes[latest].read(start, limits, event)) {
        misses = 0;
        return newline;
    }
    for (size_t index = 0; index < count; index++) {
        if (index == latest) continue;
        event = {};
        if (const char *newline = shapes[index].read(start, limits, event)) {
            latest = index;
            misses = 0;
            return newline;
        }
    }
    event = {};
    return nullptr;
}

void LineShapes::learn(std::string_view line, const LineLayout &layout) {
    // Where hardly a line is like another, less and less time is spent on learning: at the misses 1, 2, 4, 8, ...
    misses++;
    if ((misses & (misses - 1)) != 0) return;
    auto is_known = [&](const LineShape &shape) { return shape.is_shape(line, layout); };
    if (std::any_of(shapes.begin(), shapes.begin() + count, is_known)) return;
    LineShape shape;
    if (!shape.assign(line, layout)) return;
    latest = oldest;
    shapes[oldest] = shape;
    oldest = (oldest + 1) % shapes.size();
    count = std::min(count + 1, shapes.size());
}

}  // namespace recsys
