#ifndef RECSYS_OBJECT_DECODER_HPP
#define RECSYS_OBJECT_DECODER_HPP

/// Reads one line as an event, or says why it is none, with simdjson's On-Demand parser: the authority on what a line
/// is, and on where its values stand.

#include <simdjson.h>

#include <string>
#include <string_view>

#include "CSimdjson.h"
#include "JSONLine.hpp"
#include "LineShape.hpp"

namespace recsys {

class ObjectDecoder {
public:
    ObjectDecoder(uint32_t max_rank, bool is_strict) : max_rank(max_rank), is_strict(is_strict) {}

    /// Forgets the texts of the chunk before.
    void begin_chunk() { text.clear(); }

    /// Reads a line that is not blank into `event`, whose source and number are the caller's.
    ///
    /// - `line`: with what `read_object` wants behind it.
    /// - `offset`: where the line stands in the chunk.
    LineOutcome decode(std::string_view line, uint32_t offset, recsys_event &event);

    /// Where the values stand in the line that was read last, if it is an event.
    const LineLayout &layout() const { return line_layout; }

    /// How many fields of the line that was read last are not of the contract.
    size_t unknown_field_count() const { return unknown_fields; }

    /// The name of the last of them.
    recsys_slice unknown_field_name() const { return unknown_name; }

    /// The strings of the chunk that had escapes, decoded.
    const std::string &unescaped_text() const { return text; }

private:
    using value = simdjson::ondemand::value;
    using json_type = simdjson::ondemand::json_type;

    recsys_slice slice(std::string_view part) const;
    LineOutcome decode_object(std::string_view line, recsys_event &event);
    LineOutcome decode_fields(simdjson::ondemand::object &object, recsys_event &event);
    LineOutcome decode_field(simdjson::ondemand::field &field, recsys_event &event);
    LineOutcome decode_value(recsys_field field, value &value, recsys_event &event);
    LineOutcome decode_version(json_type type, value &value) const;
    LineOutcome decode_rank(json_type type, value &value, recsys_event &event);
    LineOutcome decode_string(recsys_field field, json_type type, value &value, recsys_slice &target);
    LineOutcome check_required() const;

    simdjson::ondemand::parser parser;
    const uint32_t max_rank;
    const bool is_strict;
    std::string text;
    /// The line that is read, and where it stands in its chunk.
    const char *line_start = nullptr;
    uint32_t line_offset = 0;
    /// The fields met so far, one bit each.
    uint32_t seen = 0;
    size_t unknown_fields = 0;
    recsys_slice unknown_name{};
    LineLayout line_layout;
};

}  // namespace recsys

#endif
