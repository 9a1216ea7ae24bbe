#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What one event reports. A container is a begin, its content and a CTOML_END.
enum ctoml_kind {
    CTOML_BEGIN_TABLE,
    CTOML_BEGIN_ARRAY,
    CTOML_END,
    CTOML_STRING,
    CTOML_INTEGER,
    CTOML_FLOAT,
    CTOML_BOOLEAN,
    CTOML_DATE,
    CTOML_TIME,
    CTOML_DATE_TIME,
};

/// One step of the walk. Everything it points to ends with the callback.
struct ctoml_event {
    enum ctoml_kind kind;
    /// The key in the table around it, UTF-8, without a terminating zero. Null in an array and for
    /// the document itself.
    const char *key;
    size_t key_length;
    /// Where the key is written, from 1; 0 when there is none.
    uint32_t key_line;
    /// Where the value begins, from 1.
    uint32_t line;
    uint32_t column;
    /// Of CTOML_STRING, UTF-8, without a terminating zero.
    const char *text;
    size_t text_length;
    /// Of CTOML_INTEGER.
    int64_t integer;
    /// Of CTOML_FLOAT.
    double number;
    /// Of CTOML_BOOLEAN.
    bool boolean;
};

struct ctoml_callbacks {
    void (*on_event)(void *context, const struct ctoml_event *event);
    /// Called at most once, and then instead of every event. A line of 0 means the whole text.
    void (*on_error)(
        void *context, const char *description, size_t description_length, uint32_t line, uint32_t column);
};

/// Parses `length` bytes of TOML 1.0 and reports the document, keys in the order of their bytes.
///
/// Nothing is kept: the document is freed before this returns. No C++ exception leaves it.
void ctoml_parse(
    const char *text, size_t length, const struct ctoml_callbacks *callbacks, void *context);

#ifdef __cplusplus
}
#endif
