/** As a line of a recording can hold it. */
export function oneLine(value: string): string {
  return value.replace(/\s*\n\s*/g, ' ⏎ ').trimEnd();
}
