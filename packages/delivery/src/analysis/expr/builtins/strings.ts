import { fromBase64, toBase64 } from '../../../encoding/base64';
import { ExpressionError } from '../limits';
import { asArray, asNumber, asText, type Builtin } from './builtin';

const text =
  (name: string, compute: (value: string) => unknown): Builtin =>
  ([value]) =>
    compute(asText(name, value));

const pair =
  (name: string, compute: (value: string, other: string) => unknown): Builtin =>
  ([value, other]) =>
    compute(asText(name, value), asText(name, other));

const notBase64 = () =>
  new ExpressionError('fromBase64: the text is not base64');

function trimChars(value: string, chars: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && chars.includes(value[from] as string)) from += 1;
  while (to > from && chars.includes(value[to - 1] as string)) to -= 1;
  return value.slice(from, to);
}

/** At most `pieces` parts, the last one whole; negative: all of them. */
function cut(source: string, separator: string, pieces: number): string[] {
  const all = source.split(separator);
  if (pieces < 0 || all.length <= pieces) return all;
  if (pieces === 0) return [];
  return [...all.slice(0, pieces - 1), all.slice(pieces - 1).join(separator)];
}

const split =
  (name: string, keepSeparator: boolean): Builtin =>
  ([value, by, limit], { step }) => {
    const source = asText(name, value);
    const separator = asText(name, by);
    step(source.length);
    const parts = cut(
      source,
      separator,
      limit === undefined ? -1 : asNumber(name, limit),
    );
    return keepSeparator
      ? parts.map((part, i) => (i < parts.length - 1 ? part + separator : part))
      : parts;
  };

/** Functions of strings. What they make counts against the expression's share. */
export const STRINGS: [string, Builtin][] = [
  ['upper', text('upper', value => value.toUpperCase())],
  ['lower', text('lower', value => value.toLowerCase())],
  [
    'trim',
    ([value, chars]) =>
      chars === undefined
        ? asText('trim', value).trim()
        : trimChars(asText('trim', value), asText('trim', chars)),
  ],
  [
    'trimPrefix',
    pair('trimPrefix', (value, prefix) =>
      value.startsWith(prefix) ? value.slice(prefix.length) : value,
    ),
  ],
  [
    'trimSuffix',
    pair('trimSuffix', (value, suffix) =>
      suffix && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value,
    ),
  ],
  ['hasPrefix', pair('hasPrefix', (value, part) => value.startsWith(part))],
  ['hasSuffix', pair('hasSuffix', (value, part) => value.endsWith(part))],
  ['indexOf', pair('indexOf', (value, part) => value.indexOf(part))],
  [
    'lastIndexOf',
    pair('lastIndexOf', (value, part) => value.lastIndexOf(part)),
  ],
  ['split', split('split', false)],
  ['splitAfter', split('splitAfter', true)],
  [
    'join',
    ([value, separator], { step }) => {
      const parts = asArray('join', value).map(part => asText('join', part));
      const glue = separator === undefined ? '' : asText('join', separator);
      step(parts.reduce((sum, part) => sum + part.length + glue.length, 0));
      return parts.join(glue);
    },
  ],
  [
    'replace',
    ([value, from, to, times], { step }) => {
      const glue = asText('replace', to);
      const parts = cut(
        asText('replace', value),
        asText('replace', from),
        times === undefined ? -1 : asNumber('replace', times) + 1,
      );
      step(parts.reduce((sum, part) => sum + part.length + glue.length, 0));
      return parts.join(glue);
    },
  ],
  [
    'repeat',
    ([value, times], { step }) => {
      const source = asText('repeat', value);
      const count = asNumber('repeat', times);
      if (!Number.isInteger(count) || count < 0) {
        throw new ExpressionError('repeat: negative or fractional count');
      }
      step(source.length * count);
      return source.repeat(count);
    },
  ],
  [
    'toJSON',
    ([value], { step }) => {
      const json = JSON.stringify(value, undefined, 2) ?? 'null';
      step(json.length);
      return json;
    },
  ],
  ['toBase64', text('toBase64', toBase64)],
  [
    'fromBase64',
    text('fromBase64', value => {
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value)) throw notBase64();
      try {
        return fromBase64(value);
      } catch {
        throw notBase64();
      }
    }),
  ],
  [
    'fromJSON',
    ([value], { step }) => {
      const json = asText('fromJSON', value);
      step(json.length);
      try {
        return JSON.parse(json);
      } catch {
        throw new ExpressionError('fromJSON: the text is not JSON');
      }
    },
  ],
];
