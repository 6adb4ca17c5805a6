import { StringMatch } from './httpRoute';

/** The text as a regular expression that means itself. */
export const escaped = (text: string) =>
  text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `/shop` is a prefix of `/shop/cart`, not of `/shopping`. */
export function prefixByElement(path: string): StringMatch {
  const bare = path.replace(/\/+$/, '');
  return bare === '' ? { prefix: '/' } : { regex: `${escaped(bare)}(?:/.*)?` };
}
