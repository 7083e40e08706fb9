function names = read_cerr_names()
% The table of CERR's names: struct, field, tag.
file = fullfile(fileparts(fileparts(mfilename('fullpath'))), 'radiomics_cerr_names.csv');
lines = strsplit(strtrim(fileread(file)), {sprintf('\n'), sprintf('\r')});
lines = lines(~strncmp(lines, '#', 1));
cells = cellfun(@(line) strsplit(line, ','), lines(2:end), 'UniformOutput', false);
cells = vertcat(cells{:});
names = struct('struct', {cells(:, 1)}, 'field', {cells(:, 2)}, 'tag', {cells(:, 3)});
end
