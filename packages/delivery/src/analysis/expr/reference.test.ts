import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateExpression } from './evaluate';

/**
 * `testdata/expressions.tsv` has one expression a line: the expression, the
 * value of `result`, and what expr 1.15.5 says, which Argo Rollouts v1.9.1
 * evaluates conditions with. `testdata/recorder` records the last column anew.
 */
const ROWS = readFileSync(join(__dirname, 'testdata/expressions.tsv'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(line => line.split('\t') as [string, string, string]);

/**
 * Where this language answers and the reference's does not, or otherwise:
 * newer versions of it allow closures to be left out, lists to be measured and
 * operators to be mixed; a type is looked at when the value is there.
 */
const DIFFERENT: Record<string, string> = {
  'true || 1/0 > "a"': 'true',
  'count([true, false])': '1',
  'count(result)': '0',
  'sum(result, .v)': '3',
  'max(result)': '4',
  'min(result)': '2',
  '"hello"[1:3]': '"el"',
  'result.a ?? 7 > 6': 'true',
  'nil?.a': 'null',
  // There, a list of a JSON document is never equal to one written down.
  'result == [1,2]': 'true',
  // There, both look at `result` whatever they are asked about.
  'default(result.a, 5)': '5',
  'isNil(result.a)': 'true',
  'date("2024-01-02", "2006-01-02").Year()': 'refused',
};

function read(input: string): unknown {
  const numbers = /^(vector|scalar):(.*)$/.exec(input);
  if (!numbers) return input === '' ? null : JSON.parse(input);
  const values = (numbers[2] ?? '')
    .split(',')
    .filter(Boolean)
    .map(text => Number(text.replace('Inf', 'Infinity')));
  return numbers[1] === 'vector' ? values : values[0];
}

function show(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : `${value > 0 ? '+' : '-'}Inf`;
  }
  return JSON.stringify(value ?? null);
}

const REFUSED = 'refused';

function sayOurs(source: string, input: string): string {
  try {
    const scope = { result: read(input) };
    const now = Date.UTC(2026, 0, 1);
    return show(evaluateExpression(source, scope, { now }));
  } catch {
    return REFUSED;
  }
}

const sayTheirs = (recorded: string) =>
  /^(compile )?error: /.test(recorded) ? REFUSED : recorded;

describe('expressions beside the reference', () => {
  it.each(ROWS)('%s on %s is %s', (source, input, recorded) => {
    expect(sayOurs(source, input)).toBe(
      DIFFERENT[source] ?? sayTheirs(recorded),
    );
  });

  it.each(ROWS.filter(([source]) => source in DIFFERENT))(
    '%s on %s is a difference from %s',
    (source, _, recorded) => {
      expect(DIFFERENT[source]).not.toBe(sayTheirs(recorded));
    },
  );

  it('covers every documented operator and function', () => {
    expect(ROWS.length).toBeGreaterThan(250);
  });
});
