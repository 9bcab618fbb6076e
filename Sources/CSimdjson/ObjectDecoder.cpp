#include "ObjectDecoder.hpp"

#include <utility>

namespace recsys {
namespace {

using namespace simdjson;

constexpr uint32_t bit(recsys_field field) { return 1u << field; }

constexpr uint32_t required_fields = bit(RECSYS_FIELD_VERSION) | bit(RECSYS_FIELD_TIMESTAMP) |
                                     bit(RECSYS_FIELD_TENANT) | bit(RECSYS_FIELD_SURFACE) |
                                     bit(RECSYS_FIELD_SESSION) | bit(RECSYS_FIELD_ITEM);

recsys_field known_field(std::string_view name) {
    if (is(name, "v")) return RECSYS_FIELD_VERSION;
    if (is(name, "ts")) return RECSYS_FIELD_TIMESTAMP;
    if (is(name, "tenant")) return RECSYS_FIELD_TENANT;
    if (is(name, "surface")) return RECSYS_FIELD_SURFACE;
    if (is(name, "user_id")) return RECSYS_FIELD_USER;
    if (is(name, "session_id")) return RECSYS_FIELD_SESSION;
    if (is(name, "request_id")) return RECSYS_FIELD_REQUEST;
    if (is(name, "item_id")) return RECSYS_FIELD_ITEM;
    if (is(name, "rank")) return RECSYS_FIELD_RANK;
    return RECSYS_FIELD_NONE;
}

/// A token without the white space up to the next one.
std::string_view without_trailing_space(std::string_view token) {
    return token.substr(0, token.find_last_not_of(" \t\r") + 1);
}

/// True for a whole number of any size; simdjson tells only those of 64 bits from other numbers.
bool is_whole_number(std::string_view token) {
    token = without_trailing_space(token);
    if (!token.empty() && token.front() == '-') token.remove_prefix(1);
    if (token.empty() || (token.size() > 1 && token.front() == '0')) return false;
    return token.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

LineOutcome ObjectDecoder::decode(std::string_view line, uint32_t offset, recsys_event &event) {
    size_t text_size = text.size();
    line_start = line.data();
    line_offset = offset;
    unknown_fields = 0;
    unknown_name = {};
    LineOutcome result = decode_object(line, event);
    if (!result.is_record) text.resize(text_size);
    return result;
}

recsys_slice ObjectDecoder::slice(std::string_view part) const {
    return {line_offset + static_cast<uint32_t>(part.data() - line_start), static_cast<uint32_t>(part.size()), 0};
}

LineOutcome ObjectDecoder::decode_object(std::string_view source, recsys_event &event) {
    auto read_fields = [&](ondemand::object &object) __attribute__((always_inline)) {
        return decode_fields(object, event);
    };
    auto check = [&] { return check_required(); };
    return read_object(parser, source, read_fields, check);
}

// One function for the compiler from here to the values; else what the iterator holds leaves the registers, and lines
// take a fifth longer.
[[gnu::always_inline]] inline LineOutcome ObjectDecoder::decode_fields(ondemand::object &object, recsys_event &event) {
    seen = 0;
    line_layout.clear();
    for (auto member : object) {
        ondemand::field field;
        if (auto error = std::move(member).get(field)) return json_failure(error);
        LineOutcome result = decode_field(field, event);
        if (!result.is_record) return result;
    }
    return success;
}

LineOutcome ObjectDecoder::check_required() const {
    for (int field = 0; field < RECSYS_FIELD_NONE; field++) {
        uint32_t mask = bit(static_cast<recsys_field>(field));
        if ((required_fields & mask) && !(seen & mask)) {
            return failure(RECSYS_PROBLEM_MISSING, static_cast<recsys_field>(field));
        }
    }
    return success;
}

[[gnu::always_inline]] inline LineOutcome ObjectDecoder::decode_field(ondemand::field &field, recsys_event &event) {
    std::string_view name = raw_text(field.key());
    recsys_field known = RECSYS_FIELD_NONE;
    if (has_escape(name)) {
        std::string_view unescaped;
        if (auto error = field.unescaped_key().get(unescaped)) return json_failure(error);
        known = known_field(unescaped);
    } else {
        known = known_field(name);
    }
    ondemand::value value = field.value();
    if (known == RECSYS_FIELD_NONE) {
        unknown_fields++;
        unknown_name = slice(name);
        if (is_strict) return failure(RECSYS_PROBLEM_UNKNOWN_FIELD, RECSYS_FIELD_NONE);
        auto error = validate(value);
        return error ? json_failure(error) : success;
    }
    if (seen & bit(known)) return failure(RECSYS_PROBLEM_DUPLICATE, known);
    seen |= bit(known);
    return decode_value(known, value, event);
}

[[gnu::always_inline]] inline LineOutcome ObjectDecoder::decode_value(recsys_field field, ondemand::value &value,
                                                                      recsys_event &event) {
    ondemand::json_type type;
    if (auto error = value.type().get(type)) return json_failure(error, field);
    if (type == ondemand::json_type::null) {
        if (auto error = validate(value)) return json_failure(error, field);
        // A null optional field is absent; a null required one is missing.
        return required_fields & bit(field) ? failure(RECSYS_PROBLEM_MISSING, field) : success;
    }
    switch (field) {
        case RECSYS_FIELD_VERSION: return decode_version(type, value);
        case RECSYS_FIELD_RANK: return decode_rank(type, value, event);
        case RECSYS_FIELD_TIMESTAMP: return decode_string(field, type, value, event.timestamp);
        case RECSYS_FIELD_TENANT: return decode_string(field, type, value, event.tenant);
        case RECSYS_FIELD_SURFACE: return decode_string(field, type, value, event.surface);
        case RECSYS_FIELD_USER: return decode_string(field, type, value, event.user);
        case RECSYS_FIELD_SESSION: return decode_string(field, type, value, event.session);
        case RECSYS_FIELD_REQUEST: return decode_string(field, type, value, event.request);
        case RECSYS_FIELD_ITEM: return decode_string(field, type, value, event.item);
        case RECSYS_FIELD_NONE: break;
    }
    return success;
}

LineOutcome ObjectDecoder::decode_version(ondemand::json_type type, ondemand::value &value) const {
    if (type != ondemand::json_type::number) return failure(RECSYS_PROBLEM_NOT_WHOLE_NUMBER, RECSYS_FIELD_VERSION);
    std::string_view token = value.raw_json_token();
    int64_t number = 0;
    if (value.get_int64().get(number)) {
        bool is_whole = is_whole_number(token);
        return failure(is_whole ? RECSYS_PROBLEM_UNSUPPORTED_VERSION : RECSYS_PROBLEM_NOT_WHOLE_NUMBER,
                       RECSYS_FIELD_VERSION);
    }
    return number == 1 ? success : failure(RECSYS_PROBLEM_UNSUPPORTED_VERSION, RECSYS_FIELD_VERSION);
}

LineOutcome ObjectDecoder::decode_rank(ondemand::json_type type, ondemand::value &value, recsys_event &event) {
    if (type != ondemand::json_type::number) return failure(RECSYS_PROBLEM_NOT_WHOLE_NUMBER, RECSYS_FIELD_RANK);
    std::string_view token = value.raw_json_token();
    int64_t number = 0;
    if (value.get_int64().get(number)) {
        auto problem = is_whole_number(token) ? RECSYS_PROBLEM_OUT_OF_RANGE : RECSYS_PROBLEM_NOT_WHOLE_NUMBER;
        return failure(problem, RECSYS_FIELD_RANK);
    }
    if (number < 0 || number > max_rank) return failure(RECSYS_PROBLEM_OUT_OF_RANGE, RECSYS_FIELD_RANK);
    event.rank = static_cast<uint32_t>(number) + 1;
    line_layout.append(RECSYS_FIELD_RANK, without_trailing_space(token));
    return success;
}

LineOutcome ObjectDecoder::decode_string(recsys_field field, ondemand::json_type type, ondemand::value &value,
                                         recsys_slice &target) {
    if (type != ondemand::json_type::string) return failure(RECSYS_PROBLEM_NOT_STRING, field);
    std::string_view token = value.raw_json_token();
    std::string_view content = token.substr(1, token.rfind('"') - 1);
    line_layout.append(field, content);
    if (!has_escape(content)) {
        ondemand::raw_json_string raw;
        if (auto error = value.get_raw_json_string().get(raw)) return json_failure(error, field);
        target = slice(content);
        return success;
    }
    std::string_view unescaped;
    if (auto error = value.get_string().get(unescaped)) return json_failure(error, field);
    target = {static_cast<uint32_t>(text.size()), static_cast<uint32_t>(unescaped.size()), 1};
    text.append(unescaped);
    return success;
}

}  // namespace recsys
