import { evaluateCondition, evaluateExpression } from './evaluate';
import { EXPRESSION_LIMITS } from './limits';

const evaluate = (source: string, result: unknown = undefined) =>
  evaluateExpression(source, { result }, { now: Date.UTC(2026, 0, 1) });

describe('expressions', () => {
  it.each<[string, unknown, unknown]>([
    // literals
    ['1_000', undefined, 1000],
    ['0x1F', undefined, 31],
    ['1.5e3', undefined, 1500],
    ['.5', undefined, 0.5],
    ['"a\\n\\u0041"', undefined, 'a\nA'],
    ["'it\\'s'", undefined, "it's"],
    ['`raw\\n`', undefined, 'raw\\n'],
    ['nil', undefined, null],
    ['[1, 2,]', undefined, [1, 2]],
    // conditions as people write them
    ['result[0] >= 0.95', [0.98], true],
    ['result[0] >= 0.95', [0.94], false],
    ['len(result) == 0 || result[0] >= 0.95', [], true],
    ['len(result) > 0 && result[0] >= 0.95', [], false],
    ['all(result, # < 1000)', [1, 999], true],
    ['all(result, {# < 1000})', [1, 1000], false],
    ['any(result, # > 1) and none(result, # > 3)', [1, 2], true],
    ['one(result, # == 2)', [1, 2, 2], false],
    [
      'result.ok && result.successPercent >= 0.90',
      { ok: true, successPercent: 0.95 },
      true,
    ],
    ['result == "true"', 'true', true],
    ['asFloat(result) < 0.05', '0.04', true],
    ['asInt(result) == 4', '4', true],
    ['default(result, 0) < 0.05', null, true],
    ['isNaN(result) || result >= 0.95', NaN, true],
    ['isInf(result)', -Infinity, true],
    ['isNil(result)', null, true],
    ['result >= 0.95', NaN, false],
    // members
    ['result["a-b"].c', { 'a-b': { c: 1 } }, 1],
    ['result[-1]', [1, 2], 2],
    ['result.missing', {}, null],
    ['result?.a?.b', null, null],
    ['result.a ?? 7', {}, 7],
    ['result.a ?? 7 > 6', {}, true],
    ['result[1:3]', [1, 2, 3, 4], [2, 3]],
    // operators
    ['1 + 2 * 3', undefined, 7],
    ['-2 ** 2', undefined, -4],
    ['2 ** 3 ** 2', undefined, 512],
    ['7 % 4', undefined, 3],
    ['1 / 2', undefined, 0.5],
    ['not (1 > 2)', undefined, true],
    ['!false && true', undefined, true],
    ['"a" in {"a": 1}', undefined, true],
    ['2 in [1, 2]', undefined, true],
    ['3 not in 1..2', undefined, true],
    ['1..3', undefined, [1, 2, 3]],
    ['"foobar" contains "ob"', undefined, true],
    ['"foobar" startsWith "foo"', undefined, true],
    ['"foobar" endsWith "bar"', undefined, true],
    ['"foobar" matches "^fo+b"', undefined, true],
    ['"foobar" not matches "x"', undefined, true],
    ['1 == 1.0', undefined, true],
    ['result.a == 1', { a: '1' }, false],
    ['result == nil', null, true],
    ['1 > 0 ? "yes" : "no"', undefined, 'yes'],
    ['true || 1/0 > "a"', undefined, true],
    // closures
    ['map(result, .v)', [{ v: 1 }, { v: 2 }], [1, 2]],
    ['filter(result, .v > 1)[0].v', [{ v: 1 }, { v: 2 }], 2],
    ['count(result, # > 1)', [1, 2, 3], 2],
    ['count([true, false])', undefined, 1],
    ['sum(result, .v)', [{ v: 1 }, { v: 2 }], 3],
    ['reduce(result, #acc + #, 10)', [1, 2], 13],
    ['result | filter(# > 1) | len()', [1, 2, 3], 2],
    ['map(result, #index)', ['a', 'b'], [0, 1]],
    ['all(result, {all(#, # > 0)})', [[1], [2]], true],
    ['let x = result[0]; x * 2', [3], 6],
    // functions
    ['max(1, 5, 3)', undefined, 5],
    ['min(result)', [4, 2], 2],
    ['mean(result)', [1, 3], 2],
    ['median(result)', [5, 1, 3], 3],
    ['round(2.5)', undefined, 3],
    ['abs(-1)', undefined, 1],
    ['int("12")', undefined, 12],
    ['float("1.5")', undefined, 1.5],
    ['string(1.5)', undefined, '1.5'],
    ['upper(trim(" a "))', undefined, 'A'],
    ['join(split("a,b", ","), "-")', undefined, 'a-b'],
    ['keys({"a": 1})', undefined, ['a']],
    ['sort([3, 1])', undefined, [1, 3]],
    ['uniq([1, 1, 2])', undefined, [1, 2]],
    ['fromJSON("[1]")[0]', undefined, 1],
    ['now() - duration("1h") < now()', undefined, true],
  ])('%s', (source, result, expected) => {
    expect(evaluate(source, result)).toEqual(expected);
  });

  it.each<[string, unknown, string]>([
    ['result[0] >= 0.95', [], 'index out of range: 0 (array length is 0)'],
    [
      'result < 0.05',
      null,
      'invalid operation: < (mismatched types <nil> and float64)',
    ],
    ['result == 1', '1', 'mismatched types string and float64'],
    ['result.a.b', {}, 'cannot fetch b from <nil>'],
    ['1 +', undefined, 'unexpected token end of expression'],
    ['(1', undefined, 'unexpected token end of expression'],
    ['a > 1', undefined, 'unknown name a'],
    ['exec("rm")', undefined, 'unknown name exec'],
    ['# > 1', undefined, 'outside closure'],
    ['"open', undefined, 'literal not terminated'],
    ['5 % 0', undefined, 'integer divide by zero'],
    ['asInt("x")', undefined, 'is not an integer'],
    ['all(result, #)', [1], 'expected bool'],
    ['result.a()', {}, 'map[string]interface {} has no method a'],
    ['now().constructor()', {}, 'time.Time has no method constructor'],
  ])('%s is refused on %j: %s', (source, result, message) => {
    expect(() => evaluate(source, result)).toThrow(message);
  });

  it('takes only a boolean as a condition', () => {
    expect(() => evaluateCondition('1', {})).toThrow(
      'expected bool, but got float64',
    );
  });
});

describe('hostile expressions', () => {
  it.each([
    'result.constructor',
    'result.__proto__',
    'result["hasOwnProperty"]',
    '[].constructor',
    '"".constructor',
    '{}.toString',
  ])('%s reaches no inherited property', source => {
    const value = (() => {
      try {
        return evaluate(source, {});
      } catch {
        return null;
      }
    })();
    expect(value).toBeNull();
  });

  it.each(['constructor', 'toString', '__proto__', 'process', 'globalThis'])(
    'the name %s means nothing',
    name => {
      expect(() => evaluateExpression(name, {})).toThrow('unknown name');
    },
  );

  it('a map key __proto__ pollutes nothing', () => {
    expect(evaluate('{"__proto__": {"polluted": true}}.polluted')).toBeNull();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each<[string, string]>([
    ['x'.repeat(EXPRESSION_LIMITS.length + 1), 'characters'],
    ['('.repeat(500), 'nested'],
    [`${'-'.repeat(500)}1`, 'nested'],
    [`${'1+'.repeat(2_500)}1`, 'parts'],
    ['len(1..1000000000)', 'steps'],
    ['repeat("a", 1000000000)', 'steps'],
    ['all(1..9999, {all(1..9999, # > 0)})', 'steps'],
    ['reduce(1..30, #acc + #acc, "aaaaaaaaaa")', 'steps'],
  ])('%.40s ends with its limit', (source, limit) => {
    expect(() => evaluate(source)).toThrow(limit);
  });

  it('a regular expression that backtracks elsewhere takes linear time', () => {
    const began = performance.now();
    evaluate('result matches "^(a+)+$"', `${'a'.repeat(5_000)}b`);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
