import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ApprovalPolicyView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  ApprovalPolicyInput,
  ApprovalPolicySource,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import type { GateSubject } from '../../gates/ActionGate';
import { matchSelector, type Selectable } from '../../selection/matchSelector';
import type { ApprovalPolicy, BrokenPolicy } from './ApprovalPolicy';
import { brokenView, policyView } from './policyView';
import { contradiction, readPolicy } from './readPolicies';

/** The policies that apply to one action on one rollout. */
export interface ApplyingPolicies {
  policies: ApprovalPolicy[];
  /** Each of them alone keeps it locked. */
  broken: BrokenPolicy[];
}

interface Known {
  policy: ApprovalPolicy;
  matches: (subject: Selectable) => boolean;
}

/** What a source said last. */
interface FromSource {
  known: Known[];
  broken: BrokenPolicy[];
}

/**
 * All policies: those of the configuration, which never change while the
 * backend runs, and those of modules. An annotation of an entity adds
 * policies by name; nothing takes one away.
 */
export class PolicyRegistry {
  readonly #configured: Known[];
  readonly #fromSources = new Map<ApprovalPolicySource, FromSource>();
  readonly #listeners = new Set<() => void>();
  #broken: ReadonlyMap<string, string> = new Map();

  constructor(
    configured: readonly ApprovalPolicy[],
    private readonly sources: readonly ApprovalPolicySource[],
    private readonly logger: Pick<LoggerService, 'error'>,
  ) {
    this.#configured = configured.map(known);
    for (const source of sources) {
      this.#fromSources.set(source, {
        known: [],
        broken: [
          {
            name: source.title,
            source: 'module',
            path: source.title,
            message: `${source.title} has not yet said which policies it has.`,
          },
        ],
      });
    }
  }

  get all(): ApprovalPolicy[] {
    return this.#known().map(({ policy }) => policy);
  }

  get broken(): BrokenPolicy[] {
    return [...this.#fromSources.values()].flatMap(({ broken }) => broken);
  }

  /** As people see them, those that are broken included. */
  get views(): ApprovalPolicyView[] {
    return [
      ...this.all.map(policy => policyView(policy, this.whyBroken(policy))),
      ...this.broken.map(brokenView),
    ];
  }

  /** Why a policy cannot be kept, by its name; found out by looking for its groups. */
  setBroken(broken: ReadonlyMap<string, string>): void {
    const before = JSON.stringify([...this.#broken]);
    this.#broken = broken;
    if (JSON.stringify([...broken]) !== before) {
      this.#announce();
    }
  }

  whyBroken({ name }: ApprovalPolicy): string | undefined {
    return this.#broken.get(name);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks the modules again. What fails keeps what it said before. */
  async refresh(): Promise<void> {
    await Promise.all(this.sources.map(source => this.#refreshSource(source)));
  }

  applyingTo(subject: GateSubject): ApplyingPolicies {
    const { action, rollout, entities, ref, tier } = subject;
    const named = namesIn(subject);
    const selectable = { cluster: ref.cluster, tier, rollout, entities };
    const all = this.#known();
    const policies = all
      .filter(
        ({ policy, matches }) =>
          named.has(policy.name) || (!policy.optIn && matches(selectable)),
      )
      .map(({ policy }) => policy)
      .filter(policy =>
        policy.actions.some(
          gated =>
            gated.action === action &&
            (gated.steps === undefined ||
              gated.steps.includes(rollout.status?.currentStepIndex ?? 0)),
        ),
      );
    const names = new Set(all.map(({ policy }) => policy.name));
    const unknown = [...named]
      .filter(([name]) => !names.has(name))
      .map(([name, entityRef]): BrokenPolicy => ({
        name,
        source: 'catalog',
        path: entityRef,
        message: `${entityRef} names the approval policy "${name}", which does not exist. Correct the annotation, or ask the portal's operator for the policy.`,
      }));
    return { policies, broken: [...this.broken, ...unknown] };
  }

  async #refreshSource(source: ApprovalPolicySource): Promise<void> {
    let written: ApprovalPolicyInput[];
    try {
      written = [...(await source.list())];
    } catch (error) {
      this.logger.error(
        `The approval policies of ${source.title} cannot be read; what it said before holds: ${error}`,
      );
      return;
    }
    const before = this.#fromSources.get(source);
    const others = this.#known(source).map(({ policy }) => policy);
    const now: FromSource = { known: [], broken: [] };
    written.forEach((entry, index) => {
      const path = `${source.title}[${index}]`;
      try {
        const policy = readPolicy(entry, path, 'module');
        const earlier = [...others, ...now.known.map(each => each.policy)];
        const problem = contradiction(policy, earlier);
        if (problem) {
          throw new Error(`${path}${problem}`);
        }
        now.known.push(known(policy));
      } catch (error) {
        now.broken.push({
          name: String(entry?.name ?? path),
          source: 'module',
          path,
          message: error instanceof Error ? error.message : String(error),
        });
      }
    });
    this.#fromSources.set(source, now);
    if (JSON.stringify(before) !== JSON.stringify(now)) {
      this.#announce();
    }
  }

  #known(except?: ApprovalPolicySource): Known[] {
    return [
      ...this.#configured,
      ...[...this.#fromSources].flatMap(([source, said]) =>
        source === except ? [] : said.known,
      ),
    ];
  }

  #announce(): void {
    this.#listeners.forEach(listener => listener());
  }
}

function known(policy: ApprovalPolicy): Known {
  return { policy, matches: matchSelector(policy.scope) };
}

/** Policies that entities of the rollout name, with the entity. */
function namesIn({ entities }: GateSubject): Map<string, string> {
  return new Map(
    entities.flatMap(({ approvalPolicies = [], entityRef }) =>
      approvalPolicies.map(name => [name, entityRef] as const),
    ),
  );
}
