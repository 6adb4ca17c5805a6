/** Somebody's own words, such as the reason of a freeze, with a full stop where they end without one. */
export function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
