import { readFileSync } from 'node:fs';
import { AssumptionError } from '../simulate/assumptions/assumptions';
import { refuseUnknownMetrics } from '../simulate/assumptions/refuseUnknownMetrics';
import {
  readAssumptions,
  UnreadableAssumptionError,
} from '../simulate/assumptions/readAssumptions';
import { assumeMissing } from '../simulate/manifests/assumeMissing';
import { ManifestError, type Manifests } from '../simulate/manifests/manifests';
import { readObjects, sortObjects } from '../simulate/manifests/readManifests';
import { timelineSvg } from '../simulate/render/svg/timelineSvg';
import { timelineText } from '../simulate/render/text';
import {
  InvalidRolloutError,
  simulateRollout,
} from '../simulate/simulateRollout';
import { LintSettingError } from '../lint';
import { admissionYaml } from '../admission/admissionYaml';
import { ADMISSION_USAGE, parseAdmissionArguments } from './admissionArguments';
import { UsageError } from './arguments';
import {
  parseRolloutsArguments,
  ROLLOUTS_USAGE,
  type RolloutsArguments,
} from './rolloutsArguments';
import { lintCommand } from './lintCommand';

const STANDARD_INPUT = 0;

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function readManifests(files: string[]): Manifests {
  const manifests = sortObjects(
    files.flatMap(file => readObjects(file, readText(file))),
  );
  if (!manifests.rollouts.length) {
    throw new ManifestError(`${files.join(', ')}: there is no Rollout`);
  }
  return manifests;
}

function simulate({
  files,
  output,
  rollout: only,
  assume,
  assumptions,
}: Extract<RolloutsArguments, { command: 'simulate' }>): string {
  const manifests = readManifests(files);
  const names = manifests.rollouts.map(each => each.metadata.name);
  const meant = manifests.rollouts.filter(
    each => only === undefined || each.metadata.name === only,
  );
  if (!meant.length) {
    throw new UsageError(
      `there is no Rollout "${only}"; there are ${names.join(', ')}`,
    );
  }
  if (output === 'svg' && meant.length > 1) {
    throw new UsageError(
      `a picture shows one Rollout: choose with --rollout one of ${names.join(', ')}`,
    );
  }
  const given = {
    ...(assume === undefined ? {} : readAssumptions(assume, readText(assume))),
    ...assumptions,
  };
  const surroundings = meant.map(each => assumeMissing(each, manifests));
  refuseUnknownMetrics(given, surroundings);
  const timelines = surroundings.map(each => simulateRollout(each, given));
  switch (output) {
    case 'json':
      return `${JSON.stringify({ simulations: timelines }, undefined, 2)}\n`;
    case 'svg':
      return timelines.map(timelineSvg).join('');
    default:
      return timelines.map(timelineText).join('\n\n');
  }
}

function printAdmissionPolicy(argv: string[]): number {
  const options = parseAdmissionArguments(argv);
  process.stdout.write(options ? admissionYaml(options) : ADMISSION_USAGE);
  return 0;
}

function main(argv: string[]): number {
  const [command, ...rest] = argv;
  if (command === 'admission-policy') return printAdmissionPolicy(rest);
  const args = parseRolloutsArguments(argv);
  if (args.command === 'help') {
    process.stdout.write(ROLLOUTS_USAGE);
    return 0;
  }
  if (args.command === 'simulate') {
    process.stdout.write(simulate(args));
    return 0;
  }
  return lintCommand(args, {
    write: text => process.stdout.write(text),
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  });
}

function fail(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`rollouts: ${message}\n`);
  if (error instanceof UsageError) {
    process.stderr.write('See yarn rollouts --help.\n');
    return 2;
  }
  if (
    error instanceof LintSettingError ||
    error instanceof AssumptionError ||
    error instanceof UnreadableAssumptionError
  ) {
    return 2;
  }
  if (
    !(error instanceof ManifestError) &&
    !(error instanceof InvalidRolloutError)
  ) {
    process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
  }
  return 1;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.exitCode = fail(error);
}
