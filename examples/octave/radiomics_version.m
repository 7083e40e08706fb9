function [version, numerics_version] = radiomics_version()
%RADIOMICS_VERSION  The version of the library, and the number that moves whenever any value may change.
made = radiomics_mex('version');
version = made.version;
numerics_version = made.numerics_version;
end
