//! The C interface of radiomics: no function yet.
#![deny(missing_docs)]
