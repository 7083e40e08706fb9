function list = radiomics_features()
%RADIOMICS_FEATURES  The features of the library: id, name, tag, title, ibsi_code, family, unit.
%
%   The list comes from the library: a table where the program has them (MATLAB), a struct array elsewhere (Octave).
list = make_table(radiomics_mex('features'));
end
