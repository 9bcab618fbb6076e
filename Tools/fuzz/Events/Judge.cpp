#include "Judge.hpp"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <set>

namespace fuzz {
namespace {

using namespace simdjson;

constexpr std::array<std::string_view, 7> string_fields{"ts",         "tenant",     "surface", "user_id",
                                                        "session_id", "request_id", "item_id"};

bool is_optional(std::string_view name) { return name == "user_id" || name == "request_id" || name == "rank"; }

/// True if digits follow one another that may be too many for 64 bits.
bool has_long_number(const std::string &line) {
    size_t count = 0;
    return std::any_of(line.begin(), line.end(), [&](char byte) {
        count = byte >= '0' && byte <= '9' ? count + 1 : 0;
        return count >= 19;
    });
}

/// Takes a member into the event; false if the contract forbids it.
bool take(std::string_view name, const dom::element &value, const Settings &settings, LineView &event) {
    if (value.is_null()) return is_optional(name);
    if (name == "v" || name == "rank") {
        int64_t number;
        if (value.get_int64().get(number)) return false;
        if (name == "v") return number == 1;
        if (number < 0 || number > settings.max_rank) return false;
        event.rank = static_cast<uint32_t>(number) + 1;
        return true;
    }
    std::string_view text;
    if (value.get_string().get(text)) return false;
    size_t index = std::find(string_fields.begin(), string_fields.end(), name) - string_fields.begin();
    event.texts[index] = text;
    return true;
}

/// The event that an object is, if it is one.
std::optional<LineView> event_of(const dom::object &object, const Settings &settings) {
    LineView event;
    event.kind = LineView::Kind::event;
    std::set<std::string_view> seen;
    for (auto member : object) {
        bool is_text = std::find(string_fields.begin(), string_fields.end(), member.key) != string_fields.end();
        if (!is_text && member.key != "v" && member.key != "rank") {
            if (settings.is_strict) return std::nullopt;
            continue;
        }
        if (!seen.insert(member.key).second || !take(member.key, member.value, settings, event)) return std::nullopt;
    }
    for (std::string_view name : {"v", "ts", "tenant", "surface", "session_id", "item_id"}) {
        if (seen.count(name) == 0) return std::nullopt;
    }
    return event;
}

}  // namespace

void judge(const std::string &line, const LineView &view, const Settings &settings) {
    bool is_event = view.kind == LineView::Kind::event;
    if (line.size() > settings.max_line_length) {
        check(!is_event && view.problem == RECSYS_PROBLEM_LINE_TOO_LONG, "a long line is not rejected as such", line);
        return;
    }
    bool is_blank = line.find_first_not_of(" \t\r") == std::string::npos;
    check(is_blank == (view.kind == LineView::Kind::blank), "a blank line is no line without an outcome", line);
    if (is_blank) return;
    // To the decoder, arrays and objects may be 256 deep and the line itself is one; the top level counts here too.
    static dom::parser parser;
    if (parser.allocate(std::max<size_t>(line.size(), 64), 257)) fail("out of memory", "");
    dom::object object;
    error_code error = parser.parse(line).get_object().get(object);
    // A whole number beyond 64 bits is one to the decoder, where the contract does not ask for it.
    if (error == NUMBER_ERROR && has_long_number(line)) return;
    if (error) return check(!is_event, "what is no object is an event", line);
    std::optional<LineView> expected = event_of(object, settings);
    check(is_event == expected.has_value(), "an outcome is not the contract's", line);
    if (is_event) check(view == *expected, "an event has other values", line);
}

}  // namespace fuzz
