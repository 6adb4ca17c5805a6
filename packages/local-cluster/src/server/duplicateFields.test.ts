import { duplicateFields } from './duplicateFields';

describe('duplicateFields', () => {
  it.each<[string, string[]]>([
    ['{"a":1,"b":{"a":1}}', []],
    ['{"a":1,"a":2}', ['a']],
    [
      '{"a":{"b":1,"c":2,"b":3},"d":[{"e":1},{"e":1,"e":2}]}',
      ['a.b', 'd[1].e'],
    ],
    ['{"a":"{\\"b\\":1,\\"b\\":2}","b\\\\":1,"b":[",\\"",2]}', []],
    ['{"a\\u0062":1,"ab":2}', ['ab']],
    ['[1,{"a":"a","a":"a"}]', ['[1].a']],
    ['"text"', []],
  ])('%s', (json, expected) => {
    JSON.parse(json);

    expect(duplicateFields(json)).toEqual(expected);
  });
});
