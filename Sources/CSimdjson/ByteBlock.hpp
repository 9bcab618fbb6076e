#ifndef RECSYS_BYTE_BLOCK_HPP
#define RECSYS_BYTE_BLOCK_HPP

/// Sixteen bytes at once, with what every x86-64 (SSE2) and every aarch64 (NEON) can do; elsewhere byte by byte.
///
/// The keys and values of events are seldom longer. Blocks of 32 bytes for newer processors, chosen when the program
/// starts, would make decoding a twentieth to a fifth faster still, which is less than they would cost to understand.

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace recsys {

constexpr size_t block_size = 16;

/// Reads text in blocks, up to what may end a JSON string, and remembers whether all that it saw was ASCII.
class TextScanner {
public:
    /// How many of the 16 bytes at `bytes` stand before the first quote, backslash or control character.
    size_t plain_length(const char *bytes);

    /// True if no block had a byte beyond ASCII, whether before or after the end of the text.
    bool saw_ascii_only() const;

private:
#if defined(__SSE2__)
    __m128i seen = _mm_setzero_si128();
#elif defined(__ARM_NEON) && defined(__aarch64__)
    uint8x16_t seen = vdupq_n_u8(0);
#else
    unsigned char seen = 0;
#endif
};

/// How many of the 16 bytes at `left` and `right` are equal before the first that differs.
inline size_t common_length(const char *left, const char *right);

#if defined(__SSE2__)

namespace detail {

inline __m128i load(const char *bytes) { return _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes)); }

/// The index of the first byte whose bit is set in `mask`: 16 for none.
inline size_t first_set(int mask) { return static_cast<size_t>(__builtin_ctz(static_cast<unsigned>(mask) | 0x10000u)); }

}  // namespace detail

inline size_t TextScanner::plain_length(const char *bytes) {
    __m128i block = detail::load(bytes);
    seen = _mm_or_si128(seen, block);
    const __m128i last_control = _mm_set1_epi8(0x1F);
    __m128i is_control = _mm_cmpeq_epi8(_mm_max_epu8(block, last_control), last_control);
    __m128i is_quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
    __m128i is_backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    return detail::first_set(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(is_control, is_quote), is_backslash)));
}

inline bool TextScanner::saw_ascii_only() const { return _mm_movemask_epi8(seen) == 0; }

inline size_t common_length(const char *left, const char *right) {
    __m128i is_equal = _mm_cmpeq_epi8(detail::load(left), detail::load(right));
    return detail::first_set(_mm_movemask_epi8(is_equal) ^ 0xFFFF);
}

#elif defined(__ARM_NEON) && defined(__aarch64__)

namespace detail {

inline uint8x16_t load(const char *bytes) { return vld1q_u8(reinterpret_cast<const uint8_t *>(bytes)); }

/// The index of the first byte of `mask` that is 0xFF, where all others are 0: 16 for none.
inline size_t first_set(uint8x16_t mask) {
    // Four bits are left of each byte.
    uint64_t bits = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(mask), 4)), 0);
    return bits == 0 ? block_size : static_cast<size_t>(__builtin_ctzll(bits)) / 4;
}

}  // namespace detail

inline size_t TextScanner::plain_length(const char *bytes) {
    uint8x16_t block = detail::load(bytes);
    seen = vorrq_u8(seen, block);
    uint8x16_t is_control = vcltq_u8(block, vdupq_n_u8(0x20));
    uint8x16_t is_quote = vceqq_u8(block, vdupq_n_u8('"'));
    uint8x16_t is_backslash = vceqq_u8(block, vdupq_n_u8('\\'));
    return detail::first_set(vorrq_u8(vorrq_u8(is_control, is_quote), is_backslash));
}

inline bool TextScanner::saw_ascii_only() const { return vmaxvq_u8(seen) < 0x80; }

inline size_t common_length(const char *left, const char *right) {
    return detail::first_set(vmvnq_u8(vceqq_u8(detail::load(left), detail::load(right))));
}

#else

inline size_t TextScanner::plain_length(const char *bytes) {
    size_t length = 0;
    while (length < block_size) {
        auto byte = static_cast<unsigned char>(bytes[length]);
        seen |= byte;
        if (byte < 0x20 || byte == '"' || byte == '\\') break;
        length++;
    }
    return length;
}

inline bool TextScanner::saw_ascii_only() const { return seen < 0x80; }

inline size_t common_length(const char *left, const char *right) {
    size_t length = 0;
    while (length < block_size && left[length] == right[length]) length++;
    return length;
}

#endif

}  // namespace recsys

#endif
