function list = radiomics_presets()
%RADIOMICS_PRESETS  The presets: name and title.
%
%   The list comes from the library: a table where the program has them (MATLAB), a struct array elsewhere (Octave).
list = make_table(radiomics_mex('presets'));
end
