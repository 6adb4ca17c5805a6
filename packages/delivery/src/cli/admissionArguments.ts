import { parseArgs, type ParseArgsConfig } from 'node:util';
import {
  DEFAULT_ADMISSION_OPTIONS,
  OPTIONAL_GUARDS,
  serviceAccount,
  type AdmissionOptions,
} from '../admission/admissionOptions';
import { UsageError } from './arguments';

export const ADMISSION_USAGE = `Usage: yarn rollouts admission-policy [options]

Prints ValidatingAdmissionPolicies with their bindings (Kubernetes 1.30 or
later), by which guarded rollouts are promoted, changed and restarted through the
portal alone; abort and pause stay free. See docs/enforcement.md.

ACCOUNT is NAMESPACE/NAME of a service account, or user:NAME.

  --label KEY=VALUE        of what is guarded (progressive-delivery.io/guarded=true)
  --portal ACCOUNT         may do everything (backstage/backstage)
  --controller ACCOUNT     may write the status; may be repeated
                           (argo-rollouts/argo-rollouts and
                           argo-rollouts/progressive-delivery-controller)
  --deployer ACCOUNT       may change manifests, such as Argo CD's application
                           controller; may be repeated (none)
  --free WHAT              not guarded: ${OPTIONAL_GUARDS.join(', ')};
                           may be repeated (none)
  --action Deny|Warn|Audit what happens (Deny)
`;

const OPTIONS = {
  label: { type: 'string' },
  portal: { type: 'string', multiple: true },
  controller: { type: 'string', multiple: true },
  deployer: { type: 'string', multiple: true },
  free: { type: 'string', multiple: true },
  action: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

const DNS = '[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?';
const ACCOUNT = new RegExp(`^(${DNS})/(${DNS})$`);
const NAME = '[A-Za-z0-9](?:[-._A-Za-z0-9]*[A-Za-z0-9])?';
const LABEL = new RegExp(`^((?:${DNS}/)?${NAME})=(${NAME})$`);

function accountOf(option: string, text: string): string {
  const user = /^user:(.+)$/.exec(text)?.[1];
  const [, namespace, name] = ACCOUNT.exec(text) ?? [];
  if (user) return user;
  if (!namespace || !name) {
    throw new UsageError(
      `--${option}: "${text}" is neither NAMESPACE/NAME of a service account nor user:NAME`,
    );
  }
  return serviceAccount(namespace, name);
}

function labelOf(text: string): AdmissionOptions['label'] {
  const [, key, value] = LABEL.exec(text) ?? [];
  if (!key || !value) {
    throw new UsageError(`--label: "${text}" is not KEY=VALUE of a label`);
  }
  return { key, value };
}

function oneOf<T extends string>(
  option: string,
  value: string,
  allowed: readonly T[],
): T {
  const found = allowed.find(each => each === value);
  if (found === undefined) {
    throw new UsageError(
      `--${option} must be ${allowed.join(', ')}, not "${value}"`,
    );
  }
  return found;
}

/**
 * What `yarn rollouts admission-policy` was asked for, without the command
 * itself; `undefined`: for help.
 * @throws UsageError
 */
export function parseAdmissionArguments(
  argv: string[],
): AdmissionOptions | undefined {
  let parsed;
  try {
    parsed = parseArgs({ args: argv, options: OPTIONS });
  } catch (error) {
    throw new UsageError(
      error instanceof Error
        ? (error.message.split('\n')[0] ?? '')
        : `${error}`,
    );
  }
  const { values } = parsed;
  const accounts = (option: 'portal' | 'controller' | 'deployer') =>
    values[option]?.map(text => accountOf(option, text));
  const defaults = DEFAULT_ADMISSION_OPTIONS;
  return values.help
    ? undefined
    : {
        label: values.label ? labelOf(values.label) : defaults.label,
        portals: accounts('portal') ?? defaults.portals,
        controllers: accounts('controller') ?? defaults.controllers,
        deployers: accounts('deployer') ?? defaults.deployers,
        free: (values.free ?? []).map(each =>
          oneOf('free', each, OPTIONAL_GUARDS),
        ),
        action: oneOf('action', values.action ?? defaults.action, [
          'Deny',
          'Warn',
          'Audit',
        ]),
      };
}
