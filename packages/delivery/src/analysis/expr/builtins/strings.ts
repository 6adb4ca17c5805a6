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

function trimChars(value: string, chars: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && chars.includes(value[from] as string)) from += 1;
  while (to > from && chars.includes(value[to - 1] as string)) to -= 1;
  return value.slice(from, to);
}

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
  [
    'split',
    ([value, separator], { step }) => {
      const source = asText('split', value);
      step(source.length);
      return source.split(asText('split', separator));
    },
  ],
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
    ([value, from, to], { step }) => {
      const parts = asText('replace', value).split(asText('replace', from));
      const glue = asText('replace', to);
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
      const json = JSON.stringify(value) ?? 'null';
      step(json.length);
      return json;
    },
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
