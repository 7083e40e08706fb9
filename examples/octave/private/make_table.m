function out = make_table(rows, values, statuses)
% Rows as a table where the program has tables, with the values and statuses of each row.
if nargin > 1
    for at = 1:numel(rows)
        rows(at).value = values(at, :);
        if size(statuses, 2) == 1
            rows(at).status = statuses{at};
        else
            rows(at).status = statuses(at, :);
        end
    end
end
if exist('struct2table', 'file')
    out = struct2table(rows, 'AsArray', true);
else
    out = rows;
end
end
