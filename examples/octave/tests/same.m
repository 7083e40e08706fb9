function same(got, wanted, what)
% Every value has the same bits, and every status is the same; or two arrays are equal.
if isstruct(got) && isfield(got, 'values')
    assert(isequaln(got.values, wanted.values), [what, ': other values']);
    assert(isequal(got.statuses, wanted.statuses), [what, ': other statuses']);
    assert(isequal(got.tags, wanted.tags), [what, ': other columns']);
else
    assert(isequaln(got, wanted), what);
end
end
