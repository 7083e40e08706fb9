//! The suite: one module a family and oracle.
//!
//! `naive` holds the second implementations, written straight from the definitions.

mod abi_compile;
mod abi_freestanding;
mod abi_header;
mod abi_install;
mod abi_programs;
mod abi_python;
mod abi_symbols;
mod naive;

mod contours_analytic;
mod contours_ibsi;
mod contours_naive;
mod directional_ibsi;
mod directionless_ibsi;
mod discretise_analytic;
mod docs_tables;
mod fft_rustfft;
mod filter_naive;
mod filter_plan;
mod freestanding;
mod glcm_analytic;
mod glcm_naive;
mod glrlm_analytic;
mod glrlm_naive;
mod hull_analytic;
mod ibsi1;
mod ibsi2;
mod ibsi2_maps;
mod intensity_histogram_naive;
mod intensity_volume_histogram_naive;
mod local_intensity_naive;
mod matrices_ibsi;
mod mesh_analytic;
mod morphology_naive;
mod neighbourhood_analytic;
mod neighbourhood_naive;
mod nifti_io;
mod plan_properties;
mod region_forms;
mod registry_ibsi;
mod resample_naive;
mod riesz_analytic;
mod roi_lists_naive;
mod settings_properties;
mod sort_naive;
mod spatial_naive;
mod statistics_naive;
mod wavelet_identities;
mod wavelet_pywavelets;
mod zones_analytic;
mod zones_naive;
