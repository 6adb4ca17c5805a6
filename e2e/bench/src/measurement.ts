/** One row of the table. */
export interface Measurement {
  what: string;
  value: number;
  unit: string;
  /** At most this; the budgets are those of DESIGN.md. */
  budget?: number;
  /** How it was measured, where that is not plain. */
  note?: string;
}

export function verdict({ value, budget }: Measurement): string {
  if (budget === undefined) return '';
  return value <= budget ? 'met' : 'MISSED';
}

export function table(measurements: Measurement[]): string {
  const rows = measurements.map(measurement => [
    measurement.what,
    `${round(measurement.value)} ${measurement.unit}`,
    measurement.budget === undefined
      ? ''
      : `${measurement.budget} ${measurement.unit}`,
    verdict(measurement),
    measurement.note ?? '',
  ]);
  const all = [['what', 'measured', 'budget', '', ''], ...rows];
  const widths = [0, 1, 2, 3].map(column =>
    Math.max(...all.map(row => row[column]!.length)),
  );
  return all
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
