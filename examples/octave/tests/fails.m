function fails(identifier, part, call)
% A call must end by this error, with this in its message.
try
    call();
catch trouble
    assert(strcmp(trouble.identifier, identifier), ...
        ['identifier ', trouble.identifier, ' instead of ', identifier, ': ', trouble.message]);
    assert(isempty(part) || ~isempty(strfind(trouble.message, part)), ['message without "', part, '": ', trouble.message]);
    return
end
error('no error: %s was expected', identifier);
end
