#ifndef RECSYS_JSON_LINE_HPP
#define RECSYS_JSON_LINE_HPP

/// What the decoders of lines share: a line holds one JSON object and nothing else, and all of it is JSON.

#include <simdjson.h>

#include <cstring>
#include <string>
#include <string_view>

#include "CSimdjson.h"

namespace recsys {

/// How reading a line ended: well, or with the reason why it is no record.
struct LineOutcome {
    bool is_record;
    recsys_problem problem;
    recsys_field field;
    simdjson::error_code json_error;
};

constexpr LineOutcome success{true, RECSYS_PROBLEM_JSON, RECSYS_FIELD_NONE, simdjson::SUCCESS};

inline LineOutcome failure(recsys_problem problem, recsys_field field) {
    return {false, problem, field, simdjson::SUCCESS};
}

inline LineOutcome json_failure(simdjson::error_code error, recsys_field field = RECSYS_FIELD_NONE) {
    return {false, RECSYS_PROBLEM_JSON, field, error};
}

/// Compares with a constant, whose length the compiler knows too.
template <size_t size>
bool is(std::string_view name, const char (&text)[size]) {
    return name.size() == size - 1 && std::memcmp(name.data(), text, size - 1) == 0;
}

/// The bytes between the quotes of a key or string, escapes as they stand. JSON's grammar ends it before the padding.
inline std::string_view raw_text(simdjson::ondemand::raw_json_string string) {
    const char *start = string.raw();
    const char *end = start;
    while (*end != '"') end += *end == '\\' ? 2 : 1;
    return {start, static_cast<size_t>(end - start)};
}

inline bool has_escape(std::string_view text) { return std::memchr(text.data(), '\\', text.size()) != nullptr; }

inline bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

/// The newline that ends the line at `start`, or `limit` if none does.
inline const char *line_end(const char *start, const char *limit) {
    auto newline = static_cast<const char *>(std::memchr(start, '\n', static_cast<size_t>(limit - start)));
    return newline != nullptr ? newline : limit;
}

/// A copy of a last line that lacks its newline. It has one behind it, as all other lines have, and no padding.
class LastLine {
public:
    std::string_view with_newline(std::string_view line) {
        copy.assign(line);
        copy.append(RECSYS_CHUNK_PADDING, '\n');
        return {copy.data(), line.size()};
    }

private:
    std::string copy;
};

/// The length of the line up to the end of the object that it begins with; 0 if that does not end.
size_t object_length(std::string_view line);

/// Reads a value to its end. On-Demand skips what nobody asks for, and would let nonsense pass inside it.
///
/// `depth` is how many arrays and objects the value may have inside one another; each takes some stack.
simdjson::error_code validate(simdjson::ondemand::value value, int depth = 256);

/// Reads the one object that a line holds.
///
/// - `line`: behind it stands a newline, for simdjson may look at that byte before it finds that the line ends too
///   early, and then the rest of `RECSYS_CHUNK_PADDING` bytes that may be anything.
/// - `read_fields`: reads the object to its end.
/// - `check`: judges what `read_fields` has found once nothing is known to follow the object.
template <typename ReadFields, typename Check>
LineOutcome read_object(simdjson::ondemand::parser &parser, std::string_view line, ReadFields &read_fields,
                        Check &check) {
    namespace ondemand = simdjson::ondemand;
    ondemand::document document;
    size_t capacity = line.size() + RECSYS_CHUNK_PADDING;
    if (auto error = parser.iterate(line.data(), line.size(), capacity).get(document)) return json_failure(error);
    ondemand::json_type type;
    if (auto error = document.type().get(type)) return json_failure(error);
    if (type != ondemand::json_type::object) return failure(RECSYS_PROBLEM_NOT_OBJECT, RECSYS_FIELD_NONE);
    ondemand::object object;
    if (auto error = document.get_object().get(object)) {
        // simdjson says so of every line that does not end in a brace, also if the object ends before.
        size_t length = error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT ? object_length(line) : 0;
        if (length == 0) return json_failure(error);
        LineOutcome result = read_object(parser, line.substr(0, length), read_fields, check);
        return result.is_record ? failure(RECSYS_PROBLEM_TRAILING_CONTENT, RECSYS_FIELD_NONE) : result;
    }
    LineOutcome result = read_fields(object);
    if (!result.is_record) return result;
    // Where the document has been read to its end there is no location left to tell.
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        return failure(RECSYS_PROBLEM_TRAILING_CONTENT, RECSYS_FIELD_NONE);
    }
    return check();
}

}  // namespace recsys

#endif
