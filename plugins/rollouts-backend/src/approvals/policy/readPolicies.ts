import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseAt } from '../../selection/parseAt';
import type { ApprovalPolicy } from './ApprovalPolicy';
import { policySchema } from './policySchema';

const KEY = 'rollouts.approvals.policies';

/**
 * Reads `rollouts.approvals.policies`.
 * @throws InputError that names the key, so that a mistake is found at start
 */
export function readPolicies(config: Config): ApprovalPolicy[] {
  const known = config.getOptionalConfig('rollouts.approvals')?.keys() ?? [];
  const unknown = known.find(key => key !== 'policies');
  if (unknown !== undefined) {
    throw new InputError(
      `rollouts.approvals.${unknown}: is not known; write policies below rollouts.approvals.policies`,
    );
  }
  const written = config.getOptional(KEY) ?? [];
  if (!Array.isArray(written)) {
    throw new InputError(`${KEY}: write a list of policies`);
  }
  const policies = written.map((entry, index) =>
    readPolicy(entry, `${KEY}[${index}]`, 'config'),
  );
  policies.forEach((policy, index) => {
    const problem = contradiction(policy, policies.slice(0, index));
    if (problem) {
      throw new InputError(`${policy.path}${problem}`);
    }
  });
  return policies;
}

/** @throws InputError that names the field below `path` */
export function readPolicy(
  written: unknown,
  path: string,
  source: ApprovalPolicy['source'],
): ApprovalPolicy {
  const { validity, scope, title, ...rest } = parseAt(
    policySchema,
    written,
    path,
  );
  if (rest.optIn && scope !== undefined) {
    throw new InputError(
      `${path}.scope: contradicts optIn, which leaves the choice to the annotation of each entity; take one of them off`,
    );
  }
  return {
    ...rest,
    title: title ?? rest.name,
    scope: scope ?? {},
    validityMilliseconds: validity,
    source,
    path,
  };
}

/** What is wrong with a policy beside those before it: the rest of a path and why. */
export function contradiction(
  policy: ApprovalPolicy,
  earlier: readonly ApprovalPolicy[],
): string | undefined {
  const namesake = earlier.find(({ name }) => name === policy.name);
  if (namesake) {
    return `.name: "${policy.name}" is the name of ${namesake.path} already; give each policy its own`;
  }
  const twin = earlier.find(other => whatItAsks(other) === whatItAsks(policy));
  return twin
    ? `: asks the same, of the same people, for the same rollouts and actions as ${twin.path}; keep one of them, or put both into one`
    : undefined;
}

/** Two that agree in this differ in nothing but what would contradict. */
function whatItAsks(policy: ApprovalPolicy): string {
  return JSON.stringify([
    policy.optIn ? policy.name : policy.scope,
    policy.actions,
    policy.approvers,
  ]);
}
