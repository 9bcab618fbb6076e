#ifndef RECSYS_CSIMDJSON_H
#define RECSYS_CSIMDJSON_H

/// Decodes exposure events and items of a catalog from JSON Lines, a chunk of many lines per call, with simdjson's
/// On-Demand parser; events faster where a line has the shape of an earlier one. What a line is does not depend on the
/// lines before it.
///
/// Of events nothing is copied but strings with escapes: an event is a set of slices of the chunk.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes behind the end of a chunk that must be readable, and may hold anything.
enum { RECSYS_CHUNK_PADDING = 64 };

/// The fields of an event, in the order of the contract; the last is no field of it.
typedef enum {
    RECSYS_FIELD_VERSION = 0,
    RECSYS_FIELD_TIMESTAMP,
    RECSYS_FIELD_TENANT,
    RECSYS_FIELD_SURFACE,
    RECSYS_FIELD_USER,
    RECSYS_FIELD_SESSION,
    RECSYS_FIELD_REQUEST,
    RECSYS_FIELD_ITEM,
    RECSYS_FIELD_RANK,
    RECSYS_FIELD_NONE
} recsys_field;

/// Why a line is no record. `RECSYS_PROBLEM_JSON` carries simdjson's own reason beside it.
typedef enum {
    RECSYS_PROBLEM_JSON = 0,
    RECSYS_PROBLEM_NOT_OBJECT,
    RECSYS_PROBLEM_TRAILING_CONTENT,
    RECSYS_PROBLEM_MISSING,
    RECSYS_PROBLEM_DUPLICATE,
    RECSYS_PROBLEM_NOT_STRING,
    RECSYS_PROBLEM_NOT_STRINGS,
    RECSYS_PROBLEM_NOT_WHOLE_NUMBER,
    RECSYS_PROBLEM_OUT_OF_RANGE,
    RECSYS_PROBLEM_UNSUPPORTED_VERSION,
    RECSYS_PROBLEM_UNKNOWN_FIELD,
    RECSYS_PROBLEM_LINE_TOO_LONG
} recsys_problem;

/// Bytes of the chunk or, where `unescaped` is not 0, of the batch's own text. An absent field has no bytes.
typedef struct {
    uint32_t offset;
    uint32_t length;
    uint32_t unescaped;
} recsys_slice;

/// A line that follows the contract as far as JSON goes; the texts are not judged yet.
typedef struct {
    /// Lines before it in the chunk.
    uint32_t line;
    /// 0 for no rank, else the rank plus 1.
    uint32_t rank;
    /// The line without its newline.
    recsys_slice source;
    recsys_slice timestamp;
    recsys_slice tenant;
    recsys_slice surface;
    recsys_slice user;
    recsys_slice session;
    recsys_slice request;
    recsys_slice item;
} recsys_event;

/// A line that is no event.
typedef struct {
    uint32_t line;
    recsys_problem problem;
    recsys_field field;
    /// simdjson's number for the reason, to be put into words by `recsys_error_message`.
    int32_t json_error;
    /// The line without its newline.
    recsys_slice source;
    /// The name of an unknown field.
    recsys_slice name;
} recsys_reject;

/// What one call made of a chunk. The arrays belong to the decoder and live until its next call.
typedef struct {
    const recsys_event *events;
    size_t event_count;
    const recsys_reject *rejects;
    size_t reject_count;
    /// Lines in the chunk, blank ones included.
    size_t line_count;
    /// Fields that the contract does not know, in lines that are events.
    size_t unknown_field_count;
    /// Strings that had escapes, decoded.
    const char *text;
    size_t text_length;
} recsys_batch;

typedef struct recsys_decoder recsys_decoder;

/// A decoder for one thread at a time, or NULL without memory.
///
/// - `max_rank`: the largest rank that is accepted.
/// - `max_line_length`: longer lines are rejected unread.
/// - `is_strict`: not 0 if an unknown field makes a line bad.
recsys_decoder *recsys_decoder_create(uint32_t max_rank, size_t max_line_length, int is_strict);

void recsys_decoder_destroy(recsys_decoder *decoder);

/// Decodes a chunk of whole lines, less than 2 GiB, with `RECSYS_CHUNK_PADDING` readable bytes behind it.
///
/// Blank lines are neither events nor rejects. A bad line costs no other line. Returns 0, or -1 without memory. No
/// exception passes.
int recsys_decode(recsys_decoder *decoder, const char *chunk, size_t length, recsys_batch *batch);

/// simdjson's words for one of its errors; never NULL.
const char *recsys_error_message(int32_t json_error);

/// The keys of an item of a catalog, those for the same thing in the order in which they are preferred; the last is no
/// key of it.
typedef enum {
    RECSYS_KEY_ITEM_ID = 0,
    RECSYS_KEY_ID,
    RECSYS_KEY_ITEMID,
    RECSYS_KEY_TAGS,
    RECSYS_KEY_TAG_LIST,
    RECSYS_KEY_NAMESPACE,
    RECSYS_KEY_NONE
} recsys_catalog_key;

/// Bytes of the text of a catalog's batch. A key that is absent has none.
typedef struct {
    uint32_t offset;
    uint32_t length;
} recsys_text;

/// A line that is an item as far as JSON goes; the texts are not judged yet.
typedef struct {
    /// Lines before it in the chunk.
    uint32_t line;
    recsys_text item;
    /// The item's tags, those of an array with commas between them.
    recsys_text tags;
    recsys_text name_space;
} recsys_catalog_item;

/// What one call made of a chunk of a catalog, up to its first bad line. All of it belongs to the decoder and lives
/// until its next call.
typedef struct {
    const recsys_catalog_item *items;
    size_t item_count;
    const char *text;
    /// Lines that were read, blank ones included, the bad one not.
    size_t line_count;
    /// The line that is no item, or NULL if there is none.
    const char *bad_line;
    size_t bad_line_length;
    recsys_problem problem;
    recsys_catalog_key key;
    /// simdjson's number for the reason, as in `recsys_reject`.
    int32_t json_error;
} recsys_catalog_batch;

typedef struct recsys_catalog_decoder recsys_catalog_decoder;

/// A decoder for one thread at a time, or NULL without memory. Lines longer than `max_line_length` are bad, unread.
recsys_catalog_decoder *recsys_catalog_decoder_create(size_t max_line_length);

void recsys_catalog_decoder_destroy(recsys_catalog_decoder *decoder);

/// Decodes a chunk of whole lines as `recsys_decode` does.
int recsys_decode_catalog(recsys_catalog_decoder *decoder, const char *chunk, size_t length,
                          recsys_catalog_batch *batch);

#ifdef __cplusplus
}
#endif

#endif
