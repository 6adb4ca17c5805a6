/**
 * Reads values by the simple JSONPaths of printer columns.
 *
 * Implemented: fields (`.a.b`, `['a.b']`, `.a\.b`), indices, `[*]`, and
 * filters that compare a field with a literal (`[?(@.type=="Ready")]`). Not
 * implemented: recursive descent, slices, unions, scripts.
 */
export function readJsonPath(value: unknown, path: string): unknown[] {
  let found: unknown[] = [value];
  for (const step of stepsOf(path)) {
    found = found
      .flatMap(step)
      .filter(item => item !== undefined && item !== null);
  }
  return found;
}

type Step = (value: unknown) => unknown[];

const TOKEN =
  /\.?\[\?\(\s*@\.((?:\\.|[^\s=!\\])+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|([^)\s]+))\s*\)\]|\.?\[(\*|-?\d+)\]|\.?\[['"]([^'"]+)['"]\]|\.?((?:\\.|[^.[\]\\])+)/y;

function stepsOf(path: string): Step[] {
  const text = path
    .trim()
    .replace(/^\{/, '')
    .replace(/\}$/, '')
    .replace(/^\$/, '');
  const steps: Step[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return [() => []];
    const [
      ,
      filterField,
      operator,
      double,
      single,
      bare,
      index,
      quoted,
      plain,
    ] = match;
    if (filterField !== undefined) {
      const wanted = double ?? single ?? bare ?? '';
      const equal = operator === '==';
      steps.push(value =>
        items(value).filter(
          item =>
            (String(field(item, unescape(filterField))) === wanted) === equal,
        ),
      );
    } else if (index === '*') steps.push(items);
    else if (index !== undefined) {
      steps.push(value => [
        Array.isArray(value) ? value.at(Number(index)) : undefined,
      ]);
    } else {
      const name = quoted ?? unescape(plain!);
      steps.push(value => [field(value, name)]);
    }
  }
  return steps;
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}

function field(value: unknown, name: string): unknown {
  let current = value;
  for (const part of name.includes('.') && !has(value, name)
    ? name.split('.')
    : [name]) {
    if (!has(current, part)) return undefined;
    current = (current as Record<string, unknown>)[part];
  }
  return current;
}

function has(value: unknown, name: string): boolean {
  return (
    typeof value === 'object' && value !== null && Object.hasOwn(value, name)
  );
}

function items(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null
    ? Object.values(value)
    : [];
}
