// PCRE2 needs the code unit width before its header; 8 bits are UTF-8.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
