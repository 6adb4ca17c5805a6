import type { Said } from './runProgram';

/** What differs between any two clusters: identities, addresses, times, ages. */
const PASSING: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>'],
  [/\b\d+\.\d+\.\d+\.\d+(:\d+)?\b/g, '<address>'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ [+-]\d{4}/g, '<time>'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
  [/\b(\d+[dhms])+\b/g, '<age>'],
  [/(resourceVersion"?: ?"?)\d+/g, '$1<n>'],
  // Pods and ReplicaSets: the hash is made of letters that spell no words.
  [/\b(?=[a-z0-9]*\d)[bcdfghjklmnpqrstvwxz0-9]{7,10}\b/g, '<hash>'],
  [/-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '-<pod>'],
  [/[ \t]+/g, ' '],
];

/** Its words without what differs between any two clusters. */
export function lastingWords(said: Said, sorted = false): string {
  const clean = (text: string) => {
    const lasting = PASSING.reduce(
      (rest, [pattern, word]) => rest.replace(pattern, word),
      text,
    ).trim();
    const lines = lasting.split('\n').map(line => line.trimEnd());
    return (sorted ? [...new Set(lines)].sort() : lines).join('\n');
  };
  return [`exit code ${said.code}`, clean(said.out), clean(said.err)]
    .filter(Boolean)
    .join('\n');
}

/** The lines that only one of both has, the reference's with `-`. */
export function differingLines(real: string, local: string): string[] {
  const reals = real.split('\n');
  const locals = local.split('\n');
  return [
    ...reals.filter(line => !locals.includes(line)).map(line => `- ${line}`),
    ...locals.filter(line => !reals.includes(line)).map(line => `+ ${line}`),
  ].slice(0, 12);
}
