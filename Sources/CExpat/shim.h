#include <expat.h>

/* Every other function that AWSClient calls Swift imports as it is. */

/* Wrapper around XML_GetCurrentLineNumber, which expat 2.9 (Debian 13) deprecates in favour of one that those before
   do not have. */
static inline unsigned long long hostcached_xml_line(XML_Parser parser) {
#if XML_MAJOR_VERSION > 2 || (XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION >= 9)
    return XML_GetCurrentLineNumber64(parser);
#else
    return XML_GetCurrentLineNumber(parser);
#endif
}
