// Deliberately empty: only the C files of CRungXML include libxml2, because its ICU types clash with Foundation.
// This module exists for its link and include flags.
