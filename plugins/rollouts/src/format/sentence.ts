/** Keeps a number and its unit on one line: "40 %", "10 s", "2 min". */
export function keepUnits(text: string): string {
  return text.replace(/(\d) (%|ms|s|min|h|d)(?![a-zA-Z])/g, '$1\u00a0$2');
}
