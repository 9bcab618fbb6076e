/// Feeds the decoder of events arbitrary chunks and checks what it makes of them.
///
/// - Nothing is read beyond the padding, and all that is pointed at is there (EventView).
/// - The outcome of a line does not depend on its neighbours, on what was decoded before, or on the padding.
/// - A line is an event if and only if the contract and another parser say so, and it has their values (Judge).

#include <algorithm>
#include <cstring>
#include <random>
#include <string>

#include "EventView.hpp"
#include "Judge.hpp"

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

namespace {

using namespace fuzz;

constexpr Settings all_settings[] = {
    {2147483647, 1 << 20, false},
    {2147483647, 1 << 20, true},
    {9, 100, false},
};

/// The outcome of a line alone, by a decoder that has seen no other.
ChunkView outcome_of(const std::string &line, const Settings &settings) {
    Decoder fresh(settings);
    ChunkView alone = fresh.decode(line, "\"");
    // An empty line alone is an empty chunk.
    if (alone.views.empty()) alone.views.emplace_back();
    return alone;
}

/// Decodes a chunk that ends inside a line, with the rest of it in the padding.
void check_cut(std::string_view chunk, Decoder &used, const Settings &settings) {
    size_t rest = 1 + chunk.size() % 61;
    if (rest >= chunk.size()) return;
    ChunkView cut = used.decode(chunk.substr(0, chunk.size() - rest), chunk.substr(chunk.size() - rest));
    const std::string &line = cut.lines.back();
    check(cut.views.back() == outcome_of(line, settings).views[0], "an outcome depends on the padding", line);
}

void check_chunk(std::string_view chunk, const Settings &settings) {
    Decoder used(settings);
    ChunkView first = used.decode(chunk, "\n");
    ChunkView second = used.decode(chunk, "1");
    size_t unknown_field_count = 0;
    for (size_t index = 0; index < first.lines.size(); index++) {
        const std::string &line = first.lines[index];
        ChunkView alone = outcome_of(line, settings);
        const LineView &expected = alone.views[0];
        check(first.views[index] == expected, "an outcome depends on other lines", line);
        check(second.views[index] == expected, "an outcome depends on an earlier chunk", line);
        judge(line, expected, settings);
        unknown_field_count += alone.unknown_field_count;
    }
    check(first.unknown_field_count == unknown_field_count, "unknown fields are miscounted", chunk);
    check(second.unknown_field_count == unknown_field_count, "unknown fields are miscounted", chunk);
    check_cut(chunk, used, settings);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    std::string_view chunk(reinterpret_cast<const char *>(data), size);
    for (const Settings &settings : all_settings) check_chunk(chunk, settings);
    return 0;
}

/// Every other time, doubles a line and changes the copy: lines that are nearly alike are what shapes are about.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed) {
    std::minstd_rand random(seed);
    std::string_view chunk(reinterpret_cast<const char *>(data), size);
    if (random() % 2 == 0 || size == 0) return LLVMFuzzerMutate(data, size, max_size);
    std::vector<std::string> lines = lines_of(chunk);
    std::string copy = lines[random() % lines.size()];
    size_t length = copy.size();
    copy.resize(length + 64);
    copy.resize(LLVMFuzzerMutate(reinterpret_cast<uint8_t *>(&copy[0]), length, copy.size()));
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(random() % (lines.size() + 1)), copy);
    std::string result;
    for (const std::string &line : lines) result += line + "\n";
    size_t result_size = std::min(result.size(), max_size);
    std::memcpy(data, result.data(), result_size);
    return result_size;
}
