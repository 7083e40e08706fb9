function grid = read_grid(spacing, layout)
% The grid of the library from a spacing or a struct.
bad = 'radiomics:invalid_argument';
given = spacing;
if ~isstruct(given)
    given = struct('spacing', spacing);
end
known = {'spacing', 'origin', 'direction', 'slice_positions'};
names = fieldnames(given);
if numel(given) ~= 1 || ~isfield(given, 'spacing') || ~all(ismember(names, known))
    error(bad, 'spacing is [x y z] in mm or a struct with the fields %s', strjoin(known, ', '));
end
for at = 1:numel(names)
    if ~isnumeric(given.(names{at})) || ~isreal(given.(names{at}))
        error(bad, 'the %s must be real numbers', names{at});
    end
end
grid = struct('shape', layout.shape, 'spacing', double(given.spacing(:)'));
if isfield(given, 'origin') && ~isempty(given.origin)
    grid.origin = double(given.origin(:)');
end
if isfield(given, 'direction') && ~isempty(given.direction)
    if ~isequal(size(given.direction), [3 3])
        error(bad, 'the direction must be a 3 x 3 matrix');
    end
    % Row by row.
    grid.direction = double(reshape(given.direction', 1, 9));
end
if isfield(given, 'slice_positions') && ~isempty(given.slice_positions)
    grid.slice_positions = double(given.slice_positions(:)');
end
end
