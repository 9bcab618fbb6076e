#include "CSimdjson.h"

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "JSONLine.hpp"

namespace recsys {
namespace {

using namespace simdjson;

recsys_catalog_key known_key(std::string_view name) {
    if (is(name, "item_id")) return RECSYS_KEY_ITEM_ID;
    if (is(name, "id")) return RECSYS_KEY_ID;
    if (is(name, "itemid")) return RECSYS_KEY_ITEMID;
    if (is(name, "tags")) return RECSYS_KEY_TAGS;
    if (is(name, "tag_list")) return RECSYS_KEY_TAG_LIST;
    if (is(name, "namespace")) return RECSYS_KEY_NAMESPACE;
    return RECSYS_KEY_NONE;
}

bool may_be_array(recsys_catalog_key key) { return key == RECSYS_KEY_TAGS || key == RECSYS_KEY_TAG_LIST; }

/// What a line has for one of the keys.
struct CatalogValue {
    bool is_met = false;
    /// False too for null.
    bool is_given = false;
    bool is_text = false;
    std::string text;

    void clear() {
        is_met = is_given = is_text = false;
        text.clear();
    }
};

}  // namespace
}  // namespace recsys

/// Takes a chunk line by line, by way of simdjson, until a line is no item.
struct recsys_catalog_decoder {
    explicit recsys_catalog_decoder(size_t max_line_length) : max_line_length(max_line_length) {}

    void decode(const char *chunk, size_t length, recsys_catalog_batch &batch) {
        items.clear();
        text.clear();
        batch = {};
        uint32_t line_count = 0;
        const char *limit = chunk + length;
        for (const char *start = chunk; start < limit; line_count++) {
            const char *end = recsys::line_end(start, limit);
            std::string_view line{start, static_cast<size_t>(end - start)};
            if (end == limit) line = last_line.with_newline(line);
            recsys::LineOutcome result = decode_line(line, line_count);
            if (!result.is_record) {
                batch.bad_line = start;
                batch.bad_line_length = line.size();
                batch.problem = result.problem;
                batch.key = bad_key;
                batch.json_error = static_cast<int32_t>(result.json_error);
                break;
            }
            start = end + 1;
        }
        batch.items = items.data();
        batch.item_count = items.size();
        batch.text = text.data();
        batch.line_count = line_count;
    }

private:
    using LineOutcome = recsys::LineOutcome;

    /// Success also for a blank line, which is no item.
    LineOutcome decode_line(std::string_view line, uint32_t number) {
        bad_key = RECSYS_KEY_NONE;
        if (line.size() > max_line_length) return failure(RECSYS_PROBLEM_LINE_TOO_LONG);
        if (recsys::is_blank(line)) return recsys::success;
        auto read_fields = [&](simdjson::ondemand::object &object) { return decode_fields(object); };
        auto append = [&] { return append_item(number); };
        return recsys::read_object(parser, line, read_fields, append);
    }

    static LineOutcome failure(recsys_problem problem) { return recsys::failure(problem, RECSYS_FIELD_NONE); }

    LineOutcome failure(recsys_problem problem, recsys_catalog_key key) {
        bad_key = key;
        return failure(problem);
    }

    LineOutcome json_failure(simdjson::error_code error, recsys_catalog_key key) {
        bad_key = key;
        return recsys::json_failure(error);
    }

    LineOutcome decode_fields(simdjson::ondemand::object &object) {
        for (recsys::CatalogValue &value : values) value.clear();
        for (auto member : object) {
            simdjson::ondemand::field field;
            if (auto error = std::move(member).get(field)) return recsys::json_failure(error);
            std::string_view name;
            if (auto error = field.unescaped_key().get(name)) return recsys::json_failure(error);
            recsys_catalog_key key = recsys::known_key(name);
            if (key == RECSYS_KEY_NONE) {
                if (auto error = recsys::validate(field.value())) return recsys::json_failure(error);
                continue;
            }
            if (values[key].is_met) return failure(RECSYS_PROBLEM_DUPLICATE, key);
            if (auto error = decode_value(field.value(), key)) return json_failure(error, key);
        }
        return recsys::success;
    }

    /// Fails only if the value is not JSON; whether it is of the right type matters only if no other is preferred.
    simdjson::error_code decode_value(simdjson::ondemand::value json, recsys_catalog_key key) {
        simdjson::ondemand::json_type type;
        if (auto error = json.type().get(type)) return error;
        recsys::CatalogValue &value = values[key];
        value.is_met = true;
        value.is_given = type != simdjson::ondemand::json_type::null;
        if (type == simdjson::ondemand::json_type::string) {
            value.is_text = true;
            return append_string(json, value.text);
        }
        if (type == simdjson::ondemand::json_type::array && recsys::may_be_array(key)) {
            return decode_array(json, value);
        }
        return recsys::validate(json);
    }

    static simdjson::error_code decode_array(simdjson::ondemand::value &json, recsys::CatalogValue &value) {
        simdjson::ondemand::array array;
        if (auto error = json.get_array().get(array)) return error;
        value.is_text = true;
        for (auto element : array) {
            simdjson::ondemand::value child;
            if (auto error = element.get(child)) return error;
            simdjson::ondemand::json_type type;
            if (auto error = child.type().get(type)) return error;
            if (type == simdjson::ondemand::json_type::string) {
                if (auto error = append_string(child, value.text)) return error;
                value.text.push_back(',');
            } else {
                value.is_text = false;
                if (auto error = recsys::validate(child)) return error;
            }
        }
        return simdjson::SUCCESS;
    }

    static simdjson::error_code append_string(simdjson::ondemand::value &json, std::string &text) {
        std::string_view content;
        if (auto error = json.get_string().get(content)) return error;
        text.append(content);
        return simdjson::SUCCESS;
    }

    LineOutcome append_item(uint32_t number) {
        recsys_catalog_key item = first_given({RECSYS_KEY_ITEM_ID, RECSYS_KEY_ID, RECSYS_KEY_ITEMID});
        recsys_catalog_key tags = first_given({RECSYS_KEY_TAGS, RECSYS_KEY_TAG_LIST});
        if (!values[item].is_given) return failure(RECSYS_PROBLEM_MISSING, item);
        for (recsys_catalog_key key : {item, tags, RECSYS_KEY_NAMESPACE}) {
            if (values[key].is_text || !values[key].is_given) continue;
            return failure(recsys::may_be_array(key) ? RECSYS_PROBLEM_NOT_STRINGS : RECSYS_PROBLEM_NOT_STRING, key);
        }
        items.push_back({number, append(item), append(tags), append(RECSYS_KEY_NAMESPACE)});
        return recsys::success;
    }

    /// The first of the keys that the line has a value for, or the first of all if it has none.
    recsys_catalog_key first_given(std::initializer_list<recsys_catalog_key> keys) const {
        for (recsys_catalog_key key : keys) {
            if (values[key].is_given) return key;
        }
        return *keys.begin();
    }

    recsys_text append(recsys_catalog_key key) {
        const std::string &value = values[key].text;
        recsys_text slice{static_cast<uint32_t>(text.size()), static_cast<uint32_t>(value.size())};
        text.append(value);
        return slice;
    }

    simdjson::ondemand::parser parser;
    recsys::LastLine last_line;
    const size_t max_line_length;
    std::array<recsys::CatalogValue, RECSYS_KEY_NONE> values;
    recsys_catalog_key bad_key = RECSYS_KEY_NONE;
    std::vector<recsys_catalog_item> items;
    std::string text;
};

extern "C" recsys_catalog_decoder *recsys_catalog_decoder_create(size_t max_line_length) {
    try {
        return new recsys_catalog_decoder(max_line_length);
    } catch (...) {
        return nullptr;
    }
}

extern "C" void recsys_catalog_decoder_destroy(recsys_catalog_decoder *decoder) { delete decoder; }

extern "C" int recsys_decode_catalog(recsys_catalog_decoder *decoder, const char *chunk, size_t length,
                                     recsys_catalog_batch *batch) {
    try {
        decoder->decode(chunk, length, *batch);
        return 0;
    } catch (...) {
        return -1;
    }
}
