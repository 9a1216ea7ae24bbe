/* No wrapper here: every function that AWSClient calls has a fixed argument list, and Swift imports it as it is. */
#include <expat.h>
