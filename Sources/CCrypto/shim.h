/* No wrapper here: what SigV4 and MariaDBClient call has a fixed argument list, and
   none of it is deprecated in OpenSSL 3. */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/x509.h>
