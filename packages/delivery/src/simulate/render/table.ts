/** Columns that are as wide as their widest cell; the last is not padded. */
export function table(
  rows: string[][],
  alignRight: readonly boolean[] = [],
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  }
  return rows.map(row =>
    row
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        if (alignRight[i]) return cell.padStart(width);
        return i === row.length - 1 ? cell : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
