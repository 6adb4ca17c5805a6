import type { EntitySelection } from '../../entities/EntitySelection';
import type { ApprovalPolicy } from '../policy/ApprovalPolicy';
import type { PolicyRegistry } from '../policy/PolicyRegistry';
import type { Directory } from './Directory';

/**
 * Turns what a policy says about approvers into refs, and finds out which
 * policies name somebody who does not exist.
 */
export class ApproverRefs {
  /** Whether it has been found out once. */
  ready = false;
  #owners: ReadonlyMap<string, string[]> = new Map();

  constructor(
    private readonly directory: Pick<Directory, 'owners' | 'missing'>,
    private readonly registry: Pick<PolicyRegistry, 'all' | 'setBroken'>,
  ) {}

  /** Of an entity's rollouts. Empty: nobody can approve. */
  of(policy: ApprovalPolicy, entity: EntitySelection): string[] {
    const refs = policy.approvers.flatMap(approver => {
      switch (approver.kind) {
        case 'owner':
          return entity.ownerRefs;
        case 'ownerOf':
          return this.#owners.get(approver.ref) ?? [];
        default:
          return [approver.ref];
      }
    });
    return [...new Set(refs)];
  }

  /**
   * Looks again whether everybody is there, and who owns what. Returns which
   * policies cannot be kept, with the place in the configuration and why.
   * @throws when the catalog does not answer; what was known stays
   */
  async refresh(): Promise<ReadonlyMap<string, string>> {
    const { directory, registry } = this;
    const policies = registry.all;
    const owned = refsOf(policies, 'ownerOf');
    const groups = refsOf(policies, 'group');
    this.#owners = await directory.owners(owned);
    const missing = await directory.missing([...groups, ...owned]);
    this.ready = true;
    const broken = new Map(
      policies.flatMap(policy => {
        const index = policy.approvers.findIndex(
          approver => approver.kind !== 'owner' && missing.has(approver.ref),
        );
        const approver = policy.approvers[index];
        return approver && approver.kind !== 'owner'
          ? [
              [
                policy.name,
                `${policy.path}.approvers[${index}]: the catalog has no ${approver.ref}. Correct the name, or add the entity to the catalog.`,
              ] as const,
            ]
          : [];
      }),
    );
    registry.setBroken(broken);
    return broken;
  }
}

function refsOf(
  policies: readonly ApprovalPolicy[],
  kind: 'group' | 'ownerOf',
): string[] {
  return policies.flatMap(({ approvers }) =>
    approvers.flatMap(approver =>
      approver.kind === kind ? [approver.ref] : [],
    ),
  );
}
