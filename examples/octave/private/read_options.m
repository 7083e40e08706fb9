function options = read_options(options, pairs)
% Names and values over defaults.
known = fieldnames(options);
if mod(numel(pairs), 2) ~= 0
    error('radiomics:invalid_argument', 'names and values come in pairs; the names are %s', strjoin(known', ', '));
end
for at = 1:2:numel(pairs)
    name = as_chars(pairs{at});
    if ~ischar(name) || ~any(strcmp(name, known))
        if ~ischar(name)
            name = class(name);
        end
        error('radiomics:invalid_argument', '''%s'' is no name of an argument; the names are %s', ...
            name, strjoin(known', ', '));
    end
    options.(name) = as_chars(pairs{at + 1});
end
end
