import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonPath } from './readJsonPath';

/** Each line: a path, a document, and what client-go's parser finds there. */
const ROWS = readFileSync(join(__dirname, 'testdata/paths.tsv'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(line => line.split('\t') as [string, string, string]);

/** Where this one answers and that one does not, or otherwise. */
const DIFFERENT: Record<string, string> = {
  // There, a whole number and a JSON number cannot be compared.
  '{.items[?(@.v>1)].name}': '"x"',
  '{.items[?(@>1)]}': '2',
  // There, this is no path but text, whatever the document says.
  '$.a': '1',
  // Loops make texts; one value is all that is asked for here.
  '{range .items[*]}{.v}{end}': 'refused',
};

const REFUSED = 'refused';

function sayOurs(path: string, document: string): string {
  try {
    return JSON.stringify(readJsonPath(JSON.parse(document), path));
  } catch {
    return REFUSED;
  }
}

const sayTheirs = (recorded: string) =>
  /^(compile )?error: |^none$/.test(recorded) ? REFUSED : recorded;

describe('JSONPath beside client-go', () => {
  it.each(ROWS)('%s in %s is %s', (path, document, recorded) => {
    expect(sayOurs(path, document)).toBe(
      DIFFERENT[path] ?? sayTheirs(recorded),
    );
  });

  it.each(ROWS.filter(([path]) => path in DIFFERENT))(
    '%s in %s is a difference from %s',
    (path, _, recorded) => {
      expect(DIFFERENT[path]).not.toBe(sayTheirs(recorded));
    },
  );

  it('says which field is not there', () => {
    expect(() => readJsonPath({ a: {} }, '{$.a.b}')).toThrow('b is not found');
  });

  it('ends on a document that is too large to descend', () => {
    const wide = Array.from({ length: 60_000 }, (_, i) => [i]);
    expect(() => readJsonPath(wide, '{..x}')).toThrow('more than 100000');
  });

  it('refuses a path of more than a kilobyte', () => {
    expect(() => readJsonPath({}, `{${'.a'.repeat(600)}}`)).toThrow('longer');
  });
});
