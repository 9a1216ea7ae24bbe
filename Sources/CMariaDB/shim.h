/* No wrapper here: everything MariaDBClient calls has a fixed argument list
   (mysql_options and mysql_options4, not the variadic mysql_optionsv), and its
   constants are plain enums and integers, which Swift imports as they are. */
#include <mysql.h>
