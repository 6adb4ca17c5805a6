/**
 * The paths of keys that stand twice in one object of a JSON text, each in the
 * words of Kubernetes: `spec.replicas`, `spec.list[0].name`. The text must be
 * JSON; a parser keeps the last one and says nothing.
 */
export function duplicateFields(json: string): string[] {
  const found: string[] = [];
  const open: { keys?: Set<string>; at: string; index: number }[] = [];
  let key = '';
  let expectsKey = false;
  for (let i = 0; i < json.length; i++) {
    const inner = open.at(-1);
    switch (json[i]) {
      case '{':
      case '[': {
        const isObject = json[i] === '{';
        const at = inner ? childOf(inner, key) : '';
        open.push({ keys: isObject ? new Set() : undefined, at, index: 0 });
        expectsKey = isObject;
        break;
      }
      case '}':
      case ']':
        open.pop();
        expectsKey = false;
        break;
      case ',':
        if (inner) inner.index += 1;
        expectsKey = inner?.keys !== undefined;
        break;
      case '"': {
        const end = endOfString(json, i);
        if (expectsKey && inner?.keys) {
          key = JSON.parse(json.slice(i, end + 1)) as string;
          if (inner.keys.has(key)) found.push(childOf(inner, key));
          inner.keys.add(key);
          expectsKey = false;
        }
        i = end;
        break;
      }
      default:
    }
  }
  return found;
}

function childOf(
  { keys, at, index }: { keys?: Set<string>; at: string; index: number },
  key: string,
): string {
  if (!keys) return `${at}[${index}]`;
  return at ? `${at}.${key}` : key;
}

function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end;
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(json: string, at: number): boolean {
  let before = at - 1;
  while (json[before] === '\\') before -= 1;
  return (at - before) % 2 === 0;
}
