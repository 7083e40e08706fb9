function radiomics_build(include, library, out)
%RADIOMICS_BUILD  Builds the gateway radiomics_mex in MATLAB or Octave.
%
%   radiomics_build()                        after `cargo build --release -p radiomics-ffi`
%   radiomics_build(include, library, out)   the folders of radiomics.h and of libradiomics, and where to write
here = fileparts(mfilename('fullpath'));
root = fileparts(fileparts(here));
if nargin < 1
    include = fullfile(root, 'include');
end
if nargin < 2
    library = fullfile(root, 'target', 'release');
end
if nargin < 3
    out = here;
end
sources = dir(fullfile(here, 'mex', '*.c'));
sources = cellfun(@(name) fullfile(here, 'mex', name), {sources.name}, 'UniformOutput', false);
if exist('OCTAVE_VERSION', 'builtin')
    sources{end + 1} = fullfile(here, 'mex', 'octave.cc');
    [output, status] = mkoctfile('--mex', '-Wall', '-Wextra', '-Werror', ['-I' include], sources{:}, ...
        '-o', fullfile(out, 'radiomics_mex.mex'), ['-L' library], '-lradiomics', ['-Wl,-rpath,' library]);
    if status ~= 0
        error('radiomics:build', 'mkoctfile failed: %s', output);
    end
elseif ispc
    mex(['-I' include], sources{:}, ['-L' library], '-lradiomics.dll', ['-L' utilities()], '-llibut', ...
        '-DRADIOMICS_WITH_LIBUT', '-output', fullfile(out, 'radiomics_mex'));
else
    mex(['-I' include], sources{:}, ['-L' library], '-lradiomics', '-lut', '-DRADIOMICS_WITH_LIBUT', ...
        ['LDFLAGS=$LDFLAGS -Wl,-rpath,' library], '-output', fullfile(out, 'radiomics_mex'));
end
end

function folder = utilities()
% Where MATLAB keeps libut.lib.
folder = fullfile(matlabroot, 'extern', 'lib', computer('arch'), 'microsoft');
end
