//! Diagnostics as data: JSON, SARIF, annotations; and the page of each code.
