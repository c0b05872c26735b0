#include "CRungXML.h"
#include <libxml/xmlwriter.h>
int rung_xml_stub(void) { return LIBXML_VERSION; }
