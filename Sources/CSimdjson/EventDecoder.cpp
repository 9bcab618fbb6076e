#include "CSimdjson.h"

#include <string>
#include <string_view>
#include <vector>

#include "JSONLine.hpp"
#include "LineShape.hpp"
#include "ObjectDecoder.hpp"

/// Takes a chunk line by line: by the shape of earlier lines if it has one of them, else by way of simdjson.
struct recsys_decoder {
    recsys_decoder(uint32_t max_rank, size_t max_line_length, bool is_strict)
        : objects(max_rank, is_strict), max_rank(max_rank), max_line_length(max_line_length) {}

    void decode(const char *chunk, size_t length, recsys_batch &batch) {
        events.clear();
        rejects.clear();
        unknown_field_count = 0;
        objects.begin_chunk();
        const recsys::ChunkLimits limits{chunk, chunk + length, max_line_length, max_rank};
        uint32_t line_count = 0;
        for (const char *start = chunk; start < limits.end; line_count++) {
            recsys_event &event = events.emplace_back();
            const char *end = shapes.read(start, limits, event);
            bool is_event = end != nullptr;
            if (!is_event) {
                end = recsys::line_end(start, limits.end);
                std::string_view line{start, static_cast<size_t>(end - start)};
                if (end == limits.end) line = last_line.with_newline(line);
                is_event = decode_line(line, static_cast<uint32_t>(start - chunk), line_count, event);
            }
            event.line = line_count;
            if (!is_event) events.pop_back();
            start = end + 1;
        }
        const std::string &text = objects.unescaped_text();
        batch = {events.data(), events.size(), rejects.data(), rejects.size(), line_count, unknown_field_count,
                 text.data(), text.size()};
    }

private:
    /// Reads a line of no known shape into an event. False if it is none; then it is blank or among the rejects.
    bool decode_line(std::string_view line, uint32_t offset, uint32_t number, recsys_event &event) {
        recsys_slice source{offset, static_cast<uint32_t>(line.size()), 0};
        if (line.size() > max_line_length) {
            rejects.push_back({number, RECSYS_PROBLEM_LINE_TOO_LONG, RECSYS_FIELD_NONE, 0, source, {}});
            return false;
        }
        if (recsys::is_blank(line)) return false;
        event.source = source;
        recsys::LineOutcome result = objects.decode(line, offset, event);
        if (!result.is_record) {
            rejects.push_back({number, result.problem, result.field, static_cast<int32_t>(result.json_error), source,
                               objects.unknown_field_name()});
            return false;
        }
        unknown_field_count += objects.unknown_field_count();
        if (objects.unknown_field_count() == 0) shapes.learn(line, objects.layout());
        return true;
    }

    recsys::ObjectDecoder objects;
    recsys::LineShapes shapes;
    const uint32_t max_rank;
    const size_t max_line_length;
    std::vector<recsys_event> events;
    std::vector<recsys_reject> rejects;
    recsys::LastLine last_line;
    size_t unknown_field_count = 0;
};

extern "C" recsys_decoder *recsys_decoder_create(uint32_t max_rank, size_t max_line_length, int is_strict) {
    try {
        return new recsys_decoder(max_rank, max_line_length, is_strict != 0);
    } catch (...) {
        return nullptr;
    }
}

extern "C" void recsys_decoder_destroy(recsys_decoder *decoder) { delete decoder; }

extern "C" int recsys_decode(recsys_decoder *decoder, const char *chunk, size_t length, recsys_batch *batch) {
    try {
        decoder->decode(chunk, length, *batch);
        return 0;
    } catch (...) {
        return -1;
    }
}

extern "C" const char *recsys_error_message(int32_t json_error) {
    return simdjson::error_message(static_cast<simdjson::error_code>(json_error));
}
