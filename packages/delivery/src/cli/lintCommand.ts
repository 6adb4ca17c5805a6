import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  lint,
  lintJson,
  lintSarif,
  lintText,
  readSeverity,
  SEVERITIES,
  type LintSource,
  type Severities,
} from '../lint';
import { UsageError } from './arguments';
import type { RolloutsArguments } from './rolloutsArguments';

type LintArguments = Extract<RolloutsArguments, { command: 'lint' }>;

const STANDARD_INPUT = 0;
const MANIFEST = /\.(ya?ml|json)$/;
/** Never what somebody means by a directory of manifests. */
const SKIPPED = new Set(['node_modules', '.git']);

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : String(error);

/** The manifests of a directory and those below it, in order of their names. */
function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(directory, entry.name);
      if (entry.isDirectory())
        return SKIPPED.has(entry.name) ? [] : filesIn(path);
      return MANIFEST.test(entry.name) ? [path] : [];
    });
}

function sourcesOf(files: string[]): LintSource[] {
  const read = (file: string): LintSource => ({
    file,
    text: readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8'),
  });
  return files.flatMap(file => {
    try {
      if (file === '-' || !statSync(file).isDirectory()) return [read(file)];
      const found = filesIn(file);
      if (!found.length) {
        throw new Error('there is no .yaml, .yml or .json file in it');
      }
      return found.map(read);
    } catch (error) {
      throw new UsageError(`${file} cannot be read: ${messageOf(error)}`);
    }
  });
}

/** Settings of a file: `severities: { RULE: error|warning|info|off }`. */
function configured(file: string): Severities {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`);
  }
  const isObject = typeof value === 'object' && value !== null;
  const { severities, ...rest } = (isObject ? value : {}) as {
    severities?: unknown;
  };
  const [stray] = Object.keys(rest);
  if (!isObject || stray !== undefined || typeof severities !== 'object') {
    throw new UsageError(
      `${file}: ${stray === undefined ? 'write' : `there is no setting "${stray}"; write`} severities: with a line RULE: error|warning|info|off each`,
    );
  }
  return Object.fromEntries(
    Object.entries(severities ?? {}).map(([rule, setting]) =>
      readSeverity(`${file}: severities`, rule, setting),
    ),
  );
}

/**
 * Prints what is wrong with some manifests.
 *
 * @returns the exit code: 1 when something is as bad as `failOn`, or worse
 * @throws UsageError, LintSettingError
 */
export function lintCommand(
  { files, output, severities, config, failOn }: LintArguments,
  { write, colour }: { write(text: string): void; colour: boolean },
): number {
  const sources = sourcesOf(files);
  const result = lint(sources, {
    ...(config === undefined ? {} : configured(config)),
    ...severities,
  });
  switch (output) {
    case 'json':
      write(lintJson(result));
      break;
    case 'sarif':
      write(lintSarif(result));
      break;
    default:
      write(lintText(result, sources, { colour }));
  }
  const least = SEVERITIES.indexOf(failOn);
  return result.findings.some(
    each => SEVERITIES.indexOf(each.severity) >= least,
  )
    ? 1
    : 0;
}
