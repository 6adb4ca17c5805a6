import { stripVTControlCharacters } from 'node:util';

/** Splits chunks of output into whole lines without colours. */
export function lineSplitter(onLine: (line: string) => void) {
  let rest = '';
  return {
    push(chunk: string) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(line => onLine(stripVTControlCharacters(line)));
    },
    end() {
      if (rest !== '') {
        onLine(stripVTControlCharacters(rest));
        rest = '';
      }
    },
  };
}

const ENTRY = /^\d{4}-\d\d-\d\dT[\d:.]+Z (\S+) (warn|error) (.*)$/;

/** What a person at the terminal should see of a line of the backend's log. */
export function noteworthy(line: string): string | undefined {
  const entry = ENTRY.exec(line);
  return entry ? `${entry[2]}: ${entry[1]}: ${entry[3]?.trim()}` : undefined;
}
