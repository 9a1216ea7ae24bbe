enum MariaDBClientPlaceholder {}
