#ifndef CRUNGXML_H
#define CRUNGXML_H
int rung_xml_stub(void);
#endif
