/** "01:05", "1:00:00", "2d 03:00:00": a time since the beginning. */
export function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const rest = `${two((seconds % 3_600) / 60)}:${two(seconds % 60)}`;
  if (seconds < 3_600) return rest;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}:${rest}`;
  return `${Math.floor(seconds / 86_400)}d ${two((seconds % 86_400) / 3_600)}:${rest}`;
}
