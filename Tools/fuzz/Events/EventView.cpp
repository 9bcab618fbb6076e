#include "EventView.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <tuple>

namespace fuzz {
namespace {

/// The bytes of a chunk with its padding, on the heap, so that a sanitizer sees what is read beyond.
class PaddedChunk {
public:
    PaddedChunk(std::string_view chunk, std::string_view padding)
        : length(chunk.size()), bytes(static_cast<char *>(std::malloc(chunk.size() + RECSYS_CHUNK_PADDING))) {
        check(bytes != nullptr, "out of memory", "");
        if (length > 0) std::memcpy(bytes, chunk.data(), length);
        for (size_t index = 0; index < RECSYS_CHUNK_PADDING; index++) {
            bytes[length + index] = padding[index % padding.size()];
        }
    }
    ~PaddedChunk() { std::free(bytes); }
    PaddedChunk(const PaddedChunk &) = delete;
    PaddedChunk &operator=(const PaddedChunk &) = delete;

    const size_t length;
    char *const bytes;
};

/// Reads the slices of one batch.
struct SliceReader {
    std::string_view chunk;
    std::string_view text;

    std::string read(const recsys_slice &slice, std::string_view line) const {
        std::string_view source = slice.unescaped != 0 ? text : chunk;
        bool is_inside = slice.offset <= source.size() && slice.length <= source.size() - slice.offset;
        check(is_inside, "a slice is out of bounds", line);
        return std::string(source.substr(slice.offset, slice.length));
    }

    /// A value that was not decoded lies in its own line.
    std::string read_value(const recsys_slice &slice, const recsys_slice &source, std::string_view line) const {
        bool is_inside = slice.offset >= source.offset && slice.offset + slice.length <= source.offset + source.length;
        check(slice.unescaped != 0 || slice.length == 0 || is_inside, "a value is out of its line", line);
        return read(slice, line);
    }
};

}  // namespace

void fail(const char *what, std::string_view line) {
    std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(line.size()), line.data());
    std::abort();
}

bool LineView::operator==(const LineView &other) const {
    auto members = [](const LineView &view) {
        return std::tie(view.kind, view.texts, view.rank, view.problem, view.field, view.json_error, view.name);
    };
    return members(*this) == members(other);
}

std::vector<std::string> lines_of(std::string_view chunk) {
    std::vector<std::string> lines;
    while (!chunk.empty()) {
        size_t length = std::min(chunk.find('\n'), chunk.size());
        lines.emplace_back(chunk.substr(0, length));
        chunk.remove_prefix(std::min(length + 1, chunk.size()));
    }
    return lines;
}

Decoder::Decoder(const Settings &settings)
    : decoder(recsys_decoder_create(settings.max_rank, settings.max_line_length, settings.is_strict)) {
    check(decoder != nullptr, "out of memory", "");
}

Decoder::~Decoder() { recsys_decoder_destroy(decoder); }

ChunkView Decoder::decode(std::string_view chunk, std::string_view padding) {
    PaddedChunk copy(chunk, padding);
    recsys_batch batch;
    check(recsys_decode(decoder, copy.bytes, copy.length, &batch) == 0, "out of memory", "");
    ChunkView result{lines_of(chunk), {}, batch.unknown_field_count};
    check(batch.line_count == result.lines.size(), "lines are miscounted", chunk);
    result.views.resize(result.lines.size());
    SliceReader slices{{copy.bytes, copy.length}, {batch.text, batch.text_length}};
    auto view_of = [&](uint32_t number, const recsys_slice &source, LineView::Kind kind) -> LineView & {
        check(number < result.lines.size(), "there is no such line", chunk);
        const std::string &line = result.lines[number];
        check(slices.read(source, line) == line, "the source is not the line", line);
        check(result.views[number].kind == LineView::Kind::blank, "a line has two outcomes", line);
        result.views[number].kind = kind;
        return result.views[number];
    };
    for (size_t index = 0; index < batch.event_count; index++) {
        const recsys_event &event = batch.events[index];
        LineView &view = view_of(event.line, event.source, LineView::Kind::event);
        view.rank = event.rank;
        size_t field = 0;
        for (const recsys_slice *slice : {&event.timestamp, &event.tenant, &event.surface, &event.user, &event.session,
                                          &event.request, &event.item}) {
            view.texts[field++] = slices.read_value(*slice, event.source, result.lines[event.line]);
        }
    }
    for (size_t index = 0; index < batch.reject_count; index++) {
        const recsys_reject &reject = batch.rejects[index];
        LineView &view = view_of(reject.line, reject.source, LineView::Kind::reject);
        view.problem = reject.problem;
        view.field = reject.field;
        view.json_error = reject.json_error;
        view.name = slices.read(reject.name, result.lines[reject.line]);
    }
    return result;
}

}  // namespace fuzz
