#include "JSONLine.hpp"

#include <utility>

namespace recsys {

using namespace simdjson;

size_t object_length(std::string_view line) {
    size_t depth = 0;
    bool is_in_string = false;
    for (size_t index = 0; index < line.size(); index++) {
        char byte = line[index];
        if (is_in_string && byte == '\\') {
            index++;
        } else if (byte == '"') {
            is_in_string = !is_in_string;
        } else if (!is_in_string && (byte == '{' || byte == '[')) {
            depth++;
        } else if (!is_in_string && (byte == '}' || byte == ']') && --depth == 0) {
            return byte == '}' ? index + 1 : 0;
        }
    }
    return 0;
}

error_code validate(ondemand::value value, int depth) {
    ondemand::json_type type;
    if (auto error = value.type().get(type)) return error;
    bool is_nesting = type == ondemand::json_type::array || type == ondemand::json_type::object;
    if (is_nesting && depth == 0) return DEPTH_ERROR;
    switch (type) {
        case ondemand::json_type::array: {
            ondemand::array array;
            if (auto error = value.get_array().get(array)) return error;
            for (auto element : array) {
                ondemand::value child;
                if (auto error = element.get(child)) return error;
                if (auto error = validate(child, depth - 1)) return error;
            }
            return SUCCESS;
        }
        case ondemand::json_type::object: {
            ondemand::object object;
            if (auto error = value.get_object().get(object)) return error;
            for (auto member : object) {
                ondemand::field field;
                if (auto error = std::move(member).get(field)) return error;
                std::string_view key;
                if (auto error = field.unescaped_key().get(key)) return error;
                if (auto error = validate(field.value(), depth - 1)) return error;
            }
            return SUCCESS;
        }
        case ondemand::json_type::number: return value.get_double().error();
        case ondemand::json_type::string: return value.get_string().error();
        case ondemand::json_type::boolean: return value.get_bool().error();
        case ondemand::json_type::null: {
            // An error of its own, not false, for what begins like null and is something else.
            bool is_null = false;
            if (auto error = value.is_null().get(is_null)) return error;
            return is_null ? SUCCESS : N_ATOM_ERROR;
        }
    }
    return TAPE_ERROR;
}

}  // namespace recsys
