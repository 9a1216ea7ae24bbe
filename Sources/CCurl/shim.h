#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call, and a value of the wrong size
   is undefined behaviour (curl_easy_setopt(3)): one wrapper for each type that is used. */

static inline CURLcode hostcached_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode hostcached_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

/* libcurl copies the text, CURLOPT_POSTFIELDS excepted. */
static inline CURLcode hostcached_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode hostcached_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode hostcached_curl_set_headers(CURL *handle, struct curl_slist *value) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, value);
}

typedef size_t (*hostcached_curl_writer)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode hostcached_curl_set_writer(CURL *handle, CURLoption option, hostcached_curl_writer value) {
    return curl_easy_setopt(handle, option, value);
}

typedef int (*hostcached_curl_progress)(void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
                                        curl_off_t up);

static inline CURLcode hostcached_curl_set_progress(CURL *handle, hostcached_curl_progress value) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode hostcached_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}
