function list = radiomics_options()
%RADIOMICS_OPTIONS  The options of the settings: key, kind, unit, default_value, range, help.
%
%   The list comes from the library: a table where the program has them (MATLAB), a struct array elsewhere (Octave).
list = make_table(radiomics_mex('options'));
end
